"""What a candidate is asked, the same in every group and each field with its use; what becomes public; codes;
nominations."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.areas.elections.actions.applications import FIELDS, ApplicationFacts
from okil.areas.elections.actions.candidates import Consents
from okil.areas.elections.forms.term_history import TermHistoryField
from okil.areas.elections.forms.voters import (
    LONGEST_NAME,
    refuse_identity_number,
    region_choices,
)
from okil.areas.elections.wording.applications import TICKET_REASONS
from okil.areas.elections.wording.candidates import PLACES
from okil.foundation.web.forms import DayField, OkilForm, TextsFormField, say_what_to_do
from okil.pure.rules.tickets import read_code, read_ticket

LONGEST_TEXT = 4000
LONGEST_PROGRAMME = 1500
LETTERS = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


def _line(label: Any, hint: Any, *, longest: int = 200, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=required,
        validators=[refuse_identity_number],
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def _text(label: Any, hint: Any, *, longest: int = LONGEST_TEXT) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=False,
        validators=[refuse_identity_number],
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
    )


def _place(places: Sequence[str]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Stands for"),
        help_text=_("As the group's regulation has it."),
        choices=[(place, PLACES[place]) for place in places],
        initial=places[0],
        widget=forms.RadioSelect,
    )


class OwnConsentsForm(OkilForm):
    """What everybody may read, item by item. `consents()` after is_valid()."""

    pseudonym = _line(
        _("Pseudonym, if you want one to be read"),
        _("It is shown where the name is not, and said to be a pseudonym."),
        longest=100,
    )
    shows_name = forms.BooleanField(label=_("Everybody may read my name"), required=False)
    shows_region = forms.BooleanField(label=_("Everybody may read my region"), required=False)
    shows_programme = forms.BooleanField(label=_("Everybody may read my programme"), required=False)

    def __init__(self, *args: Any, has_photo: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_photo:
            self.fields["shows_photo"] = forms.BooleanField(
                label=_("Everybody may see my photo"), required=False
            )
            say_what_to_do(self)

    def consents(self) -> Consents:
        given = self.cleaned_data
        return Consents(**{name: given.get(name, False) for name in Consents.__dataclass_fields__})


class FactsForm(OkilForm):
    """The application without what becomes public. `facts()` after is_valid()."""

    name = _line(
        _("Full name"),
        _("The commission checks who you are. Sealed; public only if you say so below."),
        longest=LONGEST_NAME,
        required=True,
    )
    region = forms.ChoiceField(
        label=_("Region"),
        help_text=_("Region or city, no address: the group sees from where its candidates come."),
        choices=region_choices(pgettext_lazy("region", "choose")),
        widget=forms.Select({"class": "mid"}),
    )
    organisation = _line(
        _("Organisation, if any"),
        _("The commission looks at conflicts of interest. It is not published."),
    )
    contact = _line(
        _("How to reach you"),
        _(
            "Best an e-mail address: codes go there by which you sign, change what is public and withdraw."
            " Without one all three go through the organiser, on paper. It is sealed; no letter says what it"
            " is about."
        ),
    )
    experience = _text(
        _("Experience in the community"),
        _("The commission reads whether you belong to the group. Diagnoses do not belong here."),
    )
    term_history = TermHistoryField()
    conflict = _text(
        _("Conflicts of interest: how you see them yourself"),
        _(
            "Advised, not asked (REG-09): what could be one, and how you would deal with it. The commission"
            " reads it."
        ),
    )

    def __init__(
        self, *args: Any, places: Sequence[str], languages: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "place": _place(places),
            **self.fields,
            "programme": TextsFormField(
                languages=languages,
                label=_("What you want to do for the group"),
                help_text=_("Voters compare candidates by it, if you let it be read."),
                rows=4,
                max_length=LONGEST_PROGRAMME,
                required=False,
            ),
        }
        self.order_fields(ORDER)
        say_what_to_do(self)

    def clean_programme(self) -> Any:
        programme = self.cleaned_data["programme"]
        for text in programme.values():
            refuse_identity_number(text)
        return programme

    @property
    def answered(self) -> list[str]:
        return [name for name in FIELDS if name in self.fields]

    def facts(self) -> ApplicationFacts:
        given = self.cleaned_data
        said = {name: given[name] for name in self.answered}
        return ApplicationFacts(**{"place": "", "name": "", **said})


ORDER = (
    "place",
    "name",
    "region",
    "organisation",
    "contact",
    "programme",
    "experience",
    "term_history",
    "conflict",
    "pseudonym",
    "shows_name",
    "shows_region",
    "shows_programme",
    "consent",
)


class ApplicationForm(FactsForm, OwnConsentsForm):
    """A candidate applies. `facts()` and `consents()` after is_valid()."""

    consent = forms.BooleanField(
        label=_("I agree that these data are used for this election, and for nothing else")
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
    nomination = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = secrets.token_urlsafe(24)

    def clean_nomination(self) -> str:
        typed = self.cleaned_data["nomination"]
        return read_ticket(typed) or typed


class CorrectedForm(FactsForm):
    """All but the contact. Of a history in somebody's own words there are no rows: it stays as it is."""

    def __init__(self, *args: Any, has_rows: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["contact"]
        if not has_rows:
            del self.fields["term_history"]


class SigningForm(OkilForm):
    acknowledged = forms.BooleanField(label=_("I know these rights and duties, and accept them"))


class CodeForm(OkilForm):
    code = forms.CharField(
        label=_("The code from the letter"),
        help_text=_("Eight letters and digits. Capitals and dashes do not matter."),
        max_length=60,
        widget=forms.TextInput({**LETTERS, "class": "mid"}),
    )

    def clean_code(self) -> str:
        read = read_code(self.cleaned_data["code"])
        if not read:
            raise ValidationError(_("The code has eight letters and digits: compare them."))
        return read


class NominationForm(OkilForm):
    """Who nominates, for what and why; nothing of whom."""

    by = _line(
        _("Who nominates"),
        _(
            "You, your organisation or meeting, in your own words. Whom you nominate reads it, and the"
            " commission does; it is sealed."
        ),
        required=True,
    )
    reason = _text(
        _("Why you nominate them"),
        _("Only they read it. Do not write their name, health or contacts here."),
        longest=1000,
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, places: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = _place(places)
        place.label = _("For what")
        self.fields = {"place": place, **self.fields}
        self.fields["once"].initial = secrets.token_urlsafe(24)
        say_what_to_do(self)


class NominationSecretForm(OkilForm):
    """The letters of the link, as typed or as a script took them out of it."""

    secret = forms.CharField(
        label=_("The letters of your nomination"),
        help_text=_("Twenty letters and digits. Capitals and dashes do not matter."),
        max_length=200,
        widget=forms.TextInput(LETTERS),
    )

    def secret_typed(self) -> str:
        return read_ticket(self.cleaned_data["secret"]) if self.is_valid() else ""


class SignedPaperForm(OkilForm):
    signed_on = DayField(label=_("Day on which the application was signed"))


class NewCandidateTicketForm(OkilForm):
    reason = forms.ChoiceField(
        label=_("Why a ticket is made now"),
        choices=list(TICKET_REASONS.items()),
        widget=forms.RadioSelect,
    )
