"""A file of voters: a table whose columns are known by their headings, read line by line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okil.areas.elections.forms.voter_lines import FILE_COLUMNS, Line, LinesForm, Mistake
from okil.areas.elections.forms.voter_tables import NotATable, Rows, rows_of
from okil.areas.elections.forms.voters import GREATEST_NUMBER
from okil.areas.elections.wording.voter_files import (
    HEADS,
    HEADS_AS_TYPED,
    NEVER_ASKED,
    NO_TABLE,
)
from okil.foundation.vault.fields import normalised
from okil.pure.rules.identity_numbers import holds_identity_number

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
MOST_WRONG = 100


def _plain(head: str) -> str:
    return normalised(head).strip(" :.*")


_KNOWN = {
    _plain(word): column
    for column, names in HEADS.items()
    for word in (column, *names.values(), *HEADS_AS_TYPED[column])
}
_NEVER = frozenset(map(_plain, NEVER_ASKED))


class VoterFileForm(LinesForm):
    """`lines` after is_valid(), each with its mistakes; `left_out`: headings of unknown columns."""

    file = forms.FileField(
        label=gettext_lazy("The table as a file"),
        help_text=gettext_lazy(
            "CSV or XLSX, up to 5 MB and 20,000 rows. The first row says what stands in the columns."
        ),
        widget=forms.FileInput({"accept": ".csv,.xlsx,.txt"}),
    )
    field_order = ["file"]
    most_lines = MOST_ROWS
    columns = FILE_COLUMNS

    rows: Rows
    heads: Mapping[str, int]  # which column stands where
    left_out: list[str]
    digest = ""
    is_cut = False

    def clean_file(self) -> None:
        """Its name is not looked at: it may say more than the table."""
        raw = self.cleaned_data["file"].read()
        if len(raw) > MOST_BYTES:
            raise _refusal("too-large")
        try:
            self.rows = rows_of(raw, most_rows=MOST_ROWS + 1)  # and the headings
        except NotATable as reason:
            raise _refusal(reason.code) from reason
        if len(self.rows) > MOST_ROWS + 1:
            raise _refusal("too-large")
        self.digest = hashlib.sha256(raw).hexdigest()
        self._read_heads()

    def _read_heads(self) -> None:
        first = next((place for place, row in enumerate(self.rows) if any(row)), None)
        typed = self.rows[first] if first is not None else []
        _require_nobodys_number(typed, self.rows)
        known: dict[str, int] = {}
        for place, head in enumerate(typed):
            column = _KNOWN.get(_plain(head))
            if column in known:
                raise _refusal("head-twice", column=HEADS[column])
            if column:
                known[column] = place
        if not {"name", "number"} & set(known):
            raise _refusal("no-heads")
        self.heads = known
        self.first_line = (first or 0) + 1
        self.left_out = [
            head for place, head in enumerate(typed) if head and place not in known.values()
        ]

    def _content(self) -> str:
        return self.digest

    def _lines(self) -> Iterator[Line]:
        """After so many lines with mistakes the others are not looked at: they are too many to read."""
        wrong = 0
        for number, row in enumerate(self.rows[self.first_line :], start=self.first_line + 1):
            if not any(row):
                continue
            line = self._read(Line(number, self._in_order(row)))
            yield line
            wrong += bool(line.mistakes)
            if wrong == MOST_WRONG:
                self.is_cut = True
                return

    def _in_order(self, row: list[str]) -> list[str]:
        """The cells as a pasted line has them: the number first, then the others."""
        places = [self.heads.get(column) for column in ("number", *FILE_COLUMNS)]
        return [row[place] if place is not None and place < len(row) else "" for place in places]

    def _without_number(self, line: Line) -> tuple[int | None, list[str]]:
        typed, *rest = line.cells
        if not typed:
            return None, rest
        if re.fullmatch(r"[0-9]{1,5}", typed) and 0 < int(typed) <= GREATEST_NUMBER:
            return int(typed), rest
        line.mistakes.append(
            Mistake(str(HEADS["number"]), _("Write a whole number from 1 to 99999."))
        )
        return None, rest


def _require_nobodys_number(heads: list[str], rows: Rows) -> None:
    """A column of identity numbers is refused, also one that would be left out."""
    widest = max(map(len, rows), default=0)
    for place, head in enumerate([*heads, *[""] * (widest - len(heads))]):
        plain = _plain(head)
        if plain in _NEVER or (plain not in _KNOWN and _holds_numbers_of_people(rows, place)):
            said = place + 1 if holds_identity_number(head) else head or place + 1
            raise _refusal("number-of-a-person", column=said)


def _holds_numbers_of_people(rows: Rows, place: int) -> bool:
    return any(place < len(row) and holds_identity_number(row[place]) for row in rows)


def _refusal(code: str, **facts: Any) -> ValidationError:
    return ValidationError(str(NO_TABLE[code]).format(**facts), code=code)
