from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.models import Publication
from okil.areas.elections.wording.notices import CHANNELS
from okil.foundation.web.forms import MomentField, OkilForm, TextsFormField

LONGEST = 12_000


class NoticeForm(OkilForm):
    """The text in each language in which people are written to."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = TextsFormField(
            label=_("Text of the notice"),
            help_text=_(
                "A line that begins with a dash becomes a point of a list; an empty line begins a "
                "paragraph. No names of persons who did not agree to it."
            ),
            languages=languages,
            required_languages=languages,
            rows=16,
            max_length=LONGEST,
        )


class PublicationForm(OkilForm):
    channel = forms.ChoiceField(
        label=_("By what was it published or sent"),
        choices=[(each.value, CHANNELS[each.value]) for each in Publication.Channel],
        widget=forms.RadioSelect,
    )
    where = forms.CharField(
        label=_("Where exactly"),
        help_text=_(
            "The address of a page, the name of a list, a paper or a chat. Never a person."
        ),
        max_length=200,
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["published_at"] = MomentField(zone=zone, label=_("When"))
