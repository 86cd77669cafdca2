"""What a sealed field gives when it is read: a closed envelope."""

from __future__ import annotations

from typing import NoReturn

from okil.foundation.vault.sealing import require_sealed_form

SHOWN = "•••"


class Sealed:
    """Shows nothing of its content in str, repr, formats, templates, JSON or pickles.

    It holds either the sealed bytes of a stored record or, between assignment and save, the plain
    content. No `__dict__`: tools that print an object's attributes find none.
    """

    __slots__ = ("_plain", "_sealed")

    _plain: bytes | None
    _sealed: bytes | None

    def __init__(self, *, plain: bytes | None = None, sealed: bytes | None = None) -> None:
        if sealed is not None:
            require_sealed_form(sealed)
        self._plain = plain
        self._sealed = sealed

    @property
    def is_stored_form(self) -> bool:
        return self._sealed is not None

    def sealed_bytes(self) -> bytes:
        if self._sealed is None:
            raise TypeError("This value is not sealed yet: it is sealed when its record is saved.")
        return self._sealed

    def plain_bytes_to_seal(self) -> bytes:
        """For the vault's own fields only, at the moment of saving."""
        if self._plain is None:
            raise TypeError("This value is sealed: vault.open() opens it.")
        return self._plain

    def __str__(self) -> str:
        return SHOWN

    def __repr__(self) -> str:
        return f"<Sealed {SHOWN}>"

    def __copy__(self) -> Sealed:
        return self

    def __deepcopy__(self, memo: object) -> Sealed:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return _stored, (self.sealed_bytes(),)

    def __iter__(self) -> NoReturn:
        raise TypeError("A sealed value has no parts: vault.open() opens it.")


def _stored(sealed: bytes) -> Sealed:
    return Sealed(sealed=sealed)
