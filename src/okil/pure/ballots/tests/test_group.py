from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okil.pure.ballots.arithmetic import mpz, powmod
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.group import (
    FixedBase,
    G,
    P,
    PlainBase,
    Q,
    SharedBase,
    generator,
    hash_to_scalar,
    inverse,
    is_member,
    random_scalar,
    read_key,
    secret_power,
)

exponents = st.integers(min_value=0, max_value=int(Q) - 1)
EDGES = [0, 1, 2, 15, 16, 2**128, 2**255, int(Q) - 1, 2**256 - 1]


@given(exponents, exponents)
@settings(max_examples=40)
def test_every_way_to_raise_a_power_agrees(base_exponent: int, exponent: int) -> None:
    base = powmod(G, base_exponent, P)
    expected = powmod(base, exponent, P)
    assert SharedBase(base).to(mpz(exponent)) == expected
    assert PlainBase(base).to(mpz(exponent)) == expected


@pytest.mark.parametrize("exponent", EDGES)
def test_extreme_exponents_are_raised_rightly(exponent: int) -> None:
    expected = powmod(G, exponent, P)
    assert generator.to(mpz(exponent)) == expected
    assert SharedBase(G).to(mpz(exponent)) == expected


@given(exponents)
@settings(max_examples=10)
def test_a_table_of_powers_raises_any_element(exponent: int) -> None:
    base = powmod(G, 12345, P)
    assert FixedBase(base).to(mpz(exponent)) == powmod(base, exponent, P)


def test_a_table_of_powers_refuses_what_is_no_scalar() -> None:
    for exponent in (2**256, -1):
        with pytest.raises(OverflowError):
            generator.to(mpz(exponent))


@given(exponents.filter(bool))
@settings(max_examples=10)
def test_a_power_in_constant_time_is_the_same_power(exponent: int) -> None:
    assert secret_power(G, mpz(exponent)) == powmod(G, exponent, P)


@given(st.integers(min_value=1, max_value=int(P) - 1))
@settings(max_examples=20)
def test_both_membership_tests_agree(number: int) -> None:
    member = powmod(mpz(number), (P - 1) // Q, P)
    for element in (mpz(number), member, P - member):
        assert SharedBase(element).is_member() == is_member(element)
    assert is_member(member)


def test_elements_of_small_order_are_not_members() -> None:
    of_order_3 = next(
        power for base in range(2, 50) if (power := powmod(mpz(base), (P - 1) // 3, P)) != 1
    )
    for element in (P - 1, of_order_3, of_order_3 * G % P, (P - 1) * G % P):
        assert not is_member(element)
        assert not SharedBase(element).is_member()


def test_zero_and_p_are_not_members() -> None:
    assert not is_member(mpz(0))
    assert not is_member(P)


def test_the_identity_is_no_key() -> None:
    with pytest.raises(Malformed) as refusal:
        read_key("1", where="here")
    assert refusal.value.reason == "identity-as-key"


def test_the_hash_joins_elements_with_commas() -> None:
    assert hash_to_scalar("a|", mpz(1), mpz(23)) != hash_to_scalar("a|", mpz(12), mpz(3))


def test_an_inverse_undoes_a_product() -> None:
    assert inverse(G) * G % P == 1


def test_a_random_scalar_takes_48_bytes() -> None:
    assert random_scalar(lambda count: b"\xff" * count) == (2**384 - 1) % Q
