"""Voters in lines, pasted, typed or from a file: read one by one, each with what is wrong with it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okil.areas.elections.actions.voters import VoterFacts
from okil.areas.elections.forms.voters import (
    LONGEST_NAME,
    LONGEST_REGISTER_NUMBER,
    MOST_LINES,
    source_choices,
)
from okil.areas.elections.models import Voter
from okil.areas.elections.wording.voter_files import HEADS
from okil.areas.elections.wording.voters import (
    HEADS_AS_TYPED,
    REGIONS,
    SOURCES,
    SOURCES_AS_TYPED,
)
from okil.foundation.vault.fields import normalised
from okil.foundation.web.forms import DayField, OkilForm
from okil.pure.encoding import sha256_hex
from okil.pure.rules.identity_numbers import holds_identity_number, is_of_a_person

COLUMNS = ("name", "region", "organisation", "source", "consented_on")
FILE_COLUMNS = (*COLUMNS, "contact", "organisation_number")
LONGEST_LIST = 200_000  # characters


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


def _votes_as(facts: VoterFacts) -> str:
    """The register number under which an organisation votes."""
    return facts.organisation_number if facts.kind == Voter.Kind.ORGANISATION else ""


ONCE: Sequence[tuple[object, Callable[[VoterFacts], object]]] = (
    (gettext_lazy("Name"), lambda facts: normalised(facts.name)),
    (HEADS["number"], lambda facts: facts.number),
    (HEADS["organisation_number"], _votes_as),
)


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
    columns: Sequence[str] = COLUMNS

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
        if len(cells) > len(self.columns):
            line.mistakes.append(
                Mistake(_("Line"), _("It has {n} columns, five are enough.").format(n=len(cells)))
            )
            return line
        told = dict.fromkeys(FILE_COLUMNS, "") | dict(zip(self.columns, cells, strict=False))
        line.facts = VoterFacts(
            kind=self.cleaned_data["kind"],
            name=_short(line, _("Name"), told["name"]),
            region=_region(line, told["region"]),
            organisation=_short(line, _("Organisation"), told["organisation"]),
            source=self._source(line, told["source"]),
            consented_on=self._day(line, told["consented_on"]),
            number=numbered,
            contact=_short(line, str(HEADS["contact"]), told["contact"]),
            organisation_number=_register_number(line, told["organisation_number"]),
        )
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
        """What may stand in one line of a list only, and stands in two."""
        for column, told in ONCE:
            first: dict[object, int] = {}
            for line in self.lines:
                said = told(line.facts) if line.facts else None
                if said and said in first:
                    same = _("The same as in line {n}.").format(n=first[said])
                    line.mistakes.append(Mistake(str(column), same))
                first.setdefault(said, line.number)

    @property
    def organisations(self) -> list[str]:
        """The register numbers of organisations that vote, by place; of others nothing."""
        return [_votes_as(line.facts) if line.facts else "" for line in self.lines]


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


def _register_number(line: Line, typed: str) -> str:
    """Of an organisation; that of a person is never taken."""
    if is_of_a_person(typed):
        what = _("This is the number of a person (IIN): it is not taken. Leave it out.")
        line.mistakes.append(Mistake(str(HEADS["organisation_number"]), what))
        return ""
    if len(typed) > LONGEST_REGISTER_NUMBER:
        shorter = _("Make it shorter: {n} characters at most.").format(n=LONGEST_REGISTER_NUMBER)
        line.mistakes.append(Mistake(str(HEADS["organisation_number"]), shorter))
    return _short(line, str(HEADS["organisation_number"]), typed)


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
