"""A person's number is known wherever it is typed; other numbers are not taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.identity_numbers import (
    holds_identity_number,
    is_identity_number,
    is_of_a_person,
)


def number_of(first: str) -> str:
    """Eleven digits and the control digit that fits, worked out by hand: weights 1 to 11, modulo 11."""
    control = sum(int(digit) * weight for weight, digit in enumerate(first, start=1)) % 11
    assert control < 10, "choose other digits"
    return f"{first}{control}"


PERSON = number_of("85010130012")  # 1 January 1985


@pytest.mark.parametrize(
    "text",
    [
        PERSON,
        f"ИИН {PERSON}.",
        f"iin:{PERSON}",
        f"{PERSON[:6]} {PERSON[6:]}",
        f"{PERSON[:6]}-{PERSON[6:]}",
        " ".join(PERSON),
    ],
)
def test_a_persons_number_is_found_wherever_it_stands(text: str) -> None:
    assert holds_identity_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+7 701 555 43 21",
        "8 701 555 43 21",
        number_of("05044000123"),  # an organisation's: no day begins with 4
        f"+{PERSON}",  # a telephone abroad
        PERSON[:-1],
        PERSON + "0",
        "85130130012" + "1",  # no month
        "85023030012" + "1",  # no day
        PERSON[:-1] + str((int(PERSON[-1]) + 1) % 10),
    ],
)
def test_other_digits_are_left_in_peace(text: str) -> None:
    assert not holds_identity_number(text)


def test_where_the_first_control_digit_would_be_ten_the_second_row_of_weights_decides() -> None:
    found = []
    for last in range(1000):
        first = f"85010130{last:03d}"
        if sum(int(d) * w for w, d in enumerate(first, start=1)) % 11 != 10:
            continue
        weights = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
        control = sum(int(d) * w for w, d in zip(weights, first, strict=True)) % 11
        digits = [d for d in range(10) if is_identity_number(f"{first}{d}")]
        found.append((digits, [control] if control < 10 else []))
    assert found
    assert [digits for digits, _expected in found] == [expected for _digits, expected in found]


@pytest.mark.parametrize(
    ("digits", "of_a_person"),
    [("850101300121", True), ("050440001234", False), ("0504400012", False), ("x", False)],
)
def test_the_fifth_digit_tells_a_person_from_an_organisation(
    digits: str, of_a_person: bool
) -> None:
    assert is_of_a_person(digits) == of_a_person


@given(st.text(max_size=40))
def test_any_text_can_be_asked(text: str) -> None:
    assert isinstance(holds_identity_number(text), bool)
