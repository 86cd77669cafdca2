"""The results protocol (7.20): `internal_facts` gathers it, `compose` writes it, issued in two versions."""

from __future__ import annotations

from django.utils.functional import lazystr

from okil.areas.elections.documents.protocols.facts import (
    Names,
    internal_facts,
    regulation_data,
    signing_roles,
)
from okil.areas.elections.documents.protocols.rounds import counted_rounds
from okil.areas.elections.documents.protocols.text import compose
from okil.areas.elections.wording.stages import WORDS
from okil.foundation.documents.kinds import Kind, register
from okil.foundation.web.languages import words_from

__all__ = [
    "RESULTS_PROTOCOL",
    "Names",
    "compose",
    "counted_rounds",
    "internal_facts",
    "regulation_data",
    "signing_roles",
]
RESULTS_PROTOCOL = "results-protocol"

register(
    Kind(
        RESULTS_PROTOCOL,
        "7.20",
        lazystr(words_from(WORDS / "documents.json")["7.20"]),
        compose,
        is_editable=True,
    )
)
