"""What the regulation leaves open, answered for one election by a decision of the group."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import Decision, ElectoralGroup
from okil.areas.elections import queries
from okil.areas.elections.actions.current import current, require_running
from okil.areas.elections.actions.stages import decided, person_number
from okil.areas.elections.models import AdoptedRegulation, Election, GateAnswer, Round
from okil.areas.elections.queries.regulations import own_regulation
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules import stages
from okil.pure.rules.regulation import (
    QUESTIONS_OF,
    RULES,
    Regulation,
    as_data,
    is_answered,
    regulation_from,
)
from okil.pure.rules.regulation.findings import COMMON_QUESTIONS, STAGE_OF, Outcome, examine_rule
from okil.pure.rules.stages import BY_CODE, Answer, Gate, State


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
    return _written_down(row, gate, ground, acting, at=at)


@transaction.atomic
def answer_rule(
    election_id: int,
    *,
    rule: str,
    answers: Mapping[str, Any],
    decision: DecisionFacts,
    actor: User,
    at: datetime,
) -> GateAnswer:
    """What a rule needs and the regulation leaves open or breaks, decided for this election: a version
    of the regulation as with a single question. What it says well, no decision says otherwise.

    Raises Refused: not-the-mover, gate-not-asked, suspended, annulled, answered-already, decided-before,
    regulation-unreadable, rule-still-open, decision-in-the-future.
    """
    group = _group_held(election_id)
    election, row = current(election_id)
    progress = queries.progress_of(election, at=at)
    if rule not in RULES or STAGE_OF[rule] is not progress.next_state:
        raise Refused("gate-not-asked")
    gate = stages.RULES_GATE[STAGE_OF[rule]]
    acting = access.require_role(actor, gate.by, group)
    require_running(progress.situation)
    _require_open(rule, progress, answers)
    regulation = regulation_from({**_content(group), **answers})
    after = examine_rule(rule, regulation, progress.where.around)
    if after.questions:
        raise Refused("rule-still-open")

    ground = decided(election, decision, at=at)
    _write(group, answers, ground, at=at, case_of=election)
    return _written_down(row, rule, ground, acting, at=at)


def _require_open(rule: str, progress: queries.Progress, answers: Mapping[str, Any]) -> None:
    """Is the rule asked now, and do these answers touch nothing that is said and stands?"""
    regulation = progress.where.rules or Regulation()
    finding = examine_rule(rule, regulation, progress.where.around)
    if finding.outcome is Outcome.FULFILLED:
        raise Refused("answered-already")
    if rule in progress.answers:  # and open all the same: the regulation has changed since
        raise Refused("decided-before")
    asked_alone = {each.gate.question for each in progress.missing}
    if finding.closes is None and asked_alone.isdisjoint(finding.questions):
        raise Refused("gate-not-asked")
    its_own = {*QUESTIONS_OF[rule], *finding.questions}
    if not its_own.issuperset(answers):
        raise Refused("gate-not-asked")
    if any(is_answered(name, regulation) and name not in finding.questions for name in answers):
        raise Refused("answered-already")


@transaction.atomic
def withdraw_answer(answer_id: int, *, actor: User, at: datetime) -> GateAnswer:
    """Undo, as long as the move it belongs to has not happened.

    Raises Refused: not-the-mover, gate-not-asked, suspended, annulled.
    """
    answer = GateAnswer.objects.select_related("round").get(pk=answer_id)
    group = _group_held(answer.round.election_id)
    election, row = current(answer.round.election_id)
    answer = locked(GateAnswer, answer_id)
    to = stages.next_state(State(row.state))
    asked = _gate_of(answer)
    acting = access.require_role(actor, asked.by, group)
    require_running(queries.standing(election, row))
    still_asked = to is not None and asked in stages.GATES[to]
    if answer.round_id != row.pk or answer.withdrawn_at is not None or not still_asked:
        raise Refused("gate-not-asked")
    answer.withdrawn_at = at
    answer.save(update_fields=["withdrawn_at"])
    # What the group has adopted for good since then stays as it is.
    back = _taken_back(answer, group)
    before = as_data(regulation_from(_content(group)))
    if any(before[name] != said for name, said in back.items()):
        _write(group, back, answer.decision, at=at, case_of=election)
    record(
        "gate.answer_withdrawn",
        actor=acting,
        subject=answer,
        at=at,
        chapter=election.chapter,
        after={"gate": answer.gate},
    )
    return answer


def _gate_of(answer: GateAnswer) -> Gate:
    """The gate that was answered; of a rule, the one that asks for all rules of its move."""
    return BY_CODE.get(answer.gate) or stages.RULES_GATE[STAGE_OF[answer.gate]]


def _taken_back(answer: GateAnswer, group: ElectoralGroup) -> dict[str, Any]:
    """What the regulation itself says where this answer spoke, and no other answer in force does."""
    others = GateAnswer.objects.filter(round=answer.round_id, withdrawn_at=None)
    spoken = {name for code in others.values_list("gate", flat=True) for name in _answered_by(code)}
    own = own_regulation(group)
    said = as_data(own.regulation if own else Regulation())
    return {name: said[name] for name in _answered_by(answer.gate) if name not in spoken}


def _answered_by(code: str) -> tuple[str, ...]:
    """The questions that an answer to a gate, or to a rule, may speak to."""
    if code in BY_CODE:
        return (BY_CODE[code].question,)
    return (*QUESTIONS_OF[code], *(COMMON_QUESTIONS if code == "REG-16" else ()))


def _written_down(
    row: Round, gate: str, ground: Decision, acting: access.Actor, *, at: datetime
) -> GateAnswer:
    """Part of an answer: who brought it, and a row of the journal."""
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
        chapter=row.election.chapter,
        after={"gate": gate},
    )
    return given


def _group_held(election_id: int) -> ElectoralGroup:
    """Before the election, as whoever adopts a regulation holds them."""
    return locked(ElectoralGroup, Election.objects.get(pk=election_id).group_id)


def _content(group: ElectoralGroup) -> dict[str, Any]:
    newest = group.regulations.first()
    return newest.content if newest else {}


def _write(
    group: ElectoralGroup,
    answers: Mapping[str, Any],
    ground: Decision,
    *,
    at: datetime,
    case_of: Election,
) -> None:
    newest = group.regulations.first()
    AdoptedRegulation.objects.create(
        group=group,
        version=(newest.version if newest else 0) + 1,
        content=as_data(regulation_from({**_content(group), **answers})),
        adopted_by=ground,
        is_public=newest.is_public if newest else False,
        case_of=case_of,
        entered_at=at,
    )
