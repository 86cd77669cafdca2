"""The order of the board tells nothing of the order of casting, but which ballot of a voter is the last."""

from __future__ import annotations

from hypothesis import given, strategies

from okil.pure.ballots.board import Waiting, bind_of, board_order, is_head_due, owner_of
from okil.pure.encoding import sha256_hex


def waiting(*cast: str) -> list[Waiting]:
    """Ballots in the order in which they were cast, each by the credential of that letter."""
    found: list[Waiting] = []
    for place, public in enumerate(cast):
        n = 1 + sum(each.public == public for each in found)
        found.append(Waiting(public, n, sha256_hex(f"{public} {n} {place}".encode())))
    return found


CASTS = strategies.lists(strategies.sampled_from("abcdefgh"), max_size=30)


@given(CASTS, strategies.randoms())
def test_the_order_of_casting_is_not_in_it(cast: list[str], random: object) -> None:
    came = waiting(*cast)
    mixed = list(came)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random

    assert board_order(mixed) == board_order(came)
    assert sorted(board_order(came)) == sorted(came)


@given(CASTS)
def test_the_ballots_of_one_credential_keep_their_order(cast: list[str]) -> None:
    for public in set(cast):
        own = [each.n for each in board_order(waiting(*cast)) if each.public == public]
        assert own == list(range(1, len(own) + 1))


@given(strategies.lists(strategies.sampled_from("abcdefgh"), unique=True))
def test_who_votes_once_stands_where_the_hash_is(cast: list[str]) -> None:
    hashes = [each.hash for each in board_order(waiting(*cast))]
    assert hashes == sorted(hashes)


def test_the_places_are_those_of_the_hashes_also_where_somebody_voted_again() -> None:
    first, second = Waiting("a", 1, "9" * 64), Waiting("a", 2, "1" * 64)
    other = Waiting("b", 1, "5" * 64)

    assert board_order([first, other, second]) == [first, other, second]


def test_a_head_needs_five_credentials_and_not_five_ballots() -> None:
    assert not is_head_due(waiting("a", "a", "b", "c", "d", "d"))
    assert is_head_due(waiting("a", "b", "c", "d", "e"))
    assert not is_head_due([])


def test_what_binds_is_the_protocols_and_differs_on_both_sides() -> None:
    assert bind_of("uuid", "T", "17") == sha256_hex(b"bind|uuid|T|17")
    assert owner_of("uuid", "T", "17") == sha256_hex(b"owner|uuid|T|17")
