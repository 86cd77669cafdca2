"""Refusals and events of this area as sentences; names of stages and states; what each gate asks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals
from okil.foundation.web.languages import Texts, words_from
from okil.pure.rules.stages import BY_CODE, Stage, State

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WORDS = Path(__file__).parent / "words"
_STAGES: dict[str, Any] = words_from(WORDS / "stages.json")
MODEL_PLAN: dict[str, Any] = words_from(WORDS / "model_plan.json")
PLAN_ROLES: dict[str, Texts] = words_from(WORDS / "plan_roles.json")


def stage_name(stage: int) -> Texts:
    name: Texts = _STAGES["stages"][str(int(stage))]
    return name


def state_name(state: str) -> Texts:
    """Two or three words for a table."""
    label: Texts = _STAGES["states"][state]["label"]
    return label


def state_sentence(state: str) -> Texts:
    """What is happening now, in one sentence."""
    sentence: Texts = _STAGES["states"][state]["now"]
    return sentence


def flag_name(flag: str) -> Texts:
    name: Texts = _STAGES["flags"][flag]
    return name


def round_kind_name(kind: str) -> Texts:
    return flag_name(kind)


# The button and the heading of the move into a state.
MOVES: dict[State, _StrPromise] = {
    State.ANNOUNCED: _("Announce the election"),
    State.REGISTRATION: _("Open registration"),
    State.CANDIDATES_PUBLISHED: _("Publish the candidate list"),
    State.VOTING: _("Open the vote"),
    State.COUNTING: _("Close the vote and begin the count"),
    State.RESULTS: _("Record the signed protocol"),
    State.SUBMITTED: _("Submit the package to the Secretariat"),
    State.PUBLISHED: _("Publish the results"),
    State.CONCLUDED: _("Conclude the election"),
}
# What follows from a move, for the page that asks once more.
CONSEQUENCES: dict[State, _StrPromise] = {
    State.ANNOUNCED: _("The group's page says that the election is announced and shows its dates."),
    State.REGISTRATION: _("Candidates and voters may apply from now on."),
    State.CANDIDATES_PUBLISHED: _("The list is frozen and everybody may read it."),
    State.VOTING: _("Voters may vote; the list and the rules do not change any more."),
    State.COUNTING: _("No ballot is accepted any more."),
    State.RESULTS: _("The protocol is final; a correction needs a second version with a reason."),
    State.SUBMITTED: _("The Secretariat receives the package and checks that it is complete."),
    State.PUBLISHED: _("Everybody sees the result; the time for complaints begins."),
    State.CONCLUDED: _("The election is over; its papers stay in the archive."),
}


@dataclass(frozen=True, slots=True)
class GateWords:
    """What must be so, why, and (where a person answers) the sentence they put their role to."""

    title: _StrPromise
    reason: _StrPromise
    statement: _StrPromise | None = None


GATE_WORDS: dict[str, GateWords] = {
    "cycle-decided": GateWords(
        _("Record the decision that opens the cycle"),
        _(
            "A meeting of the body fixes dates, seats and who is responsible; without it nobody may announce."
        ),
    ),
    "stage-dates-set": GateWords(
        _("Set the dates of all stages"),
        _("People learn from the announcement when each stage begins and ends."),
    ),
    "organiser-named": GateWords(
        _("Name the organiser of the group"),
        _("Exactly one person runs the group's election and does not stand in it."),
    ),
    "regulation-adopted": GateWords(
        _("Enter the group's Election Regulation"),
        _("Forms, count and protocol follow from it. It needs the decision that adopted it."),
    ),
    "announcement-ready": GateWords(
        _("Prepare the announcement and its papers"),
        _("Dates, groups, the application form, rights and duties: all go out together."),
        _("The announcement and its papers are ready."),
    ),
    "commission-named": GateWords(
        _("Name at least two members of the Mandate Commission"),
        _(
            "They come from partner organisations and verify every application; nobody decides alone."
        ),
    ),
    "commission-complete": GateWords(
        _("Complete the Mandate Commission"),
        _("As many members as the regulation says, two or three; nobody counts alone."),
    ),
    "commission-declared": GateWords(
        _("Sign the commission's declarations"),
        _(
            "Every member declares no interest and promises confidence before seeing any application."
        ),
        _("Every commission member has signed both papers."),
    ),
    "observers-invited": GateWords(
        _("Invite independent observers"),
        _("They watch every stage, so they are asked before the first one opens."),
        _("Independent observers have been invited."),
    ),
    "voter-defined": GateWords(
        _("Decide who is a voter"),
        _("People or organisations: forms and the roll follow from it."),
        _("Answered for this election by a decision of the group."),
    ),
    "languages-named": GateWords(
        _("Decide in which languages notices and ballots are"),
        _("Everybody must be able to read what they decide on."),
        _("Answered for this election by a decision of the group."),
    ),
    "registration-begins": GateWords(
        _("Wait for the day registration begins"),
        _("The announced moment holds for everybody."),
    ),
    "registration-notice-sent": GateWords(
        _("Send the notice of registration"),
        _("With the exact day and hour, by at least two channels; a chat alone is not enough."),
        _("The notice was sent by at least two channels."),
    ),
    "registration-over": GateWords(
        _("Wait until registration is over"),
        _("Nobody's time to apply is cut short."),
    ),
    "applications-verified": GateWords(
        _("Verify all applications"),
        _("Belonging, criteria and rotation are checked by the commission, one by one."),
        _("All applications have been verified."),
    ),
    "admission-decided": GateWords(
        _("Decide on the admission of every candidate"),
        _("In writing, with reasons: admitted or refused."),
        _("The commission has decided on every candidate in writing."),
    ),
    "contest-model-known": GateWords(
        _("Decide how member and alternate are chosen"),
        _("The runner-up becomes alternate, or there are two contests: candidates must know it."),
        _("Answered for this election by a decision of the group."),
    ),
    "single-candidate-known": GateWords(
        _("Decide what happens with a single candidate"),
        _("It happens, and it must be known before the list is published."),
        _("Answered for this election by a decision of the group."),
    ),
    "list-handed-over": GateWords(
        _("Hand the candidate list to the Secretariat"),
        _("The Secretariat publishes the lists of all groups."),
        _("The list with the commission's decisions was handed over."),
    ),
    "decision-principle-known": GateWords(
        _("Decide by what majority one is elected"),
        _("Most votes, or more than half: the result depends on it."),
        _("Answered for this election by a decision of the group."),
    ),
    "tie-known": GateWords(
        _("Decide what happens when votes are equal"),
        _("It happens, and afterwards every answer favours somebody."),
        _("Answered for this election by a decision of the group."),
    ),
    "turnout-known": GateWords(
        _("Decide whether a minimum of voters is needed"),
        _("“None” is an answer too, if it is said before the vote."),
        _("Answered for this election by a decision of the group."),
    ),
    "replacement-known": GateWords(
        _("Decide who follows when a winner declines"),
        _("In 2024 silence on this left a seat in doubt."),
        _("Answered for this election by a decision of the group."),
    ),
    "smallest-cell-known": GateWords(
        _("Decide the smallest number that may be published"),
        _("In a small group a number by region can give a person away."),
        _("Answered for this election by a decision of the group."),
    ),
    "assembly-called": GateWords(
        _("Call the assembly"),
        _("Programme, speeches, questions, how votes are counted, who observes."),
        _("The group was invited and told how the vote goes."),
    ),
    "ballots-ready": GateWords(
        _("Prepare the ballots"),
        _("The same for every candidate and every channel."),
        _("The ballots are ready and equal for all."),
    ),
    "voting-begins": GateWords(
        _("Wait for the day the vote begins"),
        _("The announced moment holds for everybody."),
    ),
    "voting-over": GateWords(
        _("Wait until the vote is over"),
        _("Nobody's time to vote is cut short."),
    ),
    "counts-agree": GateWords(
        _("Count twice and compare"),
        _("Two members enter the count separately; a difference is explained before anyone signs."),
        _("Two separate counts agree."),
    ),
    "protocol-signed": GateWords(
        _("Sign the protocol"),
        _("All commission members and the organiser sign; who does not agree adds a note."),
        _("The protocol is signed."),
    ),
    "remarks-annexed": GateWords(
        _("Annex the observers' remarks"),
        _("They belong to the protocol, also where nobody likes them."),
        _("The observers' remarks are annexed, or there are none."),
    ),
    "package-complete": GateWords(
        _("Put the package together"),
        _(
            "Protocol, count, applications of the elected, regulation, plan; no roll, no list of who voted."
        ),
        _("The package is complete."),
    ),
    "package-checked": GateWords(
        _("Check the package"),
        _("Complete and in time, or sent back with what is missing."),
        _("The package is complete."),
    ),
    "group-informed": GateWords(
        _("Tell the group the result"),
        _("A group that is not told has not elected anybody."),
        _("The group was told the result."),
    ),
    "complaints-settled": GateWords(
        _("Settle the complaints"),
        _("The term for complaints is over and each has its answer."),
        _("The term is over and every complaint is answered."),
    ),
    "seats-settled": GateWords(
        _("Enter who holds the seats now"),
        _("Each place has its member and alternate, or a vacancy with its reason."),
    ),
}
assert set(GATE_WORDS) == set(BY_CODE), "every gate has its words"


@dataclass(frozen=True, slots=True)
class NextDate:
    """The date a visitor waits for in a state: whose edge it is and how it is said."""

    sentence: _StrPromise
    edge: str
    stage: Stage
    hour: bool  # does the hour matter, or only the day?


# {when} is a whole phrase: "by 12 September", "from 19 August", "until 12 September, 18:00".
NEXT_DATE: dict[State, NextDate] = {
    State.PREPARATION: NextDate(_("Announcement {when}"), "ends", Stage.ANNOUNCEMENT, hour=False),
    State.ANNOUNCED: NextDate(_("Registration {when}"), "begins", Stage.REGISTRATION, hour=False),
    State.REGISTRATION: NextDate(_("Registration {when}"), "ends", Stage.REGISTRATION, hour=True),
    State.CANDIDATES_PUBLISHED: NextDate(_("Voting {when}"), "begins", Stage.VOTING, hour=False),
    State.VOTING: NextDate(_("Voting {when}"), "ends", Stage.VOTING, hour=True),
    State.COUNTING: NextDate(_("Results {when}"), "ends", Stage.RESULTS, hour=False),
    State.RESULTS: NextDate(_("Results {when}"), "ends", Stage.RESULTS, hour=False),
    State.SUBMITTED: NextDate(_("Results {when}"), "ends", Stage.RESULTS, hour=False),
}
# What a visitor can do today: the words of the link to the group's page.
TODAY: dict[State, _StrPromise] = {
    State.PREPARATION: _("See who prepares the election"),
    State.ANNOUNCED: _("See when registration begins"),
    State.REGISTRATION: _("See how long one can apply"),
    State.CANDIDATES_PUBLISHED: _("See when the vote begins"),
    State.VOTING: _("See how long one can vote"),
    State.COUNTING: _("See who counts"),
    State.RESULTS: _("See what follows the protocol"),
    State.SUBMITTED: _("See what the Secretariat checks"),
    State.PUBLISHED: _("See how the election went"),
    State.CONCLUDED: _("See how the election went"),
}

QUESTIONS: dict[str, _StrPromise] = {
    "voter_kind": _("Who votes?"),
    "contest_model": _("How are member and alternate chosen?"),
    "decision_principle": _("Who is elected?"),
    "tie": _("What if votes are equal?"),
    "single_candidate": _("What if there is one candidate?"),
    "minimum_turnout_percent": _("How many voters must take part, in per cent of the roll?"),
    "replacement": _("Who follows when a winner declines?"),
    "commission_size": _("How many members has the commission?"),
    "smallest_cell": _("What is the smallest number that may be published?"),
    "languages": _("In which languages are notices and ballots?"),
}
ANSWERS: dict[str, _StrPromise] = {
    "natural_person": _("people"),
    "legal_entity": _("organisations without collective membership"),
    "single_contest_runner_up_alternate": _("one contest; the runner-up becomes alternate"),
    "two_parallel_contests": _("two contests side by side"),
    "plurality": _("whoever has most votes"),
    "absolute_majority": _("whoever has more than half; otherwise a second round"),
    "repeat_vote_between_tied": _("those tied are voted on again"),
    "lot": _("a lot decides, before witnesses"),
    "seniority_of_criteria": _("the criteria decide, in the order of the regulation"),
    "vote_for_or_against": _("the group votes for or against"),
    "elected_without_vote": _("elected without a vote"),
    "extend_registration": _("registration is extended"),
    "repeat_vote": _("a repeat vote"),
    "next_by_votes": _("the next by votes in the same contest"),
    "other": _("another way, described in the regulation's text"),
}
DEADLINE_KINDS = {
    "by": pgettext_lazy("deadline", "by"),
    "from": pgettext_lazy("deadline", "from"),
    "on": pgettext_lazy("deadline", "on"),
    "open": pgettext_lazy("deadline", "no date yet"),
}

REFUSALS: dict[str, Any] = {
    "cycle-exists": _("There is a cycle of {year} already."),
    "no-groups": _("Choose the groups that take part."),
    "term-backwards": _("The term must end after it begins."),
    "stages-out-of-order": _("“{stage}” does not follow the stage before it. Check its dates."),
    "deadline-without-day": _("Give the day, or choose “no date yet”."),
    "plan-approved": _("The plan is approved already."),
    "regulation-unreadable": _("The answer to “{field}” cannot be read."),
    "rules-stand": _(
        "The vote has begun: until its results are published its rules do not change."
    ),
    "changed-meanwhile": _("Somebody changed this meanwhile. Compare below and save again."),
    "moved-already": _("The election stands elsewhere by now. Look again before you go on."),
    "gates-closed": _("Something is still missing: {count}. The list below says what."),
    "suspended": _("The election is suspended: nothing moves until that is lifted."),
    "annulled": _("This round is annulled."),
    "concluded": _("The election is concluded."),
    "gate-not-asked": _("This is not asked at this point."),
    "needs-decision": _("Name the group's decision for this case: who decided, and when."),
    "day-to-come": _("What is still to come cannot be done already: choose today or a day before."),
    "answered-already": _("This has been answered already."),
    "announced-already": _(
        "The dates are announced. From now on a stage is extended, with a reason."
    ),
    "not-announced": _(
        "Until the announcement no extension is needed: change the dates themselves."
    ),
    "stage-over": _("This stage is over."),
    "after-the-term": _("It must end before the term ends that is elected."),
    "stage-without-dates": _("This stage has no dates yet."),
    "not-later": _("The new end must lie after the old one and after now."),
    "paper-missing": _("Attach the decision: a scan or a photograph is enough."),
    "not-suspended": _("The election is not suspended."),
    "round-still-open": _("The current round goes on; another one cannot begin beside it."),
}


def _gate_title(code: str) -> object:
    return GATE_WORDS[code].title if code in GATE_WORDS else code


for event, sentence, words in (
    ("cycle.opened", _("The cycle of {year} was opened."), {}),
    ("cycle.decided", _("The decision on dates, seats and responsibilities was recorded."), {}),
    ("cycle.dated", _("The common dates were set."), {}),
    ("plan.changed", _("Action {number} of the plan was dated."), {}),
    ("plan.approved", _("The plan was approved."), {}),
    ("regulation.adopted", _("Version {version} of the regulation was entered."), {}),
    ("round.dated", _("The group set its dates."), {}),
    ("round.moved", _("Now: {state}."), {"state": state_name}),
    ("gate.answered", _("Said to be done: {gate}."), {"gate": _gate_title}),
    ("gate.answer_withdrawn", _("Taken back: {gate}."), {"gate": _gate_title}),
    ("stage.extended", _("Extended: {stage}."), {"stage": stage_name}),
    ("election.suspended", _("The election was suspended."), {}),
    ("election.resumed", _("The election goes on."), {}),
    ("round.annulled", _("Round {round} was annulled."), {}),
    ("round.opened", _("Round {round} began: {kind}."), {"kind": round_kind_name}),
):
    journal_wording.register(event, sentence, **words)
refusals.register(
    REFUSALS,
    beside={
        "after-the-term": ("to_at", "ends_6"),
        "cycle-exists": ("year",),
        "day-to-come": ("done_on", "made_on"),
        "deadline-without-day": ("on",),
        "decision-in-the-future": ("made_on",),
        "needs-decision": ("made_by",),
        "no-groups": ("groups",),
        "not-later": ("to_at",),
        "paper-missing": ("paper",),
        "paper-too-large": ("paper",),
        "paper-unknown": ("paper",),
        "term-backwards": ("term_ends_on",),
    },
    field=lambda name: QUESTIONS.get(name, name),
    stage=stage_name,
)
