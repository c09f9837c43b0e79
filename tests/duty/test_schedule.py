"""What the customer's contacts see of the schedule: on the contract's page, and as an .ics file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from redmine_sla.contract import Contract
from redmine_sla.contract.words import Language
from redmine_sla.duty import (
    DutyTicket,
    Outcome,
    outcomes,
    schedule_blocks,
    schedule_ics,
    schedule_period,
)
from redmine_sla.language import tongue_for
from redmine_sla.page import Page, render
from tests.duty.telling import owing, period
from tests.judging import GLOSSARY, timeline
from tests.notation import BUDAPEST, instant

ENGLISH = tongue_for(Language.ENGLISH)
VISITS = owing("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "time = 10:00:00", "hours = 2", name="visit")
AT = "2026-03-26 12:00"
DONE = """
2026-03-03 06:00 bot opens: Visit
2026-03-10 12:00 eva says: All well; status: Resolved
"""


def came(
    under: Contract, stories: Mapping[str, str], *, at: str = AT, hidden: bool = False
) -> tuple[Outcome, ...]:
    """The outcomes of the schedule's weeks, with those stories on their tickets."""
    tickets = {
        key: DutyTicket(timeline(story, number=number), hidden)
        for number, (key, story) in enumerate(stories.items(), start=1)
    }
    weeks = schedule_period(under, instant(at))
    return outcomes(under, weeks, tickets, GLOSSARY, instant(at))


def page(under: Contract, found: tuple[Outcome, ...], *, at: str = AT) -> str:
    return render(Page(schedule_blocks(under, found, ENGLISH, instant(at))), "common_mark")


def events(ics: bytes) -> dict[str, Any]:
    """The events by their UID, as another program reads them."""
    return {str(event["UID"]): event for event in Calendar.from_ical(ics).walk("VEVENT")}


def test_it_is_told_in_whole_weeks_around_the_running_one() -> None:
    monday = schedule_period(VISITS, instant("2026-03-23 00:00"))
    sunday = schedule_period(VISITS, instant("2026-03-29 23:59"))
    assert monday == sunday == period("2026-02-23", "2026-05-24")


def test_what_comes_stands_first_and_then_what_came_of_the_last() -> None:
    text = page(VISITS, came(VISITS, {"acme/visit/2026-03-10": DONE}))
    coming, past = text.split("### The last weeks")
    assert "2026-04-07 10" in coming
    assert "2026-03-10" not in coming
    rows = [row for row in past.splitlines() if row.startswith("| 2026")]
    assert "not recorded | there is no ticket for it" in rows[0]  # 24 March
    assert "done in time" in rows[1]
    assert "#1" in rows[1]


def test_what_comes_each_working_day_takes_a_line() -> None:
    daily = owing("FREQ=DAILY", 'working_day_rule = "skip"')
    text = page(daily, came(daily, {}))
    # Working days from 26 March to 22 May without Good Friday, Easter Monday and 1 May: 39
    assert "on 39 days up to 22 May 2026, next on 26 March 2026" in text.replace("\u00a0", " ")
    # Working days from 23 February to 25 March, none of them with a ticket: 23
    assert "Not recorded: 23" in text
    assert "\n| 2026" not in text


def test_of_what_comes_each_working_day_only_what_was_not_in_time_is_told_by_day() -> None:
    daily = owing("FREQ=DAILY", 'working_day_rule = "skip"')
    made = "2026-03-24 06:00 bot opens: Review\n"
    stories = {
        "acme/review/2026-03-24": made + "2026-03-24 12:00 eva says: Well; status: Resolved",
        "acme/review/2026-03-25": made + "2026-03-26 09:00 eva says: Well; status: Resolved",
    }
    text = page(daily, came(daily, stories))
    assert "Done in time: 1, Late: 1, Not recorded: 21" in text
    assert [row[:12] for row in text.splitlines() if row.startswith("| 2026")] == ["| 2026-03-25"]


def test_what_comes_on_one_day_stands_in_one_row() -> None:
    both = owing(
        "FREQ=WEEKLY;BYDAY=TU",
        also='[[obligations]]\nname = "backup"\ntitle = "Data backup"\nclause = "B"\n'
        'rhythm = "FREQ=WEEKLY;INTERVAL=4;BYDAY=TU"',
    )
    made = {"acme/review/2026-03-31": "2026-03-24 06:00 bot opens: Review"}
    text = page(both, came(both, made))
    rows = [row for row in text.splitlines() if "2026-04-21" in row or "2026-03-31" in row]
    assert rows == [
        "| 2026-03-31 | Review of the log files #1 |",
        "| 2026-04-21 | Data backup&#59; Review of the log files |",
    ]


