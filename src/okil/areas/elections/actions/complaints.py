"""Complaints: filed by whoever is concerned, decided by those who took no part in the act (REG-91)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import transaction

from okil.areas.bodies import access as bodies_access
from okil.areas.bodies.access import If
from okil.areas.bodies.actions.decisions import DecisionFacts, write_decision
from okil.areas.bodies.models import Decision, RoleName
from okil.areas.elections import access, queries
from okil.areas.elections.actions.rounds import end_round, require_not_over
from okil.areas.elections.models import (
    Complaint,
    Election,
    Round,
    Suspension,
)
from okil.areas.elections.queries import complaints as filed
from okil.areas.elections.queries.complaints import Happened
from okil.areas.elections.wording.complaints import why_suspended
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

ONCE_SECONDS = 24 * 60 * 60  # how long a form that was sent is known again
ANYBODY = Actor("public", None)


@dataclass(frozen=True, slots=True)
class ComplaintFacts:
    """What a form asks. `act` is the key of one of `queries.complaints.acts_of`."""

    by: str
    act: str
    text: str
    by_number: int | None = None
    name: str = ""
    contact: str = ""


@transaction.atomic
def file_complaint(
    election_id: int, *, facts: ComplaintFacts, once: str, at: datetime
) -> Complaint:
    """Anybody may file; who decides sees whether it comes from somebody entitled. The same form sent
    again (`once`) is the same complaint.

    Raises Refused: concluded, act-not-happened, term-over, who-missing.
    """
    election = locked(Election, election_id)
    sent = f"complaint-{election.pk}-{once}"
    if known := cache.get(sent):
        return Complaint.objects.get(pk=known)
    complaint = _write(election, facts, filed_at=at, at=at)
    cache.set(sent, complaint.pk, ONCE_SECONDS)
    _record(complaint, actor=ANYBODY, at=at)
    return complaint


@transaction.atomic
def enter_complaint(
    election_id: int, *, facts: ComplaintFacts, received_on: date, actor: User, at: datetime
) -> Complaint:
    """A complaint received on paper. The officer saw from whom: where the regulation says so, the
    election stops with it.

    Raises Refused: not-allowed, undertaking-missing, took-part, day-to-come, received-before-act,
    concluded, act-not-happened, term-over, who-missing.
    """
    election = locked(Election, election_id)
    acting = _taking_part(election, actor, concerned=())
    complaint = _write(election, facts, filed_at=_moment_of(election, received_on, at), at=at)
    if acting.number in complaint.concerned:
        raise Refused("took-part")
    complaint.received_by = acting.number
    complaint.suspends = filed.ground_for_stopping(election) is not None
    complaint.save(update_fields=["received_by", "suspends"])
    _suspend(election, complaint, acting=acting, at=at)
    _record(complaint, actor=acting, at=at)
    return complaint


def _write(
    election: Election, facts: ComplaintFacts, *, filed_at: datetime, at: datetime
) -> Complaint:
    if queries.current_round(election).state == State.CONCLUDED:
        raise Refused("concluded")
    happened = _act(election, facts.act, filed_at=filed_at, at=at)
    if not happened.is_open(filed_at):
        raise Refused("term-over", last_on=happened.last_on)
    if facts.by_number is None and not facts.name:
        raise Refused("who-missing")
    return Complaint.objects.create(
        round=happened.round,
        number=filed.next_number(election),
        by=facts.by,
        by_number=facts.by_number,
        name=facts.name or None,
        contact=facts.contact or None,
        act=happened.act,
        act_on=happened.on,
        text=facts.text,
        filed_at=filed_at,
        concerned=filed.took_part(happened),
    )


def _act(election: Election, key: str, *, filed_at: datetime, at: datetime) -> Happened:
    """The act as it had happened when the complaint came."""
    if found := {each.key: each for each in filed.acts_of(election, at=filed_at)}.get(key):
        return found
    if any(each.key == key for each in filed.acts_of(election, at=at)):
        raise Refused("received-before-act")
    raise Refused("act-not-happened")


def _moment_of(election: Election, received_on: date, at: datetime) -> datetime:
    """A day has no hour: its end stands for it, today the present moment."""
    zone = ZoneInfo(election.cycle.body.time_zone)
    today = at.astimezone(zone).date()
    if received_on > today:
        raise Refused("day-to-come")
    return at if received_on == today else datetime.combine(received_on, time.max, zone)


def _record(complaint: Complaint, *, actor: Actor, at: datetime) -> None:
    record(
        "complaint.filed",
        actor=actor,
        subject=complaint,
        at=at,
        chapter=complaint.round.election.chapter,
        after={"number": complaint.number, "act": complaint.act},
    )


# Who decides


def _held(complaint_id: int) -> tuple[Election, Complaint]:
    """The election first, then its current round, then the complaint."""
    election_id = Complaint.objects.values_list("round__election", flat=True).get(pk=complaint_id)
    election = locked(Election, election_id)
    locked(Round, queries.current_round(election).pk)
    return election, locked(Complaint, complaint_id)


def _taking_part(election: Election, actor: User, *, concerned: Collection[int]) -> Actor:
    """As whom somebody who is not concerned has to do with complaints.

    Raises Refused: took-part, not-allowed, undertaking-missing.
    """
    numbers = {held.number for held in bodies_access.standings(actor)}
    if numbers & set(concerned):
        raise Refused("took-part")
    acting = bodies_access.require(
        actor,
        "decide",
        "complaint",
        body=election.cycle.body,
        group=election.group,
        met=[If.NOT_CONCERNED],
    )
    if not access.has_promised(acting, election):
        raise Refused("undertaking-missing")
    return acting


def _deciding(election: Election, complaint: Complaint, actor: User) -> Actor:
    """Raises Refused: took-part, not-allowed, undertaking-missing, commission-decides."""
    acting = _taking_part(election, actor, concerned=complaint.concerned)
    deciding = filed.deciders(complaint, filed.officers_of(election))
    if acting.role == RoleName.ORGANISER and any(
        role.role == RoleName.COMMISSIONER for role in deciding
    ):
        raise Refused("commission-decides")
    return acting


def _require_waiting(complaint: Complaint) -> None:
    if complaint.withdrawn_at is not None:
        raise Refused("complaint-withdrawn")
    if complaint.decided_at is not None:
        raise Refused("complaint-decided")


@transaction.atomic
def open_complaint(complaint_id: int, *, actor: User, at: datetime) -> dict[str, str]:
    """What it says and who filed it, on the record, for those who decide.

    Raises Refused: took-part, not-allowed, undertaking-missing, commission-decides.
    """
    complaint = Complaint.objects.select_related("round__election__group").get(pk=complaint_id)
    election = complaint.round.election
    acting = _deciding(election, complaint, actor)
    opened = vault.open([complaint], "complaints", actor=acting, at=at, chapter=election.chapter)[
        complaint.pk
    ]
    return {name: str(opened[name] or "") for name in ("name", "contact", "text")}


@transaction.atomic
def name_concerned(
    complaint_id: int, *, numbers: Collection[int], actor: User, at: datetime
) -> Complaint:
    """More officers who took part in the act, which the journal does not tell. Nobody is taken off.

    Raises Refused: took-part, not-allowed, undertaking-missing, commission-decides,
    complaint-withdrawn, complaint-decided, nobody-new.
    """
    election, complaint = _held(complaint_id)
    acting = _deciding(election, complaint, actor)
    _require_waiting(complaint)
    officers = {role.person.number for role in filed.officers_of(election)}
    new = (set(numbers) & officers) - set(complaint.concerned)
    if not new:
        raise Refused("nobody-new")
    complaint.concerned = sorted({*complaint.concerned, *new})
    complaint.save(update_fields=["concerned"])
    record(
        "complaint.concerned",
        actor=acting,
        subject=complaint,
        at=at,
        chapter=election.chapter,
        after={"number": complaint.number, "officers": sorted(new)},
    )
    return complaint


# What it does to the election until it is decided


@transaction.atomic
def take_up(complaint_id: int, *, actor: User, at: datetime) -> Complaint:
    """It comes from a voter, a candidate or an observer: from now on the election stops, as its
    regulation says. Filing alone does not stop it, or a stranger could.

    Raises Refused: took-part, not-allowed, undertaking-missing, commission-decides,
    complaint-withdrawn, complaint-decided, not-suspending, taken-up-already, concluded.
    """
    election, complaint = _held(complaint_id)
    acting = _deciding(election, complaint, actor)
    _require_waiting(complaint)
    if complaint.suspends:
        raise Refused("taken-up-already")
    if filed.ground_for_stopping(election) is None:
        raise Refused("not-suspending")
    if queries.current_round(election).state == State.CONCLUDED:
        raise Refused("concluded")
    complaint.suspends = True
    complaint.save(update_fields=["suspends"])
    _suspend(election, complaint, acting=acting, at=at)
    record(
        "complaint.taken_up",
        actor=acting,
        subject=complaint,
        at=at,
        chapter=election.chapter,
        after={"number": complaint.number},
    )
    return complaint


def _suspend(election: Election, complaint: Complaint, *, acting: Actor, at: datetime) -> None:
    ground = filed.ground_for_stopping(election)
    row = queries.current_round(election)
    if ground is None or not complaint.suspends or row.annulled_at is not None:
        return
    if election.suspensions.filter(lifted_at=None).exists():
        return
    Suspension.objects.create(
        election=election, since=at, reason=why_suspended(complaint.number), decision=ground
    )
    record("election.suspended", actor=acting, subject=election, at=at, chapter=election.chapter)


def _resume(
    election: Election, complaint: Complaint, *, ground: Decision, acting: Actor, at: datetime
) -> None:
    """The election goes on, unless another complaint or another decision stops it."""
    suspension = filed.suspension_by_regulation(election)
    if suspension is None or filed.still_suspending(election, besides=complaint):
        return
    suspension.lifted_at = at
    suspension.lifted_by = ground
    suspension.save(update_fields=["lifted_at", "lifted_by"])
    record("election.resumed", actor=acting, subject=election, at=at, chapter=election.chapter)


# The end of a complaint


@transaction.atomic
def withdraw_complaint(complaint_id: int, *, actor: User, at: datetime) -> Complaint:
    """Whoever filed it takes it back, and tells those who decide.

    Raises Refused: took-part, not-allowed, undertaking-missing, commission-decides,
    complaint-withdrawn, complaint-decided.
    """
    election, complaint = _held(complaint_id)
    acting = _deciding(election, complaint, actor)
    _require_waiting(complaint)
    complaint.withdrawn_at = at
    complaint.save(update_fields=["withdrawn_at"])
    if suspension := filed.suspension_by_regulation(election):
        _resume(election, complaint, ground=suspension.decision, acting=acting, at=at)
    record(
        "complaint.withdrawn",
        actor=acting,
        subject=complaint,
        at=at,
        chapter=election.chapter,
        after={"number": complaint.number},
    )
    return complaint


@transaction.atomic
def decide_complaint(
    complaint_id: int,
    *,
    effect: str,
    reasons: dict[str, str],
    decision: DecisionFacts,
    actor: User,
    at: datetime,
) -> Complaint:
    """What the body decided that the regulation names for complaints, entered by who took no part.

    Raises Refused: took-part, not-allowed, undertaking-missing, commission-decides, paper-missing,
    complaint-withdrawn, complaint-decided, not-this-round, annulled, concluded.
    """
    election, complaint = _held(complaint_id)
    acting = _deciding(election, complaint, actor)
    if not decision.paper:
        raise Refused("paper-missing")
    _require_waiting(complaint)
    row = queries.current_round(election)
    _require_possible(complaint, effect, row)

    ground = write_decision(election.cycle.body, decision, at=at, group=election.group)
    complaint.effect = effect
    complaint.reasons = reasons
    complaint.decision = ground
    complaint.decided_at = at
    complaint.save(update_fields=["effect", "reasons", "decision", "decided_at"])
    if effect == Complaint.Effect.ANNUL:
        end_round(row, ground=ground, at=at)
        record(
            "round.annulled",
            actor=acting,
            subject=row,
            at=at,
            chapter=election.chapter,
            after={"round": row.number},
        )
    else:
        _resume(election, complaint, ground=ground, acting=acting, at=at)
    record(
        "complaint.decided",
        actor=acting,
        subject=complaint,
        at=at,
        chapter=election.chapter,
        after={"number": complaint.number, "effect": effect},
    )
    return complaint


def _require_possible(complaint: Complaint, effect: str, row: Round) -> None:
    """What is over cannot be annulled or voted on again; the act stands, or is repeated, at any time."""
    if effect in (Complaint.Effect.ANNUL, Complaint.Effect.REPEAT_VOTE):
        if complaint.round_id != row.pk:
            raise Refused("not-this-round")
        require_not_over(row)
