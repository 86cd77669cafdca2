from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.foundation.web.forms import OkilForm

LONGEST_REMARK = 6000


class RemarkForm(OkilForm):
    filed_before = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=_("Your remark"),
        help_text=_(
            "What you saw, when, and what became of it. Names only where nothing else will do."
        ),
        widget=forms.Textarea({"rows": 8}),
        max_length=LONGEST_REMARK,
    )
