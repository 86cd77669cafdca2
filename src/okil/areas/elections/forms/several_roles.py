"""What somebody in two groups answers, what their group's body decided, and the key of a comparison."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.forms.decisions import DecisionForm
from okil.areas.elections.queries.several_roles import Question
from okil.areas.elections.wording.several_roles import ANSWERS, RULINGS
from okil.foundation.web.forms import OkilForm
from okil.pure.rules.matching import LONGEST_KEY_FILE
from okil.pure.rules.several_roles import OFFERED


class AnswerForm(OkilForm):
    """Of one question; a page may hold several."""

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, prefix=question.situation, **kwargs)
        self.fields["answer"] = forms.ChoiceField(
            label=_("Your answer"),
            choices=[(str(code), ANSWERS[code]) for code in OFFERED[question.follows]],
            initial=question.answer,
            widget=forms.RadioSelect,
        )


class RulingForm(DecisionForm):
    ruling = forms.ChoiceField(
        label=_("What your group's body decided"),
        choices=list(RULINGS.items()),
        widget=forms.RadioSelect,
    )
    field_order = ["ruling", "made_by", "made_on", "number"]


class MatchingKeyForm(DecisionForm):
    person = forms.IntegerField(
        label=_("Whom the groups named, by number"),
        help_text=_("The number stands on the page “People”. Nobody of the Secretariat."),
        min_value=1,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    fingerprint = forms.CharField(
        label=_("The fingerprint of the key"),
        help_text=_("As its holder reads it to you: 64 digits and letters. Spaces do not matter."),
        max_length=200,
    )
    field_order = ["person", "fingerprint", "made_by", "made_on", "number"]


class RunForm(OkilForm):
    key = forms.FileField(
        label=_("The key's file"),
        help_text=_("Its holder brings it and takes it away. It is used once and kept nowhere."),
    )

    def content(self) -> bytes:
        """One byte too many is enough to see that it is no key."""
        content: bytes = self.cleaned_data["key"].read(LONGEST_KEY_FILE + 1)
        return content
