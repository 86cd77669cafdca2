"""Minutes of a meeting of the commission (7.16)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from okil.areas.bodies.queries import role_name
from okil.areas.elections.documents.officers import (
    Said,
    commission_called,
    in_words,
    kind_for,
    moment_said,
    of_election,
    paragraphs,
    person_facts,
    person_said,
    titled,
)
from okil.areas.elections.models import Meeting
from okil.areas.elections.wording.meetings import MEETING_KINDS
from okil.foundation.documents.blocks import (
    Block,
    Facts,
    Heading,
    Points,
    SignatureLine,
    Signatures,
)
from okil.foundation.documents.kinds import INTERNAL, register

MINUTES = "commission-minutes"


def minutes_facts(meeting: Meeting, *, names: Mapping[int, str], minutes: str) -> dict[str, Any]:
    election = meeting.election
    return {
        "format": "okil-minutes/1",
        **of_election(election),
        "commission_name": dict(election.commission_name),
        "meeting": {
            "number": meeting.number,
            "kind": meeting.kind,
            "begins_at": meeting.begins_at.isoformat(),
            "ends_at": meeting.ends_at.isoformat(),
            "place": dict(meeting.place),
        },
        "present": [
            {"role": role.role, **person_facts(role.person, names)}
            for role in meeting.present.select_related("person").order_by("role", "pk")
        ],
        "minutes": minutes,
    }


def compose_minutes(facts: Said, language: str, audience: str) -> list[Block]:
    meeting = facts["meeting"]
    rows = (
        (_("Group"), in_words(facts["group"], language)),
        (_("Begun"), moment_said(meeting["begins_at"], facts["zone"], language)),
        (_("Ended"), moment_said(meeting["ends_at"], facts["zone"], language)),
        (_("Place"), in_words(meeting["place"], language) or "–"),
        (_("What about"), str(MEETING_KINDS[meeting["kind"]])),
    )
    present = tuple(
        f"{in_words(role_name(each['role']), language)}: {person_said(each)}"
        for each in facts["present"]
    )
    signing = [each for each in facts["present"] if each["role"] == "commissioner"]
    return [
        titled(
            "7.16",
            _("{commission}, meeting no. {number}").format(
                commission=commission_called(facts, language), number=meeting["number"]
            ),
            language,
        ),
        Facts(rows),
        Heading(_("Present")),
        Points(present),
        Heading(_("Course and decisions")),
        *paragraphs(facts["minutes"]),
        Heading(_("Signatures")),
        Signatures(
            tuple(
                SignatureLine(in_words(role_name(each["role"]), language), person_said(each))
                for each in signing
            )
        ),
    ]


register(kind_for(MINUTES, "7.16", compose_minutes, audiences=(INTERNAL,), is_editable=True))