def test_what_the_customer_is_not_to_see_is_not_there() -> None:
    unseen = owing("FREQ=WEEKLY;BYDAY=TU", "visible = false")
    assert schedule_blocks(unseen, came(unseen, {}), ENGLISH, instant(AT)) == ()
    assert b"VEVENT" not in schedule_ics(unseen, came(unseen, {}), ENGLISH, "https://r")
    hidden = came(VISITS, {"acme/visit/2026-03-10": DONE}, hidden=True)
    assert "#1" not in page(VISITS, hidden)
    assert b"issues/1" not in schedule_ics(VISITS, hidden, ENGLISH, "https://r")


def test_a_visit_in_the_calendar_keeps_its_hour_over_the_clock_change() -> None:
    found = came(VISITS, {"acme/visit/2026-03-10": DONE})
    ics = schedule_ics(VISITS, found, ENGLISH, "https://r.example/")
    told = events(ics)
    march, april = told["acme/visit/2026-03-24"], told["acme/visit/2026-04-07"]
    assert march["DTSTART"].dt == datetime(2026, 3, 24, 10, tzinfo=BUDAPEST)
    assert april["DTSTART"].dt == datetime(2026, 4, 7, 10, tzinfo=BUDAPEST)
    assert april["DTEND"].dt == datetime(2026, 4, 7, 12, tzinfo=BUDAPEST)
    assert april["DTSTART"].params["TZID"] == "Europe/Budapest"
    zones = Calendar.from_ical(ics).walk("VTIMEZONE")
    assert [str(zone["TZID"]) for zone in zones] == ["Europe/Budapest"]
    assert str(told["acme/visit/2026-03-10"]["URL"]) == "https://r.example/issues/1"
    assert "URL" not in april


def test_what_has_no_hour_is_a_whole_day() -> None:
    weekly = owing("FREQ=WEEKLY;BYDAY=TU")
    ics = schedule_ics(weekly, came(weekly, {}), ENGLISH, "https://r")
    assert b"DTSTART;VALUE=DATE:20260324\r\n" in ics
    assert b"VTIMEZONE" not in ics
    assert events(ics)["acme/review/2026-02-24"]["DTSTART"].dt == date(2026, 2, 24)


def test_the_file_depends_on_the_outcomes_alone() -> None:
    found = came(VISITS, {})
    files = {schedule_ics(VISITS, found, ENGLISH, "https://r") for _ in range(3)}
    assert len(files) == 1
    assert files == {schedule_ics(VISITS, tuple(came(VISITS, {})), ENGLISH, "https://r")}


def test_a_waived_one_is_cancelled_and_an_amended_one_revised() -> None:
    amended = """
    [[amendments]]
    from = 2026-04-06
    note = "an hour later"
    [[amendments.obligations]]
    name = "visit"
    time = 11:00:00
    """
    under = owing("FREQ=WEEKLY;BYDAY=TU", "time = 10:00:00", name="visit", also=amended)
    waived = (
        "2026-03-03 06:00 bot opens: Visit\n"
        "2026-03-09 09:00 anna says: Not this week; status: Rejected"
    )
    found = came(under, {"acme/visit/2026-03-10": waived})
    ics = schedule_ics(under, found, ENGLISH, "https://r")
    told = {
        key[-5:]: (
            str(event["STATUS"]),
            int(event["SEQUENCE"]),
            f"{event['DTSTART'].dt:%H:%M}",
            f"{event['DTSTAMP'].dt.astimezone(ZoneInfo('Europe/Budapest')):%Y-%m-%d}",
        )
        for key, event in events(ics).items()
    }
    assert told["03-10"] == ("CANCELLED", 1, "10:00", "2026-01-01")
    assert told["03-31"] == ("CONFIRMED", 0, "10:00", "2026-01-01")
    assert told["04-07"] == ("CONFIRMED", 1, "11:00", "2026-04-06")


def test_words_with_signs_of_the_format_stay_words() -> None:
    under = owing("FREQ=WEEKLY;BYDAY=TU").model_copy(
        update={"title": "Visits; backups, and\nBEGIN:VEVENT"}
    )
    ics = schedule_ics(under, came(under, {}), ENGLISH, "https://r")
    assert b"X-WR-CALNAME:Visits\\; backups\\, and\\nBEGIN:VEVENT\r\n" in ics
    assert len(events(ics)) == 13
