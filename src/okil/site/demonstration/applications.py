"""After the extension two people apply by the form, one signs; somebody nominates somebody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from okil.areas.elections.actions import applications, nominations
from okil.areas.elections.actions.applications import ApplicationFacts
from okil.areas.elections.actions.candidates import Consents
from okil.pure.rules.tickets import CHANCE_BYTES, make_code, make_ticket
from okil.site.demonstration.part import Part, Step
from okil.site.demonstration.scripts import Applies

NOMINATOR = "Терскенбаева Полынай, союз «Ақтерек»"
PROGRAMME = {
    "ru": "Чтобы тех, о ком решают, спрашивали до решения: опрос перед каждым заседанием.",
    "kk": "Кім туралы шешілсе, шешімге дейін содан сұралсын: әр отырыс алдында сауалнама.",
    "en": "Whoever is decided about is asked before: a poll before each meeting.",
}
BECAUSE = "Вас знают в трёх районах, и вы умеете объяснять сложное просто."


def steps(part: Part) -> Iterator[Step]:
    for number, applies in enumerate(part.script.applies):
        yield part.at(*applies.at), partial(_apply, part, number, applies)
    if part.script.nominated_at:
        yield part.at(*part.script.nominated_at), partial(_nominate, part)


def _apply(part: Part, number: int, applies: Applies, at: datetime) -> None:
    ticket = make_ticket(_chance(part, f"ticket {number}"))
    applications.apply_as_candidate(
        part.election.pk,
        facts=ApplicationFacts(
            place=applies.place,
            name=applies.name,
            region=applies.region,
            programme=PROGRAMME,
            contact=f"candidate-{number + 1}@okil.example",
            experience="Шесть лет помогаю тем, кто пришёл впервые; подробнее расскажу.",
            term_history=applies.term_history,
            conflict="Работаю в организации, которая может получить субгрант.",
        ),
        consents=Consents(shows_region=True, shows_programme=True),
        pseudonym=applies.pseudonym,
        once=f"demonstration {number}",
        ticket=ticket,
        at=at,
    )
    if applies.is_signed:
        code = make_code(_chance(part, f"code {number}"))
        applications.ask_code(ticket, act="sign", code=code, at=at)
        applications.confirm(ticket, code=code, at=at)


def _nominate(part: Part, at: datetime) -> None:
    place = "both"
    secret = nominations.secret_of(part.election, "demonstration", place, NOMINATOR, BECAUSE)
    nominations.nominate(
        part.election.pk, place=place, by=NOMINATOR, reason=BECAUSE, secret=secret, at=at
    )


def _chance(part: Part, said: str) -> bytes:
    """Of a demonstration, where nothing is secret: the same each time it is made."""
    return hashlib.sha256(f"{part.slug} {said}".encode()).digest()[:CHANCE_BYTES]
