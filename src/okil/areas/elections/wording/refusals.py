"""Refusals and events of cycles, plans, stages and regulations as sentences."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from okil.areas.elections.wording.gates import gate_title
from okil.areas.elections.wording.stages import round_kind_name, stage_name, state_name
from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

REFUSALS: dict[str, Any] = {
    "undertaking-missing": _(
        "Sign the confidentiality undertaking first: until then no personal data is shown to you."
    ),
    "cycle-exists": _("There is a cycle of {year} already."),
    "no-groups": _("Choose the groups that take part."),
    "term-backwards": _("The term must end after it begins."),
    "stages-out-of-order": _("“{stage}” does not follow the stage before it. Check its dates."),
    "rules-stand": _(
        "The election is announced: until it is concluded its rules do not change."
        " What they leave open the group may decide for this election alone, up to the opening of the vote."
    ),
    "common-rules-stand": _(
        "An election is announced: until all are concluded, what the groups decided together stays."
        " What is still open may be answered."
    ),
    "changed-meanwhile": _("Somebody changed this meanwhile. Compare below and save again."),
    "moved-already": _("The election stands elsewhere by now. Look again before you go on."),
    "gates-closed": _("Something is still missing: {count}. The list below says what."),
    "suspended": _("The election is suspended: nothing moves until that is lifted."),
    "annulled": _("This round is annulled."),
    "concluded": _("The election is concluded."),
    "gate-not-asked": _("This is not asked at this point."),
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


for event, sentence, words in (
    ("cycle.opened", _("The cycle of {year} was opened."), {}),
    ("cycle.decided", _("The decision on dates, seats and responsibilities was recorded."), {}),
    ("cycle.dated", _("The common dates were set."), {}),
    ("round.dated", _("The group set its dates."), {}),
    ("round.moved", _("Now: {state}."), {"state": state_name}),
    ("gate.answered", _("The group decided for this case: {gate}."), {"gate": gate_title}),
    ("gate.answer_withdrawn", _("Taken back: {gate}."), {"gate": gate_title}),
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
        "decision-in-the-future": ("made_on",),
        "no-groups": ("groups",),
        "not-later": ("to_at",),
        "paper-missing": ("paper",),
        "paper-too-large": ("paper",),
        "paper-unknown": ("paper",),
        "term-backwards": ("term_ends_on",),
    },
    stage=stage_name,
)
