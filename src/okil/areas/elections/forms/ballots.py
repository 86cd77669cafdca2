from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.queries.ballots import Contest
from okil.foundation.web.forms import DayField, OkilForm

MOST_PAPERS = 100_000
DIGITS = {"inputmode": "numeric", "class": "short", "autocomplete": "off"}


class LotForm(OkilForm):
    """For each candidate the place that was drawn; who stands alone is not asked about."""

    drawn_on = DayField(label=_("On which day was it drawn"))
    witnesses = forms.CharField(
        label=_("Who watched"),
        help_text=_("Names and roles. They are kept sealed; whoever opens them is recorded."),
        max_length=400,
    )

    def __init__(
        self, *args: Any, contests: Sequence[Contest], labels: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.contests = contests
        for contest in contests:
            if len(contest.numbers) < 2:
                continue
            for number in sorted(contest.numbers):
                self.fields[f"{contest.place}_{number}"] = forms.IntegerField(
                    label=_("Place on the paper: {candidate}").format(candidate=labels[number]),
                    min_value=1,
                    max_value=len(contest.numbers),
                    widget=forms.TextInput(attrs=DIGITS),
                )
        self.order_fields([*(name for name in self.fields if "_" in name and name[-1].isdigit())])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for contest in self.contests:
            taken: dict[int, int] = defaultdict(int)
            for number in contest.numbers:
                taken[given.get(f"{contest.place}_{number}", 0)] += 1
            for number in contest.numbers:
                name = f"{contest.place}_{number}"
                if given.get(name) and taken[given[name]] > 1:
                    self.add_error(name, _("This place stands twice: each has one of its own."))
        return given

    def order(self) -> dict[str, list[int]]:
        """For each contest the candidates' numbers as they follow each other on the paper."""
        return {
            str(contest.place): sorted(
                contest.numbers,
                key=lambda number: self.cleaned_data.get(f"{contest.place}_{number}", 1),
            )
            for contest in self.contests
        }


class PrintingForm(OkilForm):
    papers = forms.IntegerField(
        label=_("How many papers were printed"),
        help_text=_("Count them: at the end each printed paper must be accounted for."),
        min_value=1,
        max_value=MOST_PAPERS,
        widget=forms.TextInput(attrs=DIGITS),
    )
    printed_on = DayField(label=_("On which day"))
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
