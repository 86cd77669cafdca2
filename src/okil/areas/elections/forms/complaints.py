"""A complaint as it is filed by anybody or entered from paper, and as it is decided."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.actions.complaints import ComplaintFacts
from okil.areas.elections.forms.decisions import DecisionWithPaperForm
from okil.areas.elections.wording.complaints import BY, EFFECTS
from okil.foundation.web.forms import DayField, OkilForm, TextsFormField

LONGEST_TEXT = 5000


class ComplaintForm(OkilForm):
    """Anybody's. `facts()` after is_valid()."""

    by = forms.ChoiceField(label=_("You are"), choices=list(BY.items()), widget=forms.RadioSelect)
    by_number = forms.IntegerField(
        label=_("Your number as voter, candidate or observer, if you know it"),
        min_value=1,
        max_value=100_000,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    name = forms.CharField(
        label=_("Or your name, or the pseudonym you registered with"),
        help_text=_("It is kept sealed. One of the two is enough."),
        max_length=200,
        required=False,
    )
    act = forms.ChoiceField(label=_("What the complaint is about"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What happened, and what you ask for"),
        help_text=_("Say what you saw yourself. Who decides about it reads it."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    contact = forms.CharField(
        label=_("Where you can be reached, if you want to be asked"),
        help_text=_("Telephone, e-mail or somebody you trust. You may leave it empty."),
        max_length=200,
        required=False,
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, acts: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["act"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = acts
        self.fields["once"].initial = secrets.token_urlsafe(24)

    def facts(self) -> ComplaintFacts:
        given = self.cleaned_data
        return ComplaintFacts(
            by=given["by"],
            act=given["act"],
            text=given["text"],
            by_number=given["by_number"],
            name=given["name"],
            contact=given["contact"],
        )


class ComplaintOnPaperForm(ComplaintForm):
    """An officer's, for what came on paper."""

    received_on = DayField(label=_("On which day was it received"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["once"]
        self.fields["by"].label = _("Who complains")
        self.fields["by_number"].label = _("Their number, if it is known")
        self.fields["name"].label = _("Or their name, as it stands on the paper")
        self.fields["contact"].label = _("Where they can be reached, if they said so")
        self.fields["text"].label = _("What the paper says")
        self.fields["text"].help_text = _("Word for word, as far as it matters.")
        self.fields["contact"].help_text = ""
        self.order_fields(["received_on"])


class ConcernedForm(OkilForm):
    def __init__(self, *args: Any, officers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["numbers"] = forms.MultipleChoiceField(
            label=_("Who else took part in the act"),
            help_text=_(
                "Whoever is named here neither reads nor decides. Nobody is taken off again."
            ),
            choices=officers,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_numbers(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["numbers"]]


class ComplaintDecisionForm(DecisionWithPaperForm):
    effect = forms.ChoiceField(
        label=_("What follows"), choices=list(EFFECTS.items()), widget=forms.RadioSelect
    )
    reasons = TextsFormField(
        label=_("The reasons, as everybody will read them"),
        help_text=_("No names, no numbers of people, nothing that tells who complained."),
        rows=4,
        max_length=2000,
    )
    field_order = ["effect", "reasons", "made_by", "made_on", "number", "paper"]
