"""The document as a page of its own; its article can stand in a page of the site."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from okil.foundation.documents.codes import shown_code
from okil.foundation.documents.layout import Laid
from okil.foundation.documents.sheets import Sheet, checking_address

BEGIN, END = b"<article", b"</article>"


def html(sheet: Sheet) -> bytes:
    """The same sheet gives the same bytes."""
    shown = {
        "sheet": sheet,
        "blocks": [_with_cells(block) for block in sheet.blocks],
        "check": sheet.word("check"),
        "address": checking_address(),
        "code": shown_code(sheet.place.code) if sheet.place else "",
        "by_hand": sheet.word("by_hand"),
    }
    return render_to_string("documents/document.html", shown).encode("utf-8")


def article_of(content: bytes) -> SafeString:
    """The article of an HTML file we made, to be shown inside a page."""
    article = content[content.index(BEGIN) : content.rindex(END) + len(END)]
    return mark_safe(article.decode("utf-8"))


def _with_cells(block: Laid) -> Laid:
    """A table whose cells say what they are: the first names its row, unless it is a number."""
    if block["kind"] != "table":
        return block
    numbers = [column["is_number"] for column in block["columns"]]

    def cells(row: list[str]) -> list[dict[str, object]]:
        return [
            {"text": text, "is_number": numbers[at], "is_head": at == 0 and not numbers[0]}
            for at, text in enumerate(row)
        ]

    total = block["total"]
    return block | {
        "rows": [cells(row) for row in block["rows"]],
        "total": cells(total) if total else None,
    }
