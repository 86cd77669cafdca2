"""Checks and relations of the commission in words; their refusals and events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

RELATIONS: dict[str, _StrPromise] = {
    "self": _("It is me"),
    "relative": _("A relative, a spouse or a partner of mine"),
    "other": _("I work with them or for them, or am at odds with them"),
}

REFUSALS: dict[str, Any] = {
    "related-to-candidate": _(
        "You are related to this candidate, so you take no part in the decision."
    ),
    "related-to-voters": _(
        "You declared a relation to these voters, so another member decides on them: no. {numbers}."
    ),
    "relation-declared": _("You have declared a relation already."),
    "relation-not-declared": _("You have declared no relation."),
    "voter-decided": _("It is decided already, so the declaration stays."),
}
refusals.register(REFUSALS)

for event, sentence in (
    (
        "relation.declared_to_candidate",
        _("A member of the commission declared a relation to candidate no. {number}."),
    ),
    (
        "relation.with_candidate_withdrawn",
        _("A member of the commission took back a relation to candidate no. {number}."),
    ),
    (
        "relation.declared_to_voter",
        _("A member of the commission declared a relation to a voter."),
    ),
    (
        "relation.with_voter_withdrawn",
        _("A member of the commission took back a relation to a voter."),
    ),
):
    journal_wording.register(event, sentence)
