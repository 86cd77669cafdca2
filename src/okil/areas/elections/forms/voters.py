"""What is asked of a voter, one by one or as a pasted list; and what the commission says."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazystr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okil.areas.elections.actions.voters import VoterFacts
from okil.areas.elections.models import Voter
from okil.areas.elections.wording.voter_files import HEADS
from okil.areas.elections.wording.voters import (
    HEADS_AS_TYPED,
    KINDS,
    REASONS,
    REGIONS,
    SOURCES,
    SOURCES_AS_TYPED,
    STATUSES,
)
from okil.foundation.vault.fields import normalised
from okil.foundation.web.forms import DayField, OkilForm
from okil.pure.encoding import sha256_hex
from okil.pure.rules.identity_numbers import holds_identity_number

MOST_LINES = 500
LONGEST_NAME = 200
GREATEST_NUMBER = 99_999
LONGEST_LIST = 200_000  # characters


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
        )


class NewVoterForm(VoterForm):
    number = forms.IntegerField(
        label=gettext_lazy("Number, if the group's own list has one"),
        help_text=gettext_lazy("Empty: the next free number."),
        min_value=1,
        max_value=GREATEST_NUMBER,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )


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


# A pasted list


@dataclass(frozen=True, slots=True)
class Mistake:
    """Where: the column's name as on the page. What: what to do about it."""

    column: str
    text: str


@dataclass
class Line:
    """One line of the list, as typed and as understood."""

    number: int  # in the text, from 1
    cells: list[str]
    facts: VoterFacts | None = None
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)  # these do not hold the list up


