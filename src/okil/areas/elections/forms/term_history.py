"""Seats held before, as rows of years. The field gives the lines that are kept; `held_of` their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.areas.elections.wording.term_history import FAULTS, GROUPS, POSITIONS
from okil.foundation.web.reader import the_reader
from okil.pure.rules.term_history import COLUMNS, MOST_ROWS, Fault, Held, as_text, from_text, read

ROWS_SHOWN = 1  # the others are folded
LATEST_YEAR = 9998  # where nobody said what year it is
Typed = list[dict[str, str]]


class TermHistoryTable(forms.Widget):
    """A fieldset for each row; the last three are folded until they are needed. No script."""

    template_name = "elections/widgets/term_history.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        return [
            {column: data.get(_input(name, row, column), "") for column in COLUMNS}
            for row in range(1, MOST_ROWS + 1)
        ]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return _input(name, 1, "position") not in data

    def id_for_label(self, id_: str) -> str:
        return _input(id_, 1, "position")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = typed_of(value) if isinstance(value, str) else list(value or ())
        rows = [
            self._row(name, number, typed[number - 1] if number <= len(typed) else {})
            for number in range(1, MOST_ROWS + 1)
        ]
        folded = rows[ROWS_SHOWN:]
        context["widget"] |= {
            "rows": rows[:ROWS_SHOWN],
            "folded": folded,
            "is_unfolded": any(row["is_written"] for row in folded),
            "described_by": (attrs or {}).get("aria-describedby", ""),
        }
        return context

    def _row(self, name: str, number: int, typed: Mapping[str, str]) -> dict[str, Any]:
        inputs = {
            column: {
                "name": _input(name, number, column),
                "id": _input(f"id_{name}", number, column),
                "value": typed.get(column, ""),
            }
            for column in COLUMNS
        }
        return {
            "number": number,
            "is_written": any(typed.values()),
            **inputs,
            "begins": inputs["from"],
            "positions": [(code, word, code == typed.get("position")) for code, word in _POSITIONS],
            "groups": [(code, word, code == typed.get("group")) for code, word in _GROUPS],
        }


_POSITIONS = (("", pgettext_lazy("seat held before", "none")), *POSITIONS.items())
_GROUPS = (("", pgettext_lazy("group of a seat", "choose")), *GROUPS.items())


def _input(name: str, row: int, column: str) -> str:
    return f"{name}-{row}-{column}"


class TermHistoryField(forms.Field):
    """Gives the text that is kept in `Candidate.term_history`; "" if no row is filled in.

    As initial value it takes that text, too. `this_year` is that of the reader's page unless told.
    """

    def __init__(self, *, this_year: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Seats you held before"))
        kwargs.setdefault(
            "help_text",
            _(
                "As member or alternate of this body, for any group. The years are enough. Rows that you do"
                " not need stay empty."
            ),
        )
        kwargs.setdefault("required", False)
        super().__init__(widget=TermHistoryTable(), **kwargs)
        self.this_year = this_year

    def to_python(self, value: Any) -> str:
        this_year = self.this_year or the_reader().year or LATEST_YEAR
        said = read(value or (), this_year=this_year)
        if said.faults:
            raise ValidationError([_sentence(fault) for fault in said.faults])
        return as_text(said.rows)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return typed_of(str(initial or "")) != [row for row in data or () if any(row.values())]


def _sentence(fault: Fault) -> ValidationError:
    words = _("Row %(row)s: %(what)s")
    return ValidationError(
        words, code=fault.code, params={"row": fault.row, "what": FAULTS[fault.code]}
    )


def held_of(text: str) -> tuple[Held, ...]:
    """The rows of a text that this field gave; none if somebody wrote in their own words."""
    return from_text(text) or ()


def typed_of(text: str) -> Typed:
    """The rows as they stand in the inputs."""
    return [
        {
            "position": row.position,
            "from": str(row.from_year),
            "to": str(row.to_year or ""),
            "still": "" if row.to_year else "on",
            "group": row.group,
            "doubtful": "on" if row.is_doubtful else "",
        }
        for row in held_of(text)
    ]


def said_of(text: str) -> Sequence[str]:
    """For whoever reads the application: a sentence for each row, or the candidate's own words."""
    rows = from_text(text)
    if rows is None:
        return text.split("\n")
    return [_said(row) for row in rows]


def _said(row: Held) -> str:
    years = f"{row.from_year}–{row.to_year}" if row.to_year else f"{row.from_year}–"
    told = [years, str(POSITIONS[row.position]), str(GROUPS[row.group])]
    if not row.to_year:
        told.append(str(_("held now")))
    if row.is_doubtful:
        told.append(str(_("the years are not certain")))
    return ", ".join(told)
