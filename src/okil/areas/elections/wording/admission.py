"""Checks and relations of the commission in words; their refusals and events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.areas.elections.wording.candidates import CRITERIA
from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

RELATIONS: dict[str, _StrPromise] = {
    "self": _("It is me"),
    "relative": _("A relative, a spouse or a partner of mine"),
    "other": _("I work with them or for them, or am at odds with them"),
}

STATES: dict[str, _StrPromise] = {
    "met": pgettext_lazy("condition", "met"),
    "not_met": pgettext_lazy("condition", "not met"),
    "asked": pgettext_lazy("condition", "something is asked for"),
}

CRITERIA_RULES: dict[str, tuple[str, ...]] = {
    "signed_in_time": ("REG-28",),
    "of_the_group": ("REG-25",),
    "rotation": ("REG-24",),
    "not_an_officer": ("REG-21", "REG-22"),
    "conflict": ("REG-09",),
    "documents": ("REG-06",),
}

QUEUE: dict[str, _StrPromise] = {
    "yours": _("Waits for your vote"),
    "conclude": _("All have voted: conclude the decision"),
    "others": _("Waits for the votes of others"),
    "closing": _("Is voted on when the lists are closed"),
    "group": _("The group decides: enter what it decided"),
    "related": _("You are related and take no part"),
    "decided": _("Decided"),
}

REFUSALS: dict[str, Any] = {
    "related-to-candidate": _(
        "You are related to this candidate, so you take no part in the decision."
    ),
    "related-to-voters": _(
        "You declared a relation to these voters, so another member decides on them: no. {numbers}."
    ),
    "relation-declared": _("You have declared a relation already."),
    "relation-not-declared": _("You have declared no relation."),
    "application-unsigned": _("This application is not signed, so nobody can be admitted by it."),
    "vote-against-checks": _(
        "The commission wrote that this is not met or still asked for: {conditions}. If you admit"
        " nevertheless, tick it here and give the reason."
    ),
    "check-without-basis": _("Write on what it rests."),
    "asked-without-day": _("Write until when it is asked for: today or later."),
    "voter-decided": _("It is decided already, so the declaration stays."),
}
refusals.register(
    REFUSALS,
    beside={
        "application-unsigned": ("vote",),
        "vote-against-checks": ("despite",),
        "check-without-basis": ("basis",),
        "asked-without-day": ("due_on",),
    },
    conditions=lambda codes: ", ".join(str(CRITERIA[code]) for code in codes),
)

for event, sentence in (
    (
        "relation.declared_to_candidate",
        _("A member of the commission declared a relation to candidate no. {number}."),
    ),
    (
        "relation.with_candidate_withdrawn",
        _("A member of the commission took back a relation to candidate no. {number}."),
    ),
    (
        "relation.declared_to_voter",
        _("A member of the commission declared a relation to a voter."),
    ),
    (
        "relation.with_voter_withdrawn",
        _("A member of the commission took back a relation to a voter."),
    ),
):
    journal_wording.register(event, sentence)
journal_wording.register(
    "admission.checked",
    _("The commission wrote what it found on candidate no. {number}: {criterion}."),
    criterion=lambda code: CRITERIA.get(code, code),
)
