"""When something is owed: working-day rules, hours, amendments, and the ends of a contract."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.duty import occurrences
from tests.duty.telling import days, owed, owing, period

WEEKLY = "FREQ=WEEKLY;BYDAY=SA"


@pytest.mark.parametrize(
    ("rule", "moved_to"),
    [
        ("keep", ["Sat 2026-05-02"]),
        ("before", ["Thu 2026-04-30"]),  # Friday 1 May is a holiday
        ("after", ["Mon 2026-05-04"]),
        ("skip", []),
    ],
)
def test_a_day_off_is_kept_moved_or_left_out(rule: str, moved_to: list[str]) -> None:
    under = owing("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=2", f'working_day_rule = "{rule}"')
    assert days(under, "2026-04-20", "2026-05-10") == moved_to


def test_extra_cover_makes_no_working_day() -> None:
    # Friday 1 May is a holiday, served by agreement
    under = owing(
        "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1",
        'working_day_rule = "after"',
        'calendar = "served"',
        also="""
        [calendars.served]
        hours = "Mo-Fr 09:00-17:00"
        holidays = "HU"
        extra_cover = [{ hours = "09:00-12:00", dates = [2026-05-01] }]
        """,
    )
    assert days(under, "2026-04-20", "2026-05-10") == ["Mon 2026-05-04"]


def test_a_moved_occurrence_keeps_the_key_of_its_nominal_day() -> None:
    (one,) = owed(owing("FREQ=MONTHLY;BYMONTHDAY=2"), "2026-05-01", "2026-05-10")
    assert one.day == date(2026, 5, 4)
    assert one.key == "acme/review/2026-05-02"


def test_nominal_days_that_come_to_the_same_day_are_one_named_after_the_nearest() -> None:
    under = owing("FREQ=DAILY")
    (monday,) = owed(under, "2026-03-09", "2026-03-09")
    assert monday.key == "acme/review/2026-03-09"  # not once more for Saturday and Sunday
    weekend = owing("FREQ=WEEKLY;BYDAY=SA,SU")
    (monday,) = owed(weekend, "2026-03-09", "2026-03-09")
    assert monday.key == "acme/review/2026-03-08"


def test_an_hour_that_the_clocks_jump_over_is_the_instant_of_the_jump() -> None:
    under = owing("FREQ=DAILY", "time = 02:30:00", "hours = 1.5", 'working_day_rule = "keep"')
    (spring,) = owed(under, "2026-03-29", "2026-03-29")
    assert (spring.begin, spring.end) == (
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
        datetime(2026, 3, 29, 2, 30, tzinfo=UTC),
    )
    (autumn,) = owed(under, "2026-10-25", "2026-10-25")
    assert autumn.begin == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # the first pass


@pytest.mark.parametrize(
    ("lead", "made_on"),
    [("0bd", "2026-04-07"), ("1bd", "2026-04-02"), ("3bd", "2026-03-31"), ("3cd", "2026-04-04")],
)
def test_the_ticket_is_made_so_many_working_or_calendar_days_before(
    lead: str, made_on: str
) -> None:
    under = owing("FREQ=MONTHLY;BYMONTHDAY=7", f'lead_time = "{lead}"')
    (april,) = owed(under, "2026-04-01", "2026-04-30")  # the Tuesday after Easter
    assert april.ticket_from == date.fromisoformat(made_on)


@pytest.mark.parametrize(
    ("late_after", "last"), [("0bd", "2026-04-02"), ("1bd", "2026-04-07"), ("2cd", "2026-04-04")]
)
def test_in_time_is_up_to_so_many_days_after(late_after: str, last: str) -> None:
    under = owing("FREQ=MONTHLY;BYMONTHDAY=2", f'late_after = "{late_after}"')
    (april,) = owed(under, "2026-04-01", "2026-04-03")  # Thursday before Good Friday
    assert april.last_day == date.fromisoformat(last)


def test_a_leap_day_and_the_last_day_of_a_month() -> None:
    keep = 'working_day_rule = "keep"'
    leap = owing("FREQ=MONTHLY;BYMONTHDAY=29", keep)
    assert days(leap, "2027-02-01", "2027-03-31") == ["Mon 2027-03-29"]
    assert days(leap, "2028-02-01", "2028-03-31") == ["Tue 2028-02-29", "Wed 2028-03-29"]
    last = owing("FREQ=MONTHLY;BYMONTHDAY=-1", keep)
    assert days(last, "2027-02-01", "2027-03-31") == ["Sun 2027-02-28", "Wed 2027-03-31"]
    assert days(last, "2028-02-01", "2028-02-29") == ["Tue 2028-02-29"]


def test_an_amended_rhythm_holds_from_its_day_and_loses_and_doubles_nothing() -> None:
    amended = """
    [[amendments]]
    from = 2026-06-15
    note = "weekly"
    [[amendments.obligations]]
    name = "review"
    rhythm = "FREQ=WEEKLY;BYDAY=MO"
    """
    under = owing("FREQ=MONTHLY;BYMONTHDAY=1,14", also=amended)
    assert days(under, "2026-05-25", "2026-06-30") == [
        "Mon 2026-06-01",
        "Mon 2026-06-15",  # Sunday 14 of the old rule and Monday 15 of the new one: once
        "Mon 2026-06-22",
        "Mon 2026-06-29",
    ]
    middle = owed(under, "2026-06-01", "2026-06-30")
    assert [one.revision for one in middle] == [0, 1, 1, 1]


def test_an_interval_goes_on_from_the_obligations_start_over_an_amendment() -> None:
    amended = '[[amendments]]\nfrom = 2026-02-20\nnote = "dearer"\nnotice_before_end = "60cd"'
    under = owing("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", also=amended)
    assert days(under, "2026-01-01", "2026-12-31") == [
        "Mon 2026-01-05",
        "Wed 2026-04-01",
        "Wed 2026-07-01",
        "Thu 2026-10-01",
    ]


def test_once_is_once_whatever_is_amended() -> None:
    amended = '[[amendments]]\nfrom = 2026-02-20\nnote = "dearer"\nnotice_before_end = "60cd"'
    under = owing("FREQ=DAILY;COUNT=1", also=amended)
    assert days(under, "2026-01-01", "2027-12-31") == ["Mon 2026-01-05"]


def test_what_an_amendment_brings_is_counted_from_its_own_day() -> None:
    amended = """
    [[amendments]]
    from = 2026-06-15
    note = "migration"
    [[amendments.obligations]]
    name = "review"
    rhythm = "FREQ=DAILY;COUNT=1"
    """
    under = owing("", also=amended)
    assert days(under, "2026-01-01", "2027-12-31") == ["Mon 2026-06-15"]


def test_what_an_amendment_ends_is_owed_no_more() -> None:
    amended = """
    [[amendments]]
    from = 2026-03-11
    note = "no more reviews"
    [[amendments.obligations]]
    name = "review"
    removed = true
    """
    under = owing("FREQ=WEEKLY;BYDAY=WE", also=amended)
    assert days(under, "2026-02-25", "2026-12-31") == ["Wed 2026-02-25", "Wed 2026-03-04"]


def test_an_obligation_starts_on_its_own_day_and_counts_from_it() -> None:
    under = owing("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "starts = 2026-03-11")
    assert days(under, "2026-01-01", "2026-04-20") == ["Tue 2026-03-24", "Tue 2026-04-07"]
    (first, *_) = owed(under, "2026-01-01", "2026-04-20")
    assert first.ticket_from == date(2026, 3, 17)


def test_a_contract_that_ends_in_mid_quarter_owes_nothing_after_it() -> None:
    under = owing("FREQ=WEEKLY;BYDAY=MO", keys="ends = 2026-08-20")
    assert days(under, "2026-08-10", "2026-12-31") == ["Mon 2026-08-10", "Mon 2026-08-17"]


def test_what_would_be_moved_out_of_the_contract_is_moved_the_other_way() -> None:
    ending = owing("FREQ=MONTHLY;BYMONTHDAY=-1", keys="ends = 2026-05-31")  # a Sunday
    assert days(ending, "2026-05-25", "2026-06-30") == ["Fri 2026-05-29"]
    beginning = owing("FREQ=DAILY;COUNT=1", 'working_day_rule = "before"')
    assert days(beginning, "2025-12-01", "2026-01-31") == ["Mon 2026-01-05"]


RHYTHMS = st.sampled_from(
    [
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=SA,SU,MO",
        "FREQ=MONTHLY;BYMONTHDAY=1,15,-1",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=2WE",
        "FREQ=DAILY;COUNT=40",
    ]
)
RULES = st.sampled_from(["keep", "before", "after", "skip"])
DAYS = st.dates(date(2025, 12, 1), date(2026, 12, 31))
AMENDED = """
[[amendments]]
from = 2026-04-12
note = "other days"
[[amendments.obligations]]
name = "review"
rhythm = "FREQ=DAILY;INTERVAL=3"
"""


@given(RHYTHMS, RULES, DAYS, st.lists(st.integers(1, 60), max_size=5))
def test_those_of_a_period_are_those_of_its_parts(
    rhythm: str, rule: str, first: date, lengths: list[int]
) -> None:
    under = owing(rhythm, f'working_day_rule = "{rule}"', keys="ends = 2026-11-29", also=AMENDED)
    cuts = [first]
    for length in lengths or [1]:
        cuts.append(cuts[-1] + timedelta(days=length))
    parts = [
        one
        for begin, end in itertools.pairwise(cuts)
        for one in owed(under, str(begin), str(end - timedelta(days=1)))
    ]
    whole = occurrences(under, period(str(first), str(cuts[-1] - timedelta(days=1))))
    assert tuple(parts) == whole
    assert len({one.key for one in whole}) == len({one.day for one in whole}) == len(whole)
    assert all(under.covers(one.day) and under.covers(one.ticket_from) for one in whole)
