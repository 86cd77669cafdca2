"""The model plan, its roles and its deadlines in words; refusals and events of the plan."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.areas.elections.wording.stages import WORDS
from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals
from okil.foundation.web.languages import Texts, words_from
from okil.pure.rules.own_plan import Outside

MODEL_PLAN: dict[str, Any] = words_from(WORDS / "model_plan.json")
PLAN_ROLES: dict[str, Texts] = words_from(WORDS / "plan_roles.json")
DEADLINE_KINDS = {
    "by": pgettext_lazy("deadline", "by"),
    "from": pgettext_lazy("deadline", "from"),
    "on": pgettext_lazy("deadline", "on"),
    "open": pgettext_lazy("deadline", "no date yet"),
}
OUTSIDE: dict[Outside, Any] = {
    Outside.LATER: _("Later than the common plan: {day}."),
    Outside.BEFORE_BEGINNING: _("The common plan begins this later: {day}."),
    Outside.COMMON_POINT: _("All groups keep one day here: {day}."),
}

REFUSALS: dict[str, Any] = {
    "action-needed": _("These actions come after this one: {actions}. Change that first."),
    "day-named": _("This day is in the list already."),
    "day-not-named": _("This day is not in the list any more."),
    "days-off-too-many": _("More than {most} days off would follow each other."),
    "deadline-without-day": _("Give the day, or choose “no date yet”."),
    "dependency-unknown": _("There is no action {other} in this plan."),
    "done-shows-itself": _("Whether this is done is seen here by itself; nobody needs to mark it."),
    "marked-already": _("This is marked as done already."),
    "not-of-groups": _("This is done once for all groups, not by each."),
    "not-marked": _("This is not marked as done."),
    "plan-approved": _("The plan is approved already."),
    "plan-circle": _("In this way these actions wait for each other in a circle: {actions}."),
    "plan-contradicts": _(
        "Contradictions in the plan: {count}. Put its order right, then approve it."
    ),
    "plan-full": _("A plan has {most} actions at most."),
}

for event, sentence in (
    ("plan.changed", _("Action {number} of the plan was changed.")),
    ("plan.dated", _("Deadlines of the plan were changed; actions: {count}.")),
    ("plan.action_added", _("Action {number} was added to the plan.")),
    ("plan.action_removed", _("Action {number} was removed from the plan.")),
    ("plan.approved", _("The plan was approved.")),
    ("plan.marked_done", _("Action {number} of the plan was marked as done.")),
    ("plan.mark_taken_back", _("Action {number} of the plan is no longer marked as done.")),
    ("own_plan.dated", _("The group set its own deadlines; actions: {count}.")),
    ("own_day.named", _("A day on which the body works or rests otherwise was named.")),
    ("own_day.forgotten", _("A day on which the body works or rests otherwise was taken back.")),
):
    journal_wording.register(event, sentence)
refusals.register(
    REFUSALS,
    beside={
        "day-named": ("day",),
        "days-off-too-many": ("day",),
        "deadline-without-day": ("on",),
        "dependency-unknown": ("depends_on",),
        "plan-circle": ("depends_on",),
    },
)
