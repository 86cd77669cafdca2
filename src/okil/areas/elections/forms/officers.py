from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.models import OrganisationKind, Undertaking
from okil.areas.elections.wording.officers import ORGANISATION_KINDS
from okil.foundation.web.forms import DayField, OkilForm, TextsFormField


class SignForm(OkilForm):
    """A member of the commission also says from what kind of organisation they come (1.20)."""

    organisation_kind = forms.ChoiceField(
        label=_("From what kind of organisation do you come?"),
        choices=[(kind.value, ORGANISATION_KINDS[kind.value]) for kind in OrganisationKind],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label=_("I have read this text and put my name to it."))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != Undertaking.Kind.NO_INTEREST:
            del self.fields["organisation_kind"]


class DescriptionForm(OkilForm):
    commission_name = TextsFormField(
        label=_("What the group calls its commission"),
        help_text=_("Everybody can read it. Empty: Mandate Commission."),
        max_length=100,
        required=False,
    )
    organiser_enabled = TextsFormField(
        label=_("How the group enables its organiser to work until the end"),
        help_text=_("Time, travel, telephone, a place to work. Officers read it. No names."),
        rows=2,
        max_length=600,
        required=False,
    )
    channel = TextsFormField(
        label=_("How organiser, commission and group reach each other"),
        help_text=_("Which list or chat, how often. Officers read it. No names, no numbers."),
        rows=2,
        max_length=600,
        required=False,
    )


class PresenceForm(OkilForm):
    day = DayField(label=_("On which day were you there"))


class SeenForm(OkilForm):
    """Which version of a paper the person had before them."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
