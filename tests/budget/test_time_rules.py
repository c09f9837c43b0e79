"""The 0.25 h rule beside Redmine's entries, and the entries that break it at the source.

(Profile help-desk: time is recorded in units of at least 0.25 h, except quick information.)
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from redmine_sla.budget.time_rules import odd_entries
from redmine_sla.calendar.period import Period
from tests.budget.booking import work
from tests.contract.offers import offer
from tests.judging import contract

HELP_DESK = offer("help-desk")
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31), ZoneInfo("Europe/Budapest"))


@pytest.mark.parametrize(
    ("booked", "counted"),
    [
        ("0.01", "0.25"),
        ("0.24", "0.25"),
        ("0.26", "0.50"),
        ("0.33", "0.50"),  # twenty minutes, as Redmine gives them
        ("1.17", "1.25"),
    ],
)
def test_an_entry_counts_at_least_a_quarter_and_is_rounded_up_to_one(
    booked: str, counted: str
) -> None:
    (odd,) = odd_entries(HELP_DESK, [work(booked)], MARCH)
    assert (odd.booked, odd.counted) == (Decimal(booked), Decimal(counted))


@pytest.mark.parametrize("booked", ["-1", "-0.1", "0", "0.25", "0.50", "7.75"])
def test_whole_quarters_nothing_and_what_takes_hours_back_are_right_as_they_are(
    booked: str,
) -> None:
    assert not list(odd_entries(HELP_DESK, [work(booked)], MARCH))


@pytest.mark.parametrize("activity", ["Phone information", "Simple answer"])
def test_exempt_activities_are_right_as_they_are(activity: str) -> None:
    assert not list(odd_entries(HELP_DESK, [work("0.05", activity=activity)], MARCH))


def test_an_odd_entry_is_named_with_its_ticket_day_and_clause() -> None:
    entry = work("0.1", "2026-03-05", ticket=7)
    (odd,) = odd_entries(HELP_DESK, [entry], MARCH)
    assert (odd.entry, odd.ticket, odd.day) == (entry.entry.id, 7, date(2026, 3, 5))
    assert (odd.person, odd.clause) == (
        "eva",
        "recording of time",
    )


def test_only_the_periods_entries_are_looked_at_by_the_rules_of_their_day() -> None:
    under = contract(
        """
        [[amendments]]
        from = 2026-03-10
        note = "quarters"
        time = { clause = "C", minimum = 0.25 }
        """
    )
    days = ("2026-02-28", "2026-03-09", "2026-03-10", "2026-03-31", "2026-04-01")
    found = odd_entries(under, [work("0.1", day) for day in days], MARCH)
    assert [str(one.day) for one in found] == ["2026-03-10", "2026-03-31"]
