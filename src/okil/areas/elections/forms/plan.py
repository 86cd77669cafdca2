from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.actions.plan import ActionFacts
from okil.areas.elections.forms.decisions import DecisionForm
from okil.areas.elections.models import DeadlineKind, PlanAction
from okil.areas.elections.wording import DEADLINE_KINDS, PLAN_ROLES, stage_name
from okil.foundation.web.forms import DayField, OkilForm, TextsFormField
from okil.pure.rules.plan import NUMBER_AT_MOST
from okil.pure.rules.stages import Stage

if TYPE_CHECKING:
    from django.http import QueryDict

NUMBERS_AT_MOST = 600  # characters
ROLES = [(code, lazystr(name)) for code, name in PLAN_ROLES.items()]


class SeenPlan(OkilForm):
    """Carries the revision of the plan that the person has seen."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def has_seen(self, revision: int) -> None:
        """What is typed stays, and is saved next time over this revision."""
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("revision")] = str(revision)
        self.data = data


class ApprovalForm(DecisionForm, SeenPlan):
    pass


class ActionForm(SeenPlan):
    """One action of the plan. `facts()` after is_valid()."""

    title = TextsFormField(label=_("What is to be done"), max_length=200)
    summary = TextsFormField(
        label=_("In full, if the title does not say it all"),
        rows=3,
        max_length=2000,
        required=False,
    )
    stage = forms.TypedChoiceField(
        label=_("Stage"),
        choices=[(int(stage), lazystr(stage_name(int(stage)))) for stage in Stage],
        coerce=int,
    )
    kind = forms.ChoiceField(
        label=_("Kind of deadline"),
        choices=[(kind.value, DEADLINE_KINDS[kind.value]) for kind in DeadlineKind],
        widget=forms.RadioSelect,
    )
    on = DayField(label=_("Day"), required=False)
    depends_on = forms.CharField(
        label=_("After which actions"),
        help_text=_("Their numbers, for example 5, 7, 8. Empty if it waits for none."),
        max_length=NUMBERS_AT_MOST,
        required=False,
        widget=forms.TextInput(attrs={"class": "mid"}),
    )
    responsible = forms.MultipleChoiceField(
        label=_("Who is responsible"),
        choices=ROLES,
        widget=forms.CheckboxSelectMultiple,
    )
    participants = forms.MultipleChoiceField(
        label=_("Who takes part"),
        choices=ROLES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean_depends_on(self) -> tuple[int, ...]:
        typed = re.split(r"[\s,;]+", self.cleaned_data["depends_on"].strip(" \t\n,;"))
        if typed == [""]:
            return ()
        if not all(_is_number(each) for each in typed):
            raise ValidationError(_("Write numbers of actions with commas between them: 5, 7, 8."))
        return tuple(dict.fromkeys(map(int, typed)))

    def facts(self) -> ActionFacts:
        given = self.cleaned_data
        return ActionFacts(
            stage=given["stage"],
            title=given["title"],
            summary=given["summary"],
            kind=given["kind"],
            on=None if given["kind"] == DeadlineKind.OPEN else given["on"],
            responsible=tuple(given["responsible"]),
            participants=tuple(given["participants"]),
            depends_on=given["depends_on"],
        )


def action_initial(action: PlanAction) -> dict[str, Any]:
    """What the form shows of an action before anything is typed."""
    return {
        "title": action.title,
        "summary": action.summary,
        "stage": action.stage,
        "kind": action.deadline_kind,
        "on": action.deadline_on,
        "depends_on": ", ".join(map(str, action.depends_on)),
        "responsible": action.responsible,
        "participants": action.participants,
    }


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and 0 < int(typed[:9]) <= NUMBER_AT_MOST


class ProposalForm(SeenPlan):
    """Which of the proposed deadlines are taken; each answer is a number and its new day."""

    def __init__(self, *args: Any, moves: Iterable[tuple[int, date]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = [f"{number}:{day.isoformat()}" for number, day in moves]
        self.fields["take"] = forms.MultipleChoiceField(
            label=_("New deadlines to take over"),
            choices=[(answer, answer) for answer in answers],
            error_messages={
                "required": _("Tick at least one deadline, or leave the plan as it is."),
                "invalid_choice": _("The proposal is another by now: choose once more."),
            },
            initial=answers,
            widget=forms.CheckboxSelectMultiple,
        )

    def taken(self) -> dict[int, date]:
        pairs = (answer.split(":") for answer in self.cleaned_data["take"])
        return {int(number): date.fromisoformat(day) for number, day in pairs}


class DoneForm(OkilForm):
    done_on = DayField(label=_("On which day it was done"))


class OwnDayForm(OkilForm):
    day = DayField(label=_("Day"))
    is_working = forms.TypedChoiceField(
        label=_("On this day the body"),
        choices=[
            ("no", _("rests, although others work")),
            ("yes", _("works, although others rest")),
        ],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )


class OwnPlanForm(OkilForm):
    """A group's own day for each of these actions of the common plan; an empty one keeps the common
    deadline. Of the other actions `days()` says what the person has seen.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, actions: Sequence[PlanAction], own: dict[int, date], **kwargs: Any
    ) -> None:
        initial: dict[str, Any] = {f"day_{number}": day for number, day in own.items()}
        super().__init__(*args, initial={**initial, "seen": as_seen(own)}, **kwargs)
        self.numbers = [action.number for action in actions]
        for action in actions:
            self.fields[f"day_{action.number}"] = DayField(
                label=_("Action %(number)s: own day") % {"number": action.number},
                help_text="",
                required=False,
            )

    def days(self) -> dict[int, date]:
        typed = {number: self.cleaned_data.get(f"day_{number}") for number in self.numbers}
        return {number: day for number, day in {**self.seen_days(), **typed}.items() if day}

    def seen_days(self) -> dict[int, date]:
        return from_seen(self.cleaned_data.get("seen", ""))

    def has_seen(self, own: dict[int, date]) -> None:
        """What is typed stays, and is saved next time over these."""
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("seen")] = as_seen(own)
        self.data = data


def as_seen(own: dict[int, date]) -> str:
    return " ".join(f"{number}:{day.isoformat()}" for number, day in sorted(own.items()))


def from_seen(carried: str) -> dict[int, date]:
    """What a page carried; whatever else was sent in its place is nothing that anybody has seen."""
    try:
        pairs = [each.split(":") for each in carried.split()]
        return {int(number): date.fromisoformat(day) for number, day in pairs}
    except ValueError:
        return {}
