"""Two people are in two groups each: the groups are compared once; one question is open, one answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import Person, RoleName
from okil.areas.elections.actions import matching, several_roles
from okil.areas.elections.models import Cycle, Voter
from okil.pure.rules.matching import fingerprint_of, written_key
from okil.site.demonstration.calendar import Calendar
from okil.site.demonstration.part import ASSEMBLY, Cast, Step

# Whoever shows Okil may read this key, for nobody real is compared with it.
KEY = b"a key of the demonstration only!"
MEETING = "Встреча всех групп"
OPEN = ("+7 700 000 00 17", ("auen", "bulaq"))
ANSWERED = ("+7 700 000 00 18", ("arna", "kopir"))
PLACE = 4  # among the voters that a group's organiser enters


def contact_of(slug: str, place: int) -> str:
    """What a voter of this group left; most leave nothing."""
    if place == PLACE:
        for contact, slugs in (OPEN, ANSWERED):
            if slug in slugs:
                return contact
    return ""


def steps(cycle: Cycle, cast: Cast, calendar: Calendar) -> Iterator[Step]:
    yield calendar.at(8, 22, 11, 30), partial(_enter_key, cycle, cast)
    yield calendar.at(8, 23, 9, 10), partial(_compare, cycle, cast)
    yield calendar.at(8, 23, 9, 25), partial(_destroy_key, cycle, cast)
    for number, slug in enumerate(ANSWERED[1]):
        yield calendar.at(8, 23, 12, number), partial(_answer, cycle, slug)
        yield calendar.at(8, 23, 15, number), partial(_rule, cycle, cast, slug)


def _enter_key(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """All groups agreed on an observer of one of them."""
    holder = Person.objects.get(user=cast.users[RoleName.OBSERVER, "bulaq"][0])
    matching.enter_matching_key(
        cycle.pk,
        fingerprint=fingerprint_of(KEY),
        holder=holder.number,
        decision=DecisionFacts(made_by=MEETING, made_on=(at - timedelta(days=1)).date()),
        actor=cast.secretary,
        at=at,
    )


def _compare(cycle: Cycle, cast: Cast, at: datetime) -> None:
    matching.run_matching(cycle.pk, key_file=written_key(KEY).encode(), actor=cast.secretary, at=at)


def _destroy_key(cycle: Cycle, cast: Cast, at: datetime) -> None:
    matching.end_matching_key(cycle.pk, actor=cast.secretary, at=at)


def _answer(cycle: Cycle, slug: str, at: datetime) -> None:
    """A telephone in a family is nobody's alone."""
    voter = Voter.objects.get(election__cycle=cycle, election__group__slug=slug, number=PLACE + 1)
    several_roles.answer_as_applicant(voter, situation="X1", answer="not_me", at=at)


def _rule(cycle: Cycle, cast: Cast, slug: str, at: datetime) -> None:
    """There is no common rule, and a doubt: the group's own body decides that it is another person."""
    several_roles.rule_on_crossing(
        cycle.elections.get(group__slug=slug).pk,
        capacity="voter",
        number=PLACE + 1,
        situation="X1",
        ruling="stays",
        decision=DecisionFacts(made_by=ASSEMBLY, made_on=at.date()),
        actor=cast.users[RoleName.ORGANISER, slug][0],
        at=at,
    )
