"""The facts of a protocol as words of one language, as far as its version may say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from okil.areas.elections.wording.protocols import PAPER_DIFFERENCES
from okil.foundation.web import dates, numbers
from okil.foundation.web.languages import Texts

INTERNAL = "internal"


class Told:
    """The facts as words of one language; hours are those of the zone that the facts name."""

    def __init__(self, facts: Mapping[str, Any], language: str, audience: str) -> None:
        self.facts = facts
        self.language = language
        self.is_internal = audience == INTERNAL
        self.zone = str(facts["zone"])
        self.candidates = {each["number"]: each for each in facts["candidates"]}
        self.contests = [contest["for"] for contest in facts["count"]["contests"]]

    def text(self, value: str | Mapping[str, str] | None) -> str:
        return (
            Texts(value).in_language(self.language) if isinstance(value, Mapping) else value or ""
        )

    def number(self, value: int) -> str:
        return numbers.number(value, self.language)

    def day(self, value: str, style: dates.Style = "dated") -> str:
        return dates.day(date.fromisoformat(value), self.language, style)

    def day_of(self, moment: str) -> str:
        local = _moment(moment).astimezone(ZoneInfo(self.zone))
        return dates.day(local.date(), self.language, "dated")

    def moment(self, value: str) -> str:
        return dates.moment(_moment(value), self.zone, self.language, "plain")

    def on(self, value: str) -> str:
        return dates.on_moment(_moment(value), self.zone, self.language)

    def since(self, value: str) -> str:
        return dates.since_moment(_moment(value), self.zone, self.language)

    def until(self, value: str) -> str:
        return dates.until_moment(_moment(value), self.zone, self.language)

    def candidate(self, number: int) -> str:
        """The name as far as this version may say it; the number, where that is all."""
        candidate = self.candidates[number]
        name, pseudonym = candidate["name"], candidate["pseudonym"]
        if name and pseudonym and self.is_internal:
            return _("{name} (pseudonym: {pseudonym})").format(name=name, pseudonym=pseudonym)
        if name:
            return str(name)
        if pseudonym:
            return _("{pseudonym} (pseudonym)").format(pseudonym=pseudonym)
        return _("Candidate No. {number}").format(number=number)

    def candidates_named(self, found: Iterable[int]) -> str:
        return ", ".join(self.candidate(number) for number in found)


def _moment(value: str) -> datetime:
    return datetime.fromisoformat(value)


def votes_of(contest: str) -> str:
    return {
        "member": _("Votes for member"),
        "alternate": _("Votes for alternate"),
        "both": _("Votes"),
    }[contest]


def difference(told: Told, difference: Mapping[str, Any]) -> str:
    what = PAPER_DIFFERENCES[difference["code"]]
    text = _("{what}, difference: {number}. Reason: {reason}")
    number = told.number(difference["number"])
    return text.format(what=what, number=number, reason=ended(difference["reason"]))


def ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
