"""Two groups and more whose lists are closed, somebody who is in two of them, and a key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from okil.areas.bodies.models import Person, RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import common_rules, matching
from okil.areas.elections.models import Cycle, Election, MatchingKey, MatchingRun
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import registration
from okil.areas.elections.tests.given import voters as roll
from okil.areas.elections.tests.given.registration import Registered
from okil.pure.rules.matching import fingerprint_of, written_key
from okil.pure.rules.regulation.findings import COMMON_QUESTIONS
from okil.pure.rules.stages import State

KEY = bytes(range(7, 39))
ANOTHER_KEY = bytes(range(8, 40))
CONTACT = "vasilek.two@example.org"
TELEPHONE = "+7 701 555 43 21"
KEY_AT = given.moment(9, 6, 16)
RUN_AT = given.moment(9, 6, 17)
ANSWERED_AT = given.moment(9, 7, 5)


def key_file(key: bytes = KEY) -> bytes:
    return written_key(key).encode()


def groups(count: int = 2) -> list[Election]:
    """So many groups, in registration, everybody sworn."""
    made = [bodies.group(given.body()) for _each in range(count)]
    for group in made:
        given.prepared(group)
    cycle = given.cycle(made)
    elections = cycle.elections.select_related("cycle__body", "group__body").order_by("pk")
    for each in elections:
        given.moved_to(State.REGISTRATION, each)
        roll.promised(each)
    given.it_is(roll.ENTERED_AT)
    return list(elections)


def voter(election: Election, contact: str = CONTACT, **said: str) -> Registered:
    """Registered with this contact, under a name that nobody has twice."""
    facts = registration.facts(**{"contact": contact, "name": bodies.a_name(), **said})
    return registration.registered(election, said=facts)


def closed(elections: Sequence[Election]) -> None:
    for each in elections:
        roll.closed(each)
    given.it_is(RUN_AT)


def holder() -> Person:
    """Somebody whom the groups could name: an observer."""
    found = Person.objects.filter(roles__role=RoleName.OBSERVER).order_by("number").first()
    assert found is not None
    return found


def keyed(cycle: Cycle, key: bytes = KEY, *, at: datetime = KEY_AT) -> MatchingKey:
    return matching.enter_matching_key(
        cycle.pk,
        fingerprint=fingerprint_of(key),
        holder=holder().number,
        decision=given.decision(),
        actor=given.secretariat(),
        at=at,
    )


def run(cycle: Cycle, key: bytes = KEY, *, at: datetime = RUN_AT) -> MatchingRun:
    return matching.run_matching(cycle.pk, key_file=key_file(key), actor=given.secretariat(), at=at)


def found_in_two() -> tuple[Registered, Registered]:
    """One person is a voter in two groups, and it was found."""
    elections = groups()
    both = voter(elections[0]), voter(elections[1], CONTACT.upper())
    closed(elections)
    cycle = elections[0].cycle
    keyed(cycle)
    run(cycle)
    return both


def agreed(**said: object) -> None:
    """The groups decided this together."""
    body = given.body()
    latest = body.common_rules.first()
    common_rules.adopt_common_rules(
        body.pk,
        content={**dict.fromkeys(COMMON_QUESTIONS), **said},
        tightened=[],
        decision=given.decision(),
        seen_version=latest.version if latest else 0,
        actor=given.secretariat(),
        at=KEY_AT,
    )
