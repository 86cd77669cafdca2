"""What the groups decided together, with its decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.actions.common_rules import MAY_BE_TIGHTENED
from okil.areas.elections.forms.answers import AnswersForm
from okil.areas.elections.forms.decisions import DecisionForm
from okil.areas.elections.wording.regulations import rule_title
from okil.pure.rules.regulation.findings import COMMON_QUESTIONS


class CommonRulesForm(AnswersForm, DecisionForm):
    tightened = forms.MultipleChoiceField(
        label=_("Recommended rules that are obligatory here"),
        help_text=_("A rule left open or broken then closes the step that it belongs to."),
        choices=[
            (rule, format_lazy("{} ({})", rule_title(rule), rule)) for rule in MAY_BE_TIGHTENED
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = [*COMMON_QUESTIONS, "tightened", "made_by", "made_on", "number"]

    def __init__(self, *args: Any, content: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, names=COMMON_QUESTIONS, content=content, languages=(), **kwargs)
        self.order_fields(self.field_order)

    def has_seen(self, version: int) -> None:
        """What is typed stays, and goes through next time over this version."""
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("seen_version")] = str(version)
        self.data = data
