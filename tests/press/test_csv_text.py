"""CSV: plain numbers, guarded words, readable by programs and by Excel."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.contract import Money
from redmine_sla.page import cleaned
from redmine_sla.press.csv_text import csv_bytes, csv_text
from redmine_sla.press.sheet import Sheet
from tests.press.sheets import sheet


def test_cells_as_they_are_written() -> None:
    row = (
        "Ticket, first",
        12,
        Decimal("-0.50"),
        datetime(2026, 7, 3, 10, tzinfo=UTC),
        date(2026, 9, 30),
        timedelta(hours=26, minutes=15),
        -timedelta(minutes=90),
        None,
    )
    table = Sheet("k", "T", tuple("abcdefgh"), (row,))
    assert csv_text(table) == (
        "a,b,c,d,e,f,g,h\r\n"
        '"Ticket, first",12,-0.50,2026-07-03T10:00:00+00:00,2026-09-30,26:15:00,-1:30:00,\r\n'
    )


def test_amounts_of_one_currency_name_it_in_the_title() -> None:
    table = sheet(Money(Decimal("-1200000.5"), "HUF"), column="Fee")
    assert csv_text(table) == "Fee (HUF)\r\n-1200000.5\r\n"


def test_amounts_of_several_currencies_have_a_column_for_it() -> None:
    table = sheet(Money(Decimal("1.50"), "EUR"), Money(Decimal(7), "HUF"), None, column="Fee")
    assert csv_text(table) == "Fee,ISO 4217\r\n1.50,EUR\r\n7,HUF\r\n,\r\n"


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n-1", "  =1", "\uff1d1", "\x00=1"]
)
def test_words_that_begin_like_a_formula_get_an_apostrophe(words: str) -> None:
    (_, (field,)) = csv.reader(io.StringIO(csv_text(sheet(words))))
    assert field == "'" + cleaned(words)


def test_a_title_is_guarded_too() -> None:
    assert csv_text(sheet(column="=x")) == "'=x\r\n"


@given(st.text())
def test_words_come_back_as_they_went_in_and_never_begin_a_formula(words: str) -> None:
    (_, fields) = csv.reader(io.StringIO(csv_text(sheet(words)), newline=""))
    (field,) = fields or [""]
    assert field.removeprefix("'") == cleaned(words).removeprefix("'")
    assert field.lstrip()[:1] not in {"=", "+", "-", "@"}


def test_the_file_begins_with_a_byte_order_mark_for_excel() -> None:
    made = csv_bytes(sheet("Árvíztűrő, Қазақ"))
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.decode("utf-8-sig") == csv_text(sheet("Árvíztűrő, Қазақ"))
