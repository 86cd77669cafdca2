"""Candidates who applied themselves, each with a ticket; nominations, each with its secret."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from okil.areas.elections.actions import applications as actions
from okil.areas.elections.actions import nominations
from okil.areas.elections.actions.candidates import Consents, renew_candidate_ticket
from okil.areas.elections.models import Candidate, Election, Nomination
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidates, registration
from okil.areas.elections.tests.given import voters as roll
from okil.pure.rules.stages import State
from okil.pure.rules.tickets import CHANCE_BYTES, make_code

NAME = "Черёмухина Дана"
CONTACT = "dana.ch@example.org"
EXPERIENCE = "Десять лет равный консультант."
CONFLICT = "Работаю в фонде, который получает субгрант."
PSEUDONYM = "Қарлығаш"
BY = "Собрание равных консультантов"
APPLIED_AT = candidates.ENTERED_AT
_numbers = count(1)


@dataclass(frozen=True)
class Applied:
    candidate: Candidate
    ticket: str


def election(**rules: Any) -> Election:
    """In registration, with officers who promised confidence; now is when people apply."""
    found = given.election(State.REGISTRATION, rules={**given.RULES, **rules})
    given.it_is(APPLIED_AT)
    return roll.promised(found)


def facts(**said: Any) -> actions.ApplicationFacts:
    usual: dict[str, Any] = {
        "place": "both",
        "name": NAME,
        "region": "KZ-71",
        "organisation": "Фонд «Дала»",
        "programme": candidates.PROGRAMME,
        "contact": CONTACT,
        "experience": EXPERIENCE,
        "term_history": "",
        "conflict": CONFLICT,
    }
    return actions.ApplicationFacts(**{**usual, **said})


def applied(
    election: Election,
    *,
    said: actions.ApplicationFacts | None = None,
    consents: Consents = candidates.NOTHING,
    pseudonym: str = "",
    once: str = "",
    nomination: str = "",
    at: datetime = APPLIED_AT,
) -> Applied:
    made = registration.ticket()
    candidate = actions.apply_as_candidate(
        election.pk,
        facts=said or facts(),
        consents=consents,
        pseudonym=pseudonym,
        once=once or f"form {next(_numbers)}",
        ticket=made,
        at=at,
        nomination=nomination,
    )
    return Applied(candidate, made)


def ticket_for(candidate: Candidate) -> Applied:
    """The organiser made one, and handed it over."""
    made = registration.ticket()
    organiser = given.organiser_of(candidate.election)
    renewed = renew_candidate_ticket(
        candidate.pk, reason="first", ticket=made, actor=organiser, at=APPLIED_AT
    )
    return Applied(renewed, made)


def a_code() -> str:
    chance = hashlib.sha256(f"code {next(_numbers)}".encode()).digest()
    return make_code(chance[:CHANCE_BYTES])


def confirmed(
    mine: Applied, act: str, *, wanted: dict[str, Any] | None = None, at: datetime = APPLIED_AT
) -> str:
    """Asked for a code, and wrote it."""
    code = a_code()
    actions.ask_code(mine.ticket, act=act, code=code, wanted=wanted, at=at)
    return actions.confirm(mine.ticket, code=code, at=at)


def nominated(
    election: Election, *, by: str = BY, reason: str = "", at: datetime = APPLIED_AT
) -> tuple[Nomination, str]:
    secret = nominations.secret_of(election, f"form {next(_numbers)}", "both", by, reason)
    made = nominations.nominate(
        election.pk, place="both", by=by, reason=reason, secret=secret, at=at
    )
    return made, secret
