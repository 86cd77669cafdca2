from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.bodies.forms.decisions import DecisionForm
from okil.areas.bodies.models import ElectoralGroup
from okil.areas.bodies.wording import GROUP_KINDS
from okil.foundation.web.forms import DayField, OkilForm, TextsFormField

NAME_HINT = _(
    "Everybody reads it, also on the screen of a phone: no community, no diagnosis, no illness."
)


class PublicNameForm(OkilForm):
    public_name = TextsFormField(
        label=_("Public name"), help_text=NAME_HINT, required_languages=("kk",), max_length=60
    )
    slug = forms.CharField(
        label=_("The same for addresses"),
        help_text=_("Small Latin letters, digits and hyphens: it stands in links."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "mid", "autocapitalize": "none"}),
    )


class GroupForm(PublicNameForm, DecisionForm):
    """A group as the Secretariat enters it, with the name the group chose."""

    internal_name = TextsFormField(
        label=_("Internal name"),
        help_text=_("Who the group is. Only its officers and the Secretariat read it."),
        required_languages=("ru",),
        max_length=200,
    )
    abbreviation = TextsFormField(
        label=_("Abbreviation"), help_text=_("Internal too."), required=False, max_length=30
    )
    code = forms.SlugField(
        label=_("Internal code"),
        help_text=_("For import of older papers. It is never shown in an address or a file name."),
        max_length=30,
        widget=forms.TextInput(attrs={"class": "mid"}),
        error_messages={"invalid": _("Small Latin letters, digits and hyphens.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=list(GROUP_KINDS.items()), widget=forms.RadioSelect
    )
    since_on = DayField(label=_("First day"))
    seats = forms.IntegerField(
        label=_("Seats"),
        help_text=_("Each has one member and one alternate."),
        min_value=1,
        max_value=9,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    came_from = forms.MultipleChoiceField(
        label=_("Came out of"),
        help_text=_("Leave it empty if the group is new."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = [
        "public_name",
        "slug",
        "internal_name",
        "abbreviation",
        "code",
        "kind",
        "since_on",
        "seats",
        "came_from",
        "made_by",
        "made_on",
        "number",
        "paper",
    ]

    def __init__(self, *args: Any, groups: list[ElectoralGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        came_from = self.fields["came_from"]
        assert isinstance(came_from, forms.MultipleChoiceField)
        came_from.choices = [(group.slug, str(group.public_name)) for group in groups]


class EndGroupForm(DecisionForm):
    until_on = DayField(label=_("Last day"))
    field_order = ["until_on"]


class AddSeatForm(DecisionForm):
    since_on = DayField(label=_("First day"))
    field_order = ["since_on"]


class CloseSeatForm(DecisionForm):
    until_on = DayField(label=_("Last day"))
    field_order = ["until_on"]
