"""What each gate asks, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from okil.foundation.web import refusals
from okil.pure.rules import regulation_words
from okil.pure.rules.regulation import RULES
from okil.pure.rules.stages import BY_CODE

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class GateWords:
    """What must be so, and why."""

    title: _StrPromise
    reason: _StrPromise


GATE_WORDS: dict[str, GateWords] = {
    "organiser-undertaken": GateWords(
        _("Sign the organiser's undertakings"),
        _("Not to stand in this cycle, and to keep to oneself what people entrust."),
    ),
    "announcement-published": GateWords(
        _("Publish the announcement"),
        _("By at least two channels; a chat alone is not enough. Each is written down here."),
    ),
    "complaints-known": GateWords(
        _("Decide how long one may complain"),
        _("Whoever learns the term only after the act has lost it already."),
    ),
    "lists-closed": GateWords(
        _("Close registration and freeze both lists"),
        _("From then on nobody is added: the roll and the list are what they are."),
    ),
    "closing-notice-sent": GateWords(
        _("Send the notice that registration is closed"),
        _("Everybody learns at the same time that the lists are complete."),
    ),
    "posts-covered": GateWords(
        _("Say what happens to a post for which nobody stands"),
        _("The reason, the group's meeting and its decision: an empty post has a history too."),
    ),
    "majority-known": GateWords(
        _("Decide of what more than half is needed"),
        _(
            "Of the ballots found, of those for a candidate, or of the roll: the result depends on it."
        ),
    ),
    "order-drawn": GateWords(
        _("Draw the order of the ballot paper"),
        _("By lot and before witnesses: whoever stands first has an advantage."),
    ),
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
    ),
    "observers-invited": GateWords(
        _("Invite independent observers"),
        _("They watch every stage, so they are asked before the first one opens."),
    ),
    "voter-defined": GateWords(
        _("Decide who is a voter"),
        _("People or organisations: forms and the roll follow from it."),
    ),
    "languages-named": GateWords(
        _("Decide in which languages notices and ballots are"),
        _("Everybody must be able to read what they decide on."),
    ),
    "registration-begins": GateWords(
        _("Wait for the day registration begins"),
        _("The announced moment holds for everybody."),
    ),
    "registration-notice-sent": GateWords(
        _("Send the notice of registration"),
        _("With the exact day and hour, by at least two channels; a chat alone is not enough."),
    ),
    "registration-over": GateWords(
        _("Wait until registration is over"),
        _("Nobody's time to apply is cut short."),
    ),
    "applications-verified": GateWords(
        _("Verify all applications"),
        _("Belonging, criteria and rotation are checked by the commission, one by one."),
    ),
    "admission-decided": GateWords(
        _("Decide on the admission of every candidate"),
        _("In writing, with reasons: admitted or refused."),
    ),
    "contest-model-known": GateWords(
        _("Decide how member and alternate are chosen"),
        _("The runner-up becomes alternate, or there are two contests: candidates must know it."),
    ),
    "single-candidate-known": GateWords(
        _("Decide what happens with a single candidate"),
        _("It happens, and it must be known before the list is published."),
    ),
    "list-handed-over": GateWords(
        _("Hand the candidate list to the Secretariat"),
        _("The Secretariat publishes the lists of all groups."),
    ),
    "decision-principle-known": GateWords(
        _("Decide by what majority one is elected"),
        _("Most votes, or more than half: the result depends on it."),
    ),
    "tie-known": GateWords(
        _("Decide what happens when votes are equal"),
        _("It happens, and afterwards every answer favours somebody."),
    ),
    "turnout-known": GateWords(
        _("Decide whether a minimum of voters is needed"),
        _("“None” is an answer too, if it is said before the vote."),
    ),
    "replacement-known": GateWords(
        _("Decide who follows when a winner declines"),
        _("In 2024 silence on this left a seat in doubt."),
    ),
    "smallest-cell-known": GateWords(
        _("Decide the smallest number that may be published"),
        _("In a small group a number by region can give a person away."),
    ),
    "rules-for-announcement": GateWords(
        _("Settle what the regulation has to say before the election is announced"),
        _("Who runs the election and whose task is what: otherwise nobody can begin."),
    ),
    "rules-for-registration": GateWords(
        _("Settle what the regulation has to say before registration opens"),
        _("Whoever registers knows the rules beforehand, and nobody can bend them afterwards."),
    ),
    "rules-for-candidates": GateWords(
        _("Settle what the regulation has to say before the candidates are published"),
        _("How candidates are admitted and for which seat they stand is clear before names are."),
    ),
    "rules-for-voting": GateWords(
        _("Settle what the regulation has to say before the vote opens"),
        _("What is still open when votes are cast would be decided by the result."),
    ),
    "assembly-called": GateWords(
        _("Call the assembly"),
        _("Programme, speeches, questions, how votes are counted, who observes."),
    ),
    "ballots-ready": GateWords(
        _("Prepare the ballots"),
        _("The same for every candidate and every channel."),
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
    ),
    "protocol-signed": GateWords(
        _("Sign the protocol"),
        _("All commission members and the organiser sign; who does not agree adds a note."),
    ),
    "package-complete": GateWords(
        _("Put the package together"),
        _(
            "Protocol, count, applications of the elected, regulation, plan; no roll, no list of who voted."
        ),
    ),
    "package-checked": GateWords(
        _("Check the package"),
        _("Complete and in time, or sent back with what is missing."),
    ),
    "group-informed": GateWords(
        _("Tell the group the result"),
        _("A group that is not told has not elected anybody."),
    ),
    "complaints-settled": GateWords(
        _("Settle the complaints"),
        _("The term for complaints is over and each has its answer."),
    ),
    "seats-settled": GateWords(
        _("Enter who holds the seats now"),
        _("Each place has its member and alternate, or a vacancy with its reason."),
    ),
}
assert set(GATE_WORDS) == set(BY_CODE), "every gate has its words"


def gate_title(code: str) -> object:
    """What was asked: by a gate, or by a rule of the regulation as a whole."""
    if code in RULES:
        return regulation_words.title(code, get_language() or settings.LANGUAGE_CODE)
    return GATE_WORDS[code].title if code in GATE_WORDS else code


REFUSALS: dict[str, _StrPromise] = {
    "decided-before": _(
        "A decision on this rule is in force already, and the regulation has changed since. Take that "
        "decision back on the election's first page, then enter the new one."
    ),
    "rule-still-open": _(
        "With these answers the rule stays open or broken. Answer all that it asks."
    ),
}
refusals.register(REFUSALS)
