"""Sealed personal data: seal, open (with a purpose, recorded), find without opening, destroy.

name_hash = KeyedHash(of="name")
name = SealedText(purpose="officers")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okil.foundation.vault.destruction import begin_anew, destroy, keep_only, kept
    from okil.foundation.vault.fields import KeyedHash, PlainTextRefused, SealedBytes, SealedText
    from okil.foundation.vault.installation import WrongVaultKey, require_right_key
    from okil.foundation.vault.opening import open, open_published  # noqa: A004 (vault.open)
    from okil.foundation.vault.probe import fingerprint
    from okil.foundation.vault.sealed import Sealed
    from okil.foundation.vault.sealing import SealBroken
    from okil.foundation.vault.searching import find, places_by_hash

__all__ = [
    "KeyedHash",
    "PlainTextRefused",
    "SealBroken",
    "Sealed",
    "SealedBytes",
    "SealedText",
    "WrongVaultKey",
    "begin_anew",
    "destroy",
    "find",
    "fingerprint",
    "keep_only",
    "kept",
    "open",
    "open_published",
    "places_by_hash",
    "require_right_key",
]

KEPT_IN = {
    "destruction": {"begin_anew", "destroy", "keep_only", "kept"},
    "fields": {"KeyedHash", "PlainTextRefused", "SealedBytes", "SealedText"},
    "installation": {"WrongVaultKey", "require_right_key"},
    "opening": {"open", "open_published"},
    "probe": {"fingerprint"},
    "sealed": {"Sealed"},
    "sealing": {"SealBroken"},
    "searching": {"find", "places_by_hash"},
}


def __getattr__(name: str) -> Any:
    # Django imports this package before models may be imported: names are fetched when asked for.
    for module, names in KEPT_IN.items():
        if name in names:
            return getattr(import_module(f"okil.foundation.vault.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
