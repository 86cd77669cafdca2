"""A voter's question to a candidate, and the candidate's answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.actions.candidate_questions import LONGEST_ANSWER, LONGEST_QUESTION
from okil.areas.elections.forms.voters import refuse_identity_number
from okil.foundation.web.forms import OkilForm


class QuestionForm(OkilForm):
    """`candidates` are numbers with what everybody may read of each."""

    text = forms.CharField(
        label=_("Your question"),
        help_text=_(
            "600 characters at most. Do not write who you are, and nothing about anybody's health or"
            " private life."
        ),
        max_length=LONGEST_QUESTION,
        validators=[refuse_identity_number],
        widget=forms.Textarea({"rows": 5, "autocomplete": "off"}),
    )
    field_order = ["candidate", "text"]

    def __init__(self, *args: Any, candidates: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["candidate"] = forms.TypedChoiceField(
            label=_("Whom do you ask?"), choices=candidates, coerce=int, widget=forms.RadioSelect
        )
        self.order_fields(self.field_order)


class AnswerForm(OkilForm):
    """Several stand on a page, each with controls of its own."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("2000 characters at most. Everybody reads it, with the question."),
        max_length=LONGEST_ANSWER,
        validators=[refuse_identity_number],
        widget=forms.Textarea({"rows": 5, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, question: int, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_question_{question}_%s", **kwargs)


class NumberForm(OkilForm):
    """Which question is meant; 0 if none can be."""

    number = forms.IntegerField(min_value=1, max_value=2_000_000_000)

    def read(self) -> int:
        return int(self.cleaned_data["number"]) if self.is_valid() else 0
