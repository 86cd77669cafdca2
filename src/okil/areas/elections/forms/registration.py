"""What a voter is asked who registers, as the group's regulation has it; the ticket; why it is made anew."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from okil.areas.bodies.actions.decisions import PAPER_BYTES
from okil.areas.elections.actions.registration import TEXTS, RegistrationFacts
from okil.areas.elections.forms.voters import (
    LONGEST_NAME,
    refuse_identity_number,
    region_choices,
)
from okil.areas.elections.wording.registration import TICKET_REASONS
from okil.foundation.web.forms import MESSAGES, OkilForm, say_what_to_do
from okil.pure.rules.identity_numbers import is_of_a_person
from okil.pure.rules.tickets import read_ticket
from okil.pure.rules.voter_form import VoterQuestions

LONGEST_BASIS = 2000


def _line(label: Any, hint: Any, longest: int, **more: Any) -> forms.CharField:
    attributes = {"autocomplete": "off", **more}
    return forms.CharField(
        label=label, help_text=hint, max_length=longest, widget=forms.TextInput(attributes)
    )


def _text(label: Any, hint: Any, longest: int) -> forms.CharField:
    widget = forms.Textarea({"rows": 3, "autocomplete": "off"})
    return forms.CharField(label=label, help_text=hint, max_length=longest, widget=widget)


def _name(asked: VoterQuestions) -> forms.CharField:
    if asked.kind == "organisation":
        return _line(
            gettext_lazy("Who votes for the organisation"),
            gettext_lazy("The person whom the organisation authorises. It is sealed at once."),
            LONGEST_NAME,
        )
    if asked.full_name:
        return _line(
            gettext_lazy("Full name"),
            gettext_lazy("The group's regulation asks for it. It is sealed at once."),
            LONGEST_NAME,
        )
    label = gettext_lazy("How to call you")
    return _line(label, gettext_lazy("Any name will do. It is sealed at once."), LONGEST_NAME)


def _region(asked: VoterQuestions) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Region"),
        help_text=gettext_lazy(
            "Region or city, no address. It shows whether all regions are invited."
        ),
        choices=region_choices(pgettext_lazy("region", "choose")),
        widget=forms.Select({"class": "mid"}),
    )


def _organisation(asked: VoterQuestions) -> forms.CharField:
    if asked.kind == "organisation":
        return _line(gettext_lazy("Name of the organisation"), "", LONGEST_NAME)
    return _line(
        gettext_lazy("Organisation you come from"),
        gettext_lazy("The organiser and the commission read it; it is not published."),
        LONGEST_NAME,
    )


# Each field by its name, in the order of the form.
FIELDS: Mapping[str, Callable[[VoterQuestions], forms.Field]] = {
    "organisation": _organisation,
    "organisation_number": lambda _asked: _line(
        gettext_lazy("Registration number of the organisation"),
        gettext_lazy("From the State's register of legal entities (BIN), not that of a person."),
        40,
        inputmode="numeric",
    ),
    "services": lambda _asked: _text(
        gettext_lazy("What the organisation does for the group"),
        gettext_lazy("Services or programmes, in a sentence or two. No names of people."),
        300,
    ),
    "name": _name,
    "region": _region,
    "contact": lambda _asked: _line(
        gettext_lazy("How to reach you"),
        gettext_lazy(
            "E-mail, telephone or somebody you trust. It is sealed; no letter says what it is about."
        ),
        200,
    ),
    "basis": lambda _asked: _text(
        gettext_lazy("Why you belong to the group"),
        gettext_lazy(
            "In your own words, as little as is enough. Diagnoses and papers do not belong here."
        ),
        LONGEST_BASIS,
    ),
}


class VoterFactsForm(OkilForm):
    """The fields that the regulation asks. `facts()` after is_valid()."""

    def __init__(
        self, *args: Any, asked: VoterQuestions, has_paper: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.fields = {**fields_of(asked, has_paper=has_paper), **self.fields}
        say_what_to_do(self)

    def clean_organisation_number(self) -> str:
        typed: str = self.cleaned_data["organisation_number"]
        if is_of_a_person(typed):
            raise ValidationError(
                _(
                    "This is the number of a person (IIN), and it is not taken. Write the number of the"
                    " organisation (BIN): its fifth digit is 4, 5 or 6."
                )
            )
        return typed

    @property
    def answered(self) -> list[str]:
        """Of what is kept as text, the fields that this form asks."""
        return [name for name in TEXTS if name in self.fields]

    def facts(self) -> RegistrationFacts:
        given = self.cleaned_data
        paper = given.get("paper")
        return RegistrationFacts(
            **{name: given.get(name, "") for name in TEXTS if name != "kind"},
            kind=self.asked.kind,
            # One byte too many is enough for the action to refuse it.
            paper=paper.read(PAPER_BYTES + 1) if paper else None,
        )


def fields_of(asked: VoterQuestions, *, has_paper: bool = False) -> dict[str, forms.Field]:
    """In the order of the form. A paper that is kept already need not be chosen again."""
    found = {name: make(asked) for name, make in FIELDS.items() if name in asked.asked}
    for name, field in found.items():
        field.required = asked.asked[name]
        if not field.required:
            field.label = format_lazy(
                "{} ({})", field.label, gettext_lazy("you may leave it empty")
            )
        if isinstance(field, forms.CharField):
            field.validators = [*field.validators, refuse_identity_number]
    if asked.asks_for_paper:
        found["paper"] = forms.FileField(
            label=gettext_lazy("The paper by which the organisation authorises this person"),
            help_text=gettext_lazy(
                "PDF, JPEG or PNG, up to 5 MB. It is kept sealed; whoever opens it is recorded."
            ),
            required=not has_paper,
        )
    return found


def card_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Code of your card, if an organisation gave you one"),
        help_text=gettext_lazy("Twenty letters and digits. Then the organisation vouches for you."),
        max_length=200,
        required=False,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


NOT_LISTED = "none"


def meeting_field(meetings: Sequence[tuple[int, str]]) -> forms.TypedChoiceField:
    field = forms.TypedChoiceField(
        label=gettext_lazy("Which meeting chose you as a delegate"),
        help_text=gettext_lazy("The organiser compares it with the protocol of the meeting."),
        choices=[
            ("", pgettext_lazy("meeting", "choose")),
            *((str(number), name) for number, name in meetings),
            (NOT_LISTED, gettext_lazy("it is not in this list")),
        ],
        coerce=lambda chosen: None if chosen == NOT_LISTED else int(chosen),
        empty_value=None,
    )
    field.error_messages["required"] = MESSAGES[forms.ChoiceField]["required"]
    return field


class RegistrationForm(VoterFactsForm):
    """A voter registers. `facts()` after is_valid()."""

    basis_without_card = False  # must it be said by whoever has no card?

    consent = forms.BooleanField(
        label=gettext_lazy(
            "I agree that these data are used for this election, and for nothing else"
        )
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self,
        *args: Any,
        has_cards: bool = False,
        meetings: Sequence[tuple[int, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        """`meetings`: by number, those of which one chose the delegate; None where all vote."""
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = secrets.token_urlsafe(24)
        if meetings is not None:
            self.fields = {"meeting": meeting_field(meetings), **self.fields}
        if has_cards:
            self.fields = {"card": card_field(), **self.fields}
            self._let_a_card_speak()

    def _let_a_card_speak(self) -> None:
        """Nothing on the page changes while somebody writes, so the field stays for both."""
        basis = self.fields.get("basis")
        self.basis_without_card = basis is not None and basis.required
        if basis is None or not self.basis_without_card:
            return
        basis.required = False
        basis.label = format_lazy("{} ({})", basis.label, gettext_lazy("not needed with a card"))

    def clean_basis(self) -> str:
        """The organisation of the card says it for its owner. `card` stands before this field."""
        said: str = self.cleaned_data["basis"]
        if not said and self.basis_without_card and not self.data.get("card", "").strip():
            raise ValidationError(self.fields["basis"].error_messages["required"], code="required")
        return said


class TicketForm(OkilForm):
    """The ticket, as typed or as a script took it out of the link; read by `ticket_typed()`."""

    ticket = forms.CharField(
        label=gettext_lazy("Your ticket"),
        help_text=gettext_lazy("The twenty letters and digits. Capitals and dashes do not matter."),
        max_length=200,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def ticket_typed(self) -> str:
        """The ticket that was meant; nothing if none can have been."""
        return read_ticket(self.cleaned_data["ticket"]) if self.is_valid() else ""


class NewTicketForm(OkilForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why a ticket is made now"),
        choices=list(TICKET_REASONS.items()),
        widget=forms.RadioSelect,
    )


def is_mail_address(contact: str) -> bool:
    """Can a letter be sent there at once?"""
    try:
        validate_email(contact.strip())
    except ValidationError:
        return False
    return True
