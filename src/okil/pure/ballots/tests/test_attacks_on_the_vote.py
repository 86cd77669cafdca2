"""Ways to cheat with ballots, sum, opening and result, all hashes repaired (checks 6 to 10)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from okil.pure.ballots.arithmetic import mpz
from okil.pure.ballots.ballot import make_ballot
from okil.pure.ballots.decryption import owned_record
from okil.pure.ballots.election import Question
from okil.pure.ballots.group import G, P, Q
from okil.pure.ballots.tally import Tally
from okil.pure.ballots.tests import given
from okil.pure.ballots.tests.given import Entry, World, archive_of, counted_world
from okil.pure.ballots.tests.spoiling import (
    changed_ballot,
    copied,
    failed_check,
    lead,
    place_of,
    put,
    swap,
    swap_each,
    verdict,
    with_json,
    with_questions,
    with_record,
)
from okil.pure.encoding import read_canonical_json, sha256_hex

Attack = Callable[[], bytes]


@cache
def good() -> World:
    return counted_world()


def _json(kind: str, which: int, change: Callable[[Any], Any], nth: int = 0) -> Attack:
    return lambda: archive_of(with_json(good().entries, kind, which, change, nth))


# 6


def _ballot(change: Callable[[Any], Any], nth: int = 0, voter: int = 0) -> Attack:
    """A ballot changed by its own voter, who signs it again."""
    return lambda: archive_of(changed_ballot(good(), voter, change, nth))


def _unsigned(change: Callable[[Any], Any]) -> Attack:
    return _json("Ballot", 0, change)


def _choice(part: str, to: Callable[[int], int]) -> Callable[[Any], Any]:
    def changed(found: Any) -> None:
        choice = found["answers"][0]["choices"][0]
        choice[part] = str(to(mpz(choice[part])))

    return changed


def _overvote(question: int, choices: list[list[int]], *allowed: Question) -> Attack:
    """A device that knows other rules makes a ballot which proves those, not ours."""

    def attacked() -> bytes:
        cheat = with_questions(good(), *allowed)
        raw = make_ballot(cheat.election, good().secret(0), choices, good().chance)
        place = place_of(good().entries, "Ballot")
        entries = with_record(good().entries, place, 0, lambda _: raw)
        return archive_of(entries)

    return attacked


def _stolen() -> bytes:
    """Another voter's encrypted choices under my own code, signed by me."""
    world = good()
    theirs = read_canonical_json(world.entries[place_of(world.entries, "Ballot", 1)][1][0])
    return _ballot(lambda found: found.update(answers=theirs["answers"]))()


def _stuffed() -> bytes:
    """A ballot by somebody who is not on the list."""
    world = copied(good())
    raw = make_ballot(world.election, mpz(4711), [[1, 0, 0], [1, 0, 0, 0, 0]], world.chance)
    world.entries = [*world.entries[:2], ("Ballot", (raw,)), *world.entries[2:]]
    return archive_of(world.entries)


def _of_another_election() -> bytes:
    """A ballot for an election with the same codes and keys, but other questions."""
    world = copied(good())
    other = given.world(given.ONE_OF_THREE, given.NONE_OR_MORE, seed="another")
    raw = make_ballot(other.election, world.secret(0), [[1, 0, 0], [1, 0, 0, 0, 0]], world.chance)
    place = place_of(world.entries, "Ballot")
    return archive_of(with_record(world.entries, place, 0, lambda _: raw))


BOTH = given.ONE_OF_THREE, given.NONE_OR_MORE
TWO = Question("1", tuple("123"), 1, 2)
MANY = Question("2", tuple("1234"), 0, 4, blank=True)
FREE = Question("2", ("b", *"1234"), 0, 5)

