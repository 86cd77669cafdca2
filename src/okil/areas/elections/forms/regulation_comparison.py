from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.foundation.web.forms import OkilForm


class ComparisonForm(OkilForm):
    """Which two regulations are laid beside each other; by default the newest and the one before."""

    one = forms.ChoiceField(label=_("Before"))
    other = forms.ChoiceField(label=_("After"))

    def __init__(self, *args: Any, sides: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        keys = [key for key, _name in sides]
        usual = dict(zip(("other", "one"), keys, strict=False))
        super().__init__(*args, initial=usual, **kwargs)
        for name in ("one", "other"):
            self.fields[name].choices = sides  # type: ignore[attr-defined]  # a ChoiceField
