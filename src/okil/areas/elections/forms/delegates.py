"""What is asked of a meeting that chose delegates, and of its delegates."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okil.areas.bodies.actions.decisions import PAPER_BYTES
from okil.areas.elections.actions.delegates import MeetingFacts
from okil.areas.elections.forms.voters import (
    GREATEST_NUMBER,
    NewVoterForm,
    refuse_identity_number,
    region_choices,
)
from okil.areas.elections.models import Voter
from okil.foundation.web.forms import DayField, OkilForm

MOST_PEOPLE = 32_000
MOST_NUMBERS = 500


class DelegatesMeetingForm(OkilForm):
    """`facts()` after is_valid()."""

    held_on = DayField(label=gettext_lazy("On which day it was held"))
    region = forms.ChoiceField(
        label=gettext_lazy("Region"),
        choices=region_choices(gettext_lazy("of several regions")),
        required=False,
        widget=forms.Select({"class": "mid"}),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Whose meeting it was"),
        help_text=gettext_lazy(
            "An organisation, a self-help group, a city. No names of people. It may be left empty."
        ),
        max_length=200,
        required=False,
        validators=[refuse_identity_number],
    )
    present = forms.IntegerField(
        label=gettext_lazy("How many people were there"),
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput({"class": "short"}),
    )
    chosen = forms.IntegerField(
        label=gettext_lazy("How many delegates they chose"),
        help_text=gettext_lazy("So many are put on the list, and no more."),
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput({"class": "short"}),
    )
    paper = forms.FileField(
        label=gettext_lazy("The protocol of the meeting"),
        help_text=gettext_lazy(
            "PDF, JPEG or PNG, up to 5 MB. It is kept sealed; whoever opens it is recorded."
        ),
    )

    def facts(self) -> MeetingFacts:
        given = self.cleaned_data
        return MeetingFacts(
            held_on=given["held_on"],
            region=given["region"],
            organisation=given["organisation"],
            present=given["present"],
            chosen=given["chosen"],
            # One byte too many is enough for the action to refuse it.
            paper=given["paper"].read(PAPER_BYTES + 1),
        )


class DelegateForm(NewVoterForm):
    """A delegate whom the protocol of a meeting names: nobody else has to confirm it."""

    source = None  # type: ignore[assignment]  # so a form leaves out a field of its base

    def clean(self) -> dict[str, Any]:
        return {**(super().clean() or {}), "source": Voter.Source.MEETING}


class NamedForm(OkilForm):
    """Delegates who are on the list of voters already."""

    numbers = forms.CharField(
        label=gettext_lazy("Numbers of voters whom the protocol names"),
        help_text=gettext_lazy("For example: 3, 7, 12. They are on the list already."),
        max_length=4000,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_numbers(self) -> list[int]:
        typed = self.cleaned_data["numbers"]
        parts = [part for part in re.split(r"[\s,;.]+", typed) if part]
        is_sound = all(re.fullmatch(r"[0-9]{1,5}", part) for part in parts)
        numbers = sorted({int(part) for part in parts}) if is_sound else []
        if not numbers or numbers[0] < 1 or numbers[-1] > GREATEST_NUMBER:
            raise ValidationError(_("Write whole numbers with commas between them: 3, 7, 12."))
        if len(numbers) > MOST_NUMBERS:
            raise ValidationError(_("Write at most {n} numbers at a time.").format(n=MOST_NUMBERS))
        return numbers
