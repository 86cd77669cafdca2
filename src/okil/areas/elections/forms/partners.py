from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.models import PartnerLetter
from okil.areas.elections.wording.partners import FUNCTIONS, REPLIES
from okil.foundation.web.forms import DayField, OkilForm


class LetterForm(OkilForm):
    function = forms.ChoiceField(
        label=_("For what is the partner asked"),
        choices=[(each.value, FUNCTIONS[each.value]) for each in PartnerLetter.Function],
        widget=forms.RadioSelect,
    )
    organisation = forms.CharField(
        label=_("To which organisation"),
        help_text=_("The organisation, not a person in it."),
        max_length=200,
    )
    answer_by = DayField(label=_("Until when is an answer awaited"))


class ReplyForm(OkilForm):
    reply = forms.ChoiceField(
        label=_("What the organisation answered"),
        choices=[
            (each.value, REPLIES[each.value])
            for each in PartnerLetter.Reply
            if each != PartnerLetter.Reply.NONE
        ],
        widget=forms.RadioSelect,
    )
    replied_on = DayField(label=_("On which day"))
