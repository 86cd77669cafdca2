"""One sheet, in the format that was asked for."""

from __future__ import annotations

from collections.abc import Callable

from okil.foundation.documents.html import html
from okil.foundation.documents.pdf import pdf
from okil.foundation.documents.sheets import Sheet
from okil.foundation.documents.word import word

RENDERED: dict[str, Callable[[Sheet], bytes]] = {"pdf": pdf, "html": html, "docx": word}
