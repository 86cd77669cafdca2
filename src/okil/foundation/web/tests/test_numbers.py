from __future__ import annotations

from decimal import Decimal

import pytest

from okil.foundation.web.numbers import number, percent


@pytest.mark.parametrize(
    ("value", "places", "russian", "english"),
    [
        (7, 0, "7", "7"),
        (1039, 0, "1_039", "1,039"),
        (1_234_567, 0, "1_234_567", "1,234,567"),
        (1234.5, 1, "1_234,5", "1,234.5"),
        (Decimal("-3"), 0, "−3", "−3"),
    ],
)
def test_thousands_are_held_together(
    value: int | float | Decimal, places: int, russian: str, english: str
) -> None:
    assert number(value, "ru", places).replace("\xa0", "_") == russian
    assert number(value, "kk", places).replace("\xa0", "_") == russian
    assert number(value, "en", places) == english


@pytest.mark.parametrize(
    ("value", "russian", "english"), [(79.94, "79,9_%", "79.9%"), (100, "100_%", "100%")]
)
def test_a_share_has_one_place_unless_it_is_whole(
    value: int | float, russian: str, english: str
) -> None:
    assert percent(value, "kk").replace("\xa0", "_") == russian
    assert percent(value, "en") == english
