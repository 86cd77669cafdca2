"""The group BELENIOS-2048: its elements, its scalars, and fast powers (PROTOCOL.md, sections 2, 3).

Elements are numbers modulo P whose Q-th power is 1; scalars are numbers modulo Q.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Protocol, TypeAlias

from okil.pure.ballots import strict
from okil.pure.ballots.arithmetic import invert, mpz, powmod, powmod_sec
from okil.pure.ballots.failures import Malformed

NAME = "BELENIOS-2048"
P = mpz(
    "20694785691422546401013643657505008064922989295751104097100884787057374219242717401922237254497684338129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049081167099310535867780980030790491654063777173764198678527273474476341835600035698305193144284561701911000786737307333564123971732897913240474578834468260652327974647951137672658693582180046317922073668860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201320481118852408731077014151666200162313177169372189248078507711827842317498073276598828825169183103125680162072880719"
)
Q = mpz("78571733251071885079927659812671450121821421258408794611510081919805623223441")
G = mpz(
    "2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678799694668298749389095083896573425601900601068477164491735474137283104610458681314511781646755400527402889846139864532661215055797097162016168270312886432456663834863635782106154918419982534315189740658186868651151358576410138882215396016043228843603930989333662772848406593138406010231675095763777982665103606822406635076697764025346253773085133173495194248967754052573659049492477631475991575198775177711481490920456600205478127054728238140972518639858334115700568353695553423781475582491896050296680037745308460627"
)
IDENTITY = mpz(1)

ELEMENT_DIGITS = len(str(P))
SCALAR_DIGITS = len(str(Q))
EXPONENT_BYTES = 32

Element: TypeAlias = int
Scalar: TypeAlias = int

# Gives that many unpredictable bytes. `pure` has no chance of its own: the caller hands it in.
Chance = Callable[[int], bytes]


def read_element(value: object, *, where: str) -> Element:
    """The element that `value` writes. Whether it is in the group is another question."""
    number = mpz(strict.decimal(value, where=where, longest=ELEMENT_DIGITS))
    if not 0 < number < P:
        raise Malformed("element-out-of-range", where=where)
    return number


def read_member(value: object, *, where: str) -> Element:
    """The element that `value` writes; raises Malformed if it is not in the group."""
    element = read_element(value, where=where)
    if not is_member(element):
        raise Malformed("element-outside-group", where=where)
    return element


def read_key(value: object, *, where: str) -> Element:
    """A public key: an element of the group that is not the identity."""
    element = read_member(value, where=where)
    if element == IDENTITY:
        raise Malformed("identity-as-key", where=where)
    return element


def read_scalar(value: object, *, where: str) -> Scalar:
    number = mpz(strict.decimal(value, where=where, longest=SCALAR_DIGITS))
    if number >= Q:
        raise Malformed("scalar-out-of-range", where=where)
    return number


def is_member(element: Element) -> bool:
    """Membership (section 3). The cofactor is large: an unchecked element can leak a secret."""
    return bool(0 < element < P and powmod(element, Q, P) == 1)


def hash_to_scalar(prefix: str, *elements: Element) -> Scalar:
    """H(prefix; e1,...,en) of section 2."""
    hashed = hashlib.sha256((prefix + ",".join(map(str, elements))).encode())
    return mpz(int.from_bytes(hashed.digest(), "big")) % Q


def random_scalar(chance: Chance) -> Scalar:
    """A scalar; 48 bytes make the bias of the reduction smaller than 2^-128."""
    return mpz(int.from_bytes(chance(48), "big")) % Q


def secret_power(base: Element, exponent: Scalar) -> Element:
    """base^exponent in a time that does not depend on the exponent, which is a secret."""
    return powmod_sec(base, exponent, P)


class Base(Protocol):
    """Something that can be raised to a power."""

    def to(self, exponent: Scalar) -> Element: ...


class PlainBase:
    """An element that is raised once."""

    def __init__(self, element: Element) -> None:
        self._element = element

    def to(self, exponent: Scalar) -> Element:
        return powmod(self._element, exponent, P)


class FixedBase:
    """An element that is raised very often: a table of its powers, no squarings (decision 8).

    Row i holds the powers that a byte at place i of the exponent can mean.
    """

    def __init__(self, element: Element) -> None:
        self._rows: list[list[Element]] = []
        step = element
        for _ in range(EXPONENT_BYTES):
            row = [IDENTITY]
            for _ in range(255):
                row.append(row[-1] * step % P)
            self._rows.append(row)
            step = row[-1] * step % P

    def to(self, exponent: Scalar) -> Element:
        power = IDENTITY
        digits = int(exponent).to_bytes(EXPONENT_BYTES, "little")
        for row, digit in zip(self._rows, digits, strict=True):
            if digit:
                power = power * row[digit] % P
        return power


# The exponent cut into (place, index of an odd digit): the sum of (2 index + 1) 2^place.
Digits = Sequence[tuple[int, int]]
_DIGIT_BITS = 4


@lru_cache(maxsize=2)  # alpha and beta are raised to the same challenge, one after the other
def _odd_digits(exponent: Scalar) -> Digits:
    rest, place, digits = int(exponent), 0, []
    while rest:
        zeros = (rest & -rest).bit_length() - 1
        rest >>= zeros
        place += zeros
        digits.append((place, (rest & (1 << _DIGIT_BITS) - 1) >> 1))
        rest >>= _DIGIT_BITS
        place += _DIGIT_BITS
    return digits


class SharedBase:
    """An element that is raised a few times: its powers share the squarings (decision 8).

    The squares a^(2^k) are made once. For each exponent they are gathered by odd digit d, and the
    product of all gathered(d)^d follows from running products (A. C. Yao, 1976). With three
    exponents this takes a third less time than three separate powers.
    """

    def __init__(self, element: Element) -> None:
        squares = [element]
        for _ in range(8 * EXPONENT_BYTES - 1):
            element = element * element % P
            squares.append(element)
        self._squares = squares

    def to(self, exponent: Scalar) -> Element:
        return self._gathered(_odd_digits(exponent))

    def is_member(self) -> bool:
        return self._gathered(_DIGITS_OF_Q) == 1

    def _gathered(self, digits: Digits) -> Element:
        squares = self._squares
        gathered = [IDENTITY] * (1 << _DIGIT_BITS - 1)
        for place, index in digits:
            gathered[index] = gathered[index] * squares[place] % P
        running = power = gathered[-1]
        for part in gathered[-2:0:-1]:
            running = running * part % P
            power = power * running % P
        return power * power % P * (running * gathered[0] % P) % P


_DIGITS_OF_Q = _odd_digits(Q)


def inverse(element: Element) -> Element:
    return invert(element, P)


generator = FixedBase(G)
