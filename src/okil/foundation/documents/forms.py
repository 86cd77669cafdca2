from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from okil.foundation.documents.codes import read_code
from okil.foundation.web.forms import OkilForm


class CodeForm(OkilForm):
    code = forms.CharField(
        max_length=60,
        label=_("The code of the paper"),
        help_text=_(
            "12 characters from the foot of the paper. Capital or small letters, spaces and hyphens"
            " make no difference."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "class": "mid", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> Any:
        code = read_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(
                _("The code has 12 letters and digits: compare it with the paper sign by sign.")
            )
        return code
