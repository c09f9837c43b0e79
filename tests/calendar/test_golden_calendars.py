"""The working days of Hungary, Poland, Slovakia and Kazakhstan, 2024 to 2027.

`golden/*.txt` were written from the law and the press, not from the holidays package. A date that
is not in them is worked from Monday to Friday and free at the weekend. When a new package version
breaks this test, look up the law, then correct whichever of the two is wrong.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from redmine_sla.calendar import DayKind, ServiceCalendar

GOLDEN = Path(__file__).parent / "golden"
ZONES = {
    "HU": "Europe/Budapest",
    "PL": "Europe/Warsaw",
    "SK": "Europe/Bratislava",
    "KZ": "Asia/Almaty",
}
FIRST, LAST = date(2024, 1, 1), date(2027, 12, 31)

countries = pytest.mark.parametrize("country", sorted(ZONES))


def golden(country: str) -> dict[date, bool]:
    """Each date written down, and whether it is worked."""
    works: dict[date, bool] = {}
    for line in (GOLDEN / f"{country}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            day_text, weekday, verb, *_ = line.split()
            day = date.fromisoformat(day_text)
            assert f"{day:%a}" == weekday, line
            assert day not in works, line
            works[day] = {"off": False, "works": True}[verb]
    return works


def desk(country: str, *, working_saturdays: bool = True) -> ServiceCalendar:
    return ServiceCalendar(
        timezone=ZONES[country],
        hours="Mo-Fr 09:00-17:00",
        holidays=country,
        working_saturdays=working_saturdays,
    )


@countries
def test_every_date_of_four_years_is_worked_or_free_as_the_law_says(country: str) -> None:
    written = golden(country)
    differing = [
        f"{day.date:%Y-%m-%d %a} {day.hours} {day.label}"
        for day in desk(country).days(FIRST, LAST)
        if bool(day.windows) != written.get(day.date, day.date.weekday() < 5)
    ]
    assert differing == []


@countries
def test_each_day_off_and_each_worked_weekend_day_says_why_and_by_which_package(
    country: str,
) -> None:
    calendar = desk(country)
    for day, works in golden(country).items():
        if works == (day.weekday() < 5):
            continue
        found = calendar.day(day)
        assert found.kind is (DayKind.WORKED_WEEKEND if works else DayKind.HOLIDAY)
        assert found.label
        assert found.source.startswith("holidays 0.")
        assert found.source.endswith(country)


@countries
def test_a_contract_may_leave_worked_weekends_out(country: str) -> None:
    calendar = desk(country, working_saturdays=False)
    weekends = (FIRST + timedelta(days=at) for at in range((LAST - FIRST).days + 1))
    assert not any(calendar.opening(day) for day in weekends if day.weekday() >= 5)


def test_a_contract_that_knows_better_says_so_with_a_special_day() -> None:
    day = date(2026, 12, 12)
    assert desk("HU").opening(day) is None
    worked = ServiceCalendar(
        timezone="Europe/Budapest",
        hours="Mo-Fr 09:00-17:00",
        holidays="HU",
        special_days={day: "09:00-17:00"},
    )
    assert worked.day(day).kind is DayKind.SPECIAL
    assert worked.opening(day) is not None


def test_the_labels_do_not_depend_on_the_language_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "en_US")
    assert desk("HU").day(date(2031, 1, 1)).label == "Újév"
