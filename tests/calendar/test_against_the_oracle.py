"""Every answer of a calendar equals that of walking the minutes and asking the wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from redmine_sla.calendar import ServiceCalendar
from tests.calendar.oracle import MINUTE, SlowCalendar, Window, times_of

DAYS_WALKED = 5

CLOCK_CHANGES = {
    "Europe/Budapest": [date(2026, 3, 29), date(2026, 10, 25)],
    "America/New_York": [date(2026, 3, 8), date(2026, 11, 1)],
    "America/Havana": [date(2026, 3, 8), date(2026, 11, 1)],  # at midnight
    "Asia/Almaty": [date(2024, 3, 1)],  # moved to UTC+5 for good
    "Asia/Tehran": [date(2022, 3, 22), date(2022, 9, 21)],  # the last ones
    "Australia/Lord_Howe": [date(2026, 4, 5), date(2026, 10, 4)],  # half an hour
    "Africa/Casablanca": [date(2026, 2, 15), date(2026, 3, 22)],  # Ramadan
    "Pacific/Apia": [date(2011, 12, 30)],  # a day that was left out
    "UTC": [date(2026, 12, 31)],
}


@st.composite
def windows(draw: st.DrawFn) -> list[Window]:
    """Up to three windows, some past midnight, some at the hours that clocks change."""
    start = st.sampled_from([0, 30, 60, 120, 150, 180, 540, 780, 1320]) | st.integers(0, 1439)
    length = st.sampled_from([1, 30, 60, 240, 480, 1440]) | st.integers(1, 1440)
    return draw(st.lists(st.tuples(start, length), max_size=3))


@st.composite
def slow_calendars(draw: st.DrawFn) -> tuple[SlowCalendar, date]:
    """A calendar, and the date of a walk that has a clock change in it as often as not."""
    zone = draw(st.sampled_from(sorted(CLOCK_CHANGES)))
    near = draw(st.sampled_from(CLOCK_CHANGES[zone])) - timedelta(days=draw(st.integers(0, 4)))
    first = draw(st.just(near) | st.dates(date(2010, 1, 1), date(2034, 1, 1)))
    dates = st.integers(-2, DAYS_WALKED).map(lambda days: first + timedelta(days=days))
    slow = SlowCalendar(
        zone=zone,
        week=draw(st.dictionaries(st.integers(0, 6), windows(), max_size=7)),
        holidays=draw(st.frozensets(dates, max_size=2)),
        special=draw(st.dictionaries(dates, windows(), max_size=2)),
    )
    return slow, first


def fast(slow: SlowCalendar) -> ServiceCalendar:
    return ServiceCalendar(
        timezone=slow.zone,
        hours=slow.osm_hours(),
        holidays=slow.holidays,
        special_days={day: times_of(special) for day, special in slow.special.items()},
    )


def walk(slow: SlowCalendar, first: date) -> tuple[datetime, datetime, list[datetime]]:
    begin = datetime.combine(first, time(), UTC)
    end = begin + timedelta(days=DAYS_WALKED)
    return begin, end, slow.open_minutes(begin, end)


@settings(max_examples=40, deadline=None)
@given(slow_calendars(), st.data())
def test_service_time_is_the_number_of_open_minutes(
    drawn: tuple[SlowCalendar, date], data: st.DataObject
) -> None:
    slow, first = drawn
    begin, end, open_minutes = walk(slow, first)
    calendar = fast(slow)
    for _ in range(5):
        start, stop = sorted(data.draw(st.tuples(*[moments(begin, end)] * 2)))
        counted = sum(start <= minute < stop for minute in open_minutes)
        assert calendar.elapsed(start, stop) == counted * MINUTE
        assert sum((b - a for a, b in calendar.windows(start, stop)), timedelta()) == (
            counted * MINUTE
        )
        if start < end:  # the oracle walked no further
            assert calendar.is_open(start) == (start in open_minutes)


@settings(max_examples=40, deadline=None)
@given(slow_calendars(), st.data())
def test_a_deadline_is_the_end_of_its_last_open_minute(
    drawn: tuple[SlowCalendar, date], data: st.DataObject
) -> None:
    slow, first = drawn
    begin, end, open_minutes = walk(slow, first)
    calendar = fast(slow)
    for _ in range(5):
        start = data.draw(moments(begin, end))
        ahead = [minute for minute in open_minutes if minute >= start]
        if not ahead:
            continue
        assert calendar.next_open(start) == ahead[0]
        amount = data.draw(st.integers(1, len(ahead)))
        assert calendar.add(start, amount * MINUTE) == ahead[amount - 1] + MINUTE


@settings(max_examples=40, deadline=None)
@given(slow_calendars(), st.data())
def test_walking_back_ends_where_the_last_minute_counted_began(
    drawn: tuple[SlowCalendar, date], data: st.DataObject
) -> None:
    slow, first = drawn
    begin, end, open_minutes = walk(slow, first)
    calendar = fast(slow)
    for _ in range(5):
        start = data.draw(moments(begin, end))
        behind = [minute for minute in open_minutes if minute < start]
        if not behind:
            continue
        amount = data.draw(st.integers(1, len(behind)))
        assert calendar.add(start, -amount * MINUTE) == behind[-amount]


@settings(max_examples=30, deadline=None)
@given(slow_calendars())
def test_windows_are_the_runs_of_open_minutes(drawn: tuple[SlowCalendar, date]) -> None:
    slow, first = drawn
    begin, end, open_minutes = walk(slow, first)
    runs: list[tuple[datetime, datetime]] = []
    for minute in open_minutes:
        if runs and runs[-1][1] == minute:
            runs[-1] = (runs[-1][0], minute + MINUTE)
        else:
            runs.append((minute, minute + MINUTE))
    assert list(fast(slow).windows(begin, end)) == runs


def moments(begin: datetime, end: datetime) -> st.SearchStrategy[datetime]:
    minutes = (end - begin) // MINUTE
    return st.integers(0, minutes).map(lambda minute: begin + minute * MINUTE)
