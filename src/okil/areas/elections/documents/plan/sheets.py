"""The plan as a sheet to sort and to count in: one row for each action, dates as dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import save_workbook

from okil.areas.elections.models import Cycle, PlanAction
from okil.areas.elections.wording.plan import DEADLINE_KINDS, PLAN_ROLES
from okil.areas.elections.wording.stages import stage_name

Value = str | int | date | None
DAY_FORMAT = "dd.mm.yyyy"
WIDTHS = (6, 22, 44, 60, 14, 13, 30, 34, 12)  # in letters, one for each column


def plan_sheet(cycle: Cycle) -> bytes:
    """In the language that is active."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _("Plan")
    book.properties.creator = ""
    book.properties.title = _("Election plan {year}").format(year=cycle.year)
    _write(sheet, 1, _head())
    for row, action in enumerate(cycle.plan.all(), 2):
        _write(sheet, row, _values(action))
    _lay_out(sheet, book.properties.title)
    written = BytesIO()
    save_workbook(book, written)
    return written.getvalue()


def _head() -> Iterable[Value]:
    return (
        _("No."),
        _("Stage"),
        _("Action"),
        _("In full"),
        _("Deadline"),
        _("Day"),
        _("Responsible"),
        _("Taking part"),
        _("After actions"),
    )


def _values(action: PlanAction) -> Iterable[Value]:
    return (
        action.number,
        f"{action.stage}. {stage_name(action.stage)}",
        str(action.title),
        str(action.summary),
        str(DEADLINE_KINDS[action.deadline_kind]),
        action.deadline_on,
        _roles(action.responsible),
        _roles(action.participants),
        ", ".join(map(str, action.depends_on)),
    )


def _roles(codes: Iterable[str]) -> str:
    return ", ".join(str(PLAN_ROLES[code]) for code in codes)


def _write(sheet: Worksheet, row: int, values: Iterable[Value]) -> None:
    for column, value in enumerate(values, 1):
        cell: Cell = sheet.cell(row, column)
        if isinstance(value, str):
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
            cell.data_type = "s"  # also what begins with "=": nobody's words are a formula
        else:
            cell.value = value
        if isinstance(value, date):
            cell.number_format = DAY_FORMAT
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _lay_out(sheet: Worksheet, title: str) -> None:
    for cell, width in zip(sheet[1], WIDTHS, strict=True):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, each as wide as the sheet
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.oddHeader.center.text = title
    sheet.oddFooter.right.text = "&P / &N"
