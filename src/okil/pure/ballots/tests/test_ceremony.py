"""A commission makes its key, and what a member or the server who cheats can do about it."""

from __future__ import annotations

import copy
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from okil.pure.ballots import ceremony, signing
from okil.pure.ballots.arithmetic import mpz
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.group import G, P, generator
from okil.pure.ballots.tests import given
from okil.pure.ballots.tests.deterministic import chance_from
from okil.pure.ballots.trustees import read_certificate, read_coefexps, read_trustees
from okil.pure.encoding import canonical_json, read_canonical_json, sha256_hex

SIZE, THRESHOLD = 3, 2


class Rounds:
    """The messages of a ceremony, up to any step."""

    def __init__(self, seed: str = "ceremony") -> None:
        self.chance = chance_from(seed)
        seeds = [signing.make_seed(self.chance) for _ in range(SIZE)]
        self.members = [signing.member_keys(each) for each in seeds]
        self.opened = [self.open(index) for index in range(1, SIZE + 1)]
        self.certs = [each["certificate"] for each in self.opened]
        self.shares = [self.share(index) for index in range(1, SIZE + 1)]
        self.outputs: list[Any] = []

    def open(self, index: int) -> dict[str, Any]:
        return ceremony.open_ceremony(
            self.members[index - 1], index=index, size=SIZE, threshold=THRESHOLD, chance=self.chance
        )

    def share(self, index: int, certs: list[Any] | None = None) -> dict[str, Any]:
        return ceremony.share(
            self.members[index - 1],
            certs or self.certs,
            self.opened[index - 1]["polynomial"],
            threshold=THRESHOLD,
            chance=self.chance,
        )

    def receive(self, index: int, shares: list[Any] | None = None) -> dict[str, Any]:
        return ceremony.receive_shares(
            self.members[index - 1],
            self.certs,
            ceremony.deliver(shares or self.shares, index),
            threshold=THRESHOLD,
            chance=self.chance,
        )

    def finish(self) -> list[Any]:
        self.outputs = [self.receive(index) for index in range(1, SIZE + 1)]
        return ceremony.threshold_record(self.certs, self.shares, self.outputs, threshold=THRESHOLD)


@cache
def good() -> Rounds:
    rounds = Rounds()
    rounds.finish()
    return rounds


def _refused(reason: str, act: Any, *arguments: Any) -> None:
    with pytest.raises(Malformed) as refusal:
        act(*arguments)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(("threshold", "size"), [(1, 1), (2, 2), (2, 3), (3, 5)])
def test_any_enough_members_open_and_fewer_do_not(threshold: int, size: int) -> None:
    record, keys = given.commission(threshold, size, chance_from(f"{threshold} of {size}"))
    trustees = read_trustees(canonical_json([record]))
    alpha = generator.to(mpz(31337))
    factors = {i: pow(alpha, key, P) for i, key in enumerate(keys, 1)}
    joined = pow(trustees.public_key, 31337, P)
    for owners in combinations(factors, threshold):
        assert trustees.can_open(owners)
        assert trustees.joined_factor({owner: factors[owner] for owner in owners}) == joined
    for owners in combinations(factors, threshold - 1):
        assert not trustees.can_open(owners)


def test_more_members_than_needed_open_the_same() -> None:
    record, keys = given.commission(2, 3, chance_from("all three"))
    trustees = read_trustees(canonical_json([record]))
    factors = {i: pow(G, key, P) for i, key in enumerate(keys, 1)}
    assert trustees.joined_factor(factors) == trustees.public_key


def test_the_public_part_belongs_to_the_key_that_was_sealed() -> None:
    rounds = good()
    for member, output in zip(rounds.members, rounds.outputs, strict=True):
        key = ceremony.open_decryption_key(member, output["private_key"])
        assert output["public_key"]["public_key"] == str(generator.to(key))


def test_nobody_opens_what_is_sealed_to_another() -> None:
    rounds = good()
    sealed = rounds.outputs[0]["private_key"]
    _refused("message-does-not-open", ceremony.open_decryption_key, rounds.members[1], sealed)


def test_a_member_cannot_choose_coefficients_after_seeing_the_others() -> None:
    """The hash in the certificate holds her to those of step 1."""
    rounds = Rounds("chooses late")
    fresh = Rounds("chooses anew")
    fresh.members[2] = rounds.members[2]
    rounds.opened[2]["polynomial"] = fresh.open(3)["polynomial"]
    shares = [*rounds.shares[:2], rounds.share(3)]
    _refused("coefficients-not-as-promised", rounds.receive, 1, shares)


def test_a_wrong_point_is_found_by_the_member_who_receives_it() -> None:
    rounds = good()
    shares = copy.deepcopy(rounds.shares)
    wrong = canonical_json({"secret": "12345"}).decode()
    sender, receiver = rounds.members[0], rounds.members[1]
    shares[0]["secrets"][1] = signing.send(sender.sk, receiver.encryption, wrong, rounds.chance)
    _refused("share-not-on-polynomial", rounds.receive, 2, shares)


