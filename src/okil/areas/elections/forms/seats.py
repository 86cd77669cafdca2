"""What may come in when somebody elected goes, and when the others take their seats."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.models import Departure
from okil.areas.elections.wording.seats import WHY_GONE
from okil.foundation.web.forms import DayField, OkilForm


class DepartureForm(OkilForm):
    why = forms.ChoiceField(
        label=_("What happened"),
        help_text=_("Why exactly is nobody's business."),
        choices=[(code, WHY_GONE[code]) for code in Departure.Why.values],
        widget=forms.RadioSelect,
    )
    told_on = DayField(label=_("On which day it was told"))


class SeatingForm(OkilForm):
    """Nothing is asked but the press of the button."""
