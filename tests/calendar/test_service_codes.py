"""Service codes name a level and are held against it; they never define it."""

from __future__ import annotations

from datetime import date

import pytest

from redmine_sla.calendar import ServiceCalendar, ServiceCode, ServiceCodeError, Target
from tests.calendar.moments import calendar

AUTUMN = date(2026, 11, 20)
OFFICE = calendar("Mo-Fr 09:00-17:00", holidays="HU")
LONG_DAY = calendar("Mo-Fr 08:00-20:00", holidays="HU")
ALWAYS = calendar("24/7")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5x8xNBD", ServiceCode(5, 8, None)),
        ("5x12x12", ServiceCode(5, 12, 12)),
        ("7x24x4", ServiceCode(7, 24, 4)),
        (" 7X24x4H ", ServiceCode(7, 24, 4)),
        ("5×8×nbd", ServiceCode(5, 8, None)),
    ],
)
def test_a_code_is_days_by_hours_by_response(text: str, code: ServiceCode) -> None:
    assert ServiceCode.parse(text) == code
    assert ServiceCode.parse(str(code)) == code


@pytest.mark.parametrize("text", ["", "5x8", "24x7", "8x5xNBD", "5x25x4", "0x8xNBD", "5x8xsoon"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ServiceCodeError) as error:
        ServiceCode.parse(text)
    assert "5x8xNBD" in error.value.hint


@pytest.mark.parametrize(
    ("code", "desk", "response"),
    [
        ("5x8xNBD", OFFICE, "next business day"),
        ("5x8xNBD", OFFICE, "1 business day"),
        ("5x12x12", LONG_DAY, "12 business hours"),
        ("5x12x12", LONG_DAY, "12 calendar hours"),
        ("7x24x4", ALWAYS, "4 calendar hours"),
        ("5x8x2", calendar("Mo-Fr 22:00-06:00"), "2 business days"),
    ],
)
def test_a_profile_that_is_as_its_code_says(
    code: str, desk: ServiceCalendar, response: str
) -> None:
    held = ServiceCode.parse(code).mismatches(desk, Target.parse(response), week_of=AUTUMN)
    assert held == ()


def test_each_difference_between_code_and_profile_is_named() -> None:
    short_fridays = calendar("Mo-Th 09:00-17:00; Fr 09:00-14:00; Sa 10:00-12:00")
    assert ServiceCode.parse("5x8xNBD").mismatches(
        short_fridays, Target.parse("4bh"), week_of=AUTUMN
    ) == (
        "5x8xNBD says 5 days a week, the hours open on 6",
        "5x8xNBD says 8 hours a day, 09:00-14:00 is 05:00 (Friday)",
        "5x8xNBD says 8 hours a day, 10:00-12:00 is 02:00 (Saturday)",
        "5x8xNBD names another response than 4 business hours",
    )


def test_seven_days_a_week_include_public_holidays() -> None:
    code = ServiceCode.parse("7x24x4")
    assert code.mismatches(calendar("24/7", holidays="HU"), None, week_of=AUTUMN) == (
        "7x24x4 says 7 days a week, but public holidays close this calendar",
    )
    on_holidays_too = calendar("24/7; PH 00:00-24:00", holidays="HU")
    assert code.mismatches(on_holidays_too, None, week_of=AUTUMN) == ()


def test_an_agreed_date_is_no_response_that_a_code_names() -> None:
    mismatches = ServiceCode.parse("7x24x4").mismatches(
        ALWAYS, Target.parse("agreed"), week_of=AUTUMN
    )
    assert mismatches == ("7x24x4 names another response than agreed",)
