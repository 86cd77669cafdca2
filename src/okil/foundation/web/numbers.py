"""Numbers as people write them: 1 039 and 79,9 % (Russian, Kazakh), 1,039 and 79.9% (English)."""

from __future__ import annotations

from decimal import Decimal


def number(value: int | float | Decimal, language: str, places: int = 0) -> str:
    english = f"{value:,.{places}f}".replace("-", "−")
    if language == "en":
        return english
    return english.replace(",", "\xa0").replace(".", ",")


def percent(value: int | float | Decimal, language: str) -> str:
    """A whole number as it is (100 %), any other with one place (79,9 %)."""
    told = number(value, language, 0 if isinstance(value, int) else 1)
    return f"{told}%" if language == "en" else f"{told}\xa0%"
