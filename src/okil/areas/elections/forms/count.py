from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.areas.elections.actions.count import MOST, REOPENED_BECAUSE
from okil.areas.elections.documents.count import PILES
from okil.areas.elections.forms.ballots import DIGITS
from okil.areas.elections.forms.decisions import DecisionForm
from okil.areas.elections.models import TieSettled
from okil.areas.elections.queries.ballots import Contest
from okil.areas.elections.wording.count import IMBALANCES, REOPENED, WAYS, contest_name, line_name
from okil.foundation.web.forms import OkilForm
from okil.pure.rules.papers import ContestCount, CountOfBox, Imbalance, Papers

PAPERS = ("issued", "unused", "found")


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST, widget=forms.TextInput(attrs=DIGITS)
    )


class CountForm(OkilForm):
    """One member's count: the papers of the box, then pile by pile."""

    def __init__(
        self,
        *args: Any,
        contests: Sequence[Contest],
        labels: Mapping[int, str],
        printed: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.contests = [contest for contest in contests if contest.held.is_voted_on]
        self.printed = printed
        self.fields |= {line: _number(line_name(line)) for line in PAPERS}
        for contest in self.contests:
            for number in contest.numbers:
                self.fields[f"{contest.place}_{number}"] = _number(labels[number])
            for pile in PILES:
                label = line_name(pile, for_or_against=contest.held.for_or_against)
                self.fields[f"{contest.place}_{pile}"] = _number(label)

    def sections(self) -> list[dict[str, Any]]:
        """The fields as a page shows them: under a heading for each contest."""
        found = [
            {
                "title": pgettext_lazy("ballot papers", "Papers"),
                "fields": [self[name] for name in PAPERS],
            }
        ]
        for contest in self.contests:
            names = [f"{contest.place}_{each}" for each in (*map(str, contest.numbers), *PILES)]
            found.append(
                {"title": contest_name(contest.place), "fields": [self[name] for name in names]}
            )
        return found

    def count(self) -> CountOfBox:
        given: dict[str, int] = self.cleaned_data
        return CountOfBox(
            Papers(self.printed, *(given[name] for name in PAPERS)),
            tuple(
                ContestCount(
                    str(contest.place),
                    {str(n): given[f"{contest.place}_{n}"] for n in contest.numbers},
                    *(given[f"{contest.place}_{pile}"] for pile in PILES),
                )
                for contest in self.contests
            ),
        )


def entered(count: CountOfBox) -> dict[str, int]:
    """What the form shows of an earlier count."""
    shown = {name: getattr(count.papers, name) for name in PAPERS}
    for contest in count.contests:
        shown |= {f"{contest.place}_{number}": votes for number, votes in contest.votes.items()}
        shown |= {f"{contest.place}_{pile}": getattr(contest, pile) for pile in PILES}
    return shown


class AgreeForm(OkilForm):
    """What was wrong, where the counts differed, and why papers do not add up."""

    def __init__(
        self,
        *args: Any,
        imbalances: Sequence[Imbalance],
        corrected: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if corrected:
            self.fields["explanation"] = forms.CharField(
                label=_("What was wrong"),
                help_text=_("One or two sentences. They go into the protocol. No names."),
                max_length=600,
                widget=forms.Textarea({"rows": 3}),
            )
        for each in imbalances:
            self.fields[each.code] = forms.CharField(
                label=str(IMBALANCES[each.code]).format(expected=each.expected, found=each.found),
                help_text=_("It goes into the protocol. No names."),
                max_length=400,
                widget=forms.Textarea({"rows": 2}),
            )

    def reasons(self) -> dict[str, str]:
        return {name: text for name, text in self.cleaned_data.items() if name != "explanation"}


class ReopenForm(OkilForm):
    because = forms.ChoiceField(
        label=_("Why it is opened again"),
        choices=[(code, REOPENED[code]) for code in REOPENED_BECAUSE],
        widget=forms.RadioSelect,
    )


class TieForm(DecisionForm):
    """How equals were put in an order, and before whom."""

    order = forms.CharField(
        label=_("The order, by the candidates' numbers"),
        help_text=_("Whoever comes first, in front: 3, 1"),
        max_length=200,
    )
    way = forms.ChoiceField(label=_("How"), widget=forms.RadioSelect)
    witnesses = forms.CharField(
        label=_("Who watched"),
        help_text=_(
            "Names and roles. They are kept sealed; the protocol says how many there were."
        ),
        max_length=400,
        required=False,
    )
    witness_count = forms.IntegerField(
        label=_("How many watched"),
        min_value=0,
        max_value=1000,
        widget=forms.TextInput(attrs=DIGITS),
    )
    field_order = ("order", "way", "witness_count", "witnesses")

    def __init__(self, *args: Any, ways: Sequence[str], rule: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(way, WAYS[way]) for way in TieSettled.Way.values if way in ways]
        field = self.fields["way"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]
        self.by_decision = rule not in ways
        if not self.by_decision:
            for name in ("made_by", "made_on", "number"):
                del self.fields[name]

    def clean_order(self) -> list[int]:
        typed: str = self.cleaned_data["order"]
        numbers = typed.replace(",", " ").replace(";", " ").split()
        if not numbers or not all(each.isascii() and each.isdigit() for each in numbers):
            raise ValidationError(_("Write the numbers with commas between them: 3, 1"))
        return [int(each[:9]) for each in numbers]
