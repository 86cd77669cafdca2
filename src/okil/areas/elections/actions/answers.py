"""What the regulation leaves open, answered for one election by a decision of the group."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import Decision, ElectoralGroup
from okil.areas.elections import queries
from okil.areas.elections.actions.current import current, require_running
from okil.areas.elections.actions.stages import decided, person_number
from okil.areas.elections.models import AdoptedRegulation, Election, GateAnswer
from okil.areas.elections.queries.regulations import own_regulation
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules import stages
from okil.pure.rules.regulation import as_data, is_answered, regulation_from
from okil.pure.rules.stages import BY_CODE, Answer, State


@transaction.atomic
def answer_gate(
    election_id: int,
    *,
    gate: str,
    answer: Any,
    decision: DecisionFacts,
    actor: User,
    at: datetime,
) -> GateAnswer:
    """The answer becomes a version of the regulation that holds for this election, by this decision:
    forms, count and protocol follow from it as from any other.

    Raises Refused: not-the-mover, gate-not-asked, suspended, annulled, answered-already,
    regulation-unreadable, decision-in-the-future.
    """
    group = _group_held(election_id)
    election, row = current(election_id)
    asked = BY_CODE.get(gate)
    to = stages.next_state(State(row.state))
    if asked is None or to is None or asked not in stages.GATES[to]:
        raise Refused("gate-not-asked")
    if asked.answer is not Answer.REGULATION:
        raise Refused("gate-not-asked")
    acting = access.require_role(actor, asked.by, group)
    situation = queries.situation(election, row, at=at)
    require_running(situation)
    # What the regulation says, no decision for one case can say otherwise.
    if gate in situation.decided or asked.question in situation.answered:
        raise Refused("answered-already")

    ground = decided(election, decision, at=at)
    _write(group, {asked.question: answer}, ground, at=at, case_of=election)
    given = GateAnswer.objects.create(
        round=row,
        gate=gate,
        said_at=at,
        role=acting.role,
        person_number=person_number(acting),
        decision=ground,
    )
    record(
        "gate.answered",
        actor=acting,
        subject=given,
        at=at,
        chapter=election.chapter,
        after={"gate": gate},
    )
    return given


@transaction.atomic
def withdraw_answer(answer_id: int, *, actor: User, at: datetime) -> GateAnswer:
    """Undo, as long as the move it belongs to has not happened.

    Raises Refused: not-the-mover, gate-not-asked, suspended, annulled.
    """
    answer = GateAnswer.objects.select_related("round").get(pk=answer_id)
    group = _group_held(answer.round.election_id)
    election, row = current(answer.round.election_id)
    answer = locked(GateAnswer, answer_id)
    asked = BY_CODE[answer.gate]
    acting = access.require_role(actor, asked.by, group)
    require_running(queries.standing(election, row))
    to = stages.next_state(State(row.state))
    still_asked = to is not None and asked in stages.GATES[to]
    if answer.round_id != row.pk or answer.withdrawn_at is not None or not still_asked:
        raise Refused("gate-not-asked")
    # What the group has adopted for good since then stays as it is.
    own = own_regulation(group)
    if own is None or not is_answered(asked.question, own.regulation):
        _write(group, {asked.question: None}, answer.decision, at=at, case_of=election)
    answer.withdrawn_at = at
    answer.save(update_fields=["withdrawn_at"])
    record(
        "gate.answer_withdrawn",
        actor=acting,
        subject=answer,
        at=at,
        chapter=election.chapter,
        after={"gate": answer.gate},
    )
    return answer


def _group_held(election_id: int) -> ElectoralGroup:
    """Before the election, as whoever adopts a regulation holds them."""
    return locked(ElectoralGroup, Election.objects.get(pk=election_id).group_id)


def _write(
    group: ElectoralGroup,
    answers: dict[str, Any],
    ground: Decision,
    *,
    at: datetime,
    case_of: Election,
) -> None:
    newest = group.regulations.first()
    before = newest.content if newest else {}
    AdoptedRegulation.objects.create(
        group=group,
        version=(newest.version if newest else 0) + 1,
        content=as_data(regulation_from({**before, **answers})),
        adopted_by=ground,
        is_public=newest.is_public if newest else False,
        case_of=case_of,
        entered_at=at,
    )
