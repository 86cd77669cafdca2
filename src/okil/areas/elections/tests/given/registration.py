"""Voters who registered themselves, each with a ticket."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from okil.areas.elections.actions import registration as actions
from okil.areas.elections.models import Election, Voter
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import voters
from okil.pure.rules.stages import State
from okil.pure.rules.tickets import CHANCE_BYTES, make_ticket

NAME = "Ромашкина Аида"
CONTACT = "aida.r@example.org"
BASIS = "Живу с диагнозом семь лет, знаю группу по собраниям."
ORGANISATION = "Фонд «Дала»"
REGISTERED_NUMBER = "050440001234"
REGISTERED_AT = voters.ENTERED_AT
OF_PERSONS = ("contact", "name_or_pseudonym", "region", "basis_of_belonging")
OF_ORGANISATIONS = ("organisation", "region", "authorised_person", "contact", "basis_of_belonging")
_numbers = count(1)


@dataclass(frozen=True)
class Registered:
    voter: Voter
    ticket: str


def ticket() -> str:
    chance = hashlib.sha256(f"ticket {next(_numbers)}".encode()).digest()
    return make_ticket(chance[:CHANCE_BYTES])


def election(*fields: str, kind: str = "natural_person") -> Election:
    """In registration, by a regulation that asks for these fields."""
    rules = {**given.RULES, "voter_kind": kind, "voter_fields": list(fields)}
    found = given.election(State.REGISTRATION, rules=rules)
    given.it_is(REGISTERED_AT)
    return voters.promised(found)


def of_persons() -> Election:
    return election(*OF_PERSONS)


def of_organisations() -> Election:
    return election(*OF_ORGANISATIONS, kind="legal_entity")


def facts(**said: Any) -> actions.RegistrationFacts:
    usual = {
        "kind": "person",
        "name": NAME,
        "region": "KZ-71",
        "contact": CONTACT,
        "basis": BASIS,
    }
    return actions.RegistrationFacts(**{**usual, **said})


def facts_of_an_organisation(**said: Any) -> actions.RegistrationFacts:
    usual = {
        "kind": "organisation",
        "name": NAME,
        "region": "KZ-75",
        "organisation": ORGANISATION,
        "organisation_number": REGISTERED_NUMBER,
        "services": "Помощь на дому",
        "paper": given.PDF,
    }
    return actions.RegistrationFacts(**{**usual, **said})


def registered(
    election: Election,
    *,
    said: actions.RegistrationFacts | None = None,
    once: str = "",
    at: datetime = REGISTERED_AT,
) -> Registered:
    made = ticket()
    voter = actions.register_voter(
        election.pk,
        facts=said or facts(),
        once=once or f"form {next(_numbers)}",
        ticket=made,
        at=at,
    )
    return Registered(voter, made)
