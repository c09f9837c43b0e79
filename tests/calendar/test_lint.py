"""What `check` says about hours that their author hardly meant."""

from __future__ import annotations

from datetime import date

import pytest

from redmine_sla.calendar import CalendarFinding, ServiceCalendar, lint
from tests.calendar.moments import calendar

YEARS = range(2025, 2027)


def findings(calendar: ServiceCalendar, years: range = YEARS) -> list[str]:
    return [f"{finding.severity}: {finding.code}" for finding in lint(calendar, years)]


def only_finding(calendar: ServiceCalendar) -> CalendarFinding:
    (finding,) = lint(calendar, YEARS)
    return finding


@pytest.mark.parametrize(
    "hours",
    [
        "Mo-Fr 09:00-17:00",
        "Mo-Fr 08:00-12:00,13:00-17:00",
        "Mo-Fr 22:00-06:00",
        "Mo-Fr 20:00-08:00",
        "Mo-Fr 22:00-06:00, Sa 10:00-12:00",
        "Mo-Th 08:00-17:00; Fr 08:00-14:00; Jul-Aug Mo-Fr 08:00-13:00; Dec 24 off",
        "Mo-Fr 09:00-17:00; PH 10:00-12:00",
    ],
)
def test_hours_that_mean_what_they_say_are_not_remarked_on(hours: str) -> None:
    assert findings(calendar(hours, holidays="PL")) == []


def test_a_day_with_its_ends_swapped_is_an_error() -> None:
    finding = only_finding(calendar("Mo-Fr 17:00-09:00", holidays="PL"))
    assert (finding.severity, finding.code) == ("error", "ends-swapped")
    assert "17:00-09:00 is a window of 16 hours" in finding.message
    assert finding.hint == "write 09:00-17:00, or 17:00-33:00 if it is meant so"


def test_a_long_night_written_past_24_is_meant() -> None:
    assert findings(calendar("Mo-Fr 17:00-33:00", holidays="PL")) == []


def test_a_window_that_ends_where_it_starts_is_an_error() -> None:
    assert findings(calendar("Mo-Fr 09:00-09:00", holidays="PL")) == ["error: ends-swapped"]
    assert "write 00:00-24:00 if" in only_finding(calendar("Mo-Fr 00:00-00:00", holidays="PL")).hint


def test_a_special_day_with_its_ends_swapped_is_an_error() -> None:
    days = (date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 7))
    finding = only_finding(calendar("24/7", special_days=dict.fromkeys(days, "17:00-09:00")))
    assert (finding.severity, finding.code) == ("error", "ends-swapped")
    assert finding.message.startswith("special day 2026-01-05: hours '17:00-09:00'")


def test_a_minute_before_midnight_is_left_out() -> None:
    finding = only_finding(calendar("Mo-Su 00:00-23:59", holidays="PL"))
    assert finding.code == "minute-left-out"
    assert finding.hint == "write 00:00-24:00"


def test_a_rule_that_replaces_where_it_was_to_add_is_remarked_on() -> None:
    finding = only_finding(calendar("Mo-Fr 08:00-12:00; Mo-Fr 13:00-17:00", holidays="PL"))
    assert finding.code == "rule-replaced"
    assert "'Mo-Fr 08:00-12:00, Mo-Fr 13:00-17:00'" in finding.hint


def test_a_rule_of_which_nothing_is_left_is_remarked_on() -> None:
    assert findings(calendar("Mo-Fr 08:00-17:00; Mo-Fr 09:00-15:00", holidays="PL")) == [
        "warning: rule-replaced"
    ]


def test_nights_that_swallow_each_other_are_remarked_on_once_for_each_weekday() -> None:
    one_rule_a_day = calendar("Mo 22:00-06:00; Tu 22:00-06:00; We 22:00-06:00", holidays="PL")
    assert findings(one_rule_a_day) == ["warning: night-cut"] * 2
    friday = only_finding(calendar("Mo-Fr 22:00-06:00; Sa 10:00-12:00", holidays="PL"))
    assert "cuts short the night 22:00-30:00 of Fridays" in friday.message


def test_a_window_that_the_clock_change_takes_away_is_remarked_on() -> None:
    finding = lint(calendar("Su 02:00-03:00", holidays="PL"), range(2026, 2027))[0]
    assert finding.code == "lost-to-clock-change"
    assert "2026-03-29" in finding.message


def test_no_holidays_at_all_are_remarked_on_unless_the_list_is_empty_on_purpose() -> None:
    assert findings(calendar("Mo-Fr 09:00-17:00")) == ["warning: no-holidays"]
    assert findings(calendar("24/7")) == []
    on_purpose = ServiceCalendar(timezone="UTC", hours="Mo-Fr 09:00-17:00", holidays=[])
    assert findings(on_purpose) == []


def test_a_rule_for_holidays_without_holidays_is_an_error() -> None:
    assert findings(calendar("Mo-Fr 09:00-17:00; PH off")) == ["error: no-holidays-for-rule"]


def test_around_the_clock_but_closed_on_holidays_is_remarked_on_unless_it_is_said() -> None:
    assert findings(calendar("24/7", holidays="PL")) == ["warning: closed-on-holidays"]
    assert findings(calendar("24/7; PH off", holidays="PL")) == []


def test_a_year_for_which_no_moved_working_days_are_known_is_remarked_on() -> None:
    desk = calendar("Mo-Fr 09:00-17:00", holidays="HU")
    assert findings(desk, range(2024, 2027)) == []
    (finding,) = lint(desk, range(2035, 2036))
    assert finding.code == "swaps-unknown"
    assert "in 2035" in finding.message
    without = calendar("Mo-Fr 09:00-17:00", holidays="HU", working_saturdays=False)
    assert findings(without, range(2035, 2036)) == []


def test_a_holiday_whose_date_is_only_estimated_is_remarked_on() -> None:
    desk = calendar("Mo-Fr 09:00-17:00", "Asia/Almaty", holidays="KZ", working_saturdays=False)
    assert findings(desk, range(2024, 2026)) == []
    (finding,) = lint(desk, range(2034, 2035))
    assert finding.code == "holiday-estimated"


def test_listed_holidays_that_run_out_are_remarked_on() -> None:
    listed = calendar("Mo-Fr 09:00-17:00", holidays=[date(2025, 1, 1)])
    assert findings(listed) == ["warning: year-without-holidays"]


def test_hours_that_never_open_are_an_error() -> None:
    assert "error: never-open" in findings(calendar("2020 Mo-Fr 09:00-17:00", holidays="PL"))


def test_spelling_is_remarked_on_with_the_usual_one() -> None:
    finding = only_finding(calendar("mo-fr 09:00-17:00", holidays="PL"))
    assert finding.code == "spelling"
    assert finding.hint == "write 'Mo-Fr 09:00-17:00'"
