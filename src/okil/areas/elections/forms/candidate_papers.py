"""A file that a candidate hands in, for a row of the regulation's list or as the photo."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.bodies.actions.decisions import PAPER_BYTES
from okil.foundation.web.forms import OkilForm
from okil.pure.rules.regulation.questions import MOST_ROWS


class FileForm(OkilForm):
    """`content()` after is_valid(); each of several on a page has controls of its own."""

    paper = forms.FileField(label=_("File"))

    def __init__(self, *args: Any, row: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_paper_{row}_%s", **kwargs)

    def content(self) -> bytes:
        # One byte too many is enough for the action to refuse it.
        content: bytes = self.cleaned_data["paper"].read(PAPER_BYTES + 1)
        return content


class PaperForm(FileForm):
    paper = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPEG, PNG or WebP, up to 5 MB. A picture is kept without place and day."),
        widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
    )


class PhotoForm(FileForm):
    paper = forms.FileField(
        label=_("Photo"),
        help_text=_("JPEG, PNG or WebP, up to 5 MB. It is kept small, without place and day."),
        widget=forms.FileInput({"accept": ".jpg,.jpeg,.png,.webp"}),
    )


class RowForm(OkilForm):
    """Which row of the list is meant; 0 if none can be."""

    row = forms.IntegerField(min_value=1, max_value=MOST_ROWS)

    def number(self) -> int:
        return int(self.cleaned_data["row"]) if self.is_valid() else 0
