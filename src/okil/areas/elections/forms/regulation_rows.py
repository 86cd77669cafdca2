"""A table to fill in: rows of texts, each in several languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from okil.foundation.web.widgets import LANGUAGE_NAMES
from okil.pure.rules.regulation.questions import MOST_LETTERS, MOST_ROWS

EMPTY_ROWS = 1  # to fill in, below what is there
Row = dict[str, dict[str, str]]


class RowsTable(forms.Widget):
    """Rows are counted in a hidden input, so that a press of a button can add some."""

    template_name = "elections/widgets/rows.html"
    use_fieldset = True

    def __init__(self, columns: Mapping[str, Any], languages: Sequence[str]) -> None:
        super().__init__()
        self.columns = columns
        self.languages = tuple(languages)

    def cell(self, name: str, row: int, column: str, language: str) -> str:
        return f"{name}-{row}-{column}-{language}"

    def id_for_label(self, id_: str) -> str:
        return self.cell(id_, 0, next(iter(self.columns)), self.languages[0])

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Row]:
        return [
            {
                column: {
                    language: data.get(self.cell(name, row, column, language), "")
                    for language in self.languages
                }
                for column in self.columns
            }
            for row in range(self.rows_sent(data, name))
        ]

    def rows_sent(self, data: Any, name: str) -> int:
        sent = str(data.get(f"{name}-rows", ""))
        known = sent.isascii() and sent.isdigit() and len(sent) <= 3
        return min(int(sent), MOST_ROWS) if known else 0

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = list(value or ())
        if not (rows and self._is_empty(rows[-1])):
            rows += [{}] * min(EMPTY_ROWS, MOST_ROWS - len(rows))
        context["widget"] |= {
            "columns": list(self.columns.values()),
            "rows": [self._row(name, number, row) for number, row in enumerate(rows)],
            "count": len(rows),
            "may_grow": len(rows) < MOST_ROWS,
        }
        return context

    def _is_empty(self, row: Mapping[str, Any]) -> bool:
        return not any(text for cell in row.values() for text in cell.values())

    def _row(self, name: str, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "number": number + 1,
            "cells": [
                {
                    "column": said,
                    "inputs": [
                        {
                            "name": self.cell(name, number, column, language),
                            "id": self.cell(f"id_{name}", number, column, language),
                            "language": language,
                            "language_name": LANGUAGE_NAMES[language],
                            "value": (row.get(column) or {}).get(language, ""),
                        }
                        for language in self.languages
                    ],
                }
                for column, said in self.columns.items()
            ],
        }


class RowsField(forms.Field):
    """Gives the rows in which something is written; a row may have gaps."""

    default_error_messages = {
        "too_long": _("Make it shorter: %(limit)d characters at most in a cell."),
    }

    def __init__(
        self, *, columns: Mapping[str, Any], languages: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(widget=RowsTable(columns, languages), **kwargs)
        self.whole = ProhibitNullCharactersValidator()

    def to_python(self, value: Any) -> list[Row]:
        rows = [
            {
                column: {code: text.strip() for code, text in cell.items() if text and text.strip()}
                for column, cell in row.items()
            }
            for row in value or ()
        ]
        written = [{column: cell for column, cell in row.items() if cell} for row in rows]
        return [row for row in written if row]

    def validate(self, value: list[Row]) -> None:
        super().validate(value)
        for text in (text for row in value for cell in row.values() for text in cell.values()):
            self.whole(text)
            if len(text) > MOST_LETTERS:
                raise forms.ValidationError(
                    self.error_messages["too_long"], code="too_long", params={"limit": MOST_LETTERS}
                )
