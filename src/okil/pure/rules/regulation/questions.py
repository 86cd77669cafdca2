"""What a group's Election Regulation can answer: one field for each question.

`None`, an empty text and an empty list mean "not regulated": the regulation says nothing. It is never
guessed and never defaulted; the smallest cell alone has a floor of its own (REG-95), because secrecy
does not wait for a decision.
"""

# ruff: noqa: RUF009 (each call makes the field it stands for)

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

LANGUAGES = ("ru", "kk", "en")
SMALLEST_CELL_DEFAULT = 5
SMALLEST_CELL_FLOOR = 3
MOST_COMPLAINT_DAYS = 30
TURNOUT_NONE = 0  # "no minimum" said explicitly; otherwise a percentage of the roll
MOST_LETTERS = 2000  # of a text in one language
MOST_ROWS = 30

# A text in each language it was entered in; rows of such texts.
Texts = Mapping[str, str]
Rows = tuple[Mapping[str, Texts], ...]


class Kind(StrEnum):
    """In what form a question is answered."""

    CHOICE = "choice"  # one of the options
    CHOICES = "choices"  # some of the options, in their order
    NUMBER = "number"  # a whole number from `least` to `most`
    YES_NO = "yes_no"
    TEXT = "text"  # one's own words, by language
    ROWS = "rows"  # a table: in each row a text for each of `options`
    REGIONS = "regions"  # codes as in ISO 3166-2


@dataclass(frozen=True, slots=True)
class Question:
    """`asked_if`: another question, and the answers to it under which this one is asked at all; of a
    list, one of them is enough. None among them: also while the other is not answered.
    """

    rule: str
    kind: Kind
    options: tuple[Any, ...] = ()
    least: int = 0
    most: int = 0
    is_optional: bool = False  # the rule is kept without an answer too
    asked_if: tuple[str, tuple[Any, ...]] | None = None


class Part(StrEnum):
    """The parts of a regulation, in their order."""

    ITSELF = "itself"
    OFFICERS = "officers"
    VOTERS = "voters"
    CANDIDATES = "candidates"
    SEATS = "seats"
    VOTING = "voting"
    SEVERAL_ROLES = "several_roles"
    RESULTS = "results"
    DATA = "data"


PART_OF_RULE: Mapping[str, Part] = {
    **dict.fromkeys(("REG-18", "REG-19", "REG-20", "REG-41"), Part.ITSELF),
    **dict.fromkeys(
        ("REG-22", "REG-21", "REG-23", "REG-01", "REG-04", "REG-02", "REG-03"), Part.OFFICERS
    ),
    **dict.fromkeys(("REG-26", "REG-27", "REG-11", "REG-10", "REG-28"), Part.VOTERS),
    **dict.fromkeys(("REG-25", "REG-06", "REG-24", "REG-09", "REG-38"), Part.CANDIDATES),
    **dict.fromkeys(
        ("REG-05", "REG-33", "REG-90", "REG-92", "REG-07", "REG-93", "REG-39"), Part.SEATS
    ),
    **dict.fromkeys(("REG-29", "REG-30", "REG-31", "REG-32", "REG-40", "REG-94"), Part.VOTING),
    **dict.fromkeys(
        ("REG-16", "REG-12", "REG-13", "REG-14", "REG-15", "REG-08"), Part.SEVERAL_ROLES
    ),
    **dict.fromkeys(("REG-34", "REG-17", "REG-91", "REG-35"), Part.RESULTS),
    **dict.fromkeys(("REG-36", "REG-95", "REG-37"), Part.DATA),
}

