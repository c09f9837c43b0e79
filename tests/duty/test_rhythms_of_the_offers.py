"""The rhythms that the five offers promise, day by day, with the public holidays of 2026.

Hungary 2026: 1 January is a holiday, 2 January a day off worked on Saturday 10 January; 15 March
is a Sunday; Good Friday is 3 April, Easter Monday 6 April; 1 May is a Friday.
"""

from __future__ import annotations

from datetime import date

from tests.duty.telling import days, offer, owed

BASIC, MIDDLE, LARGEST = ('tier = "5x8xNBD"\n', 'tier = "5x12x12"\n', 'tier = "7x24x4"\n')


def test_a_basic_the_backup_is_made_once_after_deployment_on_the_first_working_day() -> None:
    basic = offer("crm-support", BASIC)
    assert days(basic, "2026-01-01", "2029-12-31", "system_backup") == ["Mon 2026-01-05"]


def test_a_basic_the_log_files_are_reviewed_monthly() -> None:
    basic = offer("crm-support", BASIC)
    assert days(basic, "2026-01-01", "2026-06-30", "log_review") == [
        "Mon 2026-01-05",  # 1 January, moved over holiday, day off and weekend
        "Mon 2026-02-02",
        "Mon 2026-03-02",
        "Wed 2026-04-01",
        "Mon 2026-05-04",
        "Mon 2026-06-01",
    ]


def test_a_middle_the_backup_is_made_every_three_months_and_logs_are_reviewed_on_mondays() -> None:
    middle = offer("crm-support", MIDDLE)
    assert days(middle, "2026-01-01", "2026-12-31", "system_backup") == [
        "Mon 2026-01-05",
        "Wed 2026-04-01",
        "Wed 2026-07-01",
        "Thu 2026-10-01",
    ]
    assert days(middle, "2026-03-23", "2026-04-13", "log_review") == [
        "Mon 2026-03-23",
        "Mon 2026-03-30",
        "Tue 2026-04-07",  # Easter Monday is a holiday
        "Mon 2026-04-13",
    ]


def test_a_largest_the_log_files_are_reviewed_each_working_day_and_no_other() -> None:
    largest = offer("crm-support", LARGEST)
    assert days(largest, "2026-01-01", "2026-01-13", "log_review_daily") == [
        "Mon 2026-01-05",
        "Tue 2026-01-06",
        "Wed 2026-01-07",
        "Thu 2026-01-08",
        "Fri 2026-01-09",
        "Sat 2026-01-10",  # worked in place of 2 January
        "Mon 2026-01-12",
        "Tue 2026-01-13",
    ]
    assert days(largest, "2026-04-02", "2026-04-07", "log_review_daily") == [
        "Thu 2026-04-02",
        "Tue 2026-04-07",
    ]


def test_b_visits_keep_weekday_and_hour_over_both_clock_changes() -> None:
    visits = [
        (f"{one.day:%a %d %b}", f"{one.begin:%H:%M}" if one.begin else "")
        for first, last in (("2026-03-23", "2026-04-05"), ("2026-10-19", "2026-11-01"))
        for one in owed(offer("outsourced-it"), first, last, "maintenance_visit")
    ]
    assert visits == [  # Tuesdays at 10:00 in Warsaw, told in UTC
        ("Tue 24 Mar", "09:00"),
        ("Tue 31 Mar", "08:00"),
        ("Tue 20 Oct", "08:00"),
        ("Tue 27 Oct", "09:00"),
    ]


def test_e_each_quarter_ends_with_a_handover_the_contracts_last_one_too() -> None:
    handover = owed(offer("information-system"), "2026-01-01", "2026-12-31", "quarterly_handover")
    assert [one.day for one in handover] == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
    ]


def test_e_its_ticket_is_made_ten_working_days_before() -> None:
    (june,) = owed(offer("information-system"), "2026-06-01", "2026-06-30", "quarterly_handover")
    assert june.ticket_from == date(2026, 6, 16)
    assert june.last_day == date(2026, 6, 30)
