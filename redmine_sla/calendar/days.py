"""Working days and calendar days: the six rules by which contracts count them.

The examples take a calendar of Mo-Fr 09:00-17:00. A *working day* is a date on which a window
starts; a night belongs to the date it starts on, and its end is that date's closing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from redmine_sla.calendar.errors import CalendarError
from redmine_sla.calendar.local_time import epoch, instant, midnight, wall_clock
from redmine_sla.calendar.table import WorkingDay
from redmine_sla.calendar.windows import WindowTable

DayRule = Literal[
    "end_of_day",
    "clip_to_day",
    "inclusive_end_of_day",
    "keep_clock",
    "roll_then_keep_clock",
    "keep_clock_then_open",
]
DAY_RULES: tuple[DayRule, ...] = get_args(DayRule)

CalendarDayRule = Literal["end_of_day", "keep_clock"]
CALENDAR_DAY_RULES: tuple[CalendarDayRule, ...] = get_args(CalendarDayRule)


def add_working_days(
    table: WindowTable, zone: ZoneInfo, start: datetime, count: int, rule: DayRule
) -> datetime:
    """`count` working days after `start`, by one of six rules:

    `end_of_day`: a start outside service counts as the next opening; the day of that opening is
    day 0, and day `count` after it is due at its closing. Friday 10:00 + 1: Monday 17:00.
    Friday 18:00 or Saturday 12:00 + 1: Tuesday 17:00.

    `clip_to_day`: the same days, but at the clock time of the start (of the opening that it
    counts as), clipped to the opening and closing of the day it falls on. Friday 10:00 + 1:
    Monday 10:00. Saturday 12:00 + 1: Tuesday 09:00.

    `inclusive_end_of_day`: the day of the start is day 1 if it has service left, or else the
    next working day is; due at closing. Friday 10:00 + 1: Friday 17:00. Friday 18:00 or
    Saturday 12:00 + 1: Monday 17:00. Nothing to add (0) is the next open instant.

    `keep_clock`: the count-th working day after the date of the start, at the same clock time,
    within service or not. Friday 18:00 + 1: Monday 18:00. Saturday 12:00 + 1: Monday 12:00.

    `roll_then_keep_clock`: a start on a day off first moves to the next working day at the same
    clock time, and is counted from there. Friday 18:00 + 1: Monday 18:00.
    Saturday 12:00 + 1: Tuesday 12:00.

    `keep_clock_then_open`: as `keep_clock`, and if that is outside service, the next opening.
    Friday 18:00 + 1: Tuesday 09:00. Saturday 12:00 + 1: Monday 12:00.

    A negative count goes back the same way and lands on the same point of the day: a start
    outside service counts as the closing before it, a day off rolls to the working day before.
    A clock time that is missing on the day it falls on is the end of the missing hour, a
    repeated one its first pass.
    """
    if rule not in DAY_RULES:
        raise CalendarError(f"day rule {rule!r} is not known", hint=f"use {', '.join(DAY_RULES)}")
    moment = epoch(start)
    if rule in {"keep_clock", "roll_then_keep_clock", "keep_clock_then_open"}:
        due = _same_clock(table, zone, start, count, rolls=rule == "roll_then_keep_clock")
        return instant(table.next_open(due) if rule == "keep_clock_then_open" else due)
    if rule == "inclusive_end_of_day":
        if count == 0:
            return instant(table.next_open(moment))
        day, _ = _day_of(table, moment, count)
        return instant(_step(table, day, count - 1 if count > 0 else count + 1).closes)
    day, begun = _day_of(table, moment, count)
    due_day = _step(table, day, count)
    if rule == "end_of_day":
        return instant(due_day.closes)
    return instant(_clipped(zone, begun, day, due_day))


def next_business_day(table: WindowTable, zone: ZoneInfo, start: datetime) -> datetime:
    """The closing of the first working day after the date of `start`.

    Friday 10:00, Friday 18:00 and Saturday 12:00 all give Monday 17:00. A start within a night's
    service counts on the date that night began. A contract with a reporting window receives the
    report of Friday 18:00 on Monday 09:00, and then this gives Tuesday 17:00.
    """
    moment = epoch(start)
    day = (
        table.working_day_at(moment).date
        if table.is_open(moment)
        else start.astimezone(zone).date()
    )
    return instant(table.working_day_from(day, 1).closes)


def add_calendar_days(
    zone: ZoneInfo, start: datetime, count: int, rule: CalendarDayRule
) -> datetime:
    """`count` dates after the local date of `start`, open or not.

    `end_of_day`: at the end of that date, the midnight after it. Monday 10:00 + 3: the end of
    Thursday. `keep_clock`: at the clock time of the start, Thursday 10:00.
    """
    if rule not in CALENDAR_DAY_RULES:
        raise CalendarError(
            f"calendar day rule {rule!r} is not known", hint=f"use {', '.join(CALENDAR_DAY_RULES)}"
        )
    moment = epoch(start)
    local = start.astimezone(zone).replace(tzinfo=None)
    if rule == "end_of_day":
        return instant(end_of_date(zone, local.date() + timedelta(days=count)))
    return instant(wall_clock(zone, local + timedelta(days=count)) if count else moment)


def end_of_date(zone: ZoneInfo, day: date) -> int:
    """The first instant after a local date."""
    return midnight(zone, day + timedelta(days=1))


def _day_of(table: WindowTable, moment: int, count: int) -> tuple[WorkingDay, int]:
    """The working day a start counts on, and the instant on it that the start counts as."""
    if count >= 0:
        begun = table.next_open(moment)
        return table.working_day_at(begun), begun
    if table.is_open(moment):
        return table.working_day_at(moment), moment
    closing = table.last_close(moment)
    return table.working_day_at(closing - 1), closing


def _step(table: WindowTable, day: WorkingDay, count: int) -> WorkingDay:
    return table.working_day_from(day.date, count) if count else day


def _clipped(zone: ZoneInfo, begun: int, day: WorkingDay, due_day: WorkingDay) -> int:
    """The clock time of `begun`, as many dates after its day's date, within the due day."""
    local = instant(begun).astimezone(zone).replace(tzinfo=None)
    due = wall_clock(zone, local + (due_day.date - day.date))
    return min(max(due, due_day.opens), due_day.closes)


def _same_clock(
    table: WindowTable, zone: ZoneInfo, start: datetime, count: int, *, rolls: bool
) -> int:
    local = start.astimezone(zone).replace(tzinfo=None)
    day = local.date()
    if rolls and table.working_day(day) is None:
        day = table.working_day_from(day, 1 if count >= 0 else -1).date
    if count:
        day = table.working_day_from(day, count).date
    if day == local.date():
        return epoch(start)
    return wall_clock(zone, datetime.combine(day, local.time()))
