"""A member of the commission says what ties them to an applicant, and then decides nothing about them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from okil.areas.elections import access
from okil.areas.elections.actions.admission import hold_candidate, own_role, require_undecided
from okil.areas.elections.actions.voters import (
    DECISION,
    Registration,
    hold_registration,
    wait_again,
)
from okil.areas.elections.models import Relation, Voter
from okil.areas.elections.queries import admission as queries
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused


@transaction.atomic
def declare_relation_to_candidate(
    candidate_id: int, *, kind: str, actor: User, at: datetime
) -> Relation:
    """Until it is decided. What the member voted and wrote on this candidate before falls with it.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    candidate-withdrawn, candidate-late, admission-decided, relation-declared.
    """
    registration, candidate, acting = hold_candidate(candidate_id, by=actor, at=at)
    role = own_role(actor, registration.election)
    require_undecided(candidate)
    if queries.relation_of(role.person_id, to=candidate) is not None:
        raise Refused("relation-declared")
    relation = Relation.objects.create(
        role=role, candidate=candidate, kind=Relation.Kind(kind), declared_at=at
    )
    candidate.votes.filter(role__person=role.person).delete()
    candidate.checks.filter(checked_by=role.person.number).delete()
    record(
        "relation.declared_to_candidate",
        actor=acting,
        subject=candidate,
        at=at,
        chapter=registration.election.chapter,
        after={"number": candidate.number},
    )
    return relation


@transaction.atomic
def withdraw_relation_to_candidate(candidate_id: int, *, actor: User, at: datetime) -> None:
    """It was a mistake: the member takes part again, and votes and checks anew.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    candidate-withdrawn, candidate-late, admission-decided, relation-not-declared.
    """
    registration, candidate, acting = hold_candidate(candidate_id, by=actor, at=at)
    role = own_role(actor, registration.election)
    require_undecided(candidate)
    relation = queries.relation_of(role.person_id, to=candidate)
    if relation is None:
        raise Refused("relation-not-declared")
    relation.delete()
    record(
        "relation.with_candidate_withdrawn",
        actor=acting,
        subject=candidate,
        at=at,
        chapter=registration.election.chapter,
        after={"number": candidate.number},
    )


def _hold_voter(voter_id: int, *, actor: User, at: datetime) -> tuple[Registration, Voter, Actor]:
    """A registration on which the commission decides or may decide anew, held."""
    election_id = Voter.objects.values_list("election_id", flat=True).get(pk=voter_id)
    registration = hold_registration(election_id, at=at)
    voter = locked(Voter, voter_id)
    acting = access.require_confidence(actor, "decide", "voter_application", registration.election)
    if voter.round_id != registration.row.pk:
        raise Refused("not-in-registration")
    if voter.status == Voter.Status.WITHDRAWN:
        raise Refused("voter-withdrawn", number=voter.number)
    return registration, voter, acting


@transaction.atomic
def declare_relation_to_voter(voter_id: int, *, kind: str, actor: User, at: datetime) -> Relation:
    """What the member decided on this voter falls with it: the voter waits for another member.

    The journal does not say which voter: who is near to a known person could be guessed. Raises
    Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    voter-withdrawn, relation-declared.
    """
    registration, voter, acting = _hold_voter(voter_id, actor=actor, at=at)
    role = own_role(actor, registration.election)
    if queries.relation_of(role.person_id, to=voter) is not None:
        raise Refused("relation-declared")
    relation = Relation.objects.create(
        role=role, voter=voter, kind=Relation.Kind(kind), declared_at=at
    )
    if voter.decided_by == role.person.number:
        wait_again(voter)
        voter.save(update_fields=DECISION)
    record(
        "relation.declared_to_voter",
        actor=acting,
        subject=registration.row,
        at=at,
        chapter=registration.election.chapter,
    )
    return relation


@transaction.atomic
def withdraw_relation_to_voter(voter_id: int, *, actor: User, at: datetime) -> None:
    """It was a mistake, while nobody has decided on the voter.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    voter-withdrawn, voter-decided, relation-not-declared.
    """
    registration, voter, acting = _hold_voter(voter_id, actor=actor, at=at)
    role = own_role(actor, registration.election)
    if voter.status != Voter.Status.WAITING:
        raise Refused("voter-decided")
    relation = queries.relation_of(role.person_id, to=voter)
    if relation is None:
        raise Refused("relation-not-declared")
    relation.delete()
    record(
        "relation.with_voter_withdrawn",
        actor=acting,
        subject=registration.row,
        at=at,
        chapter=registration.election.chapter,
    )
