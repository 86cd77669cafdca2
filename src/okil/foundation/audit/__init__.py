"""The journal: `record` what was done, `history_of` a thing. Its rows never change."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okil.foundation.audit.journal import (
        Actor,
        entries_of,
        history_of,
        length_and_last_hash,
        publish_head,
        record,
        verify_chain,
    )

__all__ = [
    "Actor",
    "entries_of",
    "history_of",
    "length_and_last_hash",
    "publish_head",
    "record",
    "verify_chain",
]


def __getattr__(name: str) -> Any:
    # Django imports this package before models may be imported: names are fetched when asked for.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("okil.foundation.audit.journal"), name)