# The answers, for each question that offers a choice.
VOTER_KIND = ("natural_person", "legal_entity")
CONTEST_MODEL = ("single_contest_runner_up_alternate", "two_parallel_contests", "other")
DECISION_PRINCIPLE = ("plurality", "absolute_majority")
MAJORITY_OF = ("votes_cast", "votes_for_candidates", "registered")  # more than half of what
TIE = ("repeat_vote_between_tied", "lot", "seniority_of_criteria", "other")
SINGLE_CANDIDATE = ("vote_for_or_against", "elected_without_vote", "extend_registration")
REPLACEMENT = ("repeat_vote", "next_by_votes", "other")
MIDTERM = ("by_election", "alternate_until_the_end", "other")
SUSPENSION = ("suspends", "does_not_suspend")  # what a complaint does to the act
COMMISSION_SIZE = (2, 3)
APPROVAL = ("forum", "assembly", "other")
APPROVAL_MAJORITY = ("more_than_half", "two_thirds")
APPOINTMENT = ("assembly", "other")
TASKS = (
    "send_notices",
    "take_applications",
    "prepare_assembly",
    "keep_documents",
    "verify_voters",
    "verify_candidates",
    "decide_admission",
    "count_votes",
    "determine_result",
)
SWORN = ("commission", "observer", "organiser")
SWORN_IN = ("protocol", "separate_document")
INVITING = ("organiser", "community", "secretariat")
OBSERVING = (
    "present_at_all_stages",
    "present_at_count",
    "see_all_but_personal_data",
    "written_remarks",
    "no_vote",
)
VOTER_FIELDS = (
    "contact",
    "name_or_pseudonym",
    "full_name",
    "region",
    "basis_of_belonging",
    "organisation",
    "authorised_person",
    "national_identity_number",
)
PAPERS = ("form_only", "form_and_listed")
CHECKED_AT = ("submission", "admission", "approval")
COUNTS = ("count", "do_not_count")
ALTERNATE_DUTIES = ("replaces_member", "receives_papers", "delegated_tasks")
DIRECTNESS = ("direct", "indirect")
SECRECY = ("secret", "open")
CHANNELS = ("assembly_paper", "envelope", "online", "roll_call", "email_form")
SECRET_CHANNELS = ("assembly_paper", "envelope", "online")
OPEN_CHANNELS = ("roll_call", "email_form")
AFTER_THE_ASSEMBLY = ("envelope", "online", "email_form")
REJECTED_FOR = ("wrongly_completed", "late", "other")
AGENDA = ("speeches", "questions", "counting_explained", "observers_introduced", "vote")
VOTER_IN_MANY = ("one_choice", "several", "several_declared")
ALLOWANCE = ("allowed", "declared", "forbidden")
CONFLICT_TO = ("commission", "organiser", "assembly")
CONFLICT_EFFECT = ("recusal", "limited_powers", "note")
PROTOCOL_ITEMS = (
    "whole_process",
    "number_of_voters",
    "geography",
    "organisations",
    "candidates",
    "votes",
    "not_accepted",
    "observers",
    "decision",
)
SIGNERS = ("commission", "organiser")
INFORMING = ("protocol", "letter", "article")
COMPLAINING = ("voter", "candidate", "observer")
COMPLAINT_BODY = ("commission", "assembly", "secretariat", "other")
ARCHIVED = ("protocol", "decisions", "notices", "regulation")
PUBLISHED = ("group_name", "number_of_voters", "votes", "regions", "names_with_consent")
CHANNELS_OF_NOTICE = ("sites", "mailing", "assembly", "telephone", "chat", "other")


def _choice(rule: str, options: tuple[Any, ...], **more: Any) -> Any:
    return _asked(Question(rule, Kind.CHOICE, options, **more))


def _choices(rule: str, options: tuple[str, ...], **more: Any) -> Any:
    return _asked(Question(rule, Kind.CHOICES, options, **more), default=())


def _number(rule: str, least: int, most: int, **more: Any) -> Any:
    return _asked(Question(rule, Kind.NUMBER, least=least, most=most, **more))


def _yes_no(rule: str, **more: Any) -> Any:
    return _asked(Question(rule, Kind.YES_NO, **more))


def _text(rule: str, **more: Any) -> Any:
    return _asked(Question(rule, Kind.TEXT, **more))


def _rows(rule: str, columns: tuple[str, ...], **more: Any) -> Any:
    return _asked(Question(rule, Kind.ROWS, columns, **more), default=())


def _asked(question: Question, default: Any = None) -> Any:
    return field(default=default, metadata={"question": question})


