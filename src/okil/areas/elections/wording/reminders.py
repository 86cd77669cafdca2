"""What a reminder says: numbers and days, nothing that tells a stranger about a group."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from okil.areas.elections.queries.reminders import LAST_DAY
from okil.foundation.web import dates

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Of what a reminder's name begins with; the number follows.
SENTENCES: dict[str, _StrPromise] = {
    "action": _("Action no. {number} of the plan: {day}."),
    "stage": _("Stage {number} ends: {day}."),
}
ON_THE_LAST_DAY: dict[str, _StrPromise] = {
    "action": _("Action no. {number} of the plan: today, {day}."),
    "stage": _("Stage {number} ends today, {day}."),
}


def sentence(what: str, due_on: date, language: str) -> str:
    sentences = ON_THE_LAST_DAY if what.endswith(LAST_DAY) else SENTENCES
    kind, number = what.removesuffix(LAST_DAY).split("-")
    return str(sentences[kind]).format(number=number, day=dates.day(due_on, language, "full"))
