from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.forms.ballots import DIGITS
from okil.foundation.web.forms import OkilForm


class NumberForm(OkilForm):
    number = forms.IntegerField(
        label=_("The voter's number"),
        help_text=_("As it stands on the attendance sheet."),
        min_value=1,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={**DIGITS, "class": "digits"}),
    )


class PaperForm(OkilForm):
    """The answer's button: give the paper, or take it back."""

    number = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