class LinesForm(OkilForm):
    """Voters in lines, wherever these come from; `lines` after is_valid(), each with its mistakes."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Who is on this list"),
        choices=[
            ("person", gettext_lazy("people")),
            ("organisation", gettext_lazy("organisations")),
        ],
        widget=forms.RadioSelect,
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Who confirms, where a line does not say"),
        choices=[("", gettext_lazy("every line says it")), *source_choices()],
        required=False,
        widget=forms.Select({"class": "mid"}),
    )
    consented_on = DayField(
        label=gettext_lazy("Day of consent, where a line does not say"), required=False
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    lines: list[Line]
    most_lines = MOST_LINES

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.lines = []

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        if given and not self.errors:
            self.lines = list(self._lines())
            if not self.lines:
                raise ValidationError(_("There is no voter on this list."))
            if len(self.lines) > self.most_lines:
                self.lines = []
                shorter = _("Make it shorter: {n} lines at most at a time.")
                raise ValidationError(shorter.format(n=self.most_lines))
            self._mark_repeated()
        return given

    @property
    def fingerprint(self) -> str:
        """Of what was checked: what is confirmed is what was shown."""
        given = self.cleaned_data
        told = [self._content(), given["kind"], given["source"], str(given["consented_on"])]
        return sha256_hex("\0".join(told).encode("utf-8", "surrogatepass"))

    @property
    def was_seen(self) -> bool:
        return self.cleaned_data.get("seen") == self.fingerprint

    def mark(self, place: int, column: str, text: str) -> None:
        self.lines[place].mistakes.append(Mistake(column, text))

    def facts(self) -> list[VoterFacts]:
        """Of a list without mistakes."""
        return [line.facts for line in self.lines if line.facts is not None]

    @property
    def names(self) -> list[str]:
        return [line.facts.name if line.facts else "" for line in self.lines]

    @property
    def has_mistakes(self) -> bool:
        return any(line.mistakes for line in self.lines)

    def _content(self) -> str:
        raise NotImplementedError

    def _lines(self) -> Iterator[Line]:
        raise NotImplementedError

    def _without_number(self, line: Line) -> tuple[int | None, list[str]]:
        raise NotImplementedError

    def _read(self, line: Line) -> Line:
        numbered, cells = self._without_number(line)
        if len(cells) > len(COLUMNS):
            line.mistakes.append(
                Mistake(_("Line"), _("It has {n} columns, five are enough.").format(n=len(cells)))
            )
            return line
        name, region, organisation, source, consented = [*cells, *[""] * (5 - len(cells))]
        facts = VoterFacts(
            kind=self.cleaned_data["kind"],
            name=_short(line, _("Name"), name),
            region=_region(line, region),
            organisation=_short(line, _("Organisation"), organisation),
            source=self._source(line, source),
            consented_on=self._day(line, consented),
            number=numbered,
        )
        line.facts = facts
        return line

    def _source(self, line: Line, typed: str) -> str:
        usual = str(self.cleaned_data.get("source") or "")
        if not typed:
            if not usual:
                line.mistakes.append(Mistake(_("Who confirms"), _("Say who confirms it.")))
            return usual or Voter.Source.OWN_WORD
        found = source_from(typed)
        if found is None:
            told = ", ".join(str(name) for name in SOURCES.values())
            line.mistakes.append(
                Mistake(_("Who confirms"), _("Write one of: {words}.").format(words=told))
            )
        return found or Voter.Source.OWN_WORD

    def _day(self, line: Line, typed: str) -> date:
        usual = self.cleaned_data.get("consented_on")
        column = _("Day of consent")
        if not typed:
            if usual is None:
                line.mistakes.append(Mistake(column, _("Write the day of the consent.")))
            return usual or self.today
        try:
            day = day_from(typed)
        except ValidationError as error:
            line.mistakes.append(Mistake(column, str(error.messages[0])))
            return self.today
        if day > self.today:
            line.mistakes.append(Mistake(column, _("This day is still to come.")))
        return day

    def _mark_repeated(self) -> None:
        """The same name or the same number in two lines of this list."""
        names: dict[str, int] = {}
        numbers: dict[int, int] = {}
        for line in self.lines:
            if line.facts is None:
                continue
            plain = normalised(line.facts.name)
            if plain and plain in names:
                line.mistakes.append(
                    Mistake(_("Name"), _("The same as in line {n}.").format(n=names[plain]))
                )
            names.setdefault(plain, line.number)
            if line.facts.number is None:
                continue
            if line.facts.number in numbers:
                first = numbers[line.facts.number]
                line.mistakes.append(
                    Mistake(str(HEADS["number"]), _("The same as in line {n}.").format(n=first))
                )
            numbers.setdefault(line.facts.number, line.number)


class ListForm(LinesForm):
    """A list as pasted from a table or typed."""

    text = forms.CharField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy(
            "A line for each voter: number (may be left out); name or pseudonym (may be empty);"
            " region; organisation; who confirms; day of consent. Columns are divided by semicolons,"
            " or by tabs as a table gives them. At most 500 lines."
        ),
        max_length=LONGEST_LIST,
        strip=False,
        widget=forms.Textarea({"rows": 12, "autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ["text"]

    def _content(self) -> str:
        return str(self.cleaned_data["text"])

    def _lines(self) -> Iterator[Line]:
        first = True
        for number, typed in enumerate(self.cleaned_data["text"].splitlines(), start=1):
            if not typed.strip(" \t;"):
                continue
            cells = [cell.strip() for cell in re.split(r"[\t;]", typed)]
            is_head = first and len(HEADS_AS_TYPED & {cell.lower() for cell in cells}) >= 2
            first = False
            if not is_head:
                yield self._read(Line(number, cells))

    def _without_number(self, line: Line) -> tuple[int | None, list[str]]:
        """A first column of digits only is the number; an empty one before five others too."""
        head, *rest = line.cells
        if re.fullmatch(r"[0-9]{1,5}", head) and int(head) > 0:
            return int(head), rest or [""]
        if not head and len(line.cells) > len(COLUMNS):
            return None, rest
        return None, line.cells


COLUMNS = ("name", "region", "organisation", "source", "consented_on")


def _short(line: Line, column: str, typed: str) -> str:
    if len(typed) > LONGEST_NAME:
        line.mistakes.append(
            Mistake(column, _("Make it shorter: {n} characters at most.").format(n=LONGEST_NAME))
        )
    if "\0" in typed:
        line.mistakes.append(Mistake(column, _("It holds a sign that cannot be kept.")))
    if holds_identity_number(typed):
        line.mistakes.append(Mistake(column, _("Leave out the identity number: it is never kept.")))
    return typed


def _region(line: Line, typed: str) -> str:
    if not typed:
        return ""
    found = region_from(typed)
    if found is not None:
        return found
    near = region_like(typed)
    line.mistakes.append(
        Mistake(
            _("Region"),
            _("There is no such region. Did you mean “{region}”?").format(region=REGIONS[near])
            if near
            else _(
                "There is no such region: write it as in the list of regions, or leave it empty."
            ),
        )
    )
    return ""


def day_from(typed: str) -> date:
    """1.9.2024, 01/09/2024, 2024-09-01, 1 сентября 2024. Raises ValidationError with what to do."""
    parts = re.split(r"[.\-/\s]+", typed.strip().rstrip("."))
    if len(parts) == 3 and re.fullmatch(r"[0-9]{4}", parts[0]):
        parts.reverse()
    if len(parts) != 3:
        raise ValidationError(_("Write the day as 1.9.2024."))
    day = DayField().clean(parts)
    assert isinstance(day, date)  # clean() refuses an empty one
    return day


def source_from(typed: str) -> str | None:
    """By its name in any of our languages, by a usual short word, or by its code."""
    plain = normalised(typed)
    for code, words in SOURCES_AS_TYPED.items():
        known = [code, *words, *SOURCES[code].values()]
        if plain in {normalised(word) for word in known}:
            return code
    return None


# Words that say what a region is, and not which.
_OF_A_CITY = re.compile(r"\b(город|г|қаласы|қ|city)\b\.?")
_OF_A_REGION = re.compile(r"\b(область|обл|облысы|region|oblast)\b\.?")


def _bare(name: str) -> str:
    plain = _OF_A_CITY.sub(" ", _OF_A_REGION.sub(" ", normalised(name)))
    return " ".join(plain.split())


_NAMES = {
    normalised(word): code for code, names in REGIONS.items() for word in (code, *names.values())
}
_BARE: dict[str, set[str]] = {}
for _name, _code in _NAMES.items():
    _BARE.setdefault(_bare(_name), set()).add(_code)


def region_from(typed: str) -> str | None:
    """A region as people write it; what could be a city or the region around it is not guessed."""
    plain = normalised(typed)
    if plain in _NAMES:
        return _NAMES[plain]
    if _OF_A_CITY.search(plain):
        return _NAMES.get(_bare(typed))
    found = _BARE.get(_bare(typed), set())
    return next(iter(found)) if len(found) == 1 else None


def region_like(typed: str) -> str | None:
    """The nearest there is, for "did you mean"."""
    close = difflib.get_close_matches(_bare(typed), sorted(_BARE), n=1, cutoff=0.6)
    return min(_BARE[close[0]]) if close else None


def numbers_from(chosen: Sequence[str]) -> list[int]:
    """The ticked voters of a list; what is no number was not ours."""
    return [int(each) for each in chosen if each.isascii() and each.isdigit()][:MOST_LINES]
