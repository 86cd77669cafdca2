"""Places that fell vacant during the term, and what a round is held for (REG-93)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from okil.areas.bodies.models import Membership, Position, Seat
from okil.areas.bodies.queries import positions_without_holder, seats_in_force
from okil.areas.elections.models import Cycle, Election, Place, Round
from okil.areas.elections.queries.candidates import places_of, rules_of
from okil.areas.elections.queries.voters import registration_round
from okil.foundation.audit import entries_of
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import RoundKind

Vacant = tuple[Seat, str]  # a seat, and the position in it that nobody holds


def day_asked_about(cycle: Cycle, *, at: datetime) -> date:
    """Today; before the term begins, its first day: the term before still runs."""
    today = at.astimezone(ZoneInfo(cycle.body.time_zone)).date()
    return max(today, cycle.term_begins_on)


def vacancies_in(cycle: Cycle, *, at: datetime) -> dict[int, list[Vacant]]:
    """The vacant places of each group, by its primary key."""
    found: dict[int, list[Vacant]] = {}
    on = day_asked_about(cycle, at=at)
    for seat, position in positions_without_holder(cycle.body, on=on):
        found.setdefault(seat.group_id, []).append((seat, position))
    return found


def to_be_filled(vacant: Sequence[Vacant], rules: Regulation) -> list[Vacant]:
    """Those of the vacant places that are elected anew: all, unless the regulation lets an alternate
    take over until the end of the term; then only where there is no alternate either."""
    if rules.midterm != "alternate_until_the_end":
        return list(vacant)
    empty = Counter(seat.pk for seat, _position in vacant)
    return [(seat, position) for seat, position in vacant if empty[seat.pk] == len(Position)]


def is_latest(election: Election) -> bool:
    """Is there no later election of this group?"""
    later = Election.objects.filter(group=election.group_id, cycle__year__gt=election.cycle.year)
    return not later.exists()


def seats_contested(row: Round, rules: Regulation | None = None) -> dict[str, int]:
    """The contests of a round and for how many seats each is held.

    In a by-election only what was vacant when it was opened: both places of each seat are one
    contest where the regulation makes them one, a single place is a contest of its own. `rules` if
    they were read already.
    """
    asked = registration_round(row)
    rules = rules or rules_of(row.election.group)
    if asked.kind != RoundKind.BY_ELECTION:
        cycle = row.election.cycle
        on = cycle.term_begins_on
        seats = seats_in_force(cycle.body, on=on).filter(group=row.election.group_id).count()
        return dict.fromkeys(places_of(rules), seats)
    vacant = _opened_for(asked)
    if places_of(rules) == (Place.BOTH,) and len(set(vacant.values())) == 1:
        return {Place.BOTH.value: vacant[Position.MEMBER]}
    return {position: number for position, number in vacant.items() if number}


def places_contested(row: Round, rules: Regulation | None = None) -> tuple[str, ...]:
    return tuple(seats_contested(row, rules))


def _opened_for(row: Round) -> Mapping[str, int]:
    """What the row of the journal says that opened this by-election; or the one before it, which
    was annulled early and began from the beginning."""
    opened = entries_of(row.election.chapter).filter(event="round.opened").order_by("-number")
    for entry in opened:
        after = entry.after or {}
        if Position.MEMBER in after and after["round"] <= row.number:
            return {position: after[position] for position in Position.values}
    raise Round.DoesNotExist


def vacated_on(vacant: Sequence[Vacant]) -> dict[Vacant, date]:
    """Since when a place is vacant: the day after its last holder's last day, if there was one."""
    held = Membership.objects.filter(seat__in=[seat for seat, _ in vacant], ends_on__isnull=False)
    last: dict[tuple[int, str], date] = {}
    for seat_id, position, ends_on in held.order_by("ends_on").values_list(
        "seat_id", "position", "ends_on"
    ):
        if ends_on is not None:
            last[seat_id, position] = ends_on
    return {
        (seat, position): last[seat.pk, position]
        for seat, position in vacant
        if (seat.pk, position) in last
    }
