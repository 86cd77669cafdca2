from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.actions.assembly import AssemblyPlan
from okil.areas.elections.models import Assembly
from okil.areas.elections.queries.assembly import conditions_of
from okil.foundation.web.forms import DayField, MomentField, OkilForm, TextsFormField


class AssemblyForm(OkilForm):
    """When, where, and what holds from outside."""

    place = TextsFormField(
        label=_("Where"),
        help_text=_("Town, building, room. Everybody may read it."),
        max_length=200,
    )
    conditions = TextsFormField(
        label=_("Outer conditions, if there are any"),
        help_text=_("For example, how many people may be in one room. No names."),
        rows=2,
        max_length=400,
        required=False,
    )
    since = DayField(label=_("First day on which they hold"), required=False)
    until = DayField(label=_("Last day on which they hold"), required=False)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"begins_at": MomentField(zone=zone, label=_("When")), **self.fields}

    def plan(self) -> AssemblyPlan:
        given: dict[str, Any] = self.cleaned_data
        since: date | None = given["since"]
        until: date | None = given["until"]
        return AssemblyPlan(
            begins_at=given["begins_at"],
            place=given["place"],
            conditions=given["conditions"] or {},
            since=since,
            until=until,
        )


def planned(assembly: Assembly | None) -> dict[str, Any]:
    """What the form shows at first."""
    if assembly is None:
        return {}
    conditions = conditions_of(assembly)
    return {
        "begins_at": assembly.begins_at,
        "place": assembly.place,
        "conditions": conditions.text if conditions else None,
        "since": conditions.since if conditions else None,
        "until": conditions.until if conditions else None,
    }


class ItemForm(OkilForm):
    text = TextsFormField(
        label=_("Another item"),
        help_text=_("Short, as it stands in the programme. No names."),
        max_length=200,
    )


class PlaceOnAgendaForm(OkilForm):
    """A button beside an item: which item of which agenda, and what becomes of it."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=12, widget=forms.HiddenInput)
    act = forms.ChoiceField(choices=[("up", "up"), ("down", "down"), ("remove", "remove")])


class IssueForm(OkilForm):
    """A button that issues a paper: how many of its kind the page showed."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class AttendanceForm(IssueForm):
    names = forms.ChoiceField(
        label=_("What the sheet shows"),
        choices=[
            ("no", _("Numbers only")),
            ("yes", _("Numbers and names, for the desk: opened on the record")),
        ],
        widget=forms.RadioSelect,
        initial="no",
    )
