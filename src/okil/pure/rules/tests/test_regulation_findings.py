"""Each rule in each direction: fulfilled, broken for this reason, not regulated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from okil.pure.rules.regulation import (
    QUESTIONS,
    RULES,
    Regulation,
    is_asked,
)
from okil.pure.rules.regulation.findings import (
    BREAKS,
    LEVEL_OF,
    MUST_NAME,
    STAGE_OF,
    Around,
    Finding,
    Level,
    Outcome,
    examine,
    examine_rule,
    unsettled,
)
from okil.pure.rules.stages import NEXT, State
from okil.pure.rules.tests.regulations import (
    APPROVAL,
    APPROVED,
    example,
    regulation,
    sound,
)

EMPTY = Regulation()
TASKS = QUESTIONS["organiser_tasks"].options
ORGANISER, COMMISSION = TASKS[:4], TASKS[4:]
PROOF = {"criterion": {"ru": "Опыт."}, "proof": {"ru": "Описание."}}
PAPER = {"document": {"ru": "Х."}, "used_by": {"ru": "Х."}, "purpose": {"ru": "Х."}}


def found(rule: str, around: Around = APPROVED, **changed: Any) -> Finding:
    """What is found where a sound regulation says this instead; tuples as they are kept."""
    return examine_rule(rule, replace(sound(), **changed), around)


def outcomes(of: Regulation, around: Around = APPROVED) -> dict[str, Outcome]:
    return {finding.rule: finding.outcome for finding in examine(of, around)}


# The examples


@pytest.mark.parametrize("name", ["sound", "parallel"])
def test_a_sound_regulation_fulfils_every_rule(name: str) -> None:
    kind = example(name)["approval"]["kind"]
    around = replace(APPROVED, approval=replace(APPROVAL, kind=kind))

    assert set(outcomes(regulation(name), around).values()) == {Outcome.FULFILLED}


def test_the_gaps_of_the_report_are_found() -> None:
    said = outcomes(regulation("gaps"), Around())

    broken = {rule for rule, outcome in said.items() if outcome is Outcome.BROKEN}
    fulfilled = {rule for rule, outcome in said.items() if outcome is Outcome.FULFILLED}
    assert broken == {
        *("REG-01", "REG-04", "REG-06", "REG-11", "REG-24", "REG-25"),
        *("REG-29", "REG-32", "REG-34", "REG-37", "REG-40", "REG-94"),
    }
    assert fulfilled == {"REG-03", "REG-33"}
    # What the report names first: observers, alternates, a winner who declines, several roles.
    for rule in ("REG-02", "REG-05", "REG-07", "REG-12", "REG-13", "REG-14", "REG-15"):
        assert said[rule] is Outcome.NOT_REGULATED


def test_an_empty_regulation_breaks_nothing_and_fulfils_nothing() -> None:
    findings = examine(EMPTY)

    assert [finding.rule for finding in findings] == list(RULES)
    assert {finding.outcome for finding in findings} == {Outcome.NOT_REGULATED}
    assert {finding.reason for finding in findings} == {"", "not-approved", "channels-unknown"}


# What breaks a rule, and how little makes it whole again

BROKEN: list[tuple[str, dict[str, Any], str, tuple[str, ...], Mapping[str, Any]]] = [
    (
        "REG-01",
        {"commission_tasks": (*ORGANISER[:1], *COMMISSION)},
        "tasks-shared",
        ("organiser_tasks", "commission_tasks"),
        {"organiser_tasks": ("send_notices",)},
    ),
    (
        "REG-01",
        {"organiser_tasks": ORGANISER[:3]},
        "task-of-nobody",
        ("organiser_tasks", "commission_tasks"),
        {"organiser_tasks": ("keep_documents",)},
    ),
    ("REG-02", {"observers_obligatory": False}, "observers-not-obligatory", (), {}),
    (
        "REG-04",
        {"sworn": ("commission", "organiser")},
        "not-all-sworn",
        (),
        {"sworn": ("observer",)},
    ),
    (
        "REG-06",
        {"candidate_documents": ({"document": {"ru": "Х."}, "purpose": {"ru": "Х."}}, PAPER)},
        "paper-without-use",
        ("candidate_documents",),
        {"rows": 1},
    ),
    ("REG-09", {"self_analysis": False}, "no-self-analysis", (), {}),
    ("REG-10", {"all_regions_involved": False}, "regions-not-involved", (), {}),
    (
        "REG-11",
        {"voter_fields": ("contact", "national_identity_number")},
        "identity-number",
        (),
        {},
    ),
    (
        "REG-11",
        {"voter_fields": QUESTIONS["voter_fields"].options[:6]},
        "too-many-fields",
        (),
        {"asked": 6, "most": 5},
    ),
    ("REG-11", {"notarised_proof": True}, "notarised-proof", (), {}),
    ("REG-16", {"common_rules_apply": False}, "common-rules-refused", (), {}),
    ("REG-16", {"most_commissions": 1}, "differs-from-common", ("most_commissions",), {}),
    (
        "REG-16",
        {"voter_in_many": "several", "candidate_and_voter": "forbidden"},
        "differs-from-common",
        ("voter_in_many", "candidate_and_voter"),
        {},
    ),
    ("REG-17", {"group_is_told": False}, "group-not-told", (), {}),
    (
        "REG-18",
        {"approval_kind": "forum"},
        "approved-otherwise",
        ("approval_kind",),
        {"approval_kind": "forum", "approved_by": "assembly"},
    ),
    ("REG-20", {"review_months": 4}, "review-too-late", (), {"review_months": 4, "most": 3}),
    ("REG-21", {"commission_size": 4}, "commission-too-large", (), {"commission_size": 4}),
    ("REG-21", {"commission_from_partners": False}, "commission-not-from-partners", (), {}),
    ("REG-21", {"commission_takes_no_part": False}, "commission-takes-part", (), {}),
    ("REG-22", {"organisers": 2}, "several-organisers", (), {"organisers": 2}),
    ("REG-22", {"organiser_does_not_stand": False}, "organiser-may-stand", (), {}),
    ("REG-23", {"commission_declares": False}, "no-declaration", (), {}),
    ("REG-24", {"most_terms": 3}, "too-many-terms", (), {"most_terms": 3, "most": 2}),
    (
        "REG-24",
        {"terms_checked_at": "approval"},
        "terms-checked-elsewhere",
        (),
        {"terms_checked_at": "approval"},
    ),
    (
        "REG-24",
        {"terms_checked_at": "submission"},
        "terms-checked-elsewhere",
        (),
        {"terms_checked_at": "submission"},
    ),
    (
        "REG-25",
        {"criteria": (PROOF, {"criterion": {"ru": "Авторитет."}}, {"proof": {"ru": "Письмо."}})},
        "criterion-without-proof",
        (),
        {"rows": 2},
    ),
    ("REG-27", {"voter_form_annexed": False}, "no-form", (), {}),
    ("REG-28", {"exact_registration_times": False}, "no-exact-times", (), {}),
    (
        "REG-29",
        {"vote_channels": ("online", "roll_call", "email_form")},
        "secret-vote-seen",
        ("secrecy", "vote_channels"),
        {"vote_channels": ("roll_call", "email_form")},
    ),
    ("REG-30", {"equal_conditions": False}, "unequal-conditions", (), {}),
    (
        "REG-32",
        {"rejected_for": ("late", "other")},
        "grounds-missing",
        (),
        {"rejected_for": ("wrongly_completed",)},
    ),
    (
        "REG-34",
        {"protocol_items": QUESTIONS["protocol_items"].options[1:]},
        "items-missing",
        (),
        {"protocol_items": ("whole_process",)},
    ),
    (
        "REG-34",
        {"protocol_signed_by": ("organiser",)},
        "commission-does-not-sign",
        (),
        {"protocol_signed_by": ("commission",)},
    ),
    ("REG-36", {"data_is_closed": False}, "data-not-closed", (), {}),
    ("REG-37", {"notice_channels": ("chat",)}, "chat-alone", (), {}),
    ("REG-37", {"notice_channels": ("mailing",)}, "one-channel", (), {}),
    ("REG-38", {"admission_is_written": False}, "admission-not-written", (), {}),
    (
        "REG-40",
        {"agenda": ("speeches", "questions", "counting_explained", "vote")},
        "agenda-incomplete",
        (),
        {"agenda": ("observers_introduced",)},
    ),
    ("REG-41", {"clauses_are_marked": False}, "clauses-not-marked", (), {}),
    ("REG-91", {"complaint_without_concerned": False}, "concerned-decides", (), {}),
    ("REG-94", {"languages": ("ru", "en")}, "languages-missing", (), {"languages": ("kk",)}),
    (
        "REG-94",
        {"prevailing_language": "en"},
        "prevailing-not-used",
        ("languages", "prevailing_language"),
        {"prevailing_language": "en"},
    ),
    ("REG-95", {"smallest_cell": 2}, "cell-too-small", (), {"smallest_cell": 2, "least": 3}),
]
# What these say is a choice or one's own words: there is nothing in it that the rule forbids.
NEVER_BROKEN = {
    *("REG-03", "REG-05", "REG-07", "REG-08", "REG-12", "REG-13", "REG-14", "REG-15", "REG-19"),
    *("REG-26", "REG-31", "REG-33", "REG-35", "REG-39", "REG-90", "REG-92", "REG-93"),
}


@pytest.mark.parametrize(("rule", "changed", "reason", "questions", "facts"), BROKEN)
def test_a_rule_is_broken_by_what_contradicts_it_and_no_other_is(
    rule: str,
    changed: dict[str, Any],
    reason: str,
    questions: tuple[str, ...],
    facts: Mapping[str, Any],
) -> None:
    findings = examine(replace(sound(), **changed), APPROVED)

    broken = [finding for finding in findings if finding.outcome is not Outcome.FULFILLED]
    named = questions or tuple(changed)
    assert broken == [Finding(rule, LEVEL_OF[rule], Outcome.BROKEN, named, reason, facts)]


def test_every_rule_can_be_broken_or_is_one_that_only_asks() -> None:
    assert {case[0] for case in BROKEN} | NEVER_BROKEN == set(RULES)
    assert not {case[0] for case in BROKEN} & NEVER_BROKEN


def test_every_answer_that_breaks_a_rule_by_a_table_is_tried() -> None:
    reasons = {case[2] for case in BROKEN}

    assert {reason for _, reason in BREAKS.values()} <= reasons
    assert {reason for _, reason in MUST_NAME.values()} <= reasons


FULFILLED: list[tuple[str, dict[str, Any]]] = [
    ("REG-01", {"organiser_tasks": TASKS[:-1], "commission_tasks": TASKS[-1:]}),
    ("REG-02", {"observers_at_least": None, "observers_invited_days": None}),
    ("REG-03", {"observer_tasks": ("no_vote",)}),
    ("REG-05", {"contest_model": "two_parallel_contests"}),
    ("REG-05", {"contest_model": "other", "contest_model_text": {"ru": "Так."}}),
    ("REG-06", {"candidate_papers": "form_only", "candidate_documents": ()}),
    # What is not asked is not judged either.
    ("REG-06", {"candidate_papers": "form_only", "candidate_documents": ({"document": {"ru": "Х."}},)}),
    ("REG-07", {"contest_model": "two_parallel_contests", "replacement": "next_by_votes"}),
    ("REG-07", {"replacement": "next_by_votes", "replacement_of_alternate": "repeat_vote"}),
    ("REG-11", {"voter_fields": QUESTIONS["voter_fields"].options[:5]}),
    ("REG-20", {"review_months": 3}),
    ("REG-21", {"commission_size": 3}),
    ("REG-24", {"most_terms": 1}),
    ("REG-26", {"voter_kind": "legal_entity"}),
    ("REG-29", {"secrecy": "open", "vote_channels": ("roll_call", "email_form")}),
    ("REG-29", {"directness": "indirect"}),
    ("REG-31", {"closing_hours": 0}),
    ("REG-32", {"rejected_for": ("wrongly_completed", "late", "other")}),
    ("REG-33", {"decision_principle": "absolute_majority", "majority_of": "registered"}),
    ("REG-34", {"protocol_signed_by": ("commission",)}),
    ("REG-37", {"notice_channels": ("mailing", "chat")}),
    ("REG-90", {"tie": "seniority_of_criteria", "tie_criteria": {"kk": "Реті."}}),
    ("REG-92", {"minimum_turnout_percent": 50}),
    ("REG-94", {"languages": ("ru", "kk", "en"), "prevailing_language": "en"}),
    ("REG-94", {"prevailing_language": None}),
    ("REG-95", {"smallest_cell": 3}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "changed"), FULFILLED)
def test_a_rule_stays_fulfilled_where_another_answer_is_as_good(
    rule: str, changed: dict[str, Any]
) -> None:
    assert found(rule, **changed) == Finding(
        rule, LEVEL_OF[rule], Outcome.FULFILLED, reason="answered"
    )


SILENT: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("REG-05", {"contest_model": "other"}, ("contest_model_text",)),
    ("REG-06", {"candidate_documents": ()}, ("candidate_documents",)),
    ("REG-07", {"replacement": "other"}, ("replacement_text",)),
    ("REG-07", {"replacement_of_alternate": "other"}, ("replacement_of_alternate_text",)),
    ("REG-18", {"approval_kind": "other"}, ("approval_kind_text",)),
    ("REG-22", {"organiser_appointed_by": "other"}, ("organiser_appointed_text",)),
    ("REG-33", {"decision_principle": "absolute_majority"}, ("majority_of",)),
    ("REG-90", {"tie": "seniority_of_criteria"}, ("tie_criteria",)),
    ("REG-90", {"tie": "other"}, ("tie_text",)),
    ("REG-91", {"complaint_to": "other"}, ("complaint_to_text",)),
    ("REG-93", {"midterm": "other"}, ("midterm_text",)),
]


@pytest.mark.parametrize(("rule", "changed", "unsaid"), SILENT)
def test_another_way_that_is_not_described_leaves_the_rule_unregulated(
    rule: str, changed: dict[str, Any], unsaid: tuple[str, ...]
) -> None:
    around = replace(APPROVED, approval=replace(APPROVAL, kind=""))
    finding = found(rule, around, **changed)

    assert (finding.outcome, finding.questions) == (Outcome.NOT_REGULATED, unsaid)
    assert finding.reason == "partly"


@pytest.mark.parametrize("name", [name for name in QUESTIONS if is_asked(name, sound())])
def test_silence_on_one_question_leaves_its_rule_unregulated_and_no_other(name: str) -> None:
    question = QUESTIONS[name]
    silent = replace(sound(), **{name: getattr(EMPTY, name)})
    not_kept = {
        rule: outcome
        for rule, outcome in outcomes(silent).items()
        if outcome is not Outcome.FULFILLED
    }

    after = {
        QUESTIONS[other].rule
        for other in QUESTIONS
        if is_asked(other, silent) and not is_asked(other, sound())
    }
    expected = {question.rule} if not question.is_optional else set()
    assert not_kept == dict.fromkeys(expected | after, Outcome.NOT_REGULATED)
    if expected:
        assert name in found(question.rule, **{name: getattr(EMPTY, name)}).questions


# Two rules that wait for another answer


def test_a_closing_hour_is_needed_only_where_votes_come_in_after_the_assembly() -> None:
    unsaid: dict[str, Any] = {"closing_hours": None}

    at_the_assembly = found("REG-31", vote_channels=("assembly_paper",), **unsaid)
    assert (at_the_assembly.outcome, at_the_assembly.reason) == (Outcome.FULFILLED, "not-asked")
    by_mail = found("REG-31", vote_channels=("envelope",), **unsaid)
    assert (by_mail.outcome, by_mail.reason) == (Outcome.NOT_REGULATED, "")
    unknown = found("REG-31", vote_channels=(), **unsaid)
    assert (unknown.outcome, unknown.reason) == (Outcome.NOT_REGULATED, "channels-unknown")


def test_while_one_list_of_tasks_is_missing_no_task_is_called_nobodys() -> None:
    finding = found("REG-01", commission_tasks=())

    assert (finding.outcome, finding.questions) == (Outcome.NOT_REGULATED, ("commission_tasks",))


def test_what_is_broken_outranks_what_is_not_said() -> None:
    finding = found("REG-22", organisers=2, organiser_appointed_by=None)

    assert (finding.outcome, finding.reason) == (Outcome.BROKEN, "several-organisers")


# Levels and the stages they close


def test_ten_rules_are_recommended_and_the_others_obligatory() -> None:
    assert {rule for rule in RULES if LEVEL_OF[rule] is Level.SHOULD} == {
        *("REG-09", "REG-11", "REG-20", "REG-37", "REG-39"),
        *("REG-40", "REG-41", "REG-92", "REG-93", "REG-94"),
    }
    assert set(LEVEL_OF) == set(RULES)


def test_every_rule_belongs_to_a_move_that_exists() -> None:
    assert set(STAGE_OF) == set(RULES)
    assert set(STAGE_OF.values()) <= set(NEXT.values())
    # What is decided by the vote stands before the vote.
    assert STAGE_OF["REG-90"] is STAGE_OF["REG-34"] is State.VOTING


def test_a_must_left_open_or_broken_closes_its_stage_and_a_should_does_not() -> None:
    assert found("REG-90", tie=None).closes is State.VOTING
    assert found("REG-22", organisers=3).closes is State.ANNOUNCED
    assert found("REG-90").closes is None
    assert found("REG-94", languages=()).closes is None


def test_a_body_may_tighten_a_level() -> None:
    around = replace(APPROVED, tightened=frozenset({"REG-94"}))

    tightened = found("REG-94", around, languages=())
    assert (tightened.level, tightened.closes) == (Level.MUST, State.REGISTRATION)
    assert found("REG-93", around, midterm=None).closes is None
    assert found("REG-90", around).level is Level.MUST


# What closes a move beside the gates that ask one question each


def closing(to: State, **changed: Any) -> list[str]:
    said = replace(sound(), **changed)
    return [each.rule for each in unsettled(to, said, replace(APPROVED, approval=None))]


def test_a_sound_regulation_closes_no_move_even_before_it_is_approved() -> None:
    assert [closing(to) for to in State] == [[]] * len(State)


def test_an_empty_regulation_closes_each_move_with_the_obligatory_rules_that_belong_to_it() -> None:
    closed = {to: [each.rule for each in unsettled(to, EMPTY)] for to in State}

    asked_alone = {"REG-05", "REG-33", "REG-90", "REG-95"}  # all they ask has gates of its own
    approval = {"REG-19"}
    for to, rules in closed.items():
        assert set(rules) == {
            rule for rule in RULES if LEVEL_OF[rule] is Level.MUST and STAGE_OF[rule] is to
        } - asked_alone - (approval if to is State.ANNOUNCED else set()), to  # fmt: skip


def test_a_question_with_a_gate_of_its_own_is_left_to_that_gate() -> None:
    assert closing(State.VOTING, tie=None) == []
    assert closing(State.VOTING, smallest_cell=None) == []
    assert closing(State.REGISTRATION, complaint_days=None) == []
    assert closing(State.VOTING, replacement=None) == []


def test_what_is_unsaid_beside_it_is_not() -> None:
    assert closing(State.REGISTRATION, complaint_days=None, complaint_to=None) == ["REG-91"]
    assert closing(State.VOTING, tie="other") == ["REG-90"]
    assert closing(State.VOTING, replacement_of_alternate=None) == ["REG-07"]


def test_what_is_broken_closes_though_its_question_has_a_gate_of_its_own() -> None:
    assert closing(State.VOTING, smallest_cell=2) == ["REG-95"]


def test_each_rule_closes_its_own_move_only() -> None:
    assert closing(State.ANNOUNCED, organisers=2, commission_declares=False) == ["REG-22"]
    assert closing(State.REGISTRATION, organisers=2, commission_declares=False) == ["REG-23"]
    assert closing(State.COUNTING, organisers=2, commission_declares=False) == []
