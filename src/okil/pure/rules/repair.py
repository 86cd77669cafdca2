"""A plan's dates put into an order that can be kept, by moving as little as possible.

Of all ways to do so, one is chosen: it moves the fewest synchronised points and exact dates, then
the fewest actions, then the fewest days in all; among equals each action keeps the earliest date.
What is moved goes to a working day.

Each action alone has its cost on each date, and pairs only say "not before": so the best way is a
smallest cut of a network, found exactly and not by trying. For each action there is a chain of links
from source to sink, one per date; the link that is cut is the date it gets.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from okil.pure.rules.plan import (
    Action,
    Deadline,
    DeadlineKind,
    IsWorkingDay,
    Level,
    NotAPlan,
    Plan,
    examine,
    members,
    preceding,
)

# The announcement, the list of candidates, the documents and the results: all groups at one time.
SYNCHRONISED = frozenset({11, 18, 22, 24, 25})
REPAIRED_AT_MOST = 200  # actions; a plan this long takes some seconds
DAYS_OFF_AT_MOST = 60  # in a row; a calendar that has more says nothing


@dataclass(frozen=True, slots=True)
class Move:
    """`other` is why: the action, on its own new date, that this one must not come before or after.

    `is_point`: what moved is an exact date or one that all groups share.
    """

    action: int
    before: date
    after: date
    other: int
    other_day: date
    is_point: bool = False

    @property
    def is_later(self) -> bool:
        return self.after > self.before

    @property
    def days(self) -> int:
        return abs((self.after - self.before).days)


@dataclass(frozen=True, slots=True)
class Repair:
    plan: Plan
    moves: tuple[Move, ...]


def repair(
    plan: Plan, *, is_working_day: IsWorkingDay, synchronised: frozenset[int] = SYNCHRONISED
) -> Repair:
    """The plan without an error, and what was moved, in the order of the plan.

    Raises NotAPlan if the plan is too long for this, or the calendar has no working days near it.
    """
    found = examine(plan, is_working_day=is_working_day)
    if all(finding.level is not Level.ERROR for finding in found):
        return Repair(plan, ())
    if len(plan.actions) > REPAIRED_AT_MOST:
        raise NotAPlan("too-long-to-repair", most=REPAIRED_AT_MOST)
    days = _best_days(plan, is_working_day, synchronised)
    actions = tuple(
        action
        if action.deadline.day is None
        else replace(action, deadline=Deadline(action.deadline.kind, day))
        for action, day in zip(plan.actions, days, strict=True)
    )
    repaired = replace(plan, actions=actions)
    return Repair(repaired, tuple(_moves(plan, repaired, synchronised)))


def _moves(plan: Plan, repaired: Plan, synchronised: frozenset[int]) -> Iterator[Move]:
    before = preceding(plan)
    for i, (old, new) in enumerate(zip(plan.actions, repaired.actions, strict=True)):
        was, now = old.deadline.day, new.deadline.day
        if was is None or now is None or was == now:
            continue
        if now > was:
            others = list(members(before[i]))
        else:
            others = [later for later, sources in enumerate(before) if sources >> i & 1]
        other, other_day = _barrier(plan, repaired, others, latest=now > was)
        point = _is_point(old, synchronised)
        yield Move(old.number, was, now, other=other, other_day=other_day, is_point=point)


def _is_point(action: Action, synchronised: frozenset[int]) -> bool:
    return action.deadline.kind is DeadlineKind.ON or action.number in synchronised


def _barrier(plan: Plan, repaired: Plan, others: list[int], *, latest: bool) -> tuple[int, date]:
    """Of the others the one that leaves the least room; among equals one that was not moved."""
    sign = -1 if latest else 1
    ranked = [
        (sign * new.toordinal(), new != plan.actions[i].deadline.day, i, new)
        for i in others
        if (new := repaired.actions[i].deadline.day) is not None
    ]
    *_, i, day = min(ranked)
    return plan.actions[i].number, day


# The network


def _best_days(
    plan: Plan, is_working_day: IsWorkingDay, synchronised: frozenset[int]
) -> list[date]:
    """For each action its best date; one without a date gets one that nobody will see."""
    own = {one.deadline.day for one in plan.actions if one.deadline.day is not None}
    working = {_nearest(day, step, is_working_day) for day in own for step in (-1, 1)}
    # In between nothing can be better: the sum of days changes evenly from one of these to the next.
    days = sorted(own | working)
    price = _Price(len(plan.actions), days, frozenset(working), synchronised)

    links = len(days)
    network = _Network(2 + len(plan.actions) * (links - 1))
    place = {action.number: i for i, action in enumerate(plan.actions)}

    def later_than(i: int, k: int) -> int:
        """The node that says: action i comes later than the k-th day."""
        return 0 if k < 0 else 1 if k == links - 1 else 2 + i * (links - 1) + k

    for i, action in enumerate(plan.actions):
        for k, day in enumerate(days):
            cost = price.of(action, day)
            network.join(later_than(i, k - 1), later_than(i, k), cost)
            for number in action.depends_on:
                network.join(later_than(place[number], k), later_than(i, k), price.forbidden)
    network.fill()
    reached = network.reached()
    return [
        next(day for k, day in enumerate(days) if later_than(i, k) not in reached)
        for i in range(len(plan.actions))
    ]


def _nearest(day: date, step: int, is_working_day: IsWorkingDay) -> date:
    for distance in range(DAYS_OFF_AT_MOST):
        near = day + timedelta(days=step * distance)
        if is_working_day(near):
            return near
    raise NotAPlan("no-working-days", day=day)


class _Price:
    """What a date costs an action: a moved point outweighs all actions, an action all days."""

    def __init__(
        self, actions: int, days: list[date], working: frozenset[date], synchronised: frozenset[int]
    ) -> None:
        self._working = working
        self._synchronised = synchronised
        self._moved = actions * (days[-1] - days[0]).days + 1
        self._point_moved = (actions + 1) * self._moved
        self.forbidden = (actions + 1) * (self._point_moved + 2 * self._moved)

    def of(self, action: Action, day: date) -> int:
        own = action.deadline.day
        if own is None or own == day:
            return 0
        if day not in self._working:
            return self.forbidden
        point = _is_point(action, self._synchronised)
        return abs((day - own).days) + self._moved + (self._point_moved if point else 0)


class _Network:
    """Dinic's way to the largest flow from node 0 to node 1."""

    def __init__(self, nodes: int) -> None:
        self._ends: list[int] = []
        self._room: list[int] = []
        self._links: list[list[int]] = [[] for _ in range(nodes)]

    def join(self, start: int, end: int, room: int) -> None:
        for here, there, how_much in ((start, end, room), (end, start, 0)):
            self._links[here].append(len(self._ends))
            self._ends.append(there)
            self._room.append(how_much)

    def fill(self) -> None:
        while (levels := self._levels())[1] >= 0:
            tried = [0] * len(self._links)
            while path := self._path(levels, tried):
                amount = min(self._room[link] for link in path)
                for link in path:
                    self._room[link] -= amount
                    self._room[link ^ 1] += amount

    def reached(self) -> set[int]:
        """The nodes to which more could flow. Of all smallest cuts, this is the nearest to node 0."""
        return {node for node, level in enumerate(self._levels()) if level >= 0}

    def _levels(self) -> list[int]:
        levels = [-1] * len(self._links)
        levels[0] = 0
        waiting = deque([0])
        while waiting:
            node = waiting.popleft()
            for link in self._links[node]:
                if self._room[link] and levels[self._ends[link]] < 0:
                    levels[self._ends[link]] = levels[node] + 1
                    waiting.append(self._ends[link])
        return levels

    def _path(self, levels: list[int], tried: list[int]) -> list[int]:
        """The links of one way to node 1 along the levels; empty if there is none left."""
        path: list[int] = []
        node = 0
        while node != 1:
            links = self._links[node]
            while tried[node] < len(links):
                link = links[tried[node]]
                if self._room[link] and levels[self._ends[link]] == levels[node] + 1:
                    break
                tried[node] += 1
            if tried[node] < len(links):
                path.append(links[tried[node]])
                node = self._ends[path[-1]]
            elif path:
                back = path.pop()
                node = self._ends[back ^ 1]
                tried[node] += 1
            else:
                return []
        return path
