"""First answers in classes of the target used."""

from __future__ import annotations

from redmine_sla.report.response_times import response_times
from tests.report.telling import period, promises

AT = "2026-10-01 00:00"
JULY = period("2026-07-01", "2026-07-31")


def answered(at: str, opened: str = "2026-07-06 09:00") -> str:
    return f"{opened} anna opens: Printer\n{at} eva says: We look into it"


def test_each_answer_falls_into_one_class() -> None:
    stories = [
        answered("2026-07-06 10:00"),  # 1 of 4 hours: a quarter
        answered("2026-07-06 10:01"),
        answered("2026-07-06 12:00"),  # three quarters
        answered("2026-07-06 13:00"),  # the last moment is in time
        answered("2026-07-06 13:01"),
        answered("2026-07-06 17:00"),  # twice the target
        answered("2026-07-07 09:01"),
        "2026-07-06 09:00 anna opens: Nobody ever answered",
    ]
    found = response_times(promises(*stories, at=AT), JULY)
    assert found.tickets == ((1,), (2,), (3,), (4,), (5, 6), (7, 8))


def test_late_by_the_clock_on_the_wall_is_late_though_no_service_time_was_used() -> None:
    after_closing = answered("2026-07-06 18:00", opened="2026-07-06 13:00")
    assert response_times(promises(after_closing, at=AT), JULY).numbers == (0, 0, 0, 0, 1, 0)
