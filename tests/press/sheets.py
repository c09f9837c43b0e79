"""Sheets and workbooks as the tests read them."""

from __future__ import annotations

import io
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook, load_workbook

from redmine_sla.press.sheet import Cell, Sheet
from redmine_sla.press.workbook import workbook

BUDAPEST = ZoneInfo("Europe/Budapest")


def sheet(*cells: Cell, title: str = "Hours", column: str = "Value") -> Sheet:
    """A sheet of one column."""
    return Sheet("hours", title, (column,), tuple((cell,) for cell in cells))


def read(*sheets: Sheet) -> Workbook:
    """The workbook as a spreadsheet program opens it."""
    return load_workbook(io.BytesIO(workbook(sheets, BUDAPEST)))


def first_column(*cells: Cell) -> list[Any]:
    """The cells below the title, as a spreadsheet program holds them."""
    page = read(sheet(*cells)).worksheets[0]
    return [page.cell(row, 1) for row in range(2, len(cells) + 2)]
