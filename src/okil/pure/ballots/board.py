"""In which order waiting ballots go onto the board, and what binds a ticket to a credential
(PROTOCOL.md, sections 16.6 to 16.8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from okil.pure.encoding import sha256_hex

FEWEST_UNDER_A_HEAD = 5  # different credentials; the last head takes what there is


class Waiting(NamedTuple):
    """A ballot in the inbox: whose it is (hash of the public credential), the how manyth of it."""

    public: str
    n: int
    hash: str


def board_order(waiting: Iterable[Waiting]) -> list[Waiting]:
    """By the hashes of the ballots, so that nothing tells which came first; those of one credential
    keep their own order, in the places that its hashes have, because the last one counts."""
    places = sorted(waiting, key=lambda each: each.hash)
    own: dict[str, list[Waiting]] = defaultdict(list)
    for each in sorted(places, key=lambda each: each.n, reverse=True):
        own[each.public].append(each)
    return [own[place.public].pop() for place in places]


def is_head_due(waiting: Iterable[Waiting]) -> bool:
    """Are there ballots of enough different credentials to publish them together?"""
    return len({each.public for each in waiting}) >= FEWEST_UNDER_A_HEAD


def bind_of(uuid: str, ticket: str, credential: str) -> str:
    """What stands at the voter's right; only the holder of the ticket can compute it."""
    return _joined("bind", uuid, ticket, credential)


def owner_of(uuid: str, ticket: str, credential: str) -> str:
    """What stands at the credential; it equals no value at a right."""
    return _joined("owner", uuid, ticket, credential)


def _joined(use: str, uuid: str, ticket: str, credential: str) -> str:
    return sha256_hex(f"{use}|{uuid}|{ticket}|{credential}".encode())
