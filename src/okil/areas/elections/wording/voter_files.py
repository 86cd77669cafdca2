"""The columns of a voters' file, as they are headed; what is wrong with a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from okil.areas.elections.wording.stages import WORDS
from okil.foundation.web.languages import Texts, words_from

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_WORDS: dict[str, Any] = words_from(WORDS / "voter_files.json")
HEADS: dict[str, Texts] = _WORDS["heads"]  # in the order of the columns of an empty table
HEADS_AS_TYPED: dict[str, list[str]] = _WORDS["typed"]
NEVER_ASKED: list[str] = _WORDS["never"]

NO_TABLE: dict[str, _StrPromise] = {
    "not-a-table": _(
        "This is no table that can be read. Save it in the spreadsheet as CSV (UTF-8) or XLSX and"
        " choose it again."
    ),
    "too-large": _("The file is too large: 5 MB and 20,000 rows at most. Divide it."),
    "no-sheet": _("There is no sheet with a table in this file."),
    "no-heads": _(
        "The first row must say what stands in the columns, for example: number; name; region. Take"
        " the empty table below and fill it in."
    ),
    "head-twice": _("Two columns are headed “{column}”: leave one."),
    "number-of-a-person": _(
        "The column “{column}” is for numbers of people's documents. Okil never takes them: delete"
        " the column from the file and choose it again."
    ),
}
