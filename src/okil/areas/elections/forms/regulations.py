from __future__ import annotations

from copy import deepcopy
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.forms.decisions import DecisionForm
from okil.areas.elections.wording import ANSWERS, QUESTIONS
from okil.foundation.web.forms import DayField
from okil.pure.rules import regulation as rules

LANGUAGE_NAMES = (("kk", "Қазақша"), ("ru", "Русский"), ("en", "English"))
CONTENT = tuple(QUESTIONS)


def _choice(question: str, answers: tuple[str, ...]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=QUESTIONS[question],
        choices=[("", _("the regulation does not say")), *((a, ANSWERS[a]) for a in answers)],
        widget=forms.RadioSelect,
        required=False,
    )


def _number(question: str, least: int, most: int, hint: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=QUESTIONS[question],
        help_text=hint,
        min_value=least,
        max_value=most,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )


class RegulationForm(DecisionForm):
    """The answers; an empty one means that the regulation does not say."""

    voter_kind = _choice("voter_kind", rules.VOTER_KIND)
    contest_model = _choice("contest_model", rules.CONTEST_MODEL)
    decision_principle = _choice("decision_principle", rules.DECISION_PRINCIPLE)
    majority_of = _choice("majority_of", rules.MAJORITY_OF)
    tie = _choice("tie", rules.TIE)
    single_candidate = _choice("single_candidate", rules.SINGLE_CANDIDATE)
    minimum_turnout_percent = _number(
        "minimum_turnout_percent", 0, 100, _("0 means: no minimum, and it is said so.")
    )
    replacement = _choice("replacement", rules.REPLACEMENT)
    complaint_days = _number(
        "complaint_days", 1, rules.MOST_COMPLAINT_DAYS, _("Counted from the day after the act.")
    )
    complaint_effect = _choice("complaint_effect", rules.SUSPENSION)
    midterm = _choice("midterm", rules.MIDTERM)
    commission_size = _number("commission_size", 2, 3, _("Two or three."))
    smallest_cell = _number(
        "smallest_cell",
        rules.SMALLEST_CELL_FLOOR,
        100,
        _("Numbers below it are merged. Empty means 5; never below 3."),
    )
    languages = forms.MultipleChoiceField(
        label=QUESTIONS["languages"],
        choices=LANGUAGE_NAMES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_public = forms.BooleanField(
        label=_("The group agrees that everybody may read these answers"), required=False
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    made_on = DayField(label=_("On which day was the regulation adopted"))
    field_order = [*CONTENT, "is_public", "made_by", "made_on", "number"]

    def has_seen(self, version: int) -> None:
        """What is typed stays, and is saved next time over this version."""
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("seen_version")] = str(version)
        self.data = data

    def content(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {name: given[name] if given[name] != "" else None for name in CONTENT}


class CaseForm(DecisionForm):
    """One question the regulation leaves open, answered for this election."""

    def __init__(self, *args: Any, question: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = deepcopy(RegulationForm.base_fields[question])
        asked.required = True
        if isinstance(asked, forms.ChoiceField) and not isinstance(
            asked, forms.MultipleChoiceField
        ):
            choices = cast("list[tuple[Any, Any]]", asked.choices)
            asked.choices = [choice for choice in choices if choice[0] != ""]
        self.fields = {"answer": asked, **self.fields}

    def answer(self) -> Any:
        return self.cleaned_data["answer"]
