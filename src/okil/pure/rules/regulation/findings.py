"""What a regulation settles, breaks or leaves unsaid, rule by rule: never guessed.

A rule is broken where what is said contradicts it, fulfilled where all it asks is said, and not
regulated in between. Broken outranks not regulated: who mends it reads of the worse first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from okil.pure.rules.regulation.questions import (
    AGENDA,
    OPEN_CHANNELS,
    PROTOCOL_ITEMS,
    QUESTIONS,
    QUESTIONS_OF,
    RULES,
    SMALLEST_CELL_FLOOR,
    SWORN,
    TASKS,
    Regulation,
    is_answered,
    is_asked,
    open_questions,
)
from okil.pure.rules.stages import ASKED_ALONE, State

MOST_REVIEW_MONTHS = 3
MOST_COMMISSIONERS = 3
MOST_VOTER_FIELDS = 5
MOST_TERMS = 2  # unless the body says otherwise
LEAST_CHANNELS = 2
# What the groups decide together; each must be the same in all regulations (REG-16).
COMMON_QUESTIONS = tuple(
    name for rule in ("REG-12", "REG-13", "REG-14", "REG-15") for name in QUESTIONS_OF[rule]
)


class Outcome(StrEnum):
    FULFILLED = "fulfilled"
    BROKEN = "broken"
    NOT_REGULATED = "not_regulated"


class Level(StrEnum):
    MUST = "must"
    SHOULD = "should"


LEVEL_OF: Mapping[str, Level] = {
    **dict.fromkeys(RULES, Level.MUST),
    **dict.fromkeys(
        (
            *("REG-09", "REG-11", "REG-20", "REG-37", "REG-39"),
            *("REG-40", "REG-41", "REG-92", "REG-93", "REG-94"),
        ),
        Level.SHOULD,
    ),
}
# The move INTO which a rule that must be kept closes, if it is broken or not regulated. What the vote
# and its results need is settled before the vote opens: afterwards the result would decide it.
STAGE_OF: Mapping[str, State] = {
    **dict.fromkeys(("REG-18", "REG-19", "REG-20", "REG-41", "REG-22", "REG-01"), State.ANNOUNCED),
    **dict.fromkeys(
        (
            *("REG-21", "REG-23", "REG-04", "REG-02", "REG-03"),
            *("REG-26", "REG-27", "REG-11", "REG-10", "REG-28"),
            *("REG-25", "REG-06", "REG-24", "REG-09"),
            *("REG-16", "REG-12", "REG-13", "REG-14", "REG-15", "REG-08"),
            *("REG-91", "REG-36", "REG-37", "REG-94"),
        ),
        State.REGISTRATION,
    ),
    **dict.fromkeys(("REG-38", "REG-05", "REG-92"), State.CANDIDATES_PUBLISHED),
    **dict.fromkeys(
        (
            *("REG-33", "REG-90", "REG-07", "REG-93", "REG-39"),
            *("REG-29", "REG-30", "REG-31", "REG-32", "REG-40"),
            *("REG-34", "REG-17", "REG-35", "REG-95"),
        ),
        State.VOTING,
    ),
}


@dataclass(frozen=True, slots=True)
class Approval:
    """The decision by which the group approved its regulation; an empty field is not stated."""

    body: str
    kind: str  # one of the answers to `approval_kind`; "" = not known
    made_on: date | None
    number: str


@dataclass(frozen=True, slots=True)
class Around:
    """What is known beside the answers. None: not known, and a rule is not judged on it.

    Without an approval a regulation is none yet: REG-18 and REG-19 stay not regulated.
    `common`: what all groups decided together. `regions`: those of the group's mapping.
    `tightened`: rules the body made a "must". `most_terms`: the body's limit of membership.
    """

    approval: Approval | None = None
    common: Mapping[str, Any] | None = None
    regions: tuple[str, ...] | None = None
    tightened: frozenset[str] = frozenset()
    most_terms: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """`questions`: those it is about. `reason` and `facts`: for the sentence; no reason where the
    regulation is silent altogether.
    """

    rule: str
    level: Level
    outcome: Outcome
    questions: tuple[str, ...] = ()
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def closes(self) -> State | None:
        """The move that this finding closes."""
        stands = self.level is Level.SHOULD or self.outcome is Outcome.FULFILLED
        return None if stands else STAGE_OF[self.rule]


def examine(regulation: Regulation, around: Around = Around()) -> tuple[Finding, ...]:
    """One finding for each rule, in the order of RULES."""
    return tuple(examine_rule(rule, regulation, around) for rule in RULES)


def examine_rule(rule: str, regulation: Regulation, around: Around = Around()) -> Finding:
    """What the regulation says to this rule."""
    level = Level.MUST if rule in around.tightened else LEVEL_OF[rule]
    fault = next(_faults(rule, regulation, around), None)
    if fault:
        return Finding(rule, level, Outcome.BROKEN, fault.questions, fault.reason, fault.facts)
    unsaid = open_questions(rule, regulation)
    if unsaid:
        reason = _why_unsettled(rule, regulation)
        return Finding(rule, level, Outcome.NOT_REGULATED, unsaid, reason)
    gap = _approval_gap(rule, around.approval)
    if gap:
        return Finding(rule, level, Outcome.NOT_REGULATED, reason=gap)
    names = QUESTIONS_OF[rule]
    asked = not names or any(is_asked(name, regulation) for name in names)
    reason = "answered" if asked else "not-asked"
    return Finding(rule, level, Outcome.FULFILLED, reason=reason)


def unsettled(to: State, regulation: Regulation, around: Around = Around()) -> tuple[Finding, ...]:
    """What closes the move into this state, beside the gates that ask one question each.

    That the group approved its regulation is a gate of its own too.
    """
    closing = (each for each in examine(regulation, around) if each.closes is to)
    return tuple(each for each in closing if each.questions and not _is_asked_alone(each))


def _is_asked_alone(finding: Finding) -> bool:
    return finding.outcome is Outcome.NOT_REGULATED and ASKED_ALONE.issuperset(finding.questions)


def _why_unsettled(rule: str, regulation: Regulation) -> str:
    if rule == "REG-31" and not regulation.vote_channels:
        return "channels-unknown"
    names = QUESTIONS_OF[rule]
    says_something = any(
        is_asked(each, regulation) and is_answered(each, regulation) for each in names
    )
    return "partly" if says_something else ""


# What of the decision each rule needs
APPROVAL_NEEDS: Mapping[str, tuple[str, ...]] = {
    "REG-18": ("body", "kind", "made_on"),
    "REG-19": ("body", "made_on", "number"),
}


def _approval_gap(rule: str, approval: Approval | None) -> str:
    needs = APPROVAL_NEEDS.get(rule, ())
    if needs and approval is None:
        return "not-approved"
    return "" if all(getattr(approval, name) for name in needs) else "approval-incomplete"


# What breaks a rule


@dataclass(frozen=True, slots=True)
class Fault:
    reason: str
    questions: tuple[str, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


Judge = Callable[[Regulation, Around], Iterator[Fault]]

# A "no" (or a "yes") that breaks the rule.
BREAKS: Mapping[str, tuple[bool, str]] = {
    "clauses_are_marked": (False, "clauses-not-marked"),
    "organiser_does_not_stand": (False, "organiser-may-stand"),
    "commission_from_partners": (False, "commission-not-from-partners"),
    "commission_takes_no_part": (False, "commission-takes-part"),
    "commission_declares": (False, "no-declaration"),
    "observers_obligatory": (False, "observers-not-obligatory"),
    "voter_form_annexed": (False, "no-form"),
    "notarised_proof": (True, "notarised-proof"),
    "all_regions_involved": (False, "regions-not-involved"),
    "exact_registration_times": (False, "no-exact-times"),
    "self_analysis": (False, "no-self-analysis"),
    "admission_is_written": (False, "admission-not-written"),
    "equal_conditions": (False, "unequal-conditions"),
    "common_rules_apply": (False, "common-rules-refused"),
    "group_is_told": (False, "group-not-told"),
    "complaint_without_concerned": (False, "concerned-decides"),
    "data_is_closed": (False, "data-not-closed"),
}
# A list that names something must name at least these.
MUST_NAME: Mapping[str, tuple[tuple[str, ...], str]] = {
    "sworn": (SWORN, "not-all-sworn"),
    "rejected_for": (("wrongly_completed", "late"), "grounds-missing"),
    "agenda": (AGENDA, "agenda-incomplete"),
    "languages": (("ru", "kk"), "languages-missing"),
    "protocol_items": (PROTOCOL_ITEMS, "items-missing"),
    "protocol_signed_by": (("commission",), "commission-does-not-sign"),
}


def _faults(rule: str, regulation: Regulation, around: Around) -> Iterator[Fault]:
    if rule in JUDGES:
        yield from JUDGES[rule](regulation, around)
    for name in QUESTIONS_OF[rule]:
        answer = getattr(regulation, name)
        if name in BREAKS and answer is BREAKS[name][0]:
            yield Fault(BREAKS[name][1], (name,))
        if name in MUST_NAME and answer:
            needed, reason = MUST_NAME[name]
            lacking = tuple(each for each in needed if each not in answer)
            if lacking:
                yield Fault(reason, (name,), {name: lacking})


def _approved_as_it_says(regulation: Regulation, around: Around) -> Iterator[Fault]:
    said = regulation.approval_kind
    done = around.approval.kind if around.approval else ""
    if said and done and said != done:
        facts = {"approval_kind": said, "approved_by": done}
        yield Fault("approved-otherwise", ("approval_kind",), facts)


def _reviewed_soon(regulation: Regulation, around: Around) -> Iterator[Fault]:
    if (regulation.review_months or 0) > MOST_REVIEW_MONTHS:
        facts = {"review_months": regulation.review_months, "most": MOST_REVIEW_MONTHS}
        yield Fault("review-too-late", ("review_months",), facts)


def _one_organiser(regulation: Regulation, around: Around) -> Iterator[Fault]:
    if regulation.organisers not in (None, 1):
        yield Fault("several-organisers", ("organisers",), {"organisers": regulation.organisers})


def _small_commission(regulation: Regulation, around: Around) -> Iterator[Fault]:
    size = regulation.commission_size
    if (size or 0) > MOST_COMMISSIONERS:
        yield Fault("commission-too-large", ("commission_size",), {"commission_size": size})


def _each_task_has_one_owner(regulation: Regulation, around: Around) -> Iterator[Fault]:
    names = ("organiser_tasks", "commission_tasks")
    organiser, commission = regulation.organiser_tasks, regulation.commission_tasks
    shared = tuple(task for task in TASKS if task in organiser and task in commission)
    if shared:
        yield Fault("tasks-shared", names, {"organiser_tasks": shared})
    # While one of the two lists is not written yet, a task may still find its owner.
    nobodys = tuple(task for task in TASKS if task not in {*organiser, *commission})
    if organiser and commission and nobodys:
        yield Fault("task-of-nobody", names, {"organiser_tasks": nobodys})


def _little_is_asked_of_voters(regulation: Regulation, around: Around) -> Iterator[Fault]:
    asked = regulation.voter_fields
    if "national_identity_number" in asked:
        yield Fault("identity-number", ("voter_fields",))
    if len(asked) > MOST_VOTER_FIELDS:
        facts = {"asked": len(asked), "most": MOST_VOTER_FIELDS}
        yield Fault("too-many-fields", ("voter_fields",), facts)


def _regions_are_those_of_the_group(regulation: Regulation, around: Around) -> Iterator[Fault]:
    if not regulation.regions or around.regions is None:
        return
    said, known = set(regulation.regions), set(around.regions)
    if said != known:
        facts = {"missing": len(known - said), "beyond": len(said - known)}
        yield Fault("regions-differ", ("regions",), facts)


def _each_criterion_has_its_proof(regulation: Regulation, around: Around) -> Iterator[Fault]:
    rows = _incomplete("criteria", regulation)
    if rows:
        yield Fault("criterion-without-proof", ("criteria",), {"rows": rows})


def _each_paper_has_its_use(regulation: Regulation, around: Around) -> Iterator[Fault]:
    rows = _incomplete("candidate_documents", regulation)
    if rows and is_asked("candidate_documents", regulation):
        yield Fault("paper-without-use", ("candidate_documents",), {"rows": rows})


def _incomplete(name: str, regulation: Regulation) -> int:
    """In how many rows a column is empty."""
    columns = QUESTIONS[name].options
    return sum(any(not row.get(each) for each in columns) for row in getattr(regulation, name))


def _terms_are_limited(regulation: Regulation, around: Around) -> Iterator[Fault]:
    most = around.most_terms or MOST_TERMS
    if (regulation.most_terms or 0) > most:
        facts = {"most_terms": regulation.most_terms, "most": most}
        yield Fault("too-many-terms", ("most_terms",), facts)
    checked = regulation.terms_checked_at
    if checked not in (None, "admission"):
        yield Fault("terms-checked-elsewhere", ("terms_checked_at",), {"terms_checked_at": checked})


def _secret_votes_go_secret_ways(regulation: Regulation, around: Around) -> Iterator[Fault]:
    seen = tuple(each for each in OPEN_CHANNELS if each in regulation.vote_channels)
    if regulation.secrecy == "secret" and seen:
        yield Fault("secret-vote-seen", ("secrecy", "vote_channels"), {"vote_channels": seen})


def _the_prevailing_language_is_used(regulation: Regulation, around: Around) -> Iterator[Fault]:
    said, used = regulation.prevailing_language, regulation.languages
    if said and used and said not in used:
        names = ("languages", "prevailing_language")
        yield Fault("prevailing-not-used", names, {"prevailing_language": said})


def _common_rules_are_kept(regulation: Regulation, around: Around) -> Iterator[Fault]:
    common = around.common or {}
    differing = tuple(
        name
        for name in COMMON_QUESTIONS
        if is_answered(name, regulation)
        and common.get(name) is not None
        and common[name] != getattr(regulation, name)
    )
    if differing:
        yield Fault("differs-from-common", differing)


def _the_cell_is_large_enough(regulation: Regulation, around: Around) -> Iterator[Fault]:
    cell = regulation.smallest_cell
    if cell is not None and cell < SMALLEST_CELL_FLOOR:
        facts = {"smallest_cell": cell, "least": SMALLEST_CELL_FLOOR}
        yield Fault("cell-too-small", ("smallest_cell",), facts)


def _several_channels(regulation: Regulation, around: Around) -> Iterator[Fault]:
    named = regulation.notice_channels
    if named == ("chat",):
        yield Fault("chat-alone", ("notice_channels",))
    elif named and len(named) < LEAST_CHANNELS:
        yield Fault("one-channel", ("notice_channels",))


# Beside the two tables above. Whoever is not named here or there breaks no rule by what it says.
JUDGES: Mapping[str, Judge] = {
    "REG-01": _each_task_has_one_owner,
    "REG-06": _each_paper_has_its_use,
    "REG-10": _regions_are_those_of_the_group,
    "REG-11": _little_is_asked_of_voters,
    "REG-16": _common_rules_are_kept,
    "REG-18": _approved_as_it_says,
    "REG-20": _reviewed_soon,
    "REG-21": _small_commission,
    "REG-22": _one_organiser,
    "REG-24": _terms_are_limited,
    "REG-25": _each_criterion_has_its_proof,
    "REG-29": _secret_votes_go_secret_ways,
    "REG-37": _several_channels,
    "REG-94": _the_prevailing_language_is_used,
    "REG-95": _the_cell_is_large_enough,
}
