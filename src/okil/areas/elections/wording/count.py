"""The count in words: its lines, what does not add up, how a tie is settled, why something is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CONTESTS: dict[str, _StrPromise] = {
    "both": _("Votes for member and alternate"),
    "member": _("Votes for the member"),
    "alternate": _("Votes for the alternate"),
}
LINES: dict[str, _StrPromise] = {
    "printed": _("Printed"),
    "issued": _("Handed out"),
    "unused": _("Left over"),
    "found": _("Found in the box"),
    "blank": _("Blank"),
    "wrongly_completed": _("Wrongly completed"),
    "late": pgettext_lazy("ballot papers", "Late"),
}
IMBALANCES: dict[str, _StrPromise] = {
    "found-exceeds-issued": _(
        "More papers were found ({found}) than were handed out ({expected}). Why?"
    ),
    "issued-differs-from-signed-for": _(
        "The desk gave out {expected} papers, the count says {found}. Why?"
    ),
    "printed-differs-from-used-and-unused": _(
        "Printed were {expected} papers; handed out and left over together are {found}. Why?"
    ),
    "found-below-issued": _("Handed out were {expected} papers, found were {found}. Why?"),
    "contest-differs-from-found": _(
        "The piles together are {found} papers, in the box were {expected}."
    ),
    "fewer-votes-than-papers": _("The votes ({found}) are fewer than the papers ({expected})."),
    "more-votes-than-papers-give": _(
        "The votes ({found}) are more than the papers can give ({expected})."
    ),
    "candidate-exceeds-papers": _(
        "A candidate has {found} votes, more than there are papers ({expected})."
    ),
}
WAYS: dict[str, _StrPromise] = {
    "lot": _("by lot, before witnesses"),
    "seniority_of_criteria": _("by the criteria of the regulation, in their order"),
    "other": _("in another way, by decision of the group"),
}
REOPENED: dict[str, _StrPromise] = {
    "number-wrong": _("a number was entered wrongly"),
    "papers-moved": _("papers were found, or lay on the wrong pile"),
    "asked-for": _("an observer, a candidate or a complaint asks for it"),
    "agreed-too-early": _("it was agreed on before everything was counted"),
}
NOT_COUNTED: dict[str, _StrPromise] = {
    "model-of-its-own": _(
        "The regulation describes a way of its own to give out the seats. The numbers stand; what "
        "follows from them, the group's body decides."
    ),
    "model-unknown": _(
        "The regulation does not say how member and alternate are chosen: nobody can count."
    ),
    "rule-unknown": _("The regulation does not say who is elected: nobody can count."),
}
REFUSALS: dict[str, Any] = {
    "count-not-now": _("The count goes on after the vote is closed, until the protocol is signed."),
    "count-agreed": _("The count is agreed: its numbers change only if it is opened again."),
    "nothing-agreed": _("No count is agreed: it is open already."),
    "reason-unknown": _("Choose why the count is opened again."),
    "tie-settled": _("A tie was settled on these numbers: take that back first."),
    "two-counted": _("Two members have counted already. Watch, or let them begin anew."),
    "count-unreadable": _("These numbers do not belong to this ballot paper. Load the page again."),
    "counted-already": _("You have entered exactly these numbers already."),
    "nothing-counted": _("Two members enter their counts first."),
    "counts-differ": _(
        "The two counts still differ. Count what differs again; whose number was wrong enters anew."
    ),
    "the-other-agrees": _(
        "Whoever did not enter the last numbers confirms them, so that they are the word of two."
    ),
    "count-does-not-add-up": _(
        "The piles do not add up to the papers in the box. A reason does not help here: count again."
    ),
    "count-contradicts": _(
        "These numbers cannot all be true, so nothing can be counted from them."
    ),
    "explanation-missing": _("Say what was wrong: the counts were not the same from the start."),
    "reason-missing": _("Give a reason for each number that does not fit."),
    "protocol-drawn-up": _("The protocol is drawn up: what it says is corrected by a new version."),
    "no-such-tie": _("Exactly these candidates are not equal, or it does not matter any more."),
    "tie-by-another-rule": _("The regulation settles a tie in another way."),
    "tie-needs-decision": _(
        "The regulation does not say this. Name the group's decision: who decided, and when."
    ),
    "witnesses-missing": _("A lot is drawn before witnesses: name them."),
    "nothing-witnessed": _("Nothing was decided before witnesses."),
}


def contest_name(place: str) -> object:
    return CONTESTS.get(place, place)


def line_name(line: str, *, for_or_against: bool = False) -> object:
    """A line of the count; a candidate's is the number."""
    if line == "blank" and for_or_against:
        return _("Against, or left blank")
    return LINES.get(line, line)


def reopened_because(because: str) -> object:
    return REOPENED.get(because, because)


def way_name(way: str) -> object:
    return WAYS.get(way, way)


for event, sentence, words in (
    ("count.entered", _("A commission member entered a count."), {}),
    ("count.begun_anew", _("All papers are counted again."), {}),
    (
        "count.reopened",
        _("The agreed count was opened again. Why: {because}."),
        {"because": reopened_because},
    ),
    ("count.agreed", _("Two members stand for the same count."), {}),
    (
        "count.tie_settled",
        _("A tie was settled {way}. The order: candidates no. {order}."),
        {"way": way_name},
    ),
    ("count.witnesses_opened", _("The names of the witnesses were opened."), {}),
    ("count.tie_withdrawn", _("The record of a settled tie was taken back."), {}),
):
    journal_wording.register(event, sentence, **words)
refusals.register(
    REFUSALS,
    beside={
        "explanation-missing": ("explanation",),
        "reason-unknown": ("because",),
        "tie-needs-decision": ("made_by",),
        "witnesses-missing": ("witnesses",),
        "no-such-tie": ("order",),
        "tie-by-another-rule": ("way",),
    },
)