@dataclass(frozen=True)
class Regulation:
    """The answers; "other" means that the text beside it describes the way."""

    # What the workflow, the count and the protocol follow
    voter_kind: str | None = _choice("REG-26", VOTER_KIND)
    contest_model: str | None = _choice("REG-05", CONTEST_MODEL)
    decision_principle: str | None = _choice("REG-33", DECISION_PRINCIPLE)
    majority_of: str | None = _choice(
        "REG-33", MAJORITY_OF, asked_if=("decision_principle", ("absolute_majority", None))
    )
    tie: str | None = _choice("REG-90", TIE)
    single_candidate: str | None = _choice("REG-92", SINGLE_CANDIDATE)
    minimum_turnout_percent: int | None = _number("REG-92", TURNOUT_NONE, 100)
    replacement: str | None = _choice("REG-07", REPLACEMENT)
    complaint_days: int | None = _number("REG-91", 1, MOST_COMPLAINT_DAYS)  # working days
    complaint_effect: str | None = _choice("REG-91", SUSPENSION)
    midterm: str | None = _choice("REG-93", MIDTERM)
    commission_size: int | None = _choice("REG-21", COMMISSION_SIZE)
    smallest_cell: int | None = _number("REG-95", SMALLEST_CELL_FLOOR, 100)
    languages: tuple[str, ...] = _choices("REG-94", LANGUAGES)

    # The regulation itself
    approval_kind: str | None = _choice("REG-18", APPROVAL)
    approval_kind_text: Texts | None = _text("REG-18", asked_if=("approval_kind", ("other",)))
    approval_majority: str | None = _choice("REG-18", APPROVAL_MAJORITY)
    review_months: int | None = _number("REG-20", 1, 24)
    clauses_are_marked: bool | None = _yes_no("REG-41")
    unused_elections: int | None = _number("REG-41", 1, 5, is_optional=True)

    # Organiser, commission, observers
    organisers: int | None = _number("REG-22", 1, 9)
    organiser_appointed_by: str | None = _choice("REG-22", APPOINTMENT)
    organiser_appointed_text: Texts | None = _text(
        "REG-22", asked_if=("organiser_appointed_by", ("other",))
    )
    organiser_does_not_stand: bool | None = _yes_no("REG-22")
    commission_from_partners: bool | None = _yes_no("REG-21")
    commission_takes_no_part: bool | None = _yes_no("REG-21")  # neither candidate nor voter here
    commission_declares: bool | None = _yes_no("REG-23")
    organiser_tasks: tuple[str, ...] = _choices("REG-01", TASKS)
    commission_tasks: tuple[str, ...] = _choices("REG-01", TASKS)
    sworn: tuple[str, ...] = _choices("REG-04", SWORN)
    sworn_in: str | None = _choice("REG-04", SWORN_IN)
    observers_obligatory: bool | None = _yes_no("REG-02")
    observers_invited_by: str | None = _choice("REG-02", INVITING)
    observers_at_least: int | None = _number("REG-02", 1, 20, is_optional=True)
    observers_invited_days: int | None = _number("REG-02", 0, 60, is_optional=True)
    observer_tasks: tuple[str, ...] = _choices("REG-03", OBSERVING)

    # Voters
    voter_definition: Texts | None = _text("REG-26")
    voter_form_annexed: bool | None = _yes_no("REG-27")
    voter_fields: tuple[str, ...] = _choices("REG-11", VOTER_FIELDS)
    notarised_proof: bool | None = _yes_no("REG-11")
    all_regions_involved: bool | None = _yes_no("REG-10")
    regions: tuple[str, ...] = _asked(Question("REG-10", Kind.REGIONS), default=())
    exact_registration_times: bool | None = _yes_no("REG-28")
    registration_notice_days: int | None = _number("REG-28", 0, 60, is_optional=True)

    # Candidates
    criteria: Rows = _rows("REG-25", ("criterion", "proof"))
    candidate_papers: str | None = _choice("REG-06", PAPERS)
    candidate_documents: Rows = _rows(
        "REG-06",
        ("document", "used_by", "purpose"),
        asked_if=("candidate_papers", ("form_and_listed",)),
    )
    most_terms: int | None = _number("REG-24", 1, 9)  # one after the other
    terms_checked_at: str | None = _choice("REG-24", CHECKED_AT)
    terms_for_other_groups: str | None = _choice("REG-24", COUNTS, is_optional=True)
    self_analysis: bool | None = _yes_no("REG-09")
    admission_is_written: bool | None = _yes_no("REG-38")
    admission_told_days: int | None = _number("REG-38", 0, 30, is_optional=True)

    # From votes to seats
    contest_model_text: Texts | None = _text("REG-05", asked_if=("contest_model", ("other",)))
    tie_criteria: Texts | None = _text("REG-90", asked_if=("tie", ("seniority_of_criteria",)))
    tie_text: Texts | None = _text("REG-90", asked_if=("tie", ("other",)))
    replacement_of_alternate: str | None = _choice("REG-07", REPLACEMENT)
    replacement_text: Texts | None = _text("REG-07", asked_if=("replacement", ("other",)))
    replacement_of_alternate_text: Texts | None = _text(
        "REG-07", asked_if=("replacement_of_alternate", ("other",))
    )
    repeat_vote_days: int | None = _number("REG-07", 1, 60, is_optional=True)
    midterm_text: Texts | None = _text("REG-93", asked_if=("midterm", ("other",)))
    by_election_days: int | None = _number("REG-93", 1, 365, is_optional=True)
    alternate_duties: tuple[str, ...] = _choices("REG-39", ALTERNATE_DUTIES)
    alternate_most_terms: int | None = _number("REG-39", 1, 9)
    alternate_terms: str | None = _choice("REG-39", COUNTS)

    # The assembly and the vote
    directness: str | None = _choice("REG-29", DIRECTNESS)
    secrecy: str | None = _choice("REG-29", SECRECY)
    vote_channels: tuple[str, ...] = _choices("REG-29", CHANNELS)
    equal_conditions: bool | None = _yes_no("REG-30")
    closing_hours: int | None = _number(  # after the assembly
        "REG-31", 0, 720, asked_if=("vote_channels", (*AFTER_THE_ASSEMBLY, None))
    )
    rejected_for: tuple[str, ...] = _choices("REG-32", REJECTED_FOR)
    wrongly_completed_means: Texts | None = _text("REG-32", is_optional=True)
    agenda: tuple[str, ...] = _choices("REG-40", AGENDA)
    speech_minutes: int | None = _number("REG-40", 1, 120, is_optional=True)
    prevailing_language: str | None = _choice("REG-94", LANGUAGES, is_optional=True)

    # Several groups, several roles
    common_rules_apply: bool | None = _yes_no("REG-16")
    voter_in_many: str | None = _choice("REG-12", VOTER_IN_MANY)
    commission_and_voter: str | None = _choice("REG-13", ALLOWANCE)
    candidate_and_voter: str | None = _choice("REG-14", ALLOWANCE)
    most_commissions: int | None = _number("REG-15", 1, 9)
    conflict_told_to: str | None = _choice("REG-08", CONFLICT_TO)
    conflict_decided_by: str | None = _choice("REG-08", CONFLICT_TO)
    conflict_effects: tuple[str, ...] = _choices("REG-08", CONFLICT_EFFECT)
    conflict_days: int | None = _number("REG-08", 0, 30, is_optional=True)

    # Results
    protocol_items: tuple[str, ...] = _choices("REG-34", PROTOCOL_ITEMS)
    protocol_signed_by: tuple[str, ...] = _choices("REG-34", SIGNERS)
    group_is_told: bool | None = _yes_no("REG-17")
    told_by: tuple[str, ...] = _choices("REG-17", INFORMING)
    told_days: int | None = _number("REG-17", 0, 60, is_optional=True)  # working days
    complaint_by: tuple[str, ...] = _choices("REG-91", COMPLAINING)
    complaint_to: str | None = _choice("REG-91", COMPLAINT_BODY)
    complaint_to_text: Texts | None = _text("REG-91", asked_if=("complaint_to", ("other",)))
    complaint_without_concerned: bool | None = _yes_no("REG-91")  # they take no part in deciding
    complaint_decision_days: int | None = _number("REG-91", 1, 60)  # working days
    archived: tuple[str, ...] = _choices("REG-35", ARCHIVED)
    archive_place: Texts | None = _text("REG-35")
    archive_keeper: Texts | None = _text("REG-35")
    archive_years: int | None = _number("REG-35", 1, 75)
    personal_data_months: int | None = _number("REG-35", 0, 120, is_optional=True)

    # Personal data, communication
    data_is_closed: bool | None = _yes_no("REG-36")  # at every stage, to all who do not need it
    published: tuple[str, ...] = _choices("REG-36", PUBLISHED)
    notice_channels: tuple[str, ...] = _choices("REG-37", CHANNELS_OF_NOTICE)

    @property
    def cell(self) -> int:
        """The smallest cell that may be published, whatever the regulation leaves unsaid."""
        return max(self.smallest_cell or SMALLEST_CELL_DEFAULT, SMALLEST_CELL_FLOOR)


