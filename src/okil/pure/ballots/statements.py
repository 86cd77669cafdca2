"""What the server signs beside the archive: heads, receipts, the void list (section 16.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from okil.pure.ballots import strict
from okil.pure.ballots.election import read_uuid
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.group import ELEMENT_DIGITS
from okil.pure.encoding import (
    NotCanonical,
    base64_text,
    canonical_json,
    read_base64,
    read_json,
)

LARGEST_HEIGHT = 2**53 - 1  # what every JSON reader keeps exactly


@dataclass(frozen=True)
class Head:
    """ "At this hour the board ended with this event." """

    uuid: str
    number: int
    height: int
    event: str
    hour: str
    signature: str

    def statement(self) -> dict[str, Any]:
        return {
            "uuid": self.uuid,
            "number": self.number,
            "height": self.height,
            "event": self.event,
            "hour": self.hour,
        }


@dataclass(frozen=True)
class Receipt:
    """ "The ballot with this tracker will be under the head after this one." """

    uuid: str
    tracker: str
    after_head: int
    signature: str

    def statement(self) -> dict[str, Any]:
        return {"uuid": self.uuid, "tracker": self.tracker, "after_head": self.after_head}


@dataclass(frozen=True)
class VoidList:
    """Credentials that cast nothing: lost ones, and spares that were never given out."""

    uuid: str
    void: Sequence[str]
    unused_spares: Sequence[str]
    signature: str

    def statement(self) -> dict[str, Any]:
        return {
            "uuid": self.uuid,
            "void": list(self.void),
            "unused_spares": list(self.unused_spares),
        }


Statement = Head | Receipt | VoidList
_PREFIX = {Head: "okil-head|", Receipt: "okil-receipt|", VoidList: "okil-void|"}


def signed_bytes(kind: type[Statement], statement: dict[str, Any]) -> bytes:
    """What the signature is over."""
    return _PREFIX[kind].encode() + canonical_json(statement)


def sign_statement(
    kind: type[Statement], statement: dict[str, Any], key: Ed25519PrivateKey
) -> dict[str, Any]:
    """The statement with its signature, last."""
    signature = base64_text(key.sign(signed_bytes(kind, statement)))
    return {**statement, "signature": signature}


def read_public_key(text: str) -> Ed25519PublicKey:
    """The installation's public key, from Base64 (`=` at the end is forgiven) or hexadecimal."""
    where = "key"
    try:
        raw = bytes.fromhex(text) if len(text) == 64 else read_base64(text.rstrip("="))
        return Ed25519PublicKey.from_public_bytes(raw)
    except (ValueError, NotCanonical) as error:
        raise Malformed("not-a-public-key", where=where) from error


def require_signed(statement: Statement, key: Ed25519PublicKey, *, where: str) -> None:
    """Raises Malformed unless this key signed the statement."""
    signed = signed_bytes(type(statement), statement.statement())
    try:
        key.verify(read_base64(statement.signature), signed)
    except (InvalidSignature, NotCanonical) as error:
        raise Malformed("statement-signature-wrong", where=where) from error


def read_heads(raw: bytes) -> list[Head]:
    """All heads in this file: a list of them, or a single one."""
    found = read_json(raw)
    return [_read_head(head) for head in (found if isinstance(found, list) else [found])]


def _read_head(value: Any) -> Head:
    where = "head"
    found = strict.fields(
        value, "uuid", "number", "height", "event", "hour", "signature", where=where
    )
    return Head(
        uuid=read_uuid(found["uuid"]),
        number=strict.whole(found["number"], where=where, at_most=LARGEST_HEIGHT),
        height=strict.whole(found["height"], where=where, at_most=LARGEST_HEIGHT),
        event=strict.digest(found["event"], where=where),
        hour=strict.text(found["hour"], where=where),
        signature=strict.text(found["signature"], where=where),
    )


def read_receipt(raw: bytes) -> Receipt:
    where = "receipt"
    found = strict.fields(read_json(raw), "uuid", "tracker", "after_head", "signature", where=where)
    return Receipt(
        uuid=read_uuid(found["uuid"]),
        tracker=strict.text(found["tracker"], where=where),
        after_head=strict.whole(found["after_head"], where=where, at_most=LARGEST_HEIGHT),
        signature=strict.text(found["signature"], where=where),
    )


def read_void_list(raw: bytes) -> VoidList:
    where = "void list"
    found = strict.fields(
        read_json(raw),
        "uuid",
        "void",
        "unused_spares",
        "signature",
        where=where,
        optional=("signature",),
    )
    return VoidList(
        uuid=read_uuid(found["uuid"]),
        void=_read_publics(found["void"], where),
        unused_spares=_read_publics(found["unused_spares"], where),
        signature=strict.text(found.get("signature", ""), where=where),
    )


def _read_publics(value: Any, where: str) -> list[str]:
    return [
        strict.decimal(public, where=where, longest=ELEMENT_DIGITS)
        for public in strict.items(value, where=where)
    ]
