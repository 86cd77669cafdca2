"""Acts, those who complain, effects and states of complaints in words; refusals and events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals
from okil.foundation.web.languages import LANGUAGES, Texts
from okil.foundation.web.templatetags.okil import day

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ACTS: dict[str, _StrPromise] = {
    "notice": _("A notice or the announcement"),
    "roll": _("The voter roll: who was accepted or refused"),
    "admission": _("The admission of candidates"),
    "candidate_list": _("The published candidate list"),
    "assembly": _("The assembly"),
    "vote": _("The vote"),
    "count": _("The count"),
    "protocol": _("The protocol"),
    "result": _("The published result"),
}
BY: dict[str, _StrPromise] = {
    "voter": _("a voter of the group"),
    "candidate": _("a candidate"),
    "observer": _("an independent observer"),
}
EFFECTS: dict[str, _StrPromise] = {
    "none": _("The act stands"),
    "repeat_act": _("The act is repeated"),
    "repeat_vote": _("The vote is repeated"),
    "annul": _("The round is annulled"),
}
STATUSES: dict[str, _StrPromise] = {
    "waiting": pgettext_lazy("complaint", "waits for its decision"),
    "decided": pgettext_lazy("complaint", "decided"),
    "withdrawn": pgettext_lazy("complaint", "withdrawn"),
}
_STOPPED = _(
    "A complaint (no. {number}) is being decided. The group's regulation stops the election until then."
)


def act_name(code: str) -> object:
    return ACTS.get(code, code)


def effect_name(code: str) -> object:
    return EFFECTS.get(code, code)


def why_suspended(number: int) -> Texts:
    """What the group's page says while a complaint stops the election."""
    said = Texts()
    for language in LANGUAGES:
        with override(language):
            said[language] = str(_STOPPED).format(number=number)
    return said


REFUSALS: dict[str, Any] = {
    "act-not-happened": _("Choose what the complaint is about."),
    "term-over": _("The last day to complain about this was {last_on}."),
    "who-missing": _("Write your number or your name: only those who decide read it."),
    "received-before-act": _("On that day it had not happened yet: check the day."),
    "took-part": _("You took part in what this complaint is about: somebody decides who did not."),
    "commission-decides": _(
        "A member of the commission who took no part enters the decision, not the organiser."
    ),
    "complaint-decided": _("This complaint is decided already."),
    "complaint-withdrawn": _("This complaint was withdrawn."),
    "taken-up-already": _("It is taken up already."),
    "not-suspending": _("The group's regulation does not let a complaint stop the election."),
    "not-this-round": _(
        "It is about an earlier round: only the round that runs can be annulled or voted on again."
    ),
    "nobody-new": _("Choose at least one more person who took part."),
}
for event, sentence, words in (
    ("complaint.filed", _("Complaint no. {number} was filed: {act}."), {"act": act_name}),
    (
        "complaint.taken_up",
        _("Complaint no. {number} was taken up; until it is decided the election stops."),
        {},
    ),
    (
        "complaint.concerned",
        _("More officers were named who took part in what complaint no. {number} is about."),
        {},
    ),
    ("complaint.withdrawn", _("Complaint no. {number} was withdrawn."), {}),
    (
        "complaint.decided",
        _("Complaint no. {number} was decided: {effect}."),
        {"effect": effect_name},
    ),
):
    journal_wording.register(event, sentence, **words)
refusals.register(
    REFUSALS,
    beside={
        "act-not-happened": ("act",),
        "term-over": ("act", "received_on"),
        "who-missing": ("by_number",),
        "received-before-act": ("received_on",),
        "took-part": ("act",),
        "nobody-new": ("numbers",),
        "not-this-round": ("effect",),
    },
    last_on=day,
)
