"""Sheets as an XLSX workbook: typed cells that people can sum, sort and filter.

Words stay words: a text is written as a text cell, whatever it begins with, and never becomes a
formula or a link.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from importlib import import_module
from types import ModuleType
from typing import Any

from babel.numbers import get_currency_precision

from redmine_sla.contract import Money
from redmine_sla.errors import SlaError
from redmine_sla.page.words import cleaned
from redmine_sla.press.csv_text import clock_text
from redmine_sla.press.sheet import Cell, Sheet

MOST_ROWS = 1_048_575
"""Excel's limit, the titles' row taken off."""

_LONGEST_TEXT = 32_767  # Excel's limits, here and below
_LONGEST_NAME = 31
_EXACT_DIGITS = 15
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - XLSX has no zones; the same bytes for the same sheets
_WIDTHS = (9, 60)
_LOOKED_AT = 500
_A_DAY = timedelta(days=1)
_FIRST_DAY = date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was


def workbook(sheets: Sequence[Sheet], zone: tzinfo) -> bytes:
    """A workbook with a sheet for each, titles frozen, with filters. Same sheets, same bytes.

    Instants are shown on `zone`'s clocks, and the column's title names it. Amounts are numbers
    with their currency; durations are hours and minutes that can be summed. XLSX keeps numbers as
    binary fractions, exact to 15 digits: a number with more is written as text, and so are a
    duration below zero and a day before 1900-03-01, which Excel cannot show.

    Rows are written through a file in the system's temporary folder, so that memory does not grow
    with them. Raises `SlaError` where XlsxWriter is not installed or a sheet has more rows than
    Excel can hold.
    """
    file = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with workbook_library().Workbook(file, options) as book:
        book.set_properties({"created": _MADE})
        formats = _Formats(book)
        for name, sheet in zip(_names(sheets), sheets, strict=True):
            _write(book.add_worksheet(name), sheet, formats, zone)
    return file.getvalue()


class _Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._money: dict[str, Any] = {}
        top = {"valign": "top"}
        self.title = book.add_format(
            {"bold": True, "bottom": 2, "bg_color": "#E9EDF2", "text_wrap": True, "valign": "top"}
        )
        self.text = book.add_format(top | {"text_wrap": True})
        self.number = book.add_format(top)
        self.day = book.add_format(top | {"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format(top | {"num_format": "yyyy-mm-dd hh:mm"})
        self.duration = book.add_format(top | {"num_format": "[h]:mm"})

    def money(self, currency: str) -> Any:
        if currency not in self._money:
            places = "0" * get_currency_precision(currency)
            pattern = f"#,##0.{places}" if places else "#,##0"
            self._money[currency] = self._book.add_format(
                {"num_format": f"{pattern}\\ [${currency}]", "valign": "top"}
            )
        return self._money[currency]


def _write(page: Any, sheet: Sheet, formats: _Formats, zone: tzinfo) -> None:
    if len(sheet.rows) > MOST_ROWS:
        raise SlaError(
            f'"{sheet.title}" has {len(sheet.rows)} rows, a workbook holds {MOST_ROWS} to a sheet',
            hint="choose a shorter period, or take the CSV",
        )
    last = len(sheet.columns) - 1
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), last)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for at in range(len(sheet.columns)):
        title = _titled(sheet, at, zone)
        page.set_column(at, at, _width(title, [row[at] for row in sheet.rows[:_LOOKED_AT]]))
        page.write_string(0, at, title, formats.title)
    for down, row in enumerate(sheet.rows, start=1):
        for at, cell in enumerate(row):
            _put(page, (down, at), cell, formats, zone)


def _put(page: Any, at: tuple[int, int], cell: Cell, formats: _Formats, zone: tzinfo) -> None:
    match cell:
        case None:
            return
        case int() | Decimal() if _is_exact(Decimal(cell)):
            page.write_number(*at, cell, formats.number)
        case Money(amount, currency) if _is_exact(amount):
            page.write_number(*at, amount, formats.money(currency))
        case datetime():
            local = cell.astimezone(zone).replace(tzinfo=None, microsecond=0)
            page.write_datetime(*at, local, formats.moment)
        case date() if cell >= _FIRST_DAY:
            page.write_datetime(*at, cell, formats.day)
        case timedelta() if cell >= timedelta(0):
            page.write_number(*at, cell / _A_DAY, formats.duration)
        case timedelta():
            page.write_string(*at, clock_text(cell), formats.text)
        case _:
            page.write_string(*at, cleaned(str(cell))[:_LONGEST_TEXT], formats.text)


def _is_exact(number: Decimal) -> bool:
    return len(number.normalize().as_tuple().digits) <= _EXACT_DIGITS


def _titled(sheet: Sheet, column: int, zone: tzinfo) -> str:
    title = cleaned(sheet.columns[column])
    has_instants = any(isinstance(row[column], datetime) for row in sheet.rows)
    return f"{title} ({zone})" if has_instants else title


def _width(title: str, cells: Sequence[Cell]) -> float:
    least, most = _WIDTHS
    longest = max((_length(cell) for cell in cells), default=0)
    return min(max(least, longest + 2, min(len(title), 20) + 4), most)


def _length(cell: Cell) -> int:
    match cell:
        case datetime():
            return 16
        case Money(amount, _):
            return len(f"{amount:,.2f}") + 4
        case _:
            return len(str(cell))


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """The titles as Excel allows them: 31 signs, some not among them, none twice."""
    taken: set[str] = set()
    names = []
    for sheet in sheets:
        plain = " ".join(_NOT_IN_NAMES.sub(" ", cleaned(sheet.title)).split()).strip("' ")
        if not plain or plain.casefold() == "history":  # a word Excel keeps for itself
            plain = f"{plain} {sheet.key}".strip()
        name, number = plain[:_LONGEST_NAME].strip("' "), 2
        while name.casefold() in taken:
            tail = f" ({number})"
            name, number = plain[: _LONGEST_NAME - len(tail)].strip("' ") + tail, number + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def workbook_library() -> ModuleType:
    """XlsxWriter. Raises `SlaError` where it is not installed."""
    try:
        return import_module("xlsxwriter")
    except ImportError as error:
        raise SlaError(
            f"workbooks cannot be written: {error}", hint="pip install 'redmine-sla[reports]'"
        ) from error
