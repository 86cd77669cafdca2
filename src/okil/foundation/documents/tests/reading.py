"""What stands in a file we made, read by other people's programs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
import pypdf
from docx.document import Document


def reader(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def pages(content: bytes) -> list[str]:
    """The text of each page on one line; where long words may break is left out."""
    return [
        " ".join(page.extract_text().replace("\u200b", "").split())
        for page in reader(content).pages
    ]


def text(content: bytes) -> str:
    return " ".join(pages(content))


def catalog(content: bytes) -> Any:
    return reader(content).trailer["/Root"]


def xmp(content: bytes) -> str:
    return str(catalog(content)["/Metadata"].get_object().get_data().decode("utf-8"))


def metadata(content: bytes) -> dict[str, str]:
    return {name: str(value) for name, value in (reader(content).metadata or {}).items()}


def links(content: bytes) -> list[str]:
    found: list[Any] = [page.get("/Annots", []) for page in reader(content).pages]
    return [one.get_object()["/A"]["/URI"] for page in found for one in page]


def tags(content: bytes) -> list[tuple[str, Any]]:
    """Each structure element in reading order: its tag and its description."""
    return list(_tags(catalog(content)["/StructTreeRoot"]))


def _tags(node: Any) -> Iterator[tuple[str, Any]]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for inner in node:
            yield from _tags(inner)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"]), node.get("/Alt")
        yield from _tags(node.get("/K"))


def word(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def word_text(content: bytes) -> str:
    document = word(content)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)