def test_a_point_meant_for_another_is_not_taken() -> None:
    rounds = good()
    shares = copy.deepcopy(rounds.shares)
    shares[0]["secrets"][1] = shares[0]["secrets"][2]
    _refused("message-does-not-open", rounds.receive, 2, shares)


def test_a_point_from_another_is_not_taken() -> None:
    rounds = good()
    shares = copy.deepcopy(rounds.shares)
    shares[0]["secrets"][1] = shares[2]["secrets"][1]
    _refused("signature-wrong", rounds.receive, 2, shares)


def test_a_damaged_message_does_not_open() -> None:
    rounds = good()
    shares = copy.deepcopy(rounds.shares)
    data = shares[0]["secrets"][1]["data"]
    shares[0]["secrets"][1]["data"] = ("0" if data[0] != "0" else "1") + data[1:]
    _refused("message-does-not-open", rounds.receive, 2, shares)
    shares[0]["secrets"][1]["alpha"] = str(P - 1)
    _refused("element-outside-group", rounds.receive, 2, shares)


def test_a_server_that_shows_members_different_certificates_is_found() -> None:
    rounds = Rounds("two lists")
    other = Rounds("the server's own member")
    seen = [*rounds.certs[:2], other.certs[2]]
    shares = [rounds.share(1, seen), *rounds.shares[1:]]
    _refused("signature-wrong", rounds.receive, 2, shares)


def test_who_is_not_on_the_list_takes_no_part() -> None:
    rounds, other = good(), Rounds("a stranger")
    stranger = copy.copy(rounds)
    stranger.members = other.members
    _refused("not-a-member", stranger.share, 1)
    _refused("not-a-member", stranger.receive, 1)


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("coefficients-not-promised", lambda message: message.pop("coefexps_hash")),
        ("certificate-context-wrong", lambda message: message["context"].update(index=2)),
        ("certificate-context-wrong", lambda message: message["context"].update(threshold=True)),
        ("certificate-context-wrong", lambda message: message["context"].update(size=4)),
        ("wrong-fields", lambda message: message.update(note="hello")),
        ("identity-as-key", lambda message: message.update(encryption="1")),
        ("not-a-hash", lambda message: message.update(coefexps_hash="F" * 64)),
        ("key-twice", lambda message: message.update(encryption=message["verification"])),
    ],
)
def test_a_certificate_that_does_not_fit_is_refused_though_it_is_signed(
    reason: str, change: Any
) -> None:
    rounds = good()
    certs = []
    for cert, member in zip(rounds.certs, rounds.members, strict=True):
        message = read_canonical_json(cert["message"].encode())
        if cert is rounds.certs[0] or reason == "coefficients-not-promised":
            change(message)
        certs.append(signing.sign(member.sk, canonical_json(message).decode(), rounds.chance))
    with pytest.raises(Malformed) as refusal:
        ceremony.read_certificates(certs, size=SIZE, threshold=THRESHOLD)
    assert refusal.value.reason == reason


def test_a_coefficient_0_is_refused_though_it_was_promised_and_signed() -> None:
    """In the top place it would let fewer members open than is said."""
    rounds = Rounds("constant")
    member = rounds.members[0]
    flat = canonical_json({"coefexps": [str(G), "1"]}).decode()
    message = read_canonical_json(rounds.certs[0]["message"].encode())
    message["coefexps_hash"] = sha256_hex(flat.encode())
    cert = signing.sign(member.sk, canonical_json(message).decode(), rounds.chance)
    certificate = read_certificate(cert, where="certificate 1")
    signed = signing.sign(member.sk, flat, rounds.chance)
    with pytest.raises(Malformed) as refusal:
        read_coefexps(certificate, signed, THRESHOLD, "coefficients 1")
    assert refusal.value.reason == "identity-as-key"


def test_blocks_of_both_kinds_are_numbered_through() -> None:
    world = given.world(given.ONE_OF_THREE, singles=2, threshold=(2, 3), seed="numbers")
    trustees = world.trustees
    assert len(trustees.keys) == 5
    assert trustees.needed == 4
    assert trustees.can_open([1, 2, 4, 5])
    assert not trustees.can_open([1, 3, 4, 5])
    assert [str(generator.to(world.keys[i])) for i in range(1, 6)] == list(map(str, trustees.keys))


def test_a_threshold_or_index_that_cannot_be_is_refused() -> None:
    member = signing.member_keys(signing.make_seed(chance_from("x")))
    for index, size, threshold in ((1, 3, 4), (0, 3, 2), (4, 3, 2), (1, 3, 0)):
        with pytest.raises(ValueError, match="threshold"):
            ceremony.open_ceremony(
                member, index=index, size=size, threshold=threshold, chance=chance_from("y")
            )


@pytest.mark.parametrize("seed", ["", "short", "0" * 22, "I" * 22, "1" * 23])
def test_what_is_no_seed_is_refused(seed: str) -> None:
    _refused("not-a-seed", signing.member_keys, seed)
