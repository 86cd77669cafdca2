"""The plan of an election: read from JSON, and examined for what cannot be kept or is left unsaid.

An action has a stage, a deadline and the actions it depends on. What is found is data (`Finding`);
sentences are made where they are shown. The calendar is handed in: it differs by country and body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain, pairwise
from typing import Any

IsWorkingDay = Callable[[date], bool]

ACTIONS_AT_MOST = 2000  # a country's plan has some hundreds
ITEMS_AT_MOST = 100
NUMBER_AT_MOST = 1_000_000
YEARS = range(1990, 2200)
LANGUAGES = ("ru", "kk", "en")


class NotAPlan(ValueError):  # noqa: N818 (it says what the data are not)
    """The data cannot be read as a plan. `code` says why, `facts` where."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class DeadlineKind(StrEnum):
    BY = "by"  # any day until this one
    FROM = "from"  # begins on this day; its end is not said
    ON = "on"  # this very day
    OPEN = "open"  # nothing is said


ENDS = frozenset({DeadlineKind.BY, DeadlineKind.ON})


@dataclass(frozen=True, slots=True)
class Deadline:
    kind: DeadlineKind
    day: date | None  # None for an open one, and only there

    @property
    def due(self) -> date | None:
        """The day on which the action is over; None if the plan does not say."""
        return self.day if self.kind in ENDS else None


@dataclass(frozen=True, slots=True)
class Action:
    number: int
    stage: int
    deadline: Deadline
    depends_on: tuple[int, ...] = ()
    responsible: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    item_numbers: tuple[int, ...] = ()  # how the items of its list are numbered on paper


@dataclass(frozen=True, slots=True)
class Plan:
    actions: tuple[Action, ...]
    approved_on: date | None = None


# Reading


def plan_from(data: Any) -> Plan:
    """The plan a JSON object states.

    Texts and keys that no rule needs are passed over. Raises NotAPlan for a wrong type, a date that
    does not exist, a number that comes twice, a dependency on no action, and for actions that wait
    for each other in a circle.
    """
    whole = _object(data, "plan")
    stages = _stage_numbers(whole)
    listed = _list(whole, "actions", "actions")
    if not listed:
        raise NotAPlan("empty")
    if len(listed) > ACTIONS_AT_MOST:
        raise NotAPlan("too-long", most=ACTIONS_AT_MOST)
    actions = tuple(_action(each, f"actions[{i}]", stages) for i, each in enumerate(listed))
    _require_known_numbers(actions)
    approved = whole.get("approval_date")
    plan = Plan(actions, None if approved is None else _day(approved, "approval_date"))
    preceding(plan)  # finds circles
    return plan


def _stage_numbers(whole: Mapping[str, Any]) -> frozenset[int] | None:
    """The stages the plan names; None if it names none, then an action may have any."""
    if whole.get("stages") is None:
        return None
    listed = enumerate(_list(whole, "stages", "stages"))
    return frozenset(
        _number(_object(each, f"stages[{i}]").get("no"), f"stages[{i}].no") for i, each in listed
    )


def _action(data: Any, place: str, stages: frozenset[int] | None) -> Action:
    each = _object(data, place)
    stage = _number(each.get("stage"), f"{place}.stage")
    if stages is not None and stage not in stages:
        raise NotAPlan("field-wrong", place=f"{place}.stage")
    said = [key for key in ("depends_on", "depends_on_inferred") if each.get(key) is not None]
    if not said:  # else a misspelt key would silently make every order a good one
        raise NotAPlan("field-wrong", place=f"{place}.depends_on")
    depends_on = [one for key in said for one in _numbers(each, key, place)]
    return Action(
        number=_number(each.get("no"), f"{place}.no"),
        stage=stage,
        deadline=_deadline(each.get("deadline"), f"{place}.deadline"),
        depends_on=tuple(dict.fromkeys(depends_on)),
        responsible=_named(each, "responsible", place),
        participants=_named(each, "participants", place),
        item_numbers=_numbers(each, "item_numbers_in_seed", place, most=ITEMS_AT_MOST),
    )


def _deadline(data: Any, place: str) -> Deadline:
    stated = _object(data, place)
    kind, day = stated.get("kind"), stated.get("date")
    if not isinstance(kind, str) or kind not in tuple(DeadlineKind):
        raise NotAPlan("field-wrong", place=f"{place}.kind")
    if kind == DeadlineKind.OPEN:
        if day is not None:
            raise NotAPlan("field-wrong", place=f"{place}.date")
        return Deadline(DeadlineKind.OPEN, None)
    return Deadline(DeadlineKind(kind), _day(day, f"{place}.date"))


