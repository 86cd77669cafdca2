"""Tokens in links that are sent out. A token proves only that we made it; what it is still good for
(expiry, used already) is a fact of the row it names. The nonce lets that row take its links back.
"""

from __future__ import annotations

from django.core import signing


def make_link_token(kind: str, pk: int, nonce: str) -> str:
    return signing.dumps([pk, nonce], salt=_salt(kind))


def read_link_token(kind: str, token: str) -> tuple[int, str] | None:
    """The row's number and the nonce, or nothing if the token is not one of ours of this kind."""
    try:
        pk, nonce = signing.loads(token, salt=_salt(kind))
    except signing.BadSignature:
        return None
    return pk, nonce


def _salt(kind: str) -> str:
    return f"okil.link.{kind}"
