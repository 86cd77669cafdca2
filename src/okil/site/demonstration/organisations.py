"""A union of organisations without members of its own, in registration: one registration for each.

It stands beside the ten groups of the scripts: some organisations came on paper, and are decided; some
registered themselves with the paper that authorises whoever votes, and wait.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from okil.areas.bodies.models import RoleName
from okil.areas.elections.actions import registration, voters
from okil.areas.elections.actions.registration import RegistrationFacts
from okil.areas.elections.models import Voter
from okil.pure.rules.tickets import CHANCE_BYTES, make_ticket
from okil.site.demonstration.part import PAPER, Part, Step
from okil.site.demonstration.people import member_organisation
from okil.site.demonstration.scripts import FULL, OF_ORGANISATIONS, Script, own_dates

UNION = "zhailau"
ON_PAPER = 5
SERVICES = (
    "Консультации равных и сопровождение в клиниках трёх городов.",
    "Дневной центр: психолог, юрист, горячая еда.",
    "Обучение сотрудников поликлиник без дискриминации.",
)
UNIONS: dict[str, Script] = {
    UNION: Script(
        dates=own_dates(
            (8, 15, 18),
            ((8, 19, 9), (9, 16, 18)),
            (9, 19, 18),
            ((9, 22, 9), (9, 24, 18)),
            (10, 1, 18),
        ),
        moves={"announced": (8, 15, 10, 40), "registration": (8, 19, 9, 40)},
        rules={**FULL, **OF_ORGANISATIONS},
        voters=ON_PAPER,
    )
}


def steps(part: Part) -> Iterator[Step]:
    if part.slug != UNION:
        return
    yield part.at(8, 23, 11), partial(_decide, part)
    for place, _services in enumerate(SERVICES):
        yield part.at(8, 27 + place, 12, 10), partial(_register, part, place, next(part.cast.names))


def _decide(part: Part, at: datetime) -> None:
    """The commission looked at those who came on paper; of one it waits for a paper."""
    voters.decide_voters(
        part.election.pk,
        numbers=range(1, ON_PAPER),
        actor=part.user(RoleName.COMMISSIONER),
        at=at,
    )


def _register(part: Part, place: int, name: str, at: datetime) -> Voter:
    return registration.register_voter(
        part.election.pk,
        facts=RegistrationFacts(
            kind=Voter.Kind.ORGANISATION,
            name=name,
            region=("KZ-71", "KZ-75", "KZ-35")[place],
            # After those who came on paper: an organisation registers once.
            organisation=member_organisation(part.place + ON_PAPER + place),
            organisation_number=f"05044000{place:04}",
            contact=f"office-{place + 1}@okil.example",
            services=SERVICES[place],
            paper=PAPER,
        ),
        once=secrets.token_urlsafe(24),
        ticket=make_ticket(secrets.token_bytes(CHANCE_BYTES)),
        at=at,
    )
