"""What may come in about a package: which version was seen, the Secretariat's answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.foundation.web.forms import OkilForm, TextsFormField, answer_with_note


class BuildForm(OkilForm):
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class CheckForm(OkilForm):
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (
                "complete",
                answer_with_note(
                    _("The package is complete"), _("The results can be published next.")
                ),
            ),
            (
                "missing",
                answer_with_note(
                    _("Something is missing"), _("The organiser makes a new version.")
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )
    missing = TextsFormField(
        label=_("What is missing"),
        help_text=_("The organiser reads it. No names."),
        rows=2,
        max_length=1000,
        required=False,
    )

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        if given.get("answer") == "missing" and not given.get("missing"):
            self.add_error("missing", _("Say what is missing: the organiser reads it."))
        if given.get("answer") == "complete" and given.get("missing"):
            self.add_error("answer", _("You wrote what is missing: choose “Something is missing”."))
        return given

    def missing_said(self) -> dict[str, str]:
        return dict(self.cleaned_data["missing"])
