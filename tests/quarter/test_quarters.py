"""`2026Q3`: three months in the contract's zone, half-open."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.quarter import Quarter, QuarterError

BUDAPEST = ZoneInfo("Europe/Budapest")
ZONES = [BUDAPEST, ZoneInfo("Asia/Almaty"), UTC]
QUARTERS = st.builds(Quarter, st.integers(1990, 2090), st.integers(1, 4))


@pytest.mark.parametrize("text", ["2026Q3", "2026q3", " 2026-Q3 "])
def test_it_is_read_as_people_write_it(text: str) -> None:
    assert str(Quarter.parse(text)) == "2026Q3"


@pytest.mark.parametrize("text", ["2026Q5", "2026Q0", "Q3", "2026-09", "", "26Q3"])
def test_anything_else_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(QuarterError, match="2026Q3"):
        Quarter.parse(text)


def test_it_begins_and_ends_at_local_midnight() -> None:
    third = Quarter(2026, 3)
    assert third.begin(BUDAPEST) == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert third.end(BUDAPEST) == datetime(2026, 9, 30, 22, tzinfo=UTC)
    assert (third.first_day, third.last_day) == (date(2026, 7, 1), date(2026, 9, 30))


def test_its_length_knows_the_clock_change() -> None:
    first = Quarter(2026, 1)
    assert first.end(BUDAPEST) - first.begin(BUDAPEST) == timedelta(days=90, hours=-1)


def test_its_end_belongs_to_the_next() -> None:
    third = Quarter(2026, 3)
    assert not third.contains(third.end(BUDAPEST), BUDAPEST)
    assert third.next.contains(third.end(BUDAPEST), BUDAPEST)
    assert third.contains(third.end(BUDAPEST) - timedelta(seconds=1), BUDAPEST)


def test_years_follow_each_other() -> None:
    assert str(Quarter(2026, 4).next) == "2027Q1"
    assert str(Quarter(2026, 1).previous) == "2025Q4"


@given(QUARTERS)
def test_next_and_previous_undo_each_other_and_the_text_reads_back(quarter: Quarter) -> None:
    assert quarter.next.previous == quarter
    assert quarter < quarter.next
    assert Quarter.parse(str(quarter)) == quarter


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.sampled_from(ZONES))  # noqa: DTZ001
def test_every_instant_lies_in_one_quarter(naive: datetime, zone: ZoneInfo) -> None:
    instant = naive.replace(tzinfo=UTC)
    quarter = Quarter.at(instant, zone)
    assert quarter.contains(instant, zone)
    assert not quarter.next.contains(instant, zone)
    assert not quarter.previous.contains(instant, zone)
