"""Calendars as contracts write them: hours, days that are different, cover on agreed days."""

from __future__ import annotations

from datetime import date

from redmine_sla.calendar import ServiceCalendar
from redmine_sla.contract import loads_contract
from tests.contract.writing import PLAIN, contract, written


def hours_of(calendar: ServiceCalendar, *day: int) -> str:
    return calendar.day(date(*day)).hours


def cover(*lines: str, keys: str = "") -> ServiceCalendar:
    table = "\n".join(("[[calendars.office.extra_cover]]", *lines, ""))
    return contract(keys=keys, tables=table).terms.calendar_for()


def test_special_days_replace_hours_and_beat_holidays() -> None:
    text = PLAIN + (
        '[calendars.office]\nhours = "Mo-Fr 09:00-17:00"\nholidays = "HU"\n'
        '[calendars.office.special_days]\n2026-03-15 = "10:00-12:00"\n2026-12-24 = "off"\n'
    )
    calendar = loads_contract(text).terms.calendar_for()
    assert hours_of(calendar, 2026, 3, 15) == "10:00-12:00"  # a Sunday and a holiday
    assert hours_of(calendar, 2026, 12, 24) == "off"


def test_extra_cover_is_added_to_what_the_day_has_anyway() -> None:
    calendar = cover('hours = "18:00-22:00"', "dates = [2026-03-02, 2026-03-07]")
    assert hours_of(calendar, 2026, 3, 2) == "09:00-17:00,18:00-22:00"  # a Monday
    assert hours_of(calendar, 2026, 3, 7) == "18:00-22:00"  # a Saturday
    assert hours_of(calendar, 2026, 3, 3) == "09:00-17:00"


def test_extra_cover_can_have_a_rhythm_and_holds_on_holidays() -> None:
    calendar = cover('hours = "18:00-20:00"', 'rhythm = "FREQ=MONTHLY;BYMONTHDAY=1"')
    assert hours_of(calendar, 2026, 5, 1) == "18:00-20:00"  # Labour day
    assert hours_of(calendar, 2026, 6, 1) == "09:00-17:00,18:00-20:00"


def test_extra_cover_ends_with_the_contract() -> None:
    calendar = cover('hours = "18:00-20:00"', 'rhythm = "FREQ=DAILY"', keys="ends = 2026-03-02\n")
    assert hours_of(calendar, 2026, 3, 2) == "09:00-17:00,18:00-20:00"
    assert hours_of(calendar, 2026, 3, 3) == "09:00-17:00"


def test_two_covers_of_one_day_are_both_served() -> None:
    tables = """
    [[calendars.office.extra_cover]]
    hours = "18:00-20:00"
    dates = [2026-03-02]
    [[calendars.office.extra_cover]]
    hours = "06:00-07:00"
    dates = [2026-03-02]
    """
    calendar = contract(tables=tables).terms.calendar_for()
    assert hours_of(calendar, 2026, 3, 2) == "06:00-07:00,09:00-17:00,18:00-20:00"


def test_the_rules_calendar_goes_before_the_channels_and_that_before_the_tiers() -> None:
    text = written(
        keys='tier = "gold"\n',
        tables="""
        [calendars.phone]
        hours = "Mo-Fr 08:00-12:00"
        holidays = "HU"
        [calendars.round]
        hours = "24/7"
        [channels.phone]
        title = "Phone"
        calendar = "phone"
        [channels.portal]
        title = "Portal"
        [tiers.gold]
        title = "Gold"
        calendar = "round"
        [tiers.plain]
        title = "Plain"
        """,
    )
    terms = loads_contract(text).terms
    assert terms.calendar_name("gold", "phone", "office") == "office"
    assert terms.calendar_name("gold", "phone") == "phone"
    assert terms.calendar_name("gold", "portal") == "round"
    assert terms.calendar_name("plain", "portal") == "office"
    assert terms.calendar_name() == "round"
    assert terms.calendar_name("unheard of", "unheard of") == "round"


def test_a_calendar_of_its_own_zone() -> None:
    text = (
        PLAIN
        + '[calendars.office]\nhours = "Mo-Fr 09:00-17:00"\nholidays = []\n'
        + 'timezone = "Asia/Almaty"\n'
    )
    assert loads_contract(text).terms.calendar_for().timezone == "Asia/Almaty"
