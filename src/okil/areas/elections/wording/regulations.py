"""The questions of a regulation and their answers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

QUESTIONS: dict[str, _StrPromise] = {
    "voter_kind": _("Who votes?"),
    "contest_model": _("How are member and alternate chosen?"),
    "decision_principle": _("Who is elected?"),
    "majority_of": _("More than half of what?"),
    "tie": _("What if votes are equal?"),
    "single_candidate": _("What if there is one candidate?"),
    "minimum_turnout_percent": _("How many voters must take part, in per cent of the roll?"),
    "replacement": _("Who follows when a winner declines?"),
    "complaint_days": _("Within how many working days may one complain?"),
    "complaint_effect": _("What does a complaint do to the act until it is decided?"),
    "midterm": _("What if a seat falls vacant during the term?"),
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
    "votes_cast": _("of all ballots found"),
    "votes_for_candidates": _("of the ballots given for a candidate"),
    "registered": _("of all voters on the roll"),
    "suspends": _("it suspends the act"),
    "does_not_suspend": _("nothing: the election goes on"),
    "by_election": _("the group elects anew for the rest of the term"),
    "alternate_until_the_end": _("the alternate takes over until the end of the term"),
    "other": _("another way, described in the regulation's text"),
}
