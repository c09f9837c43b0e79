"""Rhythms are RFC 5545 rules of days."""

from __future__ import annotations

from datetime import date

import pytest

from redmine_sla.contract.promises.rhythm import Rhythm


def days(rule: str, starts: date, last: date) -> list[str]:
    return [f"{day:%m-%d}" for day in Rhythm.parse(rule).dates(starts, last)]


def test_a_rule_gives_its_days_both_ends_included() -> None:
    found = days("FREQ=WEEKLY;BYDAY=TU", date(2026, 3, 3), date(2026, 3, 17))
    assert found == ["03-03", "03-10", "03-17"]


def test_an_interval_counts_from_the_start() -> None:
    found = days("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", date(2026, 2, 1), date(2026, 12, 31))
    assert found == ["02-01", "05-01", "08-01", "11-01"]


def test_once_is_a_rule_too() -> None:
    assert days("FREQ=DAILY;COUNT=1", date(2026, 2, 1), date(2026, 12, 31)) == ["02-01"]


def test_the_last_day_of_the_month_knows_leap_years() -> None:
    found = days("FREQ=MONTHLY;BYMONTHDAY=-1", date(2028, 1, 1), date(2028, 3, 31))
    assert found == ["01-31", "02-29", "03-31"]


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ("weekly", '"weekly" is not a recurrence rule'),
        ("FREQ=FORTNIGHTLY", '"FREQ=FORTNIGHTLY" is not a recurrence rule'),
        ("FREQ=HOURLY", '"FREQ=HOURLY" is finer than a day'),
        ("FREQ=DAILY;BYHOUR=9", '"FREQ=DAILY;BYHOUR=9" is finer than a day'),
        ("DTSTART:20260101\nRRULE:FREQ=DAILY", "carries a start"),
    ],
)
def test_other_texts_are_refused(rule: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Rhythm.parse(rule)


def test_it_is_written_as_it_was_read() -> None:
    assert str(Rhythm.parse("RRULE:FREQ=DAILY")) == "FREQ=DAILY"