def _named(data: Mapping[str, Any], name: str, place: str) -> tuple[str, ...]:
    """Who is named, in whatever language; a line to be filled in by hand names nobody."""
    keys = [key for key in (name, *(f"{name}_{code}" for code in LANGUAGES)) if data.get(key)]
    for key in keys:
        listed = _list(data, key, f"{place}.{key}")
        if not all(isinstance(one, str) for one in listed):
            raise NotAPlan("field-wrong", place=f"{place}.{key}")
        if filled := tuple(one for one in listed if one.strip(" _.…\xa0")):
            return filled
    return ()


def _numbers(
    data: Mapping[str, Any], key: str, place: str, most: int = NUMBER_AT_MOST
) -> tuple[int, ...]:
    if data.get(key) is None:
        return ()
    here = f"{place}.{key}"
    return tuple(_number(one, here, most) for one in _list(data, key, here))


def _object(value: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise NotAPlan("field-wrong", place=place)
    return value


def _list(data: Mapping[str, Any], key: str, place: str) -> list[Any]:
    value = data.get(key)
    if not isinstance(value, list):
        raise NotAPlan("field-wrong", place=place)
    return value


def _number(value: Any, place: str, most: int = NUMBER_AT_MOST) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise NotAPlan("field-wrong", place=place)
    return value


def _day(value: Any, place: str) -> date:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise NotAPlan("no-such-day", place=place) from None
    if day.isoformat() != value or day.year not in YEARS:  # 20240812 is read too, and not meant
        raise NotAPlan("no-such-day", place=place)
    return day


def _require_known_numbers(actions: Iterable[Action]) -> None:
    known: set[int] = set()
    for action in actions:
        if action.number in known:
            raise NotAPlan("number-twice", action=action.number)
        known.add(action.number)
    for action in actions:
        for other in action.depends_on:
            if other not in known:
                raise NotAPlan("dependency-unknown", action=action.number, other=other)


# What must come before what


def preceding(plan: Plan) -> tuple[int, ...]:
    """For each action a set of those that must come before it, directly or through others.

    The set is a number: bit i stands for the action in place i. Raises NotAPlan for a circle.
    """
    place = {action.number: i for i, action in enumerate(plan.actions)}
    direct = [[place[one] for one in action.depends_on] for action in plan.actions]
    following: list[list[int]] = [[] for _ in direct]
    for later, sources in enumerate(direct):
        for earlier in sources:
            following[earlier].append(later)
    waiting = [len(sources) for sources in direct]
    ready = [i for i, count in enumerate(waiting) if not count]
    before = [0] * len(direct)
    for i in ready:  # grows while it is walked
        for later in following[i]:
            before[later] |= before[i] | 1 << i
            waiting[later] -= 1
            if not waiting[later]:
                ready.append(later)
    if len(ready) < len(direct):
        circle = _circle(direct, waiting)
        raise NotAPlan("circle", actions=tuple(plan.actions[i].number for i in circle))
    return tuple(before)


def _circle(direct: list[list[int]], waiting: list[int]) -> list[int]:
    """One circle among those that still wait: each waits for another of them."""
    walked = [next(i for i, count in enumerate(waiting) if count)]
    while True:
        step = next(i for i in direct[walked[-1]] if waiting[i])
        if step in walked:
            return sorted(walked[walked.index(step) :])
        walked.append(step)


def members(chosen: int) -> Iterator[int]:
    """The places whose bits are set."""
    while chosen:
        lowest = chosen & -chosen
        yield lowest.bit_length() - 1
        chosen ^= lowest


# Examining


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(StrEnum):
    ORDER_INVERTED = "PLAN_ORDER_INVERTED"
    ZERO_SLACK = "PLAN_ZERO_SLACK"
    STAGE_OVERLAP = "PLAN_STAGE_OVERLAP"
    NOT_APPROVED = "PLAN_NOT_APPROVED"
    MISSING_PARTICIPANTS = "PLAN_MISSING_PARTICIPANTS"
    WEEKEND_DEADLINE = "PLAN_WEEKEND_DEADLINE"
    DEADLINE_OPEN_END = "PLAN_DEADLINE_OPEN_END"
    NUMBERING_GAP = "TEXT_NUMBERING_GAP"
    NUMBERING_REPEATED = "TEXT_NUMBERING_REPEATED"


LEVEL_OF: Mapping[Code, Level] = {
    Code.ORDER_INVERTED: Level.ERROR,
    Code.ZERO_SLACK: Level.WARNING,
    Code.STAGE_OVERLAP: Level.WARNING,
    Code.NOT_APPROVED: Level.WARNING,
    Code.MISSING_PARTICIPANTS: Level.INFO,
    Code.WEEKEND_DEADLINE: Level.INFO,
    Code.DEADLINE_OPEN_END: Level.INFO,
    Code.NUMBERING_GAP: Level.INFO,
    Code.NUMBERING_REPEATED: Level.INFO,
}
GRAVEST_FIRST = sorted(Code, key=lambda code: tuple(Level).index(LEVEL_OF[code]))
RANK_OF: Mapping[Code, int] = {code: rank for rank, code in enumerate(GRAVEST_FIRST)}


@dataclass(frozen=True, slots=True)
class Finding:
    """`actions`: the numbers of those it is about; of two, the one that must come first is first."""

    code: Code
    actions: tuple[int, ...] = ()
    days: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        return LEVEL_OF[self.code]


def examine(plan: Plan, *, is_working_day: IsWorkingDay) -> tuple[Finding, ...]:
    """All that is found, in the order of the plan: each finding at the later of its actions.

    What concerns the whole plan comes first; at one action the gravest comes first.
    """
    before = preceding(plan)
    at: dict[int, list[Finding]] = {action.number: [] for action in plan.actions}
    for finding in chain(
        _about_order(plan, before),
        _about_stages(plan, before),
        *(_about_action(each, is_working_day) for each in plan.actions),
    ):
        at[finding.actions[-1]].append(finding)
    whole = () if plan.approved_on else (Finding(Code.NOT_APPROVED),)
    return (*whole, *chain.from_iterable(sorted(each, key=_rank) for each in at.values()))


def _rank(finding: Finding) -> int:
    return RANK_OF[finding.code]


def _about_order(plan: Plan, before: tuple[int, ...]) -> Iterator[Finding]:
    """Pairs of which one must come first, directly or through others, and has no day left to do so.

    A beginning counts as a day too: what depends on others does not begin before they are due.
    """
    after_day, due_on = _by_day(plan)
    for later, sources in zip(plan.actions, before, strict=True):
        if later.deadline.day is None:
            continue
        for i in members(sources & after_day[later.deadline.day]):
            earlier = plan.actions[i]
            assert earlier.deadline.day is not None
            days = (earlier.deadline.day - later.deadline.day).days
            yield Finding(Code.ORDER_INVERTED, (earlier.number, later.number), days)
        if later.deadline.due is not None:
            for i in members(sources & due_on[later.deadline.due]):
                pair = (plan.actions[i].number, later.number)
                yield Finding(Code.ZERO_SLACK, pair, facts={"date": later.deadline.due})


def _by_day(plan: Plan) -> tuple[dict[date, int], dict[date, int]]:
    """For each day of the plan: the actions dated after it, and those due on it."""
    on: dict[date, int] = {}
    due_on: dict[date, int] = {}
    for i, action in enumerate(plan.actions):
        if action.deadline.day is not None:
            on[action.deadline.day] = on.get(action.deadline.day, 0) | 1 << i
        if action.deadline.due is not None:
            due_on[action.deadline.due] = due_on.get(action.deadline.due, 0) | 1 << i
    after_day: dict[date, int] = {}
    seen = 0
    for day in sorted(on, reverse=True):
        after_day[day] = seen
        seen |= on[day]
    return after_day, due_on


def _about_stages(plan: Plan, before: tuple[int, ...]) -> Iterator[Finding]:
    """Actions of an earlier stage that end later than one of a later stage.

    Of those, each later action is told the one that ends last. A pair whose order is broken already
    is an error of its own and not said twice.
    """
    dated = [(one.deadline.due, i) for i, one in enumerate(plan.actions)]
    ends = [(day, i) for day, i in dated if day is not None]
    latest_first = sorted(ends, key=lambda end: (-end[0].toordinal(), end[1]))
    for later, sources in zip(plan.actions, before, strict=True):
        if later.deadline.due is None:
            continue
        for day, i in latest_first:
            if day <= later.deadline.due:
                break
            earlier = plan.actions[i]
            if earlier.stage < later.stage and not sources >> i & 1:
                stages = {"earlier_stage": earlier.stage, "later_stage": later.stage}
                days = (day - later.deadline.due).days
                yield Finding(Code.STAGE_OVERLAP, (earlier.number, later.number), days, stages)
                break


def _about_action(action: Action, is_working_day: IsWorkingDay) -> Iterator[Finding]:
    alone = (action.number,)
    if not action.participants:
        yield Finding(Code.MISSING_PARTICIPANTS, alone)
    due = action.deadline.due
    if due is None:
        yield Finding(Code.DEADLINE_OPEN_END, alone, facts={"date": action.deadline.day})
    elif not is_working_day(due):
        yield Finding(Code.WEEKEND_DEADLINE, alone, facts={"date": due})
    numbers = sorted(action.item_numbers)
    for lower, upper in pairwise((0, *numbers)):
        if lower == upper:
            yield Finding(Code.NUMBERING_REPEATED, alone, facts={"number": lower})
        for missing in range(lower + 1, upper):
            yield Finding(Code.NUMBERING_GAP, alone, facts={"missing": missing})