BALLOT_ATTACKS: dict[str, tuple[str, Attack]] = {
    "another uuid": ("ballot-of-another-election", _ballot(put("election_uuid", "1" * 14))),
    "another fingerprint": ("ballot-of-another-election", _ballot(put("election_hash", "x"))),
    "made for another election": ("ballot-of-another-election", _of_another_election),
    "a field more": ("wrong-fields", _ballot(put("note", "hello"))),
    "a field of an answer more": ("wrong-fields", _ballot(lambda f: f["answers"][0].update(x=[]))),
    "fields in another order": (
        "wrong-fields",
        _ballot(lambda f: f["answers"].__setitem__(0, dict(reversed(f["answers"][0].items())))),
    ),
    "an answer missing": ("wrong-count", _ballot(lambda f: f["answers"].pop() and None)),
    "a choice missing": (
        "wrong-count",
        _ballot(lambda f: f["answers"][0]["choices"].pop() and None),
    ),
    "a proof missing": (
        "wrong-count",
        _ballot(lambda f: f["answers"][0]["individual_proofs"].pop() and None),
    ),
    "half a proof": (
        "wrong-count",
        _ballot(lambda f: f["answers"][0]["individual_proofs"][0].pop() and None),
    ),
    "an overall proof for more": (
        "wrong-count",
        _ballot(
            lambda f: f["answers"][0]["overall_proof"].append({"challenge": "1", "response": "1"})
        ),
    ),
    "no blank proof": (
        "wrong-fields",
        _ballot(lambda f: f["answers"][1].pop("blank_proof") and None),
    ),
    "a choice twice": (
        "wrong-count",
        _ballot(lambda f: f["answers"][0]["choices"].append(f["answers"][0]["choices"][0])),
    ),
    "choices exchanged": (
        "individual-proof-wrong",
        _ballot(lambda f: swap(f["answers"][0]["choices"])),
    ),
    "choices and their proofs exchanged": (
        "overall-proof-wrong",
        _ballot(lambda f: swap_each(f["answers"][0], "choices", "individual_proofs")),
    ),
    "answers exchanged": ("wrong-fields", _ballot(lambda f: swap(f["answers"]))),
    "another's choices under my code": ("individual-proof-wrong", _stolen),
    "an element outside the group": (
        "element-outside-group",
        _ballot(_choice("alpha", lambda alpha: P - alpha)),
    ),
    "beta outside the group": ("element-outside-group", _ballot(_choice("beta", lambda b: P - b))),
    "a message of zero order": (
        "element-outside-group",
        _ballot(_choice("alpha", lambda _: P - 1)),
    ),
    "an element of p and more": (
        "element-out-of-range",
        _ballot(_choice("alpha", lambda a: a + P)),
    ),
    "an element zero": ("element-out-of-range", _ballot(_choice("alpha", lambda _: mpz(0)))),
    "a negative element": ("number-not-canonical", _ballot(_choice("alpha", lambda a: -a))),
    "a choice doubled": ("individual-proof-wrong", _ballot(_choice("beta", lambda b: b * G % P))),
    "re-encrypted": (
        "individual-proof-wrong",
        _ballot(lambda f: f["answers"][0]["choices"].__setitem__(0, f["answers"][0]["choices"][1])),
    ),
    "a zero before a challenge": (
        "number-not-canonical",
        _ballot(lambda f: lead(f["answers"][0]["overall_proof"][0], "challenge")),
    ),
    "a challenge of q and more": (
        "scalar-out-of-range",
        _ballot(lambda f: f["answers"][0]["overall_proof"][0].update(challenge=str(Q))),
    ),
    "a response that is a number": (
        "number-not-canonical",
        _ballot(lambda f: f["answers"][0]["overall_proof"][0].update(response=5)),
    ),
    "two crosses where one is allowed": (
        "wrong-count",
        _overvote(0, [[1, 1, 0], [0, 1, 0, 0, 0]], TWO, given.NONE_OR_MORE),
    ),
    "four crosses where three are allowed": (
        "wrong-count",
        _overvote(1, [[1, 0, 0], [0, 1, 1, 1, 1]], given.ONE_OF_THREE, MANY),
    ),
    "blank and a cross": (
        "wrong-fields",
        _overvote(1, [[1, 0, 0], [1, 1, 0, 0, 0]], given.ONE_OF_THREE, FREE),
    ),
    "not signed by its code": (
        "ballot-signature-wrong",
        _unsigned(lambda f: f["signature"]["proof"].update(response="12345")),
    ),
    "changed after signing": (
        "ballot-hash-wrong",
        _unsigned(lambda f: swap(f["answers"][0]["choices"])),
    ),
    "a signed hash of something else": (
        "ballot-hash-wrong",
        _unsigned(lambda f: f["signature"].update(hash="A" * 43)),
    ),
    "by nobody on the list": ("credential-unknown", _stuffed),
    "not an object": ("not-an-object", _unsigned(lambda f: [f])),
    "a credential that is a list": ("number-not-canonical", _unsigned(put("credential", []))),
}

# 8, 9, 10


def _dropped_ballot() -> bytes:
    """The server takes a ballot out, chains anew, and leaves the sum."""
    entries = list(good().entries)
    del entries[place_of(entries, "Ballot", 2)]
    return archive_of(entries)


