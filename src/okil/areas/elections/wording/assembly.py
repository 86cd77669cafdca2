"""The assembly in words: its agenda, its papers, why something is refused, what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals
from okil.foundation.web.languages import Texts

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# The five items that an assembly needs (5.02, REG-40).
AGENDA: dict[str, _StrPromise] = {
    "observers": _("The independent observers introduce themselves"),
    "count_explained": _("How the votes are counted is explained"),
    "speeches": _("Each candidate speaks: priorities, how the group takes part, how it hears back"),
    "questions": _("Questions to the candidates and their answers"),
    "voting": _("The vote"),
}
PAPERS: dict[str, _StrPromise] = {
    "assembly-programme": _("Invitation and programme"),
    "attendance-sheet": _("Attendance sheet"),
    "ballot-paper": _("Ballot paper"),
    "blank-count-sheet": _("Count sheet"),
}
REFUSALS: dict[str, Any] = {
    "assembly-not-now": _("The assembly is planned until the vote is over, and no longer."),
    "assembly-outside-the-vote": _(
        "The assembly belongs into the days of the vote: {begins_at} – {ends_at}."
    ),
    "assembly-missing": _("Say first when and where the assembly meets."),
    "conditions-backwards": _("The last day on which the conditions hold lies before the first."),
    "item-there": _("This item is on the agenda already."),
    "item-needed": _("Every assembly needs this item: move it, but keep it."),
    "agenda-full": _("The agenda is full. Put several points into one item."),
}


def item_text(item: Mapping[str, Any]) -> Texts | _StrPromise:
    """An item of the agenda: one of the five, or the group's own."""
    return AGENDA[item["code"]] if "code" in item else Texts(item["text"])


def paper_name(kind: str) -> object:
    return PAPERS.get(kind, kind)


for event, sentence, words in (
    ("assembly.planned", _("The assembly was planned."), {}),
    ("assembly.agenda_set", _("The agenda of the assembly was changed. Items: {items}."), {}),
    ("vote.paper_issued", _("{paper} was issued under no. {number}."), {"paper": paper_name}),
):
    journal_wording.register(event, sentence, **words)
refusals.register(
    REFUSALS,
    beside={
        "assembly-outside-the-vote": ("begins_at",),
        "conditions-backwards": ("until",),
        "item-there": ("text",),
    },
)
