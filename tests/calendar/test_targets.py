"""Targets: what they mean, how they are written, and what is too unclear to promise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.calendar import (
    Agreed,
    BusinessDays,
    BusinessTime,
    CalendarDays,
    CalendarTime,
    NextBusinessDay,
    Target,
    TargetError,
)
from tests.calendar.moments import HOUR, MINUTE, at, calendar, local

DESK = calendar("Mo-Fr 09:00-17:00", holidays="HU")
FRIDAY = at("Fri 2026-11-20 10:00")


@pytest.mark.parametrize(
    ("texts", "target", "canonical"),
    [
        (
            ["8bh", "8 business hours", "8 Business Hours", "480bm", "8wh"],
            BusinessTime(8 * HOUR),
            0,
        ),
        (["1bh", "60 business minutes"], BusinessTime(HOUR), "1 business hour"),
        (
            ["30bm", "0.5bh", "30 business minutes"],
            BusinessTime(30 * MINUTE),
            "30 business minutes",
        ),
        (["1.5 bh", "90bm"], BusinessTime(90 * MINUTE), "90 business minutes"),
        (["24ch", "24 calendar hours"], CalendarTime(24 * HOUR), "24 calendar hours"),
        (["72ch"], CalendarTime(72 * HOUR), "72 calendar hours"),
        (["30cm", "30 calendar minutes"], CalendarTime(30 * MINUTE), "30 calendar minutes"),
        (["5bd", "5 business days", "5 working days"], BusinessDays(5), "5 business days"),
        (["1bd"], BusinessDays(1), "1 business day"),
        (["3cd", "3 calendar days"], CalendarDays(3), "3 calendar days"),
        (["nbd", "NBD", "next business day"], NextBusinessDay(), "next business day"),
        (["agreed"], Agreed(), "agreed"),
    ],
)
def test_the_spellings_of_a_target(texts: list[str], target: Target, canonical: str | int) -> None:
    assert {Target.parse(text) for text in texts} == {target}
    assert str(target) == (canonical or "8 business hours")


@given(
    st.builds(
        lambda kind, minutes: kind(minutes * MINUTE),
        st.sampled_from([BusinessTime, CalendarTime]),
        st.integers(0, 100_000),
    )
    | st.builds(
        lambda kind, count: kind(count),
        st.sampled_from([BusinessDays, CalendarDays]),
        st.integers(0, 1000),
    )
)
def test_a_target_is_read_back_from_its_text(target: Target) -> None:
    assert Target.parse(str(target)) == target


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("8h", ("8bh", "8ch")),
        ("8 hours", ("8bh", "8ch")),
        ("30m", ("30bm", "30cm")),
        ("5d", ("5bd", "5cd")),
        ("5 days", ("5bd", "5cd")),
    ],
)
def test_a_bare_unit_is_refused_with_both_that_it_could_mean(
    text: str, offers: tuple[str, str]
) -> None:
    with pytest.raises(TargetError, match="does not say whether closed hours count") as error:
        Target.parse(text)
    assert all(offer in error.value.hint for offer in offers)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "cannot be read"),
        ("8", "cannot be read"),
        ("soon", "cannot be read"),
        ("-8bh", "cannot be read"),
        ("8 business weeks", "is not a unit"),
        ("8xh", "is not a unit"),
        ("2.5bd", "days are counted whole"),
        ("0.01bh", "not a whole number of minutes"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_forms_that_can(text: str, reason: str) -> None:
    with pytest.raises(TargetError, match=reason) as error:
        Target.parse(text)
    assert error.value.hint


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("8bh", "Mon 2026-11-23 10:00"),
        ("0bh", "Fri 2026-11-20 10:00"),
        ("24ch", "Sat 2026-11-21 10:00"),
        ("90cm", "Fri 2026-11-20 11:30"),
        ("5bd", "Fri 2026-11-27 17:00"),
        ("3cd", "Tue 2026-11-24 00:00"),
        ("nbd", "Mon 2026-11-23 17:00"),
    ],
)
def test_when_a_target_is_due(text: str, due: str) -> None:
    found = Target.parse(text).due(DESK, FRIDAY)
    assert found
    assert local(found) == due


def test_calendar_hours_are_real_hours_over_a_clock_change() -> None:
    due = CalendarTime(24 * HOUR).due(DESK, at("Sat 2026-03-28 12:00"))
    assert due
    assert local(due) == "Sun 2026-03-29 13:00"


def test_the_contract_says_how_days_are_counted() -> None:
    same_clock = BusinessDays(1).due(DESK, FRIDAY, day_rule="keep_clock")
    assert same_clock == at("Mon 2026-11-23 10:00")
    to_the_hour = CalendarDays(3).due(DESK, FRIDAY, calendar_day_rule="keep_clock")
    assert to_the_hour == at("Mon 2026-11-23 10:00")


def test_an_agreed_date_is_due_at_its_closing() -> None:
    assert Agreed().due(DESK, FRIDAY, agreed=date(2026, 12, 1)) == at("Tue 2026-12-01 17:00")


def test_an_agreed_time_is_due_at_that_time() -> None:
    moment = at("Tue 2026-12-01 12:30")
    assert Agreed().due(DESK, FRIDAY, agreed=moment) == moment


def test_an_agreed_day_without_service_is_due_when_that_day_ends() -> None:
    assert Agreed().due(DESK, FRIDAY, agreed=date(2026, 11, 28)) == at("Sun 2026-11-29 00:00")


def test_nothing_agreed_yet_is_not_due() -> None:
    assert Agreed().due(DESK, FRIDAY) is None


def test_a_target_is_never_less_than_nothing_nor_a_part_of_a_minute() -> None:
    for broken in (-HOUR, timedelta(seconds=90)):
        with pytest.raises(TargetError):
            BusinessTime(broken)
    with pytest.raises(TargetError):
        BusinessDays(-1)
