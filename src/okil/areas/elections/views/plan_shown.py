"""How a plan, what is found in it and what is done of it are said on a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from okil.areas.elections import wording
from okil.areas.elections.models import Cycle, Election, PlanAction
from okil.areas.elections.queries.plan import Examined
from okil.areas.elections.queries.plan_done import Done, shows_itself
from okil.foundation.web import dates
from okil.foundation.web.reader import the_reader
from okil.pure.rules import plan_words
from okil.pure.rules.plan import Code, Finding, Level
from okil.pure.rules.plan_words import Days

DAYS = Days(dates.day, dates.weekday)
ROWS = 30  # of the table on one page
CODES = tuple(Code)  # the gravest first
MARKS = {Level.ERROR: "bad", Level.WARNING: "warn", Level.INFO: "info"}


def language() -> str:
    return (get_language() or "ru")[:2]


def told(finding: Finding) -> str:
    return plan_words.message(finding, language(), DAYS, the_reader().year)


def findings_shown(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """One note for each kind of finding at one action, the gravest kind first. Of pairs with several
    earlier actions the widest apart is told, of the others their numbers."""
    gravest_first = sorted(found, key=lambda each: CODES.index(each.code))
    return [
        _note(code, list(alike))
        for code, alike in groupby(gravest_first, key=lambda each: each.code)
    ]


def _note(code: Code, found: Sequence[Finding]) -> dict[str, Any]:
    widest = max(reversed(found), key=lambda each: each.days or 0)
    pairs = len(widest.actions) == 2
    return {
        "kind": MARKS[widest.level],
        "word": plan_words.mark(code, language()),
        "sentences": [told(each) for each in ([widest] if pairs else found)],
        "others": [each.actions[0] for each in found if each is not widest] if pairs else [],
    }


def summary(found: Sequence[Finding]) -> list[dict[str, str]]:
    """How many of each level, and what that means for whoever approves."""
    numbers = {level: sum(each.level is level for each in found) for level in Level}
    return [
        {
            "kind": MARKS[level],
            "count": plan_words.count(level, number, language()),
            "meaning": plan_words.meaning(level, number, language()),
        }
        for level, number in numbers.items()
        if number
    ]


def row(
    action: PlanAction,
    *,
    examined: Examined | None = None,
    done: Done | None = None,
    late: bool = False,
) -> dict[str, Any]:
    """One line of the table; what is found and done only for those whom it concerns."""
    return {
        "action": action,
        "responsible": [wording.PLAN_ROLES[code] for code in action.responsible],
        "participants": [wording.PLAN_ROLES[code] for code in action.participants],
        "findings": findings_shown(examined.at_action.get(action.number, ())) if examined else [],
        "done": done,
        "done_in": len(done.elections) if done else 0,
        "is_late": late,
        "may_be_marked": done is not None
        and not shows_itself(action.number)
        and not done.everywhere,
    }


def ordered(rows: Iterable[PlanAction]) -> list[PlanAction]:
    return sorted(rows, key=lambda each: (each.stage, each.number))


def page_of(request: HttpRequest, rows: Sequence[PlanAction]) -> Page[PlanAction]:
    """The one asked for, by its number or by an action that stands on it."""
    with_action = page_with(request.GET.get("action", ""), rows)
    return Paginator(rows, ROWS).get_page(request.GET.get("page", with_action))


def page_with(number: str, rows: Sequence[PlanAction]) -> int:
    """On which page of the table the action of this number stands; the first if there is none."""
    places = (place for place, each in enumerate(rows) if str(each.number) == number)
    return next(places, 0) // ROWS + 1


def address_of(cycle: Cycle, number: int) -> str:
    """The line of an action in the common plan, on whichever page that is."""
    return reverse("plan", args=[cycle.year]) + _line_of(cycle, number)


def own_address_of(election: Election, number: int) -> str:
    """The same in the group's own plan."""
    where = [election.cycle.year, election.group.slug]
    return reverse("own_plan", args=where) + _line_of(election.cycle, number)


def _line_of(cycle: Cycle, number: int) -> str:
    asked = f"?action={number}" if cycle.plan.count() > ROWS else ""
    return f"{asked}#a{number}"


def by_stage(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The lines under their stages, in the order of the plan."""
    in_order = sorted(rows, key=lambda each: (each["action"].stage, each["action"].number))
    return [
        {"number": stage, "name": wording.stage_name(stage), "rows": list(group)}
        for stage, group in groupby(in_order, key=lambda each: each["action"].stage)
    ]
