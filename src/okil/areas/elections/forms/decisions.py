"""The decision an act rests on, as fields of its form."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.bodies.actions.decisions import PAPER_BYTES, DecisionFacts
from okil.foundation.web.forms import DayField, OkilForm


class DecisionForm(OkilForm):
    """Who decided, when, under which number. `facts()` after is_valid()."""

    made_by = forms.CharField(
        label=_("Who decided"),
        help_text=_("The meeting, assembly or office. No names of persons."),
        max_length=200,
    )
    made_on = DayField(label=_("On which day"))
    number = forms.CharField(label=_("Number, if it has one"), max_length=60, required=False)

    def facts(self) -> DecisionFacts:
        given = self.cleaned_data
        paper = given.get("paper")
        return DecisionFacts(
            made_by=given["made_by"],
            made_on=given["made_on"],
            number=given["number"],
            # One byte too many is enough for the action to refuse it.
            paper=paper.read(PAPER_BYTES + 1) if paper else None,
        )


class DecisionWithPaperForm(DecisionForm):
    paper = forms.FileField(
        label=_("The decision itself"),
        help_text=_(
            "PDF, JPEG or PNG, up to 5 MB. It is kept sealed; whoever opens it is recorded."
        ),
    )
