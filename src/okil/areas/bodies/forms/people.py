from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.bodies.forms.decisions import DecisionForm
from okil.areas.bodies.models import FactorReset
from okil.areas.bodies.wording import RESET_REASONS
from okil.foundation.web.forms import OkilForm

LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


class InvitedForm(DecisionForm):
    """Whom to invite, and by which decision."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The person signs in with it. It is the one thing kept about them unsealed."),
        widget=forms.EmailInput(attrs={"class": "mid", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Full name, if you know it"),
        help_text=_("Kept sealed; each opening is recorded. Without it the person writes it."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        help_text=_("Everybody can read it. Leave it empty if it would tell who the person is."),
        max_length=200,
        required=False,
    )
    language = forms.ChoiceField(label=_("Language of the letter"), widget=forms.RadioSelect)
    field_order = ["to", "email", "name", "organisation", "language", "made_by", "made_on"]

    def __init__(self, *args: Any, languages: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = [(code, LANGUAGE_NAMES[code]) for code in languages]
        language.initial = next(iter(languages))


class InviteForm(InvitedForm):
    to = forms.ChoiceField(label=_("To which role"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = choices


class EndRoleForm(DecisionForm):
    pass


class WithdrawForm(OkilForm):
    pass


class AcceptForm(OkilForm):
    """The name is asked only where whoever invited did not write one."""

    name = forms.CharField(
        label=_("How should your name be kept?"),
        help_text=_("As it stands in your papers. It is kept sealed; each opening is recorded."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, name_is_asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not name_is_asked:
            del self.fields["name"]


class SearchForm(OkilForm):
    name = forms.CharField(
        label=_("Full name"),
        help_text=_(
            "As it was written down, exactly; only letter case, spaces and ё do not matter."
        ),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AskResetForm(OkilForm):
    reason = forms.ChoiceField(
        label=_("What happened"),
        choices=[(reason.value, RESET_REASONS[reason.value]) for reason in FactorReset.Reason],
        widget=forms.RadioSelect,
    )


class SettleResetForm(OkilForm):
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            ("agree", _("I agree: I know that this person asks for it")),
            ("refuse", _("I refuse")),
        ],
        widget=forms.RadioSelect,
    )


class OwnNameForm(OkilForm):
    public = forms.ChoiceField(
        label=_("Your name on public pages"),
        choices=[
            ("yes", _("Show it beside my role")),
            ("no", _("Show my number and organisation only")),
        ],
        widget=forms.RadioSelect,
    )
    corrected = forms.CharField(
        label=_("Your name, if it was entered wrongly"),
        help_text=_("Leave it empty and it stays as it is. It is kept sealed."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
