"""What the commission writes on an application: what it found out, its votes, what ties it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.forms.decisions import DecisionForm
from okil.areas.elections.models import CriterionCheck
from okil.areas.elections.wording.admission import RELATIONS, STATES
from okil.areas.elections.wording.candidates import CRITERIA, VOTES
from okil.foundation.web.forms import DayField, OkilForm, answer_with_note


class CheckForm(OkilForm):
    """What was found out on one condition."""

    state = forms.ChoiceField(
        label=_("What did you find?"), choices=list(STATES.items()), widget=forms.RadioSelect
    )
    due_on = DayField(
        label=_("Asked for until"), help_text=_("Only if something is asked for."), required=False
    )
    basis = forms.CharField(
        label=_("What it rests on"),
        help_text=_(
            "Sealed; the commission and the organiser can open it. Do not write about health or"
            " private life here."
        ),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        """The day belongs to what is asked for, and to nothing else."""
        found = super().clean() or self.cleaned_data
        if found.get("state") != CriterionCheck.State.ASKED:
            found["due_on"] = None
        return found


class RelationForm(OkilForm):
    kind = forms.ChoiceField(
        label=_("What ties you?"), choices=list(RELATIONS.items()), widget=forms.RadioSelect
    )


class VoteForm(OkilForm):
    """A commission member's vote on one candidate; `against`: a check speaks against admitting."""

    not_met = forms.MultipleChoiceField(
        label=_("Which conditions are not met?"),
        help_text=_("None: leave all empty."),
        choices=list(CRITERIA.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    vote = forms.ChoiceField(
        label=_("Does the candidate meet the conditions?"),
        choices=[
            ("admit", VOTES["admit"]),
            ("refuse", VOTES["refuse"]),
            (
                "undecided",
                answer_with_note(
                    VOTES["undecided"],
                    _("An honest answer. If no majority comes about, the group decides."),
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )
    despite = forms.BooleanField(
        label=_("I admit although the commission wrote that a condition is not met, or asked for"),
        help_text=_("Only if it is so. Say in the reason why."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "It goes into the decision and the candidate reads it. Do not write about health or"
            " private life here."
        ),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, against: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not against:
            del self.fields["despite"]


class SettleForm(DecisionForm):
    admitted = forms.ChoiceField(
        label=_("What did the group decide?"),
        choices=[("yes", _("Admit to the vote")), ("no", _("Do not admit"))],
        widget=forms.RadioSelect,
    )
    field_order = ["admitted"]
