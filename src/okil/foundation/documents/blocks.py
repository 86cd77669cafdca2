"""What a document is made of. Every text is plain: no renderer reads markup in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Title:
    """Each document begins with one; `above` is a small line over it, such as "ПРОТОКОЛ"."""

    text: str
    above: str = ""


@dataclass(frozen=True)
class Corner:
    """The approval block, top right."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str
    small: bool = False


@dataclass(frozen=True)
class Clause:
    """Counted through the whole document; one that brings its own number is not counted."""

    text: str
    number: str = ""
    note: str = ""  # small, in the margin: which rule it answers


@dataclass(frozen=True)
class Points:
    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Facts:
    """What something is called, and what it is: two columns without a head."""

    rows: tuple[tuple[str, str], ...]
    caption: str = ""


@dataclass(frozen=True)
class Column:
    title: str
    is_number: bool = False
    width: int = 0  # a share of the table's width; 0 in all columns: as their texts need


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    total: tuple[str, ...] | None = None


@dataclass(frozen=True)
class SignatureLine:
    role: str
    name: str
    note: str = ""  # "signed on 7 September 2024", a dissent


@dataclass(frozen=True)
class Signatures:
    lines: tuple[SignatureLine, ...]


@dataclass(frozen=True)
class Choice:
    text: str
    note: str = ""


@dataclass(frozen=True)
class Choices:
    """An empty square before each, all in equal form: the ballot paper."""

    items: tuple[Choice, ...]


@dataclass(frozen=True)
class Room:
    """Ruled lines to write on by hand."""

    lines: int = 3


@dataclass(frozen=True)
class PageBreak:
    pass


@dataclass(frozen=True)
class Code:
    """Where the square code and the 12 characters stand; without it, in the footer."""


Block = (
    Title
    | Corner
    | Heading
    | Paragraph
    | Clause
    | Points
    | Facts
    | Table
    | Signatures
    | Choices
    | Room
    | PageBreak
    | Code
)
Blocks = Sequence[Block]
