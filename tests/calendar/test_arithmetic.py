"""Laws that service time keeps in every calendar, to the second and over years."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from redmine_sla.calendar import DAY_RULES, DayRule, ServiceCalendar
from tests.calendar.moments import calendar

CALENDARS = [
    calendar("Mo-Fr 09:00-17:00", holidays="HU"),
    calendar("Mo-Fr 08:00-12:00,13:00-17:00", "America/New_York", holidays="US"),
    calendar("Mo-Fr 22:00-06:00", "Australia/Lord_Howe", holidays=[date(2026, 1, 1)]),
    calendar("24/7", "Asia/Tehran"),
    calendar("Sa[1] 02:00-03:00", "Europe/Budapest"),
    calendar(
        "Mo-Th 09:00-18:00; Fr 09:00-15:00",
        "Asia/Almaty",
        {date(2026, 5, 8): "off", date(2026, 5, 16): "10:00-12:00"},
        holidays="KZ",
    ),
]

calendars = st.sampled_from(CALENDARS)
moments = st.integers(1_700_000_000, 1_830_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))
amounts = st.integers(1, 100 * 3600).map(lambda s: timedelta(seconds=s))


@settings(deadline=None)
@given(calendars, moments, amounts)
def test_the_time_elapsed_until_a_deadline_is_the_target(
    calendar: ServiceCalendar, start: datetime, amount: timedelta
) -> None:
    due = calendar.add(start, amount)
    assert calendar.elapsed(start, due) == amount
    assert calendar.elapsed(start, due - timedelta(seconds=1)) < amount


@settings(deadline=None)
@given(calendars, moments, amounts)
def test_the_time_elapsed_since_walking_back_is_the_amount(
    calendar: ServiceCalendar, end: datetime, amount: timedelta
) -> None:
    start = calendar.add(end, -amount)
    assert calendar.elapsed(start, end) == amount
    assert calendar.elapsed(start + timedelta(seconds=1), end) < amount


@settings(deadline=None)
@given(calendars, moments, amounts, amounts)
def test_two_targets_one_after_the_other_are_their_sum(
    calendar: ServiceCalendar, start: datetime, first: timedelta, second: timedelta
) -> None:
    assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)


@settings(deadline=None)
@given(calendars, st.tuples(moments, moments, moments).map(sorted))
def test_elapsed_time_adds_up_and_never_exceeds_real_time(
    calendar: ServiceCalendar, instants: list[datetime]
) -> None:
    start, middle, end = instants
    whole = calendar.elapsed(start, end)
    assert calendar.elapsed(start, middle) + calendar.elapsed(middle, end) == whole
    assert timedelta() <= whole <= end - start


@settings(deadline=None)
@given(calendars, st.tuples(moments, moments).map(sorted), amounts)
def test_who_reports_earlier_is_never_due_later(
    calendar: ServiceCalendar, starts: list[datetime], amount: timedelta
) -> None:
    earlier, later = starts
    assert calendar.add(earlier, amount) <= calendar.add(later, amount)
    assert calendar.next_open(earlier) <= calendar.next_open(later)


@settings(deadline=None)
@given(calendars, moments, st.integers(0, 40), st.sampled_from(DAY_RULES))
def test_a_day_more_is_never_due_earlier(
    calendar: ServiceCalendar, start: datetime, count: int, rule: DayRule
) -> None:
    assert start <= calendar.add_days(start, count + 1, rule)
    assert calendar.add_days(start, count, rule) <= calendar.add_days(start, count + 1, rule)


@settings(deadline=None)
@given(calendars, moments)
def test_the_next_open_instant_is_open_and_nothing_before_it_is(
    calendar: ServiceCalendar, moment: datetime
) -> None:
    opens = calendar.next_open(moment)
    assert calendar.is_open(opens)
    assert calendar.elapsed(moment, opens) == timedelta()


@settings(deadline=None, max_examples=6)
@given(st.permutations([2015, 2024, 2026, 2033]))
def test_answers_do_not_depend_on_what_was_asked_before(years: list[int]) -> None:
    asked = calendar("Mo-Fr 22:00-06:00", holidays="HU")
    for year in years:
        start, end = datetime(year, 6, 1, tzinfo=UTC), datetime(year + 1, 6, 1, tzinfo=UTC)
        fresh = calendar("Mo-Fr 22:00-06:00", holidays="HU")
        assert asked.elapsed(start, end) == fresh.elapsed(start, end)
        assert asked.add(start, timedelta(hours=500)) == fresh.add(start, timedelta(hours=500))
        assert asked.add_days(start, 300) == fresh.add_days(start, 300)
