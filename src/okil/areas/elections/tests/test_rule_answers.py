"""A rule that the regulation leaves open or breaks, answered as a whole for one election."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.elections import queries
from okil.areas.elections.actions import answers, stages
from okil.areas.elections.models import CommonRules, Election, GateAnswer
from okil.areas.elections.queries.regulations import own_regulation
from okil.areas.elections.tests import given
from okil.areas.elections.wording.gates import gate_title
from okil.foundation.accounts.models import User
from okil.foundation.audit import history_of, length_and_last_hash
from okil.pure.refusal import Refused
from okil.pure.rules.stages import ORDER, State

pytestmark = pytest.mark.django_db
ANOTHER_WAY = {"ru": "Место пустует до следующих выборов."}


def silent(to: State, **rules: Any) -> Election:
    """Before this move, with a regulation that says this instead."""
    election = given.election()
    given.adopt(election.group, {**given.RULES, **rules})
    given.moved_to(ORDER[ORDER.index(to) - 1], election)
    given.all_fulfilled(election)
    return election


def answered(election: Election, rule: str, actor: User | None = None, **said: Any) -> GateAnswer:
    return answers.answer_rule(
        election.pk,
        rule=rule,
        answers=said,
        decision=given.decision(),
        actor=actor or given.organiser_of(election),
        at=given.AT,
    )


def refused(election: Election, rule: str, actor: User | None = None, **said: Any) -> str:
    """The code of the refusal; nothing at all was written."""
    before = (
        GateAnswer.objects.count(),
        length_and_last_hash(),
        election.group.regulations.count(),
    )
    with pytest.raises(Refused) as refusal:
        answered(election, rule, actor, **said)
    after = (GateAnswer.objects.count(), length_and_last_hash(), election.group.regulations.count())
    assert after == before
    return refusal.value.code


def says(election: Election, name: str) -> Any:
    return election.group.regulations.all()[0].content[name]


@pytest.mark.parametrize(
    ("to", "rules", "rule", "said"),
    [
        (State.ANNOUNCED, {"organisers": None}, "REG-22", {"organisers": 1}),
        (State.ANNOUNCED, {"organisers": 2}, "REG-22", {"organisers": 1}),
        (
            State.ANNOUNCED,
            {"approval_majority": None},
            "REG-18",
            {"approval_majority": "two_thirds"},
        ),
        (
            State.REGISTRATION,
            {"complaint_days": None, "complaint_to": None},
            "REG-91",
            {"complaint_days": 5, "complaint_to": "assembly"},
        ),
        (
            State.VOTING,
            {"replacement_of_alternate": None},
            "REG-07",
            {
                "replacement_of_alternate": "other",
                "replacement_of_alternate_text": ANOTHER_WAY,
            },
        ),
        (State.VOTING, {"tie": None}, "REG-90", {"tie": "lot"}),
        # Only recommended, but asked by gates of its own.
        (State.REGISTRATION, {"languages": []}, "REG-94", {"languages": ["ru", "kk"]}),
    ],
)
def test_the_groups_decision_opens_the_move_for_this_election_alone(
    to: State, rules: dict[str, Any], rule: str, said: dict[str, Any]
) -> None:
    election = silent(to, **rules)
    adopted = own_regulation(election.group)

    given_answer = answered(election, rule, **said)

    newest = election.group.regulations.all()[0]
    assert (newest.case_of, newest.adopted_by) == (election, given_answer.decision)
    assert {name: newest.content[name] for name in said} == said
    assert own_regulation(election.group) == adopted
    assert queries.progress_of(election, at=given.ENTERED[to]).unsettled == ()
    stages.move_on(election.pk, to=to, actor=given.mover_of(election), at=given.ENTERED[to])


def test_a_decision_on_a_rule_is_one_row_of_the_journal_and_named_by_its_title() -> None:
    election = silent(State.ANNOUNCED, organisers=None)
    length = length_and_last_hash()[0]

    row = history_of(answered(election, "REG-22", organisers=1)).get()

    assert length_and_last_hash()[0] == length + 1
    assert (row.event, row.role, row.after) == ("gate.answered", "organiser", {"gate": "REG-22"})
    assert gate_title("REG-22") == "Организатор один и сам не выдвигается"


def test_only_the_organiser_brings_the_groups_decision() -> None:
    election = silent(State.ANNOUNCED, organisers=None)

    for role in ("secretariat", "commissioner", "observer"):
        actor = given.officer_of(role, election)
        assert refused(election, "REG-22", actor, organisers=1) == "not-the-mover"


def test_what_is_not_asked_now_is_not_answered() -> None:
    election = silent(State.ANNOUNCED, organisers=None, replacement_of_alternate=None, midterm=None)

    assert refused(election, "REG-07", replacement_of_alternate="next_by_votes") == "gate-not-asked"
    assert refused(election, "REG-93", midterm="by_election") == "gate-not-asked"
    assert refused(election, "REG-99", organisers=1) == "gate-not-asked"
    assert refused(election, "REG-22", midterm="by_election") == "gate-not-asked"
    assert refused(given.moved_to(State.VOTING, silent_later()), "REG-22") == "gate-not-asked"


def silent_later() -> Election:
    """Another election of the same body cannot be, so this one is brought to where it votes."""
    election = Election.objects.get()
    given.adopt(election.group, given.RULES)
    return election


def test_what_the_regulation_says_well_no_decision_says_otherwise() -> None:
    election = silent(State.ANNOUNCED, organisers=None)

    assert refused(election, "REG-01", organiser_tasks=["vote"]) == "answered-already"
    assert (
        refused(election, "REG-22", organisers=1, organiser_appointed_by="other")
        == "answered-already"
    )


def test_a_decision_that_leaves_the_rule_open_or_broken_is_none() -> None:
    election = silent(State.ANNOUNCED, organisers=2, organiser_does_not_stand=None)

    assert refused(election, "REG-22", organisers=3) == "rule-still-open"
    assert refused(election, "REG-22", organisers=1) == "rule-still-open"
    assert refused(election, "REG-22") == "rule-still-open"
    assert refused(election, "REG-22", organisers="one") == "regulation-unreadable"


def test_a_rule_is_mended_with_what_it_leaves_unsaid_beside() -> None:
    election = silent(State.ANNOUNCED, organisers=2, organiser_does_not_stand=None)

    answered(election, "REG-22", organisers=1, organiser_does_not_stand=True)

    assert queries.progress_of(election, at=given.AT).unsettled == ()
    assert refused(election, "REG-22", organisers=1) == "answered-already"


def test_a_decision_is_none_that_is_still_to_come() -> None:
    election = silent(State.ANNOUNCED, organisers=None)
    tomorrow = DecisionFacts(made_by="Собрание", made_on=date(2024, 8, 16))

    with pytest.raises(Refused, match="decision-in-the-future"):
        answers.answer_rule(
            election.pk,
            rule="REG-22",
            answers={"organisers": 1},
            decision=tomorrow,
            actor=given.organiser_of(election),
            at=given.AT,
        )


def test_what_all_groups_decided_is_taken_over_for_this_election() -> None:
    election = silent(State.REGISTRATION)
    decision = election.cycle.decision
    assert decision is not None
    CommonRules.objects.create(
        body=election.cycle.body,
        version=1,
        content={"most_commissions": 1},
        adopted_by=decision,
        entered_at=given.AT,
    )
    assert refused(election, "REG-16", most_commissions=3) == "rule-still-open"

    taken_over = answered(election, "REG-16", most_commissions=1)
    assert says(election, "most_commissions") == 1

    answers.withdraw_answer(taken_over.pk, actor=given.organiser_of(election), at=given.AT)
    assert says(election, "most_commissions") == 2


def test_taken_back_the_regulation_says_what_it_said_before() -> None:
    election = silent(State.ANNOUNCED, organisers=2, organiser_does_not_stand=None)
    mended = answered(election, "REG-22", organisers=1, organiser_does_not_stand=True)

    answers.withdraw_answer(mended.pk, actor=given.organiser_of(election), at=given.AT)

    assert (says(election, "organisers"), says(election, "organiser_does_not_stand")) == (2, None)
    (open_again,) = queries.progress_of(election, at=given.AT).unsettled
    assert open_again.rule == "REG-22"
    answered(election, "REG-22", organisers=1, organiser_does_not_stand=True)


def test_what_was_answered_by_its_own_gate_stays_when_the_rule_is_taken_back() -> None:
    election = silent(State.REGISTRATION, complaint_days=None, complaint_to=None)
    given.answered("complaints-known", election, at=given.AT)
    rest = answered(election, "REG-91", complaint_to="assembly")

    answers.withdraw_answer(rest.pk, actor=given.organiser_of(election), at=given.AT)

    assert (says(election, "complaint_days"), says(election, "complaint_to")) == (3, None)


def test_what_the_group_adopted_since_stays_when_the_answer_is_taken_back() -> None:
    election = silent(State.ANNOUNCED, organisers=None)
    answer = answered(election, "REG-22", organisers=1)
    given.adopt(election.group, given.RULES)
    versions = election.group.regulations.count()

    answers.withdraw_answer(answer.pk, actor=given.organiser_of(election), at=given.AT)

    assert election.group.regulations.count() == versions
    assert queries.progress_of(election, at=given.AT).unsettled == ()


def test_an_answer_taken_back_is_open_again_though_a_silent_regulation_was_adopted_since() -> None:
    election = silent(State.ANNOUNCED, organisers=None)
    answer = answered(election, "REG-22", organisers=1)
    given.adopt(election.group, {**given.RULES, "organisers": None, "tie": "lot"})
    assert says(election, "organisers") == 1

    answers.withdraw_answer(answer.pk, actor=given.organiser_of(election), at=given.AT)

    assert (says(election, "organisers"), says(election, "tie")) == (None, "lot")


def test_a_rule_mended_for_this_election_stays_so_where_a_new_regulation_breaks_it_too() -> None:
    election = silent(State.ANNOUNCED, organisers=2, organiser_does_not_stand=None)
    answer = answered(election, "REG-22", organisers=1, organiser_does_not_stand=True)

    given.adopt(
        election.group,
        {**given.RULES, "organisers": 3, "organiser_does_not_stand": True, "tie": None},
    )

    newest, own = election.group.regulations.all()[:2]
    assert (own.case_of, own.content["organisers"], own.content["tie"]) == (None, 3, None)
    assert newest.content == {**own.content, "organisers": 1}
    assert (newest.case_of, newest.adopted_by) == (election, answer.decision)
    assert queries.progress_of(election, at=given.AT).unsettled == ()


def test_where_a_new_regulation_breaks_the_rule_anew_the_earlier_decision_is_taken_back_first() -> (
    None
):
    election = silent(State.ANNOUNCED, organiser_does_not_stand=None)
    answer = answered(election, "REG-22", organiser_does_not_stand=True)
    given.adopt(election.group, {**given.RULES, "organisers": 3})
    assert refused(election, "REG-22", organisers=1) == "decided-before"

    answers.withdraw_answer(answer.pk, actor=given.organiser_of(election), at=given.AT)
    answered(election, "REG-22", organisers=1)

    assert queries.progress_of(election, at=given.AT).unsettled == ()


def test_where_a_new_regulation_settles_the_rule_it_says_so_for_this_election_too() -> None:
    election = silent(State.ANNOUNCED, organisers=2)
    answered(election, "REG-22", organisers=1)

    given.adopt(election.group, {**given.RULES, "organisers": 1})

    newest = election.group.regulations.all()[0]
    assert (newest.case_of, newest.content["organisers"]) == (None, 1)


def test_after_the_move_nothing_is_taken_back() -> None:
    election = silent(State.ANNOUNCED, organisers=None)
    answer = answered(election, "REG-22", organisers=1)
    given.moved_to(State.REGISTRATION, election)

    with pytest.raises(Refused, match="gate-not-asked"):
        answers.withdraw_answer(answer.pk, actor=given.organiser_of(election), at=given.AT)
