"""What may come in for a protocol: a reason, a signature, the scan of one, the words of an absence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.bodies.actions.decisions import PAPER_BYTES
from okil.foundation.web.forms import OkilForm, TextsFormField, answer_with_note

LONGEST_NOTE = 2000


class FirstVersionForm(OkilForm):
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def reason(self) -> dict[str, str]:
        return {}


class FurtherVersionForm(OkilForm):
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    why = TextsFormField(
        label=_("Why is a new version needed?"),
        help_text=_("It stands in the protocol and is published with it. No names."),
        rows=2,
        max_length=400,
    )

    def reason(self) -> dict[str, str]:
        return dict(self.cleaned_data["why"])


class SignForm(OkilForm):
    kind = forms.ChoiceField(
        label=_("How do you sign?"),
        choices=[
            (
                "signed",
                answer_with_note(
                    _("I sign"), _("The protocol says what happened and what was counted.")
                ),
            ),
            (
                "dissent",
                answer_with_note(
                    _("I sign with a dissent"),
                    _(
                        "You were there and disagree with something. Your words go with the protocol."
                    ),
                ),
            ),
        ],
        widget=forms.RadioSelect,
        initial="signed",
    )
    note = forms.CharField(
        label=_("Your dissent, if you sign with one"),
        help_text=_("It is kept sealed and goes into the package for the Secretariat."),
        widget=forms.Textarea({"rows": 4}),
        max_length=LONGEST_NOTE,
        required=False,
    )

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        if given.get("kind") == "dissent" and not given.get("note"):
            self.add_error("note", _("Write down what you dissent from and why."))
        if given.get("kind") == "signed" and given.get("note"):
            self.add_error("kind", _("You wrote down a dissent: choose “I sign with a dissent”."))
        return given

    def dissent(self) -> str:
        return str(self.cleaned_data["note"]) if self.cleaned_data["kind"] == "dissent" else ""


class PaperSignatureForm(OkilForm):
    paper = forms.FileField(
        label=_("The signed page"),
        help_text=_(
            "PDF, JPEG or PNG, up to 5 MB. It is kept sealed; whoever opens it is recorded."
        ),
    )

    def scan(self) -> bytes:
        # One byte too many is enough for the action to refuse it.
        read: bytes = self.cleaned_data["paper"].read(PAPER_BYTES + 1)
        return read


class AbsenceForm(OkilForm):
    reason = forms.CharField(
        label=_("What do you know about it?"),
        help_text=_(
            "How you asked for the signature, and what came back. Health is nobody's business."
        ),
        widget=forms.Textarea({"rows": 4}),
        max_length=LONGEST_NOTE,
    )