QUESTIONS: Mapping[str, Question] = {
    each.name: each.metadata["question"] for each in fields(Regulation)
}
RULE_OF: Mapping[str, str] = {name: question.rule for name, question in QUESTIONS.items()}
# The rules, part by part, in the order in which a regulation is written and read.
RULES: tuple[str, ...] = tuple(PART_OF_RULE)
QUESTIONS_OF: Mapping[str, tuple[str, ...]] = {
    rule: tuple(name for name in QUESTIONS if RULE_OF[name] == rule) for rule in RULES
}
RULES_OF: Mapping[Part, tuple[str, ...]] = {
    part: tuple(rule for rule in RULES if PART_OF_RULE[rule] is part) for part in Part
}


def is_asked(name: str, regulation: Regulation) -> bool:
    """Is this a question at all under the other answers?"""
    condition = QUESTIONS[name].asked_if
    if condition is None:
        return True
    other, answers = condition
    said = getattr(regulation, other)
    if isinstance(said, tuple):
        return any(each in answers for each in said or (None,))
    return said in answers


def is_answered(name: str, regulation: Regulation) -> bool:
    """Does the regulation say something? A zero and a "no" are answers."""
    return getattr(regulation, name) not in (None, (), {})


def open_questions(rule: str, regulation: Regulation) -> tuple[str, ...]:
    """What a rule needs and the regulation leaves unsaid."""
    return tuple(
        name
        for name in QUESTIONS_OF[rule]
        if not QUESTIONS[name].is_optional
        and is_asked(name, regulation)
        and not is_answered(name, regulation)
    )


def unanswered(regulation: Regulation) -> tuple[str, ...]:
    """All that is needed and left unsaid, in the order of the regulation's fields."""
    return tuple(name for name in QUESTIONS if name in open_questions(RULE_OF[name], regulation))
