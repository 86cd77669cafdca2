from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.foundation.web.forms import OkilForm


class ComparisonForm(OkilForm):
    """Which two regulations are laid beside each other; by default the newest and the one before."""

    def __init__(self, *args: Any, sides: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        keys = [key for key, _name in sides]
        usual = dict(zip(("other", "one"), keys, strict=False))
        super().__init__(*args, initial=usual, **kwargs)
        self.fields["one"] = forms.ChoiceField(label=_("Before"), choices=sides)
        self.fields["other"] = forms.ChoiceField(label=_("After"), choices=sides)
