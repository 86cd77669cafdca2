"""Admission: the commission votes on each candidate, and what they could not decide the group does."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from okil.areas.bodies.actions.decisions import DecisionFacts, write_decision
from okil.areas.bodies.models import Role, RoleName
from okil.areas.elections import access
from okil.areas.elections.actions.applications import THE_CANDIDATE, own_application
from okil.areas.elections.actions.voters import Registration, hold_registration
from okil.areas.elections.models import (
    AdmissionVote,
    Candidate,
    Criterion,
    CriterionCheck,
    Election,
)
from okil.areas.elections.queries import admission as queries
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused


def hold_candidate(
    candidate_id: int, *, by: User, at: datetime
) -> tuple[Registration, Candidate, Actor]:
    """Part of an action of the commission: an application on which it decides or will, held.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    candidate-withdrawn, candidate-late.
    """
    election_id = Candidate.objects.values_list("election_id", flat=True).get(pk=candidate_id)
    registration = hold_registration(election_id, at=at)
    candidate = locked(Candidate, candidate_id)
    acting = access.require_confidence(by, "decide", "candidate_application", registration.election)
    if candidate.round_id != registration.row.pk:
        raise Refused("not-in-registration")
    if candidate.withdrawn_at is not None:
        raise Refused("candidate-withdrawn")
    if candidate.is_late:
        raise Refused("candidate-late")
    return registration, candidate, acting


def _deciding(
    candidate_id: int, *, actor: User, at: datetime
) -> tuple[Registration, Candidate, Actor]:
    """The same, when the lists are closed: now the commission decides."""
    registration, candidate, acting = hold_candidate(candidate_id, by=actor, at=at)
    if registration.closing is None:
        raise Refused("lists-not-closed")
    return registration, candidate, acting


def own_role(actor: User, election: Election) -> Role:
    """As whom of the commission somebody acts. Raises Refused: not-allowed."""
    found = election.group.roles.filter(
        role=RoleName.COMMISSIONER, ends_at=None, person__user=actor
    )
    role = found.select_related("person").first()
    if role is None:
        raise Refused("not-allowed")
    return role


def require_undecided(candidate: Candidate) -> None:
    if candidate.outcome != Candidate.Outcome.WAITING:
        raise Refused("admission-decided")


def require_unrelated(candidate: Candidate, role: Role) -> None:
    if queries.related_to(candidate, [role]):
        raise Refused("related-to-candidate")


def _require_part(votes: queries.Votes, acting: Actor) -> None:
    """Who keeps out concludes nothing either, unless nobody else is left to write it down."""
    if acting.number in votes.related and votes.deciding:
        raise Refused("related-to-candidate")


def _require_admissible(candidate: Candidate, unmet: Collection[str], *, despite: bool) -> None:
    if unmet:
        raise Refused("vote-unlike-criteria")
    if candidate.signed_on is None:
        raise Refused("application-unsigned")
    against = queries.checks_against(candidate)
    if against and not despite:
        raise Refused("vote-against-checks", conditions=against)


@transaction.atomic
def vote_on(
    candidate_id: int,
    *,
    vote: str,
    not_met: Collection[str],
    reason: str,
    despite: bool = False,
    actor: User,
    at: datetime,
) -> AdmissionVote:
    """A commission member's vote; may be changed until the decision is concluded.

    Nobody is admitted by an unsigned application. Who admits although the commission wrote that a
    condition is not met, or that something is asked for, says so by `despite`.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    lists-not-closed, candidate-withdrawn, candidate-late, admission-decided, related-to-candidate,
    vote-without-reason, vote-unlike-criteria, application-unsigned, vote-against-checks.
    """
    registration, candidate, acting = _deciding(candidate_id, actor=actor, at=at)
    role = own_role(actor, registration.election)
    require_undecided(candidate)
    require_unrelated(candidate, role)
    if not reason.strip():
        raise Refused("vote-without-reason")
    unmet = [code for code in Criterion.values if code in not_met]
    if AdmissionVote.Vote(vote) == AdmissionVote.Vote.ADMIT:
        _require_admissible(candidate, unmet, despite=despite)
    given, _new = AdmissionVote.objects.update_or_create(
        candidate=candidate,
        role=role,
        defaults={"vote": vote, "not_met": unmet, "reason": reason.strip(), "voted_at": at},
    )
    record(
        "admission.voted",
        actor=acting,
        subject=given,
        at=at,
        chapter=registration.election.chapter,
        after={"number": candidate.number},
    )
    return given


@transaction.atomic
def check_criterion(
    candidate_id: int,
    *,
    criterion: str,
    state: str,
    basis: str,
    due_on: date | None,
    actor: User,
    at: datetime,
) -> CriterionCheck:
    """What the commission found out on one condition; written anew, it stands in the place of what was
    written before. From the application on, until the decision.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    candidate-withdrawn, candidate-late, admission-decided, related-to-candidate, check-without-basis,
    asked-without-day.
    """
    registration, candidate, acting = hold_candidate(candidate_id, by=actor, at=at)
    election = registration.election
    role = own_role(actor, election)
    require_undecided(candidate)
    require_unrelated(candidate, role)
    if not basis.strip():
        raise Refused("check-without-basis")
    asked = CriterionCheck.State(state) == CriterionCheck.State.ASKED
    today = at.astimezone(ZoneInfo(election.cycle.body.time_zone)).date()
    if asked and (due_on is None or due_on < today):
        raise Refused("asked-without-day")
    check, _new = CriterionCheck.objects.update_or_create(
        candidate=candidate,
        criterion=Criterion(criterion),
        defaults={
            "state": state,
            "basis": basis.strip(),
            "due_on": due_on if asked else None,
            "checked_by": role.person.number,
            "checked_at": at,
        },
    )
    record(
        "admission.checked",
        actor=acting,
        subject=check,
        at=at,
        chapter=election.chapter,
        after={"number": candidate.number, "criterion": criterion},
    )
    return check


@transaction.atomic
def open_checks(candidate_id: int, *, actor: User, at: datetime) -> dict[str, str]:
    """On what each check rests, by the condition; on the record. Before the decision, not for a member
    who is related to the candidate.

    Raises Refused: not-allowed, undertaking-missing, related-to-candidate.
    """
    candidate, acting = _to_be_seen(candidate_id, actor=actor)
    members = queries.commission_of(candidate.election.group)
    related = queries.related_to(candidate, members)
    if acting.number in related and candidate.outcome == Candidate.Outcome.WAITING:
        raise Refused("related-to-candidate")
    checks = list(candidate.checks.all())
    chapter = candidate.election.chapter
    opened = vault.open(checks, "candidates", actor=acting, at=at, chapter=chapter)
    return {check.criterion: str(opened[check.pk]["basis"]) for check in checks}


def _to_be_seen(candidate_id: int, *, actor: User) -> tuple[Candidate, Actor]:
    candidate = Candidate.objects.select_related("election__group", "election__cycle__body").get(
        pk=candidate_id
    )
    acting = access.require_confidence(actor, "see", "candidate_application", candidate.election)
    return candidate, acting


@transaction.atomic
def conclude_admission(candidate_id: int, *, actor: User, at: datetime) -> Candidate:
    """When all who take part have voted: admitted, refused, or left to the group (3.14, REG-38); left to
    it at once where so many are related that fewer than two can decide.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    lists-not-closed, candidate-withdrawn, candidate-late, admission-decided, related-to-candidate,
    votes-missing.
    """
    registration, candidate, acting = _deciding(candidate_id, actor=actor, at=at)
    require_undecided(candidate)
    votes = queries.votes_on(candidate, registration.election.group)
    _require_part(votes, acting)
    if votes.outcome == Candidate.Outcome.WAITING:
        raise Refused("votes-missing", missing=max(1, len(votes.missing)))
    candidate.outcome = votes.outcome
    candidate.decided_at = at
    candidate.save(update_fields=["outcome", "decided_at"])
    record(
        "admission.decided",
        actor=acting,
        subject=candidate,
        at=at,
        chapter=registration.election.chapter,
        after={"number": candidate.number, "outcome": candidate.outcome},
    )
    return candidate


@transaction.atomic
def settle_admission(
    candidate_id: int, *, admitted: bool, decision: DecisionFacts, actor: User, at: datetime
) -> Candidate:
    """What the commission could not decide, the group's own body did; the commission enters it.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    lists-not-closed, candidate-withdrawn, candidate-late, admission-not-open, related-to-candidate,
    decision-in-the-future.
    """
    registration, candidate, acting = _deciding(candidate_id, actor=actor, at=at)
    election = registration.election
    if candidate.outcome != Candidate.Outcome.UNDECIDED:
        raise Refused("admission-not-open")
    _require_part(queries.votes_on(candidate, election.group), acting)
    outcome = Candidate.Outcome.ADMITTED if admitted else Candidate.Outcome.REFUSED
    candidate.outcome = outcome
    candidate.decided_at = at
    candidate.settled_by = write_decision(
        election.cycle.body, decision, at=at, group=election.group
    )
    candidate.save(update_fields=["outcome", "decided_at", "settled_by"])
    record(
        "admission.settled",
        actor=acting,
        subject=candidate,
        at=at,
        chapter=election.chapter,
        after={"number": candidate.number, "outcome": str(outcome)},
    )
    return candidate


@transaction.atomic
def open_reasons(candidate_id: int, *, actor: User, at: datetime) -> dict[int, str]:
    """The reasons of those votes that the actor may see, by the member's number; on the record.

    Raises Refused: not-allowed, undertaking-missing.
    """
    candidate, acting = _to_be_seen(candidate_id, actor=actor)
    seen = votes_seen(candidate, acting)
    chapter = candidate.election.chapter
    opened = vault.open(seen.values(), "candidates", actor=acting, at=at, chapter=chapter)
    return {number: str(opened[vote.pk]["reason"]) for number, vote in seen.items()}


def votes_seen(candidate: Candidate, acting: Actor) -> dict[int, AdmissionVote]:
    """What this officer may see of the votes, by the member's number."""
    votes = queries.votes_on(candidate, candidate.election.group)
    number = acting.number if acting.role == RoleName.COMMISSIONER else None
    decided = candidate.outcome != Candidate.Outcome.WAITING
    return votes.seen_by(number, decided=decided)


@transaction.atomic
def open_own_reasons(ticket: str, *, at: datetime) -> list[str]:
    """Why it was decided so, for the ticket's holder, on the record; in an order that does not tell who
    wrote what.

    Raises Refused: ticket-unknown, vault-key-destroyed.
    """
    candidate = own_application(ticket)
    opened = vault.open(
        queries.votes_behind(candidate),
        "candidates",
        actor=THE_CANDIDATE,
        at=at,
        chapter=candidate.election.chapter,
    )
    return sorted({str(fields["reason"]) for fields in opened.values()})
