"""A sheet as CSV (RFC 4180), for programs and for spreadsheets.

A spreadsheet that opens a CSV file takes a text that begins like a formula for one. Such a text
gets an apostrophe in front, as OWASP's "CSV Injection" advises; the XLSX file has the very words.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from redmine_sla.contract import Money
from redmine_sla.page.words import cleaned
from redmine_sla.press.sheet import Cell, Sheet

_BYTE_ORDER_MARK = "\ufeff"
_LIKE_A_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")


def csv_text(sheet: Sheet) -> str:
    """The sheet with its titles, lines ended by CR LF.

    Numbers are plain, with a point. Amounts are numbers; their currency stands in the column's
    title, or in a column of its own behind it where there are several. Instants and days are ISO
    8601, durations hours, minutes and seconds as `26:15:00`.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    currencies = [_currencies(sheet, at) for at in range(len(sheet.columns))]
    writer.writerow(
        title
        for column, codes in zip(sheet.columns, currencies, strict=True)
        for title in _titles(_text(column), codes)
    )
    for row in sheet.rows:
        writer.writerow(
            field
            for cell, codes in zip(row, currencies, strict=True)
            for field in _fields(cell, codes)
        )
    return file.getvalue()


def csv_bytes(sheet: Sheet) -> bytes:
    """The same as a file for people: UTF-8 with a byte order mark, without which Excel misreads
    every letter that is not ASCII. Programs read it as `utf-8-sig`.
    """
    return (_BYTE_ORDER_MARK + csv_text(sheet)).encode()


def _currencies(sheet: Sheet, column: int) -> Sequence[str]:
    cells = (row[column] for row in sheet.rows)
    return sorted({cell.currency for cell in cells if isinstance(cell, Money)})


def _titles(title: str, currencies: Sequence[str]) -> Iterator[str]:
    yield f"{title} ({currencies[0]})" if len(currencies) == 1 else title
    if len(currencies) > 1:
        yield "ISO 4217"


def _fields(cell: Cell, currencies: Sequence[str]) -> Iterator[str]:
    yield _field(cell)
    if len(currencies) > 1:
        yield cell.currency if isinstance(cell, Money) else ""


def _field(cell: Cell) -> str:
    match cell:
        case str():
            return _text(cell)
        case Money(amount=number) | (Decimal() as number):
            return f"{number:f}"
        case timedelta():
            return clock_text(cell)
        case date():  # and an instant is one
            return cell.isoformat()
        case _:
            return "" if cell is None else str(cell)


def _text(text: str) -> str:
    shown = cleaned(text)
    return f"'{shown}" if _LIKE_A_FORMULA.match(shown) else shown


def clock_text(span: timedelta) -> str:
    """Elapsed time as `26:15:00`, `-1:30:00`."""
    seconds = abs(int(span.total_seconds()))
    sign = "-" if span < timedelta(0) else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
