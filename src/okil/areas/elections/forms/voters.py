"""What is asked of a voter, one by one; what of the list is shown; and what the commission says."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazystr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okil.areas.elections.actions.voters import VoterFacts
from okil.areas.elections.wording.voters import KINDS, REASONS, REGIONS, SOURCES, STATUSES
from okil.foundation.web.forms import DayField, OkilForm
from okil.pure.rules.identity_numbers import holds_identity_number, is_of_a_person

MOST_LINES = 500
LONGEST_NAME = 200
LONGEST_REGISTER_NUMBER = 40
GREATEST_NUMBER = 99_999


def region_choices(empty: Any) -> list[tuple[str, Any]]:
    return [("", empty), *((code, lazystr(name)) for code, name in REGIONS.items())]


def source_choices() -> list[tuple[str, Any]]:
    return [(code, lazystr(name)) for code, name in SOURCES.items()]


def refuse_identity_number(text: str) -> None:
    """Nobody has to be asked for it to type it."""
    if holds_identity_number(text):
        raise ValidationError(
            _(
                "This holds an identity number (IIN). It is not needed here and is not taken: leave it"
                " out, so that nobody can find you by it."
            ),
            code="identity-number",
        )


class VoterForm(OkilForm):
    """One voter. `facts()` after is_valid()."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Who registers"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=gettext_lazy("Name, pseudonym or code"),
        help_text=gettext_lazy(
            "It is sealed at once. It may be left empty if the number is enough."
        ),
        max_length=LONGEST_NAME,
        required=False,
        validators=[refuse_identity_number],
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Region"),
        choices=region_choices(gettext_lazy("not told")),
        required=False,
        widget=forms.Select({"class": "mid"}),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Organisation the voter represents, if any"),
        max_length=200,
        required=False,
        validators=[refuse_identity_number],
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Who says that the voter belongs to the group"),
        choices=source_choices,
        widget=forms.RadioSelect,
    )
    consented_on = DayField(
        label=gettext_lazy("Day of the consent to the processing of these data")
    )

    def facts(self) -> VoterFacts:
        given = self.cleaned_data
        return VoterFacts(
            kind=given["kind"],
            name=given["name"],
            region=given["region"],
            organisation=given["organisation"],
            source=given["source"],
            consented_on=given["consented_on"],
            number=given.get("number"),
            contact=given.get("contact", ""),
            organisation_number=given.get("organisation_number", ""),
        )


class NewVoterForm(VoterForm):
    """`asked`: what the regulation asks beyond the least; the rest of it is not offered here."""

    contact = forms.CharField(
        label=gettext_lazy("How to reach them, if they told it"),
        help_text=gettext_lazy("It is sealed at once."),
        max_length=LONGEST_NAME,
        required=False,
        validators=[refuse_identity_number],
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    organisation_number = forms.CharField(
        label=gettext_lazy("Registration number of the organisation, if it is one that votes"),
        help_text=gettext_lazy(
            "From the State's register of legal entities (BIN), not that of a person."
        ),
        max_length=LONGEST_REGISTER_NUMBER,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
    number = forms.IntegerField(
        label=gettext_lazy("Number, if the group's own list has one"),
        help_text=gettext_lazy("Empty: the next free number."),
        min_value=1,
        max_value=GREATEST_NUMBER,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )

    field_order = ["kind", "name", "contact", "region", "organisation", "organisation_number"]

    def __init__(self, *args: Any, asked: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("contact", "organisation_number"):
            if name not in asked:
                del self.fields[name]

    def clean_organisation_number(self) -> str:
        typed: str = self.cleaned_data["organisation_number"]
        if is_of_a_person(typed):
            raise ValidationError(
                _("This is the number of a person (IIN): it is not taken. Leave it out.")
            )
        return typed


class ChangedVoterForm(VoterForm):
    """The name is not shown again: it is written anew, or stays."""

    new_name = forms.BooleanField(
        label=gettext_lazy("The name changes: keep what is written above instead"),
        required=False,
    )
    field_order = ["kind", "name", "new_name"]


class DecideForm(OkilForm):
    """The commission's answer to one voter or to several."""

    refusal = forms.ChoiceField(
        label=gettext_lazy("Reason, if you refuse"),
        choices=[("", gettext_lazy("choose")), *REASONS.items()],
        required=False,
        widget=forms.Select({"class": "mid"}),
    )
    is_namesake = forms.BooleanField(
        label=gettext_lazy(
            "Whoever has the name of an officer or of another voter is somebody else: I have checked it"
        ),
        required=False,
    )


class FilterForm(OkilForm):
    """What of the list is shown; from the address, so anything may come in."""

    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        choices=[("", gettext_lazy("all")), *STATUSES.items()],
        required=False,
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Region"),
        choices=[
            ("", gettext_lazy("all")),
            ("none", gettext_lazy("not told")),
            *((code, lazystr(name)) for code, name in REGIONS.items()),
        ],
        required=False,
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Order"),
        choices=[
            ("number", gettext_lazy("by number")),
            ("region", gettext_lazy("by region")),
            ("organisation", gettext_lazy("by organisation")),
            ("status", gettext_lazy("by status")),
        ],
        required=False,
    )

    number = forms.IntegerField(
        label=gettext_lazy("No."),
        min_value=1,
        max_value=GREATEST_NUMBER,
        required=False,
        widget=forms.NumberInput({"class": "short"}),
    )

    def wanted(self) -> dict[str, Any]:
        """Each answer that is one of ours; of the others nothing."""
        self.is_valid()
        given = self.cleaned_data
        told = {name: given.get(name, "") for name in ("status", "region", "order")}
        return {**told, "number": given.get("number")}


def numbers_from(chosen: Sequence[str]) -> list[int]:
    """The ticked voters of a list; what is no number was not ours."""
    return [int(each) for each in chosen if each.isascii() and each.isdigit()][:MOST_LINES]
