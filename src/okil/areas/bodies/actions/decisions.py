"""The decisions all else refers to: written as part of the action they allow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.bodies.models import Body, Decision, ElectoralGroup
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.pure.refusal import Refused

PAPER_STARTS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n": "png"}
PAPER_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """What a form asks about a decision; the paper only where the act needs it attached."""

    made_by: str
    made_on: date
    number: str = ""
    paper: bytes | None = None


def write_decision(
    body: Body, facts: DecisionFacts, *, at: datetime, group: ElectoralGroup | None = None
) -> Decision:
    """Part of an action: the decision it rests on. Raises Refused for a day to come or a bad file."""
    if facts.made_on > at.astimezone(ZoneInfo(body.time_zone)).date():
        raise Refused("decision-in-the-future")
    return Decision.objects.create(
        body=body,
        group=group,
        made_by=facts.made_by,
        made_on=facts.made_on,
        number=facts.number,
        paper=facts.paper,
        paper_kind=kind_of_paper(facts.paper) if facts.paper else "",
    )


def kind_of_paper(paper: bytes) -> str:
    """PDF, JPEG or PNG by its first bytes. Raises Refused("paper-unknown") or ("paper-too-large")."""
    if len(paper) > PAPER_BYTES:
        raise Refused("paper-too-large", megabytes=PAPER_BYTES // 1024 // 1024)
    for start, kind in PAPER_STARTS.items():
        if paper.startswith(start):
            return kind
    raise Refused("paper-unknown")


@transaction.atomic
def open_paper(decision_id: int, *, actor: User, at: datetime) -> bytes:
    """The paper of a decision, on the record.

    Raises Refused: not-allowed, nothing-to-open.
    """
    decision = Decision.objects.select_related("body").get(pk=decision_id)
    acting = access.require_reader_of(decision, actor)
    if not decision.paper_kind:
        raise Refused("nothing-to-open")
    chapter = decision.body.chapter
    opened = vault.open([decision], "officers", actor=acting, at=at, chapter=chapter)
    return bytes(opened[decision.pk]["paper"])
