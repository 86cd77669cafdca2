"""DOCX, for documents whose text people adopt or edit: real styles, heads, lists and tables.

Its bytes differ from run to run, so nothing compares them.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from okil.foundation.documents.codes import shown_code
from okil.foundation.documents.layout import Laid
from okil.foundation.documents.sheets import Sheet, checking_address
from okil.foundation.documents.squares import square_as_png

# Every office program has it, with all Kazakh letters.
FONT = "Times New Roman"
LOCALES = {"ru": "ru-RU", "kk": "kk-KZ", "en": "en-GB"}
BLACK = RGBColor(0, 0, 0)
TEXT_WIDTH = Mm(210 - 25 - 18)


def word(sheet: Sheet) -> bytes:
    document = docx.Document()
    _page(document)
    _styles(document, sheet)
    _properties(document, sheet)
    if sheet.watermark:
        document.sections[0].header.paragraphs[0].text = sheet.watermark
    for block in sheet.blocks:
        WRITERS[block["kind"]](document, sheet, block)
    _footer(document, sheet)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


# The frame


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(18)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)


# The template brings 164 styles, and each paragraph written looks through all that are left.
USED = {
    "Normal", "heading 1", "heading 2", "caption", "header", "footer", "List Bullet", "List Number",
    "Table Grid", "Default Paragraph Font", "Normal Table", "No List",
}  # fmt: skip


def _styles(document: Document, sheet: Sheet) -> None:
    styles = document.styles.element
    for style in list(styles.style_lst):
        if style.name_val not in USED:
            styles.remove(style)
    _style(document, "Normal", 12)
    _style(document, "Heading 1", 14, is_bold=True)
    _style(document, "Heading 2", 12, is_bold=True)
    _style(document, "Caption", 10)
    document.styles["Heading 1"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in (("Small text", 10), ("Corner", 10)):
        added = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(added, ParagraphStyle)
        added.base_style = document.styles["Normal"]
        added.font.size = Pt(size)
        if name == "Corner":
            added.paragraph_format.left_indent = Mm(95)
    language = OxmlElement("w:lang")
    for attribute in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(attribute), LOCALES[sheet.language])
    normal = document.styles["Normal"].element.get_or_add_rPr()
    normal.append(language)


def _style(document: Document, name: str, size: int, *, is_bold: bool = False) -> None:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic = is_bold, False
    style.font.color.rgb = BLACK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's font would win over ours
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)


def _properties(document: Document, sheet: Sheet) -> None:
    """The template's author and date are somebody else's; ours has no author."""
    about = document.core_properties
    about.author = about.last_modified_by = about.comments = about.keywords = about.subject = ""
    about.title, about.language = sheet.title, LOCALES[sheet.language]
    if sheet.place:
        about.created = about.modified = sheet.place.issued_at


def _footer(document: Document, sheet: Sheet) -> None:
    if not sheet.footer:
        return
    footer = document.sections[0].footer.paragraphs[0]
    footer.style = document.styles["Small text"]
    footer.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    first, *rest = sheet.footer
    footer.add_run(f"{first}\t")
    _field(footer, "PAGE")
    footer.add_run(" / ")
    _field(footer, "NUMPAGES")
    for line in rest:
        footer.add_run().add_break()
        footer.add_run(line)


def _field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)


# The blocks


def _title(document: Document, sheet: Sheet, block: Laid) -> None:
    head = document.add_heading(level=1)
    if block["above"]:
        head.add_run(block["above"]).add_break()
    _write(head, block["text"])


def _corner(document: Document, sheet: Sheet, block: Laid) -> None:
    _write(document.add_paragraph(style="Corner"), "\n".join(block["lines"]))


def _heading(document: Document, sheet: Sheet, block: Laid) -> None:
    _write(document.add_heading(level=2), block["text"])


def _paragraph(document: Document, sheet: Sheet, block: Laid) -> None:
    style = "Small text" if block["small"] else "Normal"
    _write(document.add_paragraph(style=style), block["text"])


def _clause(document: Document, sheet: Sheet, block: Laid) -> None:
    # The number is text: it is cited, and must not move when somebody edits another clause.
    clause = document.add_paragraph()
    clause.paragraph_format.left_indent = Mm(10)
    clause.paragraph_format.first_line_indent = Mm(-10)
    clause.paragraph_format.tab_stops.add_tab_stop(Mm(10))
    _write(clause, f"{block['number']}\t{block['text']}")
    if block["note"]:
        clause.add_run(f" {block['note']}").font.size = Pt(8)


def _points(document: Document, sheet: Sheet, block: Laid) -> None:
    style = "List Number" if block["numbered"] else "List Bullet"
    items = [document.add_paragraph(style=style) for _ in block["items"]]
    for item, text in zip(items, block["items"], strict=True):
        if block["of_clause"]:
            item.paragraph_format.left_indent = Mm(16)
        _write(item, text)
    if block["numbered"]:
        _count_anew(document, items)


def _count_anew(document: Document, items: list[Paragraph]) -> None:
    """Each list begins at 1; without this Word counts on from the list before."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    used = numbering.num_having_numId(style.pPr.numPr.numId.val)
    number = numbering.add_num(used.abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    for item in items:
        properties = item._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number.numId


def _facts(document: Document, sheet: Sheet, block: Laid) -> None:
    _caption(document, block)
    table = _table_of(document, block["rows"], [2, 3])
    _after(document, table)


def _table(document: Document, sheet: Sheet, block: Laid) -> None:
    _caption(document, block)
    columns = block["columns"]
    head = [column["title"] for column in columns]
    total = [block["total"]] if block["total"] else []
    rows = [head, *block["rows"], *total]
    table = _table_of(document, rows, [column["share"] for column in columns])
    _repeat(table)
    for at, column in enumerate(columns):
        if column["is_number"]:
            for cell in table.columns[at].cells:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for row in (table.rows[0], *(table.rows[-1:] if total else ())):
        for cell in row.cells:
            for run in cell.paragraphs[0].runs:
                run.bold = True
    _after(document, table)


def _table_of(document: Document, rows: list[list[str]], shares: list[int]) -> Table:
    table: Table = document.add_table(rows=len(rows), cols=len(shares), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = [round(TEXT_WIDTH * share / sum(shares)) for share in shares]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            _write(_only(cell), text)
    return table


def _only(cell: _Cell) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    return paragraph


def _repeat(table: Table) -> None:
    """The head stands again on each page, and readers for the blind know it for a head."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def _caption(document: Document, block: Laid) -> None:
    if block["caption"]:
        caption = document.add_paragraph(block["caption"], style="Caption")
        caption.paragraph_format.keep_with_next = True


def _signatures(document: Document, sheet: Sheet, block: Laid) -> None:
    rows = [[one["role"], "_" * 22, _name_and_note(one)] for one in block["lines"]]
    table = document.add_table(rows=len(rows), cols=3)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _write(cell.paragraphs[0], text)
    _after(document, table)


def _name_and_note(line: dict[str, Any]) -> str:
    return f"{line['name']}\n{line['note']}" if line["note"] else str(line["name"])


def _choices(document: Document, sheet: Sheet, block: Laid) -> None:
    for one in block["items"]:
        choice = document.add_paragraph()
        note = f"\n{one['note']}" if one["note"] else ""
        _write(choice, f"☐\t{one['text']}{note}")


def _room(document: Document, sheet: Sheet, block: Laid) -> None:
    for _ in block["lines"]:
        document.add_paragraph("_" * 74)


def _page_break(document: Document, sheet: Sheet, block: Laid) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _code(document: Document, sheet: Sheet, block: Laid) -> None:
    assert sheet.place is not None  # a draft's code is left out
    _write(document.add_heading(level=2), sheet.word("check"))
    square = document.add_picture(io.BytesIO(square_as_png(sheet.link)), width=Mm(26))
    square._inline.docPr.set("descr", sheet.word("square", link=sheet.link))
    _write(document.add_paragraph(), f"{sheet.word('check_how')} {checking_address()}")
    document.add_paragraph().add_run(shown_code(sheet.place.code)).bold = True


def _after(document: Document, table: Table) -> None:
    """Two tables without a line between them would become one."""
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _write(paragraph: Paragraph, text: str) -> None:
    first, *rest = text.split("\n")
    paragraph.add_run(first)
    for line in rest:
        paragraph.add_run().add_break()
        paragraph.add_run(line)


WRITERS: dict[str, Callable[[Document, Sheet, Laid], None]] = {
    "title": _title,
    "corner": _corner,
    "heading": _heading,
    "paragraph": _paragraph,
    "clause": _clause,
    "points": _points,
    "facts": _facts,
    "table": _table,
    "signatures": _signatures,
    "choices": _choices,
    "room": _room,
    "break": _page_break,
    "code": _code,
}
