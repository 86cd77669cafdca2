"""Questions about unclear rules: how far each is, what was proposed, how many there are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q, QuerySet

from okil.areas.bodies.models import ElectoralGroup
from okil.areas.elections.models import Cycle, Election, RuleQuestion


class Status(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    PROPOSED = "proposed"
    CLOSED = "closed"


IS: Mapping[Status, Q] = {
    Status.OPEN: Q(answered_at=None, end=""),
    Status.ANSWERED: Q(answered_at__isnull=False, end=""),
    Status.PROPOSED: Q(end=RuleQuestion.End.PROPOSAL),
    Status.CLOSED: Q(end=RuleQuestion.End.CLOSED),
}
OF_END: Mapping[str, Status] = {
    RuleQuestion.End.PROPOSAL: Status.PROPOSED,
    RuleQuestion.End.CLOSED: Status.CLOSED,
}
DIGITS = 12  # enough to tell two states of a question apart, short enough for a form


def status_of(question: RuleQuestion) -> Status:
    if question.end:
        return OF_END[question.end]
    return Status.ANSWERED if question.answered_at else Status.OPEN


def seen_in(question: RuleQuestion) -> str:
    """What a person saw of a question, so that another's change is noticed."""
    moments = [_written(question.answered_at), _written(question.ended_at)]
    seen = [question.text, question.answer, question.proposal, question.end, moments]
    as_text = json.dumps(seen, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(as_text.encode()).hexdigest()[:DIGITS]


def _written(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def questions_of(election: Election) -> QuerySet[RuleQuestion]:
    return election.rule_questions.all()


def answered_in(election: Election) -> QuerySet[RuleQuestion]:
    """What everybody may read: answered, and not taken back."""
    return election.rule_questions.filter(answered_at__isnull=False)


def counted(election: Election) -> dict[Status, int]:
    """How many of its questions are how far."""
    counts = {str(status): Count("pk", filter=is_so) for status, is_so in IS.items()}
    found = election.rule_questions.aggregate(**counts)
    return {status: found[status] for status in Status}


def open_in(election: Election) -> int:
    """How many nobody has answered."""
    return election.rule_questions.filter(IS[Status.OPEN]).count()


def proposals_for(group: ElectoralGroup, *, since: datetime | None) -> QuerySet[RuleQuestion]:
    """For the group's next regulation: proposed after `since`, when the one in force was entered."""
    proposed = RuleQuestion.objects.filter(IS[Status.PROPOSED], election__group=group)
    if since is not None:
        proposed = proposed.filter(ended_at__gt=since)
    return proposed.select_related("election__cycle", "election__group").order_by("rule", "pk")


def counted_by_rule(cycle: Cycle) -> dict[str, dict[Status, int]]:
    """Over all groups of a cycle; the key "" holds what is about none of the rules."""
    counts = {str(status): Count("pk", filter=is_so) for status, is_so in IS.items()}
    asked = RuleQuestion.objects.filter(election__cycle=cycle).values("rule").order_by("rule")
    rows: Iterable[Any] = asked.annotate(**counts)
    return {row["rule"]: {status: row[status] for status in Status} for row in rows}


def summed(by_rule: Iterable[Mapping[Status, int]]) -> dict[Status, int]:
    found = list(by_rule)
    return {status: sum(each[status] for each in found) for status in Status}
