"""The decision an act rests on, as fields of its form."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.bodies.actions.decisions import PAPER_BYTES, DecisionFacts
from okil.foundation.web.forms import DayField, OkilForm


class DecisionForm(OkilForm):
    """Who decided, when, under which number. `decision()` after is_valid()."""

    made_by = forms.CharField(
        label=_("Who decided"),
        help_text=_("The meeting, assembly or office. No names of persons."),
        max_length=200,
    )
    made_on = DayField(label=_("On which day"))
    number = forms.CharField(
        label=_("Number, if it has one"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    paper = forms.FileField(
        label=_("The decision itself, if there is a paper"),
        help_text=_("PDF, JPEG or PNG, up to 5 MB. It is kept sealed; each opening is recorded."),
        required=False,
    )

    def decision(self) -> DecisionFacts:
        given = self.cleaned_data
        # One byte more than allowed is enough for the action to refuse; the rest stays on the disk.
        paper = given["paper"].read(PAPER_BYTES + 1) if given["paper"] else None
        return DecisionFacts(given["made_by"], given["made_on"], given["number"], paper)
