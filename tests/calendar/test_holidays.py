"""What opens or closes a date: a special day, a worked weekend, a holiday, the weekly hours."""

from __future__ import annotations

from datetime import date

import pytest

from redmine_sla.calendar import CalendarError, DayKind, ServiceCalendar
from tests.calendar.moments import HOUR, at, calendar, local

DESK = "Mo-Fr 09:00-17:00"
EPIPHANY = date(2026, 1, 6)


def test_a_public_holiday_is_closed() -> None:
    assert calendar(DESK, holidays="PL").opening(EPIPHANY) is None
    assert calendar(DESK, holidays="HU").opening(EPIPHANY)
    assert calendar(DESK).opening(EPIPHANY)


def test_a_special_day_beats_a_holiday() -> None:
    desk = calendar(DESK, holidays="PL", special_days={EPIPHANY: "10:00-12:00"})
    assert desk.elapsed(at("2026-01-06 00:00"), at("2026-01-07 00:00")) == 2 * HOUR


def test_a_special_day_beats_a_worked_saturday() -> None:
    saturday = date(2026, 1, 10)
    assert calendar(DESK, holidays="HU").opening(saturday)
    assert calendar(DESK, holidays="HU", special_days={saturday: "off"}).opening(saturday) is None


def test_a_special_day_opens_a_day_that_is_otherwise_closed() -> None:
    cover = calendar(DESK, special_days={date(2026, 11, 21): "24/7"})
    assert cover.elapsed(at("Sat 2026-11-21 00:00"), at("Sun 2026-11-22 00:00")) == 24 * HOUR


def test_a_worked_saturday_has_the_hours_of_the_weekday_it_makes_up_for() -> None:
    short_fridays = calendar("Mo-Th 08:00-17:00; Fr 08:00-14:00", holidays="HU")
    for_a_friday = short_fridays.day(date(2026, 1, 10))
    assert (for_a_friday.hours, for_a_friday.label) == ("08:00-14:00", "worked for 2026-01-02")
    for_a_monday = short_fridays.day(date(2024, 8, 3))
    assert (for_a_monday.hours, for_a_monday.label) == ("08:00-17:00", "worked for 2024-08-19")


def test_a_worked_saturday_has_the_hours_of_its_own_season() -> None:
    summer_hours = calendar("Mo-Fr 09:00-17:00; Aug 1-10 Mo-Fr 08:00-12:00", holidays="HU")
    assert summer_hours.day(date(2026, 8, 8)).hours == "08:00-12:00"


def test_a_worked_saturday_is_a_working_day_for_day_targets() -> None:
    start = at("Fri 2026-01-09 10:00")
    assert local(calendar(DESK, holidays="HU").add_days(start, 1)) == "Sat 2026-01-10 17:00"


def test_hours_may_end_with_a_rule_for_holidays() -> None:
    reduced = calendar("Mo-Fr 09:00-17:00; PH 10:00-12:00", holidays="PL")
    assert reduced.day(EPIPHANY).hours == "10:00-12:00"
    assert calendar("24/7; PH off", holidays="PL").day(EPIPHANY).hours == "off"
    assert calendar("24/7; PH 00:00-24:00", holidays="PL").day(EPIPHANY).hours == "00:00-24:00"


def test_holidays_may_be_those_of_a_part_of_a_country() -> None:
    bavaria = calendar(DESK, "Europe/Berlin", holidays="DE-BY")
    assert bavaria.day(EPIPHANY).kind is DayKind.HOLIDAY
    assert calendar(DESK, "Europe/Berlin", holidays="DE").day(EPIPHANY).kind is DayKind.WEEKLY


def test_holidays_may_be_listed_by_date_with_or_without_labels() -> None:
    listed = calendar(DESK, holidays=[EPIPHANY]).day(EPIPHANY)
    assert (listed.kind, listed.label, listed.source) == (DayKind.HOLIDAY, "holiday", "contract")
    labelled = ServiceCalendar(timezone="UTC", hours=DESK, holidays={EPIPHANY: "company day"})
    assert labelled.day(EPIPHANY).label == "company day"


def test_every_date_says_why_it_has_its_hours() -> None:
    desk = calendar(DESK, holidays="HU", special_days={date(2026, 1, 5): "off"})
    days = desk.days(date(2026, 1, 1), date(2026, 1, 10))
    assert [f"{day.date:%a} {day.hours} {day.kind}" for day in days] == [
        "Thu off holiday",
        "Fri off holiday",
        "Sat off weekly hours",
        "Sun off weekly hours",
        "Mon off special day",
        "Tue 09:00-17:00 weekly hours",
        "Wed 09:00-17:00 weekly hours",
        "Thu 09:00-17:00 weekly hours",
        "Fri 09:00-17:00 weekly hours",
        "Sat 09:00-17:00 worked weekend",
    ]


@pytest.mark.parametrize(
    ("country", "message", "hint"),
    [
        ("XX", "country 'XX' is not known", "ISO 3166"),
        ("hu", "country 'hu' is not known", "HU"),
        ("Hungary", "country 'Hungary' is not known", "ISO 3166"),
        ("", "country '' is not known", "ISO 3166"),
        ("DE-XX", "DE has no part 'XX'", "BY"),
        ("SK-BA", "SK has no part 'BA'", "write SK alone"),
    ],
)
def test_an_unknown_country_is_refused_at_once(country: str, message: str, hint: str) -> None:
    with pytest.raises(CalendarError, match=message) as error:
        calendar(DESK, holidays=country)
    assert hint in error.value.hint
