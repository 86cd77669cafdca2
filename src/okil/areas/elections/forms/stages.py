from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.forms.cycles import DatesForm
from okil.areas.elections.forms.decisions import DecisionWithPaperForm
from okil.areas.elections.wording import round_kind_name
from okil.foundation.web.forms import MomentField, OkilForm, TextsFormField
from okil.pure.rules.stages import VOTED_ON_AGAIN, Stage


class MoveForm(OkilForm):
    to = forms.CharField(widget=forms.HiddenInput)


class ExtensionForm(OkilForm):
    reason = TextsFormField(
        label=_("Reason"),
        help_text=_("It is published with the new date. No names, no health, no law cases."),
        rows=2,
        max_length=400,
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "to_at": MomentField(zone=zone, label=_("New end")),
            **self.fields,
        }


class SuspensionForm(DecisionWithPaperForm):
    reason = TextsFormField(
        label=_("What the group's page says"),
        help_text=_("In the words of the decision. No names."),
        rows=2,
        max_length=400,
    )
    field_order = ["reason", "made_by", "made_on", "number", "paper"]


class AnewForm(DatesForm, DecisionWithPaperForm):
    """From the beginning, after a round that was annulled early: all dates anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([n for n in self.fields if n.startswith(("begins_", "ends_"))])


class NewRoundForm(DatesForm, DecisionWithPaperForm):
    kind = forms.ChoiceField(
        label=_("Kind of round"),
        # Each name as one text: a name in three languages would be taken for a group of answers.
        choices=[(kind.value, lazystr(round_kind_name(kind))) for kind in VOTED_ON_AGAIN],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, zone=zone, stages=(Stage.VOTING, Stage.RESULTS), **kwargs)
        dates = [name for name in self.fields if name.startswith(("begins_", "ends_"))]
        self.order_fields(["kind", *dates])
