from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.elections.forms.ballots import DIGITS
from okil.areas.elections.forms.decisions import DecisionForm
from okil.foundation.web.forms import DayField, OkilForm


class _Typed(OkilForm):
    """Whoever destroys writes how many records go: it is read before it is gone."""

    typed = forms.IntegerField(
        label=_("How many records are destroyed"),
        help_text=_("Write the number that stands above. What is destroyed nobody brings back."),
        min_value=0,
        max_value=10_000_000,
        widget=forms.TextInput(attrs={**DIGITS, "class": "digits"}),
    )


class DestroyForm(_Typed):
    def facts(self) -> DecisionFacts | None:
        return None


class DestroyByDecisionForm(DecisionForm, _Typed):
    """Where the regulation names no time, the decision of the group's own body does."""

    field_order = ("made_by", "made_on", "number", "typed")


class BackupsForm(OkilForm):
    done_on = DayField(label=_("On which day the operator destroyed the copies"))
