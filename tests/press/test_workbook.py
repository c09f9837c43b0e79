"""Workbooks: cells keep their types, words stay words, the same sheets give the same bytes."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redmine_sla.contract import Money
from redmine_sla.errors import SlaError
from redmine_sla.page import cleaned
from redmine_sla.press.sheet import Sheet
from redmine_sla.press.workbook import MOST_ROWS, workbook
from tests.page.hostile import HOSTILE
from tests.press.sheets import BUDAPEST, first_column, read, sheet

FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "{=1}",
    "12",
    "https://evil.example",
    "mailto:a@example.net",
    "internal:Sheet2!A1",
)


def test_numbers_are_numbers() -> None:
    cells = first_column(3, Decimal("0.1"), Decimal("-7.25"), Decimal("123456789012.345"))
    assert [cell.value for cell in cells] == [3, 0.1, -7.25, 123456789012.345]
    assert {cell.data_type for cell in cells} == {"n"}


def test_a_number_too_exact_for_a_workbook_is_written_as_text() -> None:
    """Binary fractions hold 15 digits; 16 would be rounded without a word."""
    cells = first_column(Decimal("1234567890.123456"), Decimal("1E+20"))
    assert [(cell.data_type, cell.value) for cell in cells] == [
        ("s", "1234567890.123456"),
        ("n", 1e20),
    ]


def test_amounts_are_numbers_that_show_their_currency() -> None:
    """Two decimals by ISO 4217 for the forint and the euro, none for the yen."""
    cells = first_column(
        Money(Decimal("1200000.5"), "HUF"), Money(Decimal(7), "EUR"), Money(Decimal(7), "JPY")
    )
    assert [(cell.value, cell.number_format) for cell in cells] == [
        (1200000.5, r"#,##0.00\ [$HUF]"),
        (7, r"#,##0.00\ [$EUR]"),
        (7, r"#,##0\ [$JPY]"),
    ]


def test_durations_are_hours_that_can_be_summed() -> None:
    (cell,) = first_column(timedelta(hours=26, minutes=15))
    assert cell.number_format == "[h]:mm"
    assert cell.value == timedelta(hours=26, minutes=15)


def test_a_duration_below_zero_is_written_out_since_excel_cannot_show_it() -> None:
    (cell,) = first_column(-timedelta(hours=1, minutes=30))
    assert (cell.data_type, cell.value) == ("s", "-1:30:00")


def test_instants_are_shown_on_the_zones_clocks_and_the_title_names_the_zone() -> None:
    """10:00 UTC on 3 July is 12:00 in Budapest, in January 11:00."""
    instants = datetime(2026, 7, 3, 10, tzinfo=UTC), datetime(2026, 1, 3, 10, tzinfo=UTC)
    page = read(sheet(*instants, column="Due")).worksheets[0]
    assert page["A1"].value == "Due (Europe/Budapest)"
    assert page["A2"].value == datetime(2026, 7, 3, 12)  # noqa: DTZ001 - XLSX has no zones
    assert page["A3"].value == datetime(2026, 1, 3, 11)  # noqa: DTZ001


def test_days_are_days() -> None:
    cells = first_column(date(2026, 9, 30), date(1900, 2, 28))
    assert cells[0].value.date() == date(2026, 9, 30)
    assert cells[0].number_format == "yyyy-mm-dd"
    assert cells[1].value == "1900-02-28"  # before Excel's calendar is right


def test_what_is_unknown_is_empty() -> None:
    assert [cell.value for cell in first_column(None, "x")] == [None, "x"]


@pytest.mark.parametrize("words", [*FORMULAS, *HOSTILE])
def test_words_are_text_and_never_a_formula_or_a_link(words: str) -> None:
    (cell,) = first_column(words)
    assert cell.data_type in {"s", "inlineStr", "n"}  # an empty text reads as an empty number
    assert (cell.value or "") == cleaned(words)
    assert cell.hyperlink is None


def test_no_formula_stands_in_the_file_itself() -> None:
    made = workbook([sheet(*FORMULAS, *HOSTILE)], BUDAPEST)
    with zipfile.ZipFile(BytesIO(made)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in page
        assert "hyperlink" not in page
        assert not [name for name in parts.namelist() if "rels" in name and "sheet1" in name]


@settings(max_examples=40)
@given(st.text())
def test_any_words_make_a_workbook_that_opens(words: str) -> None:
    (cell,) = first_column(words)
    assert (cell.value or "").strip() == cleaned(words).strip()


def test_what_xlsx_would_read_as_an_escaped_sign_is_escaped() -> None:
    """`_x0041_` is an A to Excel (ECMA-376, ST_Xstring), `_x005F_` the underscore."""
    assert first_column("_x0041_")[0].value == "_x005F_x0041_"


def test_a_text_longer_than_a_cell_is_cut() -> None:
    (cell,) = first_column("ő" * 40_000)
    assert len(cell.value) == 32_767


def test_titles_are_frozen_and_every_column_has_a_filter() -> None:
    page = read(Sheet("k", "T", ("A", "B"), (("x", 1), ("y", 2)))).worksheets[0]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B3"


def test_a_sheet_without_rows_still_has_its_titles() -> None:
    assert read(sheet()).worksheets[0]["A1"].value == "Value"


def test_names_of_sheets_are_legal_and_apart() -> None:
    titles = ["Breaches: [all]/part?*", "Hours", "hours", "'", "History", "x" * 40, "x" * 40]
    names = read(*(sheet(1, title=title) for title in titles)).sheetnames
    assert names == [
        "Breaches all part",
        "Hours",
        "hours (2)",
        "hours (3)",
        "History hours",
        "x" * 31,
        "x" * 27 + " (2)",
    ]


def test_the_same_sheets_give_the_same_bytes() -> None:
    one = sheet("a", 1, Money(Decimal(1), "EUR"), date(2026, 1, 1))
    assert workbook([one], BUDAPEST) == workbook([one], BUDAPEST)


def test_more_rows_than_excel_holds_are_refused() -> None:
    too_long = Sheet("k", "All entries", ("n",), ((1,),) * (MOST_ROWS + 1))
    with pytest.raises(SlaError, match='"All entries" has 1048576 rows') as refused:
        workbook([too_long], BUDAPEST)
    assert "CSV" in refused.value.hint
