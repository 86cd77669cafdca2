"""One person in two groups, in words: situations, what follows, what was answered and ruled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SITUATIONS: dict[str, _StrPromise] = {
    "X1": _("A voter in two groups"),
    "X2": _("A commission member of one group, a voter in another"),
    "X3": _("A candidate in one group, a voter in another"),
    "X4": _("A member of the commissions of two groups"),
    "X5": _("A candidate in two groups"),
    "X6": _("A commission member of one group, a candidate in another"),
    "X7": _("An organiser of one group, a candidate in another"),
}
# What the person is told: nothing of which group it is.
ELSEWHERE: dict[str, _StrPromise] = {
    "voter": _("Somebody with the same contact, code or number is a voter in another group."),
    "candidate": _(
        "Somebody with the same contact, code or number is a candidate in another group."
    ),
    "commissioner": _("Somebody with the same contact is a commission member in another group."),
    "organiser": _("Somebody with the same contact is an organiser in another group."),
}
CAPACITIES: dict[str, _StrPromise] = {
    "voter": _("Voter no. {number}"),
    "candidate": _("Candidate no. {number}"),
    "commissioner": _("Commission member no. {number}"),
    "organiser": _("Organiser no. {number}"),
}
FOLLOWS: dict[str, _StrPromise] = {
    "allowed": _("The common rules of all groups allow both."),
    "declare": _("The common rules of all groups allow both to whoever declares it."),
    "choose": _("By the common rules of all groups it is one of the two, as the person chooses."),
    "forbidden": _("Both together are not allowed: one of the two has to end."),
    "unregulated": _(
        "The groups have not decided about this together yet: each group's own body answers for its"
        " own list."
    ),
}
# The same as whoever is asked reads it, and in a table.
FOLLOWS_FOR_YOU: dict[str, _StrPromise] = {
    "allowed": _("The common rules of all groups allow both."),
    "declare": _("The common rules of all groups allow both, if you declare it."),
    "choose": _("By the common rules of all groups it is one of the two: you choose."),
    "forbidden": _("Both together are not allowed: one of the two has to end."),
    "unregulated": _(
        "The groups have not decided about this together yet. Your answer goes to your group's own"
        " body."
    ),
}
FOLLOWS_IN_SHORT: dict[str, _StrPromise] = {
    "allowed": _("both are allowed"),
    "declare": _("both are allowed to whoever declares it"),
    "choose": _("one of the two, as the person chooses"),
    "forbidden": _("both together are not allowed"),
    "unregulated": _("not decided: each group's own body"),
}
OWN_RULE: dict[str, _StrPromise] = {
    "allowed": _("Your group's own regulation allows both."),
    "declare": _("Your group's own regulation allows both to whoever declares it."),
    "choose": _("By your group's own regulation it is one of the two, as the person chooses."),
    "forbidden": _("Your group's own regulation does not allow both."),
}
# As the person says it.
ANSWERS: dict[str, _StrPromise] = {
    "both": _("It is me, and I declare both"),
    "here": _("It is me: I stay here and leave the other group's election"),
    "elsewhere": _("It is me: I leave here"),
    "not_me": _("It is not me"),
}
# As those responsible read it.
ANSWERED: dict[str, _StrPromise] = {
    "": _("has not answered"),
    "both": _("declares both"),
    "here": _("stays here and leaves the other group's election"),
    "elsewhere": _("leaves here"),
    "not_me": _("says that it is somebody else"),
}
STANDS: dict[str, _StrPromise] = {
    "asked": pgettext_lazy("two groups", "a question is open"),
    "for_the_body": pgettext_lazy("two groups", "your group's body decides"),
    "stays": pgettext_lazy("two groups", "stays"),
    "leaves": pgettext_lazy("two groups", "leaves"),
    "over": pgettext_lazy("two groups", "is no longer here"),
}
RULINGS: dict[str, _StrPromise] = {
    "stays": _("Stays: both roles are compatible for our group, or it is another person"),
    "leaves": _("Leaves: our group does not allow both"),
}
RULED: dict[str, _StrPromise] = {
    "stays": _("By your group's decision: stays."),
    "leaves": _("By your group's decision: leaves."),
}

REFUSALS: dict[str, Any] = {
    "crossing-unknown": _("There is no such question, or not any more. Look at the list again."),
    "crossing-over": _("This role has ended: nothing is left to answer."),
    "crossing-ruled": _("The group's own body has decided about this already."),
    "crossing-settled": _("This is settled: the group's body has nothing to decide."),
    "crossing-own": _("It is about yourself: somebody else of the group decides."),
    "crossing-answer-not-offered": _("Choose one of the answers that are shown."),
    "ruling-unknown": _("Choose one of the two."),
    "matching-key-there": _("There is a key already. It has to be destroyed before another one."),
    "matching-key-missing": _("There is no key in force: enter whom the groups named."),
    "matching-key-unreadable": _(
        "This file is not a key: a key is one line of 64 digits and letters."
    ),
    "matching-key-wrong": _(
        "This is another key: its fingerprint is not the one that was entered."
    ),
    "fingerprint-unreadable": _("A fingerprint has 64 digits and letters from a to f."),
    "fingerprint-known": _("This key was entered before. Let the holder make a new one."),
    "holder-of-the-secretariat": _(
        "The holder must not be of the Secretariat: a comparison needs two who do not depend on each"
        " other."
    ),
    "nothing-to-compare": _("Two groups with closed lists are needed, and there are not two yet."),
}

journal_wording.register(
    "crossing.answered",
    _("An officer answered about their roles in two groups ({situation}): {answer}."),
    situation=lambda code: SITUATIONS.get(code, code),
    answer=lambda code: ANSWERED.get(code, code),
)
journal_wording.register(
    "crossing.ruled",
    _("The group's own body decided about two roles in two groups ({situation}): {ruling}."),
    situation=lambda code: SITUATIONS.get(code, code),
    ruling=lambda code: STANDS.get(code, code),
)
for event, sentence in (
    (
        "matching.key_entered",
        _("The key for comparing the groups is held by person no. {holder}: {fingerprint}."),
    ),
    (
        "matching.key_destroyed",
        _("The key for comparing the groups is destroyed, as its holder says: {fingerprint}."),
    ),
    (
        "matching.compared",
        _(
            "For comparison no. {run} of the groups were opened: {voters} voters, {candidates}"
            " candidates; {officers} officers were compared."
        ),
    ),
    (
        "matching.run",
        _("Comparison no. {number}: {groups} groups, {compared} applications and roles."),
    ),
):
    journal_wording.register(event, sentence)
refusals.register(
    REFUSALS,
    beside={
        "crossing-answer-not-offered": ("answer",),
        "ruling-unknown": ("ruling",),
        "matching-key-unreadable": ("key",),
        "matching-key-wrong": ("key",),
        "fingerprint-unreadable": ("fingerprint",),
        "fingerprint-known": ("fingerprint",),
        "holder-of-the-secretariat": ("person",),
    },
)
