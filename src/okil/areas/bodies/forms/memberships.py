from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.bodies.wording import END_REASONS, POSITIONS
from okil.foundation.web.forms import DayField, OkilForm, TextsFormField

REASON_HINT = _("No names, no health, no law cases: the officers of the group read it.")


def position_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Place"), choices=list(POSITIONS.items()), widget=forms.RadioSelect
    )


class BeginMembershipForm(OkilForm):
    """Who holds or held a place: known here by number, or a new name."""

    position = position_field()
    number = forms.IntegerField(
        label=_("Number of the person, if known here"),
        min_value=1,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    name = forms.CharField(
        label=_("Otherwise the full name"),
        help_text=_("Kept sealed; each opening is recorded."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name_latin = forms.CharField(
        label=_("Name in Latin letters"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    namesake = forms.BooleanField(label=_("It is another person of the same name"), required=False)
    elected_in = forms.CharField(
        label=_("Elected in which cycle"),
        help_text=_("The year, as people name the cycle: 2021"),
        max_length=12,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    begins_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day, if it is over"), required=False)
    end_reason = forms.ChoiceField(
        label=_("Why it ended"),
        choices=[("", _("It has not ended")), *END_REASONS.items()],
        required=False,
    )
    uncertain = forms.BooleanField(
        label=_("The sources leave this in doubt"),
        help_text=_("The entry stays marked; nothing is decided by it."),
        required=False,
    )
    uncertain_because = TextsFormField(
        label=_("What is in doubt"), help_text=REASON_HINT, required=False, rows=2, max_length=300
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "number" in given and bool(given["number"]) == bool(given.get("name")):
            self.add_error("number", _("Write either the number or a name."))
        if given.get("uncertain") and not given.get("uncertain_because"):
            self.add_error("uncertain_because", _("Say what is in doubt."))
        return given


class EndMembershipForm(OkilForm):
    ends_on = DayField(label=_("Last day"))
    reason = forms.ChoiceField(
        label=_("Why it ended"), choices=list(END_REASONS.items()), widget=forms.RadioSelect
    )


class VacancyForm(OkilForm):
    position = position_field()
    since_on = DayField(label=_("Vacant since"))
    reason = TextsFormField(label=_("Why"), help_text=REASON_HINT, rows=2, max_length=400)
    plan = TextsFormField(
        label=_("What is planned"), help_text=REASON_HINT, required=False, rows=2, max_length=400
    )
