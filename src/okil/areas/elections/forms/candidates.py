"""The application of a candidate, and what of it becomes public."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.actions.candidates import CandidateFacts, Consents
from okil.areas.elections.forms.voters import region_choices
from okil.areas.elections.wording.candidates import PLACES
from okil.foundation.web.forms import DayField, OkilForm, TextsFormField


def _sealed(label: Any, hint: Any, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": rows, "autocomplete": "off"}),
    )


class ConsentsForm(OkilForm):
    """What everybody may read, item by item; the candidate said so on paper."""

    pseudonym = forms.CharField(
        label=_("Pseudonym, if the candidate wants one to be read"),
        help_text=_("It is shown where the name is not, and said to be a pseudonym."),
        max_length=100,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    shows_name = forms.BooleanField(label=_("The name becomes public"), required=False)
    shows_region = forms.BooleanField(label=_("The region becomes public"), required=False)
    shows_programme = forms.BooleanField(label=_("The programme becomes public"), required=False)

    def __init__(self, *args: Any, has_photo: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_photo:
            self.fields["shows_photo"] = forms.BooleanField(
                label=_("The photo becomes public"), required=False
            )

    def consents(self) -> Consents:
        given = self.cleaned_data
        return Consents(**{name: given.get(name, False) for name in Consents.__dataclass_fields__})


class CandidateForm(ConsentsForm):
    """From the signed application. `facts()` and `consents()` after is_valid()."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("Sealed at once. It becomes public only by the consent below."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    is_namesake = forms.BooleanField(
        label=_("Another person than the one of this name whom the body knows"), required=False
    )
    region = forms.ChoiceField(
        label=_("Region"),
        choices=region_choices(_("not told")),
        required=False,
        widget=forms.Select({"class": "mid"}),
    )
    organisation = forms.CharField(
        label=_("Organisation, if any"),
        help_text=_("The commission reads it; it is not published."),
        max_length=200,
        required=False,
    )
    programme = TextsFormField(
        label=_("What the candidate wants to do"), rows=4, max_length=1500, required=False
    )
    contact = _sealed(_("How to reach the candidate"), _("Sealed; nobody publishes it."), rows=2)
    experience = _sealed(_("Experience in the community"), _("Sealed; for the commission."))
    term_history = _sealed(
        _("Seats held before, as the candidate says"),
        _("Sealed; compared with what is known here."),
    )
    conflict = _sealed(
        _("Own analysis of conflicts of interest"),
        _("Recommended: what could be one, and how the candidate deals with it. Sealed."),
    )
    consented_on = DayField(label=_("Day of the consent to the processing of these data"))
    signed_on = DayField(
        label=_("Day on which the application was signed"),
        help_text=_("With it the candidate acknowledged rights and duties."),
    )
    field_order = [
        "place",
        "name",
        "is_namesake",
        "region",
        "organisation",
        "programme",
        "contact",
        "experience",
        "term_history",
        "conflict",
        "consented_on",
        "signed_on",
        "pseudonym",
        "shows_name",
        "shows_region",
        "shows_programme",
    ]

    def __init__(self, *args: Any, places: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = forms.ChoiceField(
            label=_("Stands for"),
            choices=[(place, PLACES[place]) for place in places],
            initial=places[0],
            widget=forms.RadioSelect,
        )
        self.order_fields(self.field_order)

    def facts(self) -> CandidateFacts:
        given = self.cleaned_data
        return CandidateFacts(
            place=given["place"],
            name=given["name"],
            is_namesake=given["is_namesake"],
            pseudonym=given.get("pseudonym", ""),
            region=given["region"],
            organisation=given["organisation"],
            programme=given["programme"],
            contact=given["contact"],
            experience=given["experience"],
            term_history=given["term_history"],
            conflict=given["conflict"],
            consented_on=given["consented_on"],
            signed_on=given["signed_on"],
        )


class ChangedCandidateForm(CandidateForm):
    """What is sealed is not shown again: an empty field keeps what is there."""

    KEPT = ("name", "contact", "experience", "term_history", "conflict")

    def __init__(self, *args: Any, places: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        for name in ("pseudonym", "shows_name", "shows_region", "shows_programme"):
            del self.fields[name]
        self.fields["signed_on"].required = False
        self.fields["signed_on"].help_text = _("By hand, as it stands now. Empty: not signed yet.")
        for name in self.KEPT:
            self.fields[name].required = False
            self.fields[name].help_text = _("Sealed. Empty keeps what is there.")

    def facts(self) -> CandidateFacts:
        given = self.cleaned_data
        kept = {name: given[name] or None for name in self.KEPT}
        return CandidateFacts(
            place=given["place"],
            is_namesake=given["is_namesake"],
            pseudonym=self.initial.get("pseudonym", ""),
            region=given["region"],
            organisation=given["organisation"],
            programme=given["programme"],
            consented_on=given["consented_on"],
            signed_on=given["signed_on"],
            **kept,
        )


class PersonForm(OkilForm):
    person = forms.IntegerField(
        label=_("Number of the person in the list of people"),
        help_text=_("Empty: nobody whom the body knows."),
        min_value=1,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