def _sum(change: Callable[[World], Tally]) -> Attack:
    def attacked() -> bytes:
        world = copied(good())
        total = change(world)
        place = place_of(world.entries, "EncryptedTally")
        world.entries[place] = ("EncryptedTally", (total.record(), total.sized_record()))
        return archive_of(world.entries)

    return attacked


def _forged(world: World) -> Tally:
    """The sum plus one vote for the first answer: same counts, another content."""
    total = world.tally()
    first, *others = total.questions[0]
    more = first._replace(beta=first.beta * G % P)
    return Tally(((more, *others), *total.questions[1:]), total.ballots, total.weight)


def _without_replacement(world: World) -> Tally:
    """The first ballot of each code is summed instead of the last."""
    entries = [e for e in world.entries if e[0] == "Ballot"]
    world.entries = [*entries[::-1], *(e for e in world.entries if e[0] != "Ballot")]
    total = world.tally()
    world.entries = list(good().entries)
    return total


def _sized(**changes: Any) -> Attack:
    return _json("EncryptedTally", 1, lambda found: found.update(changes))


TALLY_ATTACKS: dict[str, tuple[str, Attack]] = {
    "a ballot taken out": ("tally-count-wrong", _dropped_ballot),
    "a wrong number of ballots": ("tally-count-wrong", _sized(num_tallied=5)),
    "a wrong weight": ("tally-weight-wrong", _sized(total_weight=5)),
    "a weight as text": ("number-not-canonical", _sized(total_weight="4")),
    "a hash of another sum": ("tally-hash-wrong", _sized(encrypted_tally="0" * 64)),
    "a field more": ("wrong-fields", _sized(note=1)),
    "a sum with one vote more": ("tally-wrong", _sum(_forged)),
    "a sum of nothing": ("tally-count-wrong", _sum(lambda world: Tally.nothing(world.election))),
    "a sum of the replaced ballots": ("tally-wrong", _sum(_without_replacement)),
    "garbage": ("wrong-count", _json("EncryptedTally", 0, lambda found: [])),
    "answers exchanged in the sum": (
        "tally-wrong",
        _json("EncryptedTally", 0, lambda found: swap(found[0])),
    ),
}


def _opened_by(owner: int, key: int | None = None, stated: int | None = None) -> Attack:
    """The second opening replaced by one with this key, under this number."""

    def attacked() -> bytes:
        world = copied(good())
        partial = world.partial(owner, None if key is None else mpz(key))
        place = place_of(world.entries, "PartialDecryption", 1)
        owned = owned_record(owner if stated is None else stated, partial)
        world.entries[place] = ("PartialDecryption", (partial, owned))
        return archive_of(world.entries)

    return attacked


def _of_another_sum() -> bytes:
    world = copied(good())
    other = copied(good())
    del other.entries[place_of(other.entries, "Ballot", 4)]
    partial = other.partial(3)
    place = place_of(world.entries, "PartialDecryption", 1)
    world.entries[place] = ("PartialDecryption", (partial, owned_record(3, partial)))
    return archive_of(world.entries)


def _too_few() -> bytes:
    entries = list(good().entries)
    del entries[place_of(entries, "PartialDecryption", 1)]
    return archive_of(entries)


def _opening(change: Callable[[Any], Any]) -> Attack:
    return _json("PartialDecryption", 0, change)


def _factor(to: Callable[[int], int]) -> Callable[[Any], Any]:
    def changed(found: Any) -> None:
        row = found["decryption_factors"][0]
        row[0] = str(to(mpz(row[0])))

    return changed


def _factors_and_proofs_exchanged(found: Any) -> None:
    for name in ("decryption_factors", "decryption_proofs"):
        swap(found[name][0])


def _standard_only(found: Any) -> None:
    found.pop("x_strong_proofs")


