from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.bodies.models import ElectoralGroup
from okil.areas.elections.forms.decisions import DecisionForm
from okil.areas.elections.wording import stage_name
from okil.foundation.web.forms import DayField, MomentField, OkilForm, TextsFormField
from okil.pure.rules.stages import Stage


class CycleForm(OkilForm):
    year = forms.IntegerField(
        label=_("Year of the elections"),
        min_value=2000,
        max_value=2100,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    term_begins_on = DayField(label=_("First day of the term"))
    term_ends_on = DayField(label=_("Last day of the term"))

    def __init__(
        self,
        *args: Any,
        groups: Sequence[ElectoralGroup],
        planned_in: int | None = None,
        **kwargs: Any,
    ) -> None:
        """`planned_in`: the year of the cycle whose plan the new one may begin from."""
        super().__init__(*args, **kwargs)
        if planned_in is not None:
            self._ask_which_plan(planned_in)
        self.by_slug = {group.slug: group for group in groups}
        self.fields["groups"] = forms.MultipleChoiceField(
            label=_("Groups that take part"),
            choices=[(slug, str(group.public_name)) for slug, group in self.by_slug.items()],
            initial=list(self.by_slug),
            widget=forms.CheckboxSelectMultiple,
        )

    def _ask_which_plan(self, year: int) -> None:
        self.fields["like_latest"] = forms.TypedChoiceField(
            label=_("The plan begins with"),
            choices=[
                ("no", _("the 25 usual actions, undated")),
                ("yes", _("the plan of %(year)s, its deadlines moved") % {"year": year}),
            ],
            coerce=lambda answer: answer == "yes",
            initial="no",
            widget=forms.RadioSelect,
        )
        self.fields["first_on"] = DayField(
            label=_("First day of a moved plan"),
            help_text=_(
                "Everything moves by whole weeks, so weekdays stay: the first deadline falls on this "
                "day or within the week after it. Empty leaves all actions undated."
            ),
            required=False,
        )

    def clean_groups(self) -> list[ElectoralGroup]:
        return [self.by_slug[slug] for slug in self.cleaned_data["groups"]]


class CycleDecisionForm(DecisionForm):
    quotas = TextsFormField(
        label=_("What it says on seats and responsibilities"),
        help_text=_("Two or three sentences; everybody can read them."),
        rows=3,
        max_length=1000,
        required=False,
    )


# Which edges of a stage people set: the others follow from the stage before.
EDGES: tuple[tuple[Stage, bool], ...] = (
    (Stage.PREPARATION, False),
    (Stage.ANNOUNCEMENT, False),
    (Stage.REGISTRATION, True),
    (Stage.CANDIDATE_LIST, False),
    (Stage.VOTING, True),
    (Stage.RESULTS, False),
)


class DatesForm(OkilForm):
    """Begin and end of the stages, in the body's zone. `dates()` after is_valid()."""

    def __init__(
        self,
        *args: Any,
        zone: str,
        stages: tuple[Stage, ...] = tuple(Stage),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stages = stages
        for stage, begins_too in EDGES:
            if stage not in stages:
                continue
            if begins_too:
                self.fields[f"begins_{int(stage)}"] = MomentField(
                    zone=zone, label=_("%(stage)s begins") % {"stage": stage_name(stage)}
                )
            self.fields[f"ends_{int(stage)}"] = MomentField(
                zone=zone, label=_("%(stage)s ends") % {"stage": stage_name(stage)}
            )

    def dates(self) -> dict[Stage, tuple[datetime | None, datetime]]:
        given = self.cleaned_data
        return {
            stage: (given.get(f"begins_{int(stage)}"), given[f"ends_{int(stage)}"])
            for stage in self.stages
        }
