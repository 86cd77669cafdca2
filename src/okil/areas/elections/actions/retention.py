"""Destruction by the regulation's dates: the keys go, the numbers stay (REG-35, REG-36)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from okil.areas.bodies import access as bodies_access
from okil.areas.bodies.actions.decisions import DecisionFacts, write_decision
from okil.areas.bodies.models import Membership
from okil.areas.elections.actions.current import current
from okil.areas.elections.models import (
    Candidate,
    CandidateCode,
    CandidateQuestion,
    Destruction,
    Election,
    Nomination,
    Round,
    Voter,
)
from okil.areas.elections.queries import retention as known
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.documents.forgetting import forget_internal
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules.retention import Holding, holds_paper, obstacle


@transaction.atomic
def destroy_holding(
    election_id: int,
    *,
    holding: Holding,
    typed: int,
    decision: DecisionFacts | None = None,
    actor: User,
    at: datetime,
) -> Destruction:
    """What the election holds of people for this is gone for good: the keys, what stands beside them in
    plain letters, and the papers made of it. `typed`: how many records go, as the actor wrote it.

    Raises Refused: not-allowed, destruction-before-conclusion, suspended, complaints-open,
    destruction-undated, destruction-not-due, destruction-nothing-left, destruction-not-confirmed,
    decision-in-the-future.
    """
    election, row = current(election_id)
    body, group = election.cycle.body, election.group
    acting = bodies_access.require(actor, "decide", "retention", body=body, group=group)
    held = _require_due(election, holding, decided=decision is not None, at=at)
    if typed != held.total:
        raise Refused("destruction-not-confirmed", count=held.total)
    undated = held.due_on is None and decision is not None
    ground = write_decision(body, decision, at=at, group=group) if undated and decision else None
    destruction = Destruction.objects.create(
        election=election,
        purpose=_name_of(holding, election, row),
        due_on=held.due_on,
        destroyed_at=at,
        counts=known.counts_of(election, held),
    )
    if holding in EMPTIED:
        EMPTIED[holding](election, at)
    _destroy_keys(election, holding, acting, at=at)
    record(
        "retention.destroyed",
        actor=acting,
        subject=destruction,
        at=at,
        chapter=election.chapter,
        after={
            "holding": holding.value,
            "records": held.total,
            "decision": ground.pk if ground else None,
        },
    )
    return destruction


def _require_due(
    election: Election, holding: Holding, *, decided: bool, at: datetime
) -> known.Held:
    found = known.retention_of(election, at=at)
    held, today = found.of(holding), known.today(election, at=at)
    refused = obstacle(holding, found.rules, found.standing, today, decided=decided)
    if refused is not None:
        raise refused
    if not held.is_there:
        raise Refused("destruction-nothing-left")
    return held


def _name_of(holding: Holding, election: Election, row: Round) -> str:
    """A by-election registers people anew; what is destroyed after it has its round in its name."""
    before = Destruction.objects.filter(election=election, purpose=holding.value)
    is_first = not before.exists()
    return holding.value if is_first else f"{holding.value}-{row.number}"


def _destroy_keys(election: Election, holding: Holding, acting: Actor, *, at: datetime) -> None:
    scope = known.scope_of(election)
    forget_internal(scope, lambda kind: holds_paper(holding, kind), actor=acting, at=at)
    for purpose in known.living_keys(election, holding):
        vault.destroy(scope, purpose, actor=acting, at=at)


# What stands beside the sealed text in plain letters, or could find a person again


def _empty_roll(election: Election, at: datetime) -> None:
    Voter.objects.filter(election=election).update(
        name_key=b"",
        organisation="",
        organisation_number="",
        services="",
        ticket_check="",
        form_check="",
        invitation=None,
    )


def _empty_candidates(election: Election, at: datetime) -> None:
    """What somebody published of themselves stays, and so does who was elected."""
    found = Candidate.objects.filter(election=election)
    found.update(name_key=b"", organisation="", ticket_check="", form_check="")
    unlisted = Q(listed_at=None)
    found.filter(unlisted).update(pseudonym="")
    found.filter(unlisted | Q(shows_region=False)).update(region="")
    found.filter(unlisted | Q(shows_programme=False)).update(programme={})
    elected = Membership.objects.filter(
        seat__group=election.group_id, elected_in=str(election.cycle.year)
    )
    found.exclude(person__in=elected.values("person")).update(person=None)
    CandidateCode.objects.filter(candidate__election=election).delete()
    for nomination in Nomination.objects.filter(election=election).defer("by", "reason"):
        nomination.check_of_secret = f"destroyed-{nomination.pk}"
        nomination.save(update_fields=["check_of_secret"])
    questions = CandidateQuestion.objects.filter(candidate__election=election)
    questions.update(answer="")
    questions.filter(hidden_at=None).update(hidden_at=at)


# Of complaints and of the archive nothing stands in plain letters.
EMPTIED: Mapping[Holding, Callable[[Election, datetime], None]] = {
    Holding.ROLL: _empty_roll,
    Holding.CANDIDATES: _empty_candidates,
}


@transaction.atomic
def confirm_backups_destroyed(
    destruction_id: int, *, destroyed_on: date, actor: User, at: datetime
) -> Destruction:
    """The operator destroyed the copies that still held it; the organiser writes the day.

    Raises Refused: not-allowed, backups-confirmed, day-to-come, backups-before-destruction.
    """
    found = Destruction.objects.select_related("election").get(pk=destruction_id)
    election, _row = current(found.election_id)
    acting = bodies_access.require(
        actor, "decide", "retention", body=election.cycle.body, group=election.group
    )
    destruction = locked(Destruction, destruction_id)
    if destruction.backups_destroyed_on is not None:
        raise Refused("backups-confirmed")
    if destroyed_on > known.today(election, at=at):
        raise Refused("day-to-come")
    if destroyed_on < known.today(election, at=destruction.destroyed_at):
        raise Refused("backups-before-destruction")
    destruction.backups_destroyed_on = destroyed_on
    destruction.save(update_fields=["backups_destroyed_on"])
    record(
        "retention.backups_destroyed",
        actor=acting,
        subject=destruction,
        at=at,
        chapter=election.chapter,
        after={"holding": known.holding_of(destruction).value, "on": destroyed_on.isoformat()},
    )
    return destruction
