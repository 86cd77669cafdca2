from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.forms.decisions import DecisionForm
from okil.areas.elections.wording.candidates import PLACES
from okil.foundation.web.forms import DayField, TextsFormField


class EmptyPostForm(DecisionForm):
    """Why nobody stands, which meeting spoke of it, what it decided, who helps (3.18)."""

    reason = TextsFormField(
        label=_("Why nobody stands"),
        help_text=_("Everybody reads it with the list. No names, no health, nothing private."),
        rows=2,
        max_length=400,
    )
    meeting_on = DayField(label=_("Day of the meeting with the voters that spoke of it"))
    help = TextsFormField(
        label=_("Who helps, and how"),
        help_text=_("A volunteer's help gives no status of alternate. No names."),
        rows=2,
        max_length=400,
        required=False,
    )

    def __init__(self, *args: Any, places: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = forms.ChoiceField(
            label=_("The place"),
            choices=[(place, PLACES[place]) for place in places],
            initial=places[0] if places else None,
            widget=forms.RadioSelect,
        )
        self.order_fields(["place", "reason", "meeting_on", "made_by", "made_on", "number", "help"])