DECRYPTION_ATTACKS: dict[str, tuple[str, Attack]] = {
    "by nobody": ("decryption-proof-wrong", _opened_by(3, key=999)),
    "by trustee 0": ("owner-unknown", _opened_by(3, stated=0)),
    "by trustee 4": ("owner-unknown", _opened_by(3, stated=4)),
    "by the same trustee twice": ("owner-twice", _opened_by(1)),
    "in another's name": ("decryption-proof-wrong", _opened_by(3, stated=2)),
    "in the name of who has opened": ("owner-twice", _opened_by(3, stated=1)),
    "by too few": ("decryptions-too-few", _too_few),
    "of another sum": ("decryption-proof-wrong", _of_another_sum),
    "with a factor outside the group": (
        "element-outside-group",
        _opening(_factor(lambda f: P - f)),
    ),
    "with another factor": ("decryption-proof-wrong", _opening(_factor(lambda f: f * G % P))),
    "with factors exchanged": (
        "decryption-proof-wrong",
        _opening(lambda f: swap(f["decryption_factors"][0])),
    ),
    "with factors and standard proofs exchanged": (
        "decryption-proof-wrong",
        _opening(_factors_and_proofs_exchanged),
    ),
    "without the extra proof": ("extra-proof-missing", _opening(_standard_only)),
    "with the standard proof in place of the extra one": (
        "extra-proof-wrong",
        _opening(lambda found: found.update(x_strong_proofs=found["decryption_proofs"])),
    ),
    "with extra proofs exchanged": (
        "extra-proof-wrong",
        _opening(lambda found: swap(found["x_strong_proofs"][0])),
    ),
    "with a question missing": (
        "wrong-count",
        _opening(lambda f: f["decryption_factors"].pop() and None),
    ),
    "with a proof missing": (
        "wrong-count",
        _opening(lambda found: found["decryption_proofs"][0].pop() and None),
    ),
    "with a field more": ("wrong-fields", _opening(put("note", 1))),
    "that the event does not name": (
        "owned-hash-wrong",
        _json("PartialDecryption", 1, put("payload", "0" * 64)),
    ),
    "by a trustee in words": ("not-a-number", _json("PartialDecryption", 1, put("owner", "1"))),
}


def _counts(*rows: list[Any]) -> Attack:
    return _json("Result", 0, put("result", list(rows)))


RESULT_ATTACKS: dict[str, tuple[str, Attack]] = {
    "a vote moved": ("result-wrong", _counts([1, 1, 2], [1, 1, 1, 0, 1])),
    "a vote more": ("result-wrong", _counts([1, 2, 2], [1, 1, 1, 0, 1])),
    "more votes than cast": ("count-above-weight", _counts([0, 2, 5], [1, 1, 1, 0, 1])),
    "the blank ones hidden": ("result-wrong", _counts([0, 2, 2], [0, 1, 1, 0, 1])),
    "a question missing": ("wrong-count", _counts([0, 2, 2])),
    "an answer missing": ("wrong-count", _counts([0, 2, 2], [1, 1, 1, 0])),
    "a count as text": ("number-not-canonical", _counts(["0", 2, 2], [1, 1, 1, 0, 1])),
    "a negative count": ("not-a-number", _counts([-1, 3, 2], [1, 1, 1, 0, 1])),
    "true": ("not-a-number", _counts([0, 2, 2], [True, 1, 1, 0, 1])),
    "a field more": ("wrong-fields", _json("Result", 0, put("winner", "1"))),
}

REASONS: dict[int, dict[str, tuple[str, Attack]]] = {
    6: BALLOT_ATTACKS,
    8: TALLY_ATTACKS,
    9: DECRYPTION_ATTACKS,
    10: RESULT_ATTACKS,
}


@pytest.mark.parametrize(
    ("check", "attack"), [(check, attack) for check, table in REASONS.items() for attack in table]
)
def test_an_attack_on_the_vote_is_found_by_its_check_and_for_its_reason(
    check: int, attack: str
) -> None:
    reason, spoilt = REASONS[check][attack]
    assert failed_check(verdict(spoilt())) == (check, reason)


def test_weights_count_and_cannot_be_left_out() -> None:
    world = given.world(given.ONE_OF_THREE, voters=3, weights=[0, 2_000_000_000, 7], seed="weights")
    world.cast(0, [[1, 0, 0]])
    world.cast(1, [[0, 1, 0]])
    assert world.count(1, 2) == [[0, 2_000_000_000, 0]]
    report = verdict(world.archive())
    assert report.complete
    assert report.result == [[0, 2_000_000_000, 0]]

    total = world.tally()
    unweighted = Tally(total.questions, total.ballots, 2)
    entries: list[Entry] = list(world.entries)
    place = place_of(entries, "EncryptedTally")
    entries[place] = ("EncryptedTally", (unweighted.record(), unweighted.sized_record()))
    assert failed_check(verdict(archive_of(entries))) == (8, "tally-weight-wrong")
    assert sha256_hex(total.record()) == sha256_hex(unweighted.record())
