from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okil.pure.ballots.arithmetic import mpz
from okil.pure.ballots.elgamal import Ciphertext, encrypt, product
from okil.pure.ballots.group import FixedBase, G, P, PlainBase, Q, SharedBase, generator
from okil.pure.ballots.proofs import (
    Opened,
    Proof,
    Statement,
    disjunction_holds,
    logarithm_is_known,
    logarithms_are_same,
    prove_disjunction,
    prove_logarithm,
    prove_same_logarithm,
)
from okil.pure.ballots.tests.deterministic import chance_from

X = mpz(987654321)
Y = FixedBase(generator.to(X))
seeds = st.text(max_size=8)


def _statements(ciphertext: Ciphertext, messages: Sequence[int]) -> list[Statement]:
    alpha, beta = SharedBase(ciphertext.alpha), SharedBase(ciphertext.beta)
    return [Statement(alpha, beta, message) for message in messages]


@given(st.integers(0, 3), seeds)
@settings(max_examples=25)
def test_a_true_disjunction_is_believed(plaintext: int, seed: str) -> None:
    r = mpz(abs(hash(seed)) + 1)
    messages = range(4)
    opened = [Opened(r, plaintext, message) for message in messages]
    proofs = prove_disjunction(Y, "p|", opened, chance_from(seed))
    statements = _statements(encrypt(Y, plaintext, r), messages)
    assert disjunction_holds(Y, "p|", statements, proofs)
    assert not disjunction_holds(Y, "q|", statements, proofs)
    assert not disjunction_holds(Y, "p|", statements[::-1], proofs)
    other = _statements(encrypt(Y, plaintext + 1, r), messages)
    assert not disjunction_holds(Y, "p|", other, proofs)


@given(st.integers(0, 1), st.integers(0, 1), st.integers(1, int(Q) - 1))
@settings(max_examples=15)
def test_changing_any_number_of_a_proof_breaks_it(which: int, part: int, by: int) -> None:
    r = mpz(5)
    opened = [Opened(r, 1, message) for message in (0, 1)]
    proofs = prove_disjunction(Y, "p|", opened, chance_from("x"))
    numbers = list(proofs[which])
    numbers[part] = (numbers[part] + by) % Q
    proofs[which] = Proof(*numbers)
    assert not disjunction_holds(Y, "p|", _statements(encrypt(Y, 1, r), (0, 1)), proofs)


def test_nothing_false_can_be_proved() -> None:
    with pytest.raises(ValueError, match="none of the statements"):
        prove_disjunction(Y, "p|", [Opened(mpz(5), 2, m) for m in (0, 1)], chance_from("x"))


def test_a_proof_hides_which_statement_is_true() -> None:
    """Both are two challenges and two responses; nothing is zero or missing for the true one."""
    for plaintext in (0, 1):
        opened = [Opened(mpz(5), plaintext, message) for message in (0, 1)]
        proofs = prove_disjunction(Y, "p|", opened, chance_from("x"))
        assert all(0 < number < Q for proof in proofs for number in proof)


@given(seeds)
@settings(max_examples=10)
def test_knowing_a_logarithm_is_believed_for_that_key_and_prefix_only(seed: str) -> None:
    proof = prove_logarithm("p|", X, chance_from(seed))
    assert logarithm_is_known("p|", PlainBase(generator.to(X)), proof)
    assert not logarithm_is_known("q|", PlainBase(generator.to(X)), proof)
    assert not logarithm_is_known("p|", PlainBase(generator.to(X + 1)), proof)


@given(seeds)
@settings(max_examples=10)
def test_a_factor_of_another_key_is_not_believed(seed: str) -> None:
    alpha = generator.to(mpz(77))
    proof = prove_same_logarithm("p|", alpha, X, chance_from(seed))
    key, base, factor = PlainBase(generator.to(X)), PlainBase(alpha), PlainBase(pow(alpha, X, P))
    assert logarithms_are_same("p|", key, base, factor, proof)
    assert not logarithms_are_same("p|", key, base, PlainBase(pow(alpha, X + 1, P)), proof)
    assert not logarithms_are_same("p|", key, PlainBase(G), factor, proof)


@given(st.lists(st.integers(0, 5), max_size=4))
@settings(max_examples=15)
def test_a_product_of_ciphertexts_encrypts_the_sum(messages: list[int]) -> None:
    total = product(encrypt(Y, message, mpz(i + 1)) for i, message in enumerate(messages))
    opened = total.beta * pow(total.alpha, -X, P) % P
    assert opened == pow(G, sum(messages), P)


@given(st.integers(0, 2), st.integers(0, 50))
@settings(max_examples=15)
def test_a_weight_multiplies_the_message(message: int, weight: int) -> None:
    weighted = encrypt(Y, message, mpz(9)).weighted(weight)
    assert weighted.beta * pow(weighted.alpha, -X, P) % P == pow(G, message * weight, P)
