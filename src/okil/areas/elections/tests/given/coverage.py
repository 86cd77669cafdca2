"""Voters spread over regions, in this cycle and in the one before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from okil.areas.bodies.models import ElectoralGroup
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import cycles, voters
from okil.areas.elections.models import Election
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import voters as given_voters
from okil.pure.rules.stages import State

NAMED = ("KZ-71", "KZ-75", "KZ-10")


def a_group() -> ElectoralGroup:
    """Its regulation names three regions."""
    group = bodies.group(given.body())
    given.prepared(group, rules={**given.RULES, "regions": list(NAMED)})
    return group


def registering(group: ElectoralGroup) -> Election:
    """The group's election of 2024, in registration."""
    found = given.cycle([group]).elections.select_related("cycle__body", "group__body").get()
    given.it_is(given_voters.ENTERED_AT)
    return given_voters.promised(given.moved_to(State.REGISTRATION, found))


def cycle_before(group: ElectoralGroup, came: Mapping[str, int]) -> Election:
    """Of 2021, as far as its roll."""
    actor = given.secretariat()
    cycle = cycles.open_cycle(
        body=given.body(),
        year=2021,
        term_begins_on=date(2021, 11, 1),
        term_ends_on=date(2024, 10, 31),
        groups=[group],
        actor=actor,
        at=given.AT,
    )
    cycles.record_cycle_decision(
        cycle.pk,
        decision=given.decision(),
        quotas={"ru": "По одному месту."},
        actor=actor,
        at=given.AT,
    )
    cycles.set_common_dates(cycle.pk, dates=given.DATES, actor=actor, at=given.AT)
    election = cycle.elections.select_related("cycle__body", "group__body").get()
    given.moved_to(State.REGISTRATION, election)
    entered(election, came)
    given_voters.accepted(election)
    return election


def entered(election: Election, came: Mapping[str, int]) -> None:
    """So many from each region."""
    given_voters.promised(election)
    voters.enter_voters(
        election.pk,
        facts=[
            given_voters.facts(region=region)
            for region, number in came.items()
            for _each in range(number)
        ],
        actor=given.organiser_of(election),
        at=given_voters.ENTERED_AT,
    )
