from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.actions.cards import AT_ONCE
from okil.foundation.web.forms import OkilForm

SUGGESTIONS = "known-organisations"  # the id of the list on the page


class CardsForm(OkilForm):
    """`known`: organisations that are offered; another may be written."""

    organisation = forms.CharField(
        label=_("Trusted organisation that hands the cards out"),
        help_text=_(
            "It vouches for whoever gets a card from it. The name of the organisation, not of a person."
        ),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "list": SUGGESTIONS}),
    )
    count = forms.IntegerField(
        label=_("How many cards"),
        help_text=_("One for each person, up to 200 at a time."),
        min_value=1,
        max_value=AT_ONCE,
        widget=forms.NumberInput({"class": "short"}),
    )

    def __init__(self, *args: Any, known: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        if not known:
            del self.fields["organisation"].widget.attrs["list"]
