"""The letter to a partner organisation: it is asked to send somebody (7.06)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from okil.areas.bodies.queries import role_name
from okil.areas.elections.documents.officers import (
    Said,
    commission_called,
    day_said,
    in_words,
    kind_for,
    observer_does,
    of_election,
    titled,
)
from okil.areas.elections.models import Election, PartnerLetter
from okil.foundation.documents.blocks import (
    Block,
    Corner,
    Facts,
    Heading,
    Paragraph,
    Points,
    SignatureLine,
    Signatures,
)
from okil.foundation.documents.kinds import INTERNAL, register

LETTER = "partner-letter"


def letter_facts(letter: PartnerLetter, *, role: str, number: int) -> dict[str, Any]:
    election = letter.election
    return {
        "format": "okil-partner-letter/1",
        **of_election(election),
        "addressee": letter.organisation,
        "function": letter.function,
        "commission_name": dict(election.commission_name),
        "answer_by": letter.answer_by.isoformat(),
        "written_on": _local_day(letter.written_at, election).isoformat(),
        "writer": {"role": role, "number": number},
    }


def _local_day(at: datetime, election: Election) -> date:
    return at.astimezone(ZoneInfo(election.cycle.body.time_zone)).date()


def compose_letter(facts: Said, language: str, audience: str) -> list[Block]:
    group = in_words(facts["group"], language)
    writer = facts["writer"]
    asks_for_commission = facts["function"] == "commission"
    if asks_for_commission:
        asked = _(
            "We ask your organisation to send one person to the commission of the group “{group}” "
            "({commission}) for the elections {year}."
        ).format(group=group, year=facts["year"], commission=commission_called(facts, language))
    else:
        asked = _(
            "We ask your organisation to send an independent observer to the elections {year} of "
            "the group “{group}”."
        ).format(group=group, year=facts["year"])
    return [
        Corner((facts["addressee"], day_said(facts["written_on"], language))),
        titled("7.06", in_words(facts["body"], language), language),
        Paragraph(asked),
        Heading(_("What the person does")),
        Points(tuple(_commission_does() if asks_for_commission else observer_does())),
        Heading(_("By which principles")),
        Points(tuple(principles())),
        Facts(
            (
                (_("To whom"), facts["addressee"]),
                (_("Group"), group),
                (_("Function"), _function_said(facts, language)),
                (_("Answer by"), day_said(facts["answer_by"], language)),
            )
        ),
        Paragraph(
            _(
                "Please name a person, and their e-mail address, to the organiser of the group by {day}."
            ).format(day=day_said(facts["answer_by"], language))
        ),
        Signatures(
            (
                SignatureLine(
                    in_words(role_name(writer["role"]), language),
                    _("Person no. {number}").format(number=writer["number"]),
                ),
            )
        ),
    ]


def _function_said(facts: Said, language: str) -> str:
    if facts["function"] == "commission":
        return _("member of the commission ({commission})").format(
            commission=commission_called(facts, language)
        )
    return _("independent observer")


def _commission_does() -> list[str]:
    return [
        _("verifies every application of voters and candidates"),
        _("decides with the other members on admission to the vote, in writing and with reasons"),
        _("counts the votes and signs the protocol"),
    ]


def principles() -> list[str]:
    """The principles of a commission, also told to the community (1.21)."""
    return [
        _("confidentiality of personal data, promised in writing"),
        _("no conflict of interest: neither candidate nor voter in this group"),
        _("objectivity: the same rules for everybody, each decision with its reasons"),
        _("ethics: respect for people, whatever their life is like"),
    ]


register(kind_for(LETTER, "7.06", compose_letter, audiences=(INTERNAL,)))
