"""Hours booked where none are included, as the section of hours states them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from redmine_sla.budget import Job
from redmine_sla.budget.booked_hours import BookedHours, Tally
from redmine_sla.budget.jobs import public_job
from redmine_sla.page import (
    Align,
    Block,
    Column,
    KeyFigure,
    KeyFigures,
    Line,
    Paragraph,
    Strong,
    Table,
    line,
)
from redmine_sla.press.sheet import Cell, Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.plain_figures import plain
from redmine_sla.quarter.ticket_months import public_ticket_months, ticket_month_figures


def booked_blocks(booked: BookedHours, frame: Frame) -> Iterator[Block]:
    """The period's sum, then month by month each activity; as counted, too, by time rules."""
    tongue = frame.tongue
    if not booked.activities:
        yield Paragraph(line(tongue.say("No time was booked.")))
    else:
        yield KeyFigures(
            tuple(
                KeyFigure(title, tongue.hours(hours))
                for title, hours in zip(_titles(frame), _told(booked.total, frame), strict=True)
            )
        )
        yield Table(
            (
                Column(tongue.say("Month")),
                Column(tongue.say("Activity")),
                *(Column(title, Align.RIGHT) for title in _titles(frame)),
            ),
            tuple(_rows(booked, frame)),
        )
    if any(terms.development for _, terms in frame.contract.versions):
        yield Paragraph(
            line(tongue.say("Work booked on the development budget is not counted here."))
        )


def booked_figure(booked: BookedHours, frame: Frame) -> KeyFigure:
    """The period's sum, for the top of a page."""
    tongue, total = frame.tongue, booked.total
    counted = tongue.say("counted: {hours}", hours=tongue.hours(total.counted))
    note = counted if total.counted != total.booked else ""
    return KeyFigure(tongue.say("Time booked"), tongue.hours(total.booked), note)


def booked_figures(booked: BookedHours, jobs: Mapping[int, Job]) -> dict[str, Any]:
    """The same by month and activity, and by month and ticket, so that a correction is named."""
    rows = ((number, month, one) for (number, month), one in booked.tickets.items())
    return {
        "activities": [
            {"month": f"{month:%Y-%m}", "activity": activity, **_hours(tally)}
            for (month, activity), tally in booked.activities.items()
        ],
        "tickets": [
            ticket_month_figures(number, month, _hours(one.tally), one.entries)
            for number, month, one in public_ticket_months(rows, jobs)
        ],
    }


def booked_sheets(booked: BookedHours, jobs: Mapping[int, Job], frame: Frame) -> Iterator[Sheet]:
    """The same for people who calculate, and the period's hours of each ticket."""
    if not booked.activities:
        return
    tongue, titles = frame.tongue, _titles(frame)
    yield Sheet(
        "booked_hours",
        tongue.say("Time booked"),
        (tongue.say("Month"), tongue.say("Activity"), *titles),
        tuple(
            (f"{month:%Y-%m}", activity, *_told(tally, frame))
            for (month, activity), tally in booked.activities.items()
        ),
    )
    yield Sheet(
        "booked_hours_by_ticket",
        tongue.say("Time booked by ticket"),
        (tongue.say("Ticket"), tongue.say("Subject"), *titles),
        tuple(_ticket_rows(booked, jobs, frame)),
    )


def _titles(frame: Frame) -> tuple[str, ...]:
    booked = frame.tongue.say("Booked")
    return (booked, frame.tongue.say("Counted")) if _has_time_rules(frame) else (booked,)


def _told(tally: Tally, frame: Frame) -> tuple[Decimal, ...]:
    return (tally.booked, tally.counted) if _has_time_rules(frame) else (tally.booked,)


def _has_time_rules(frame: Frame) -> bool:
    return any(terms.time for _, terms in frame.contract.versions)


def _rows(booked: BookedHours, frame: Frame) -> Iterator[tuple[Line, ...]]:
    """Each month with its sum, and under it its activities."""
    tongue = frame.tongue
    for first, tally in booked.months.items():
        sums = (line(Strong(tongue.hours(hours))) for hours in _told(tally, frame))
        yield line(Strong(tongue.titled(tongue.month(first)))), line(), *sums
        for (month, activity), part in booked.activities.items():
            if month == first:
                hours = (line(tongue.hours(hours)) for hours in _told(part, frame))
                yield line(), line(tongue.say(activity)), *hours


def _ticket_rows(
    booked: BookedHours, jobs: Mapping[int, Job], frame: Frame
) -> Iterator[tuple[Cell, ...]]:
    """Those that may be named, then all others in one, and what is on none."""
    named: dict[int, Tally] = {}
    hidden, elsewhere = Tally(), Tally()
    for (number, _), one in booked.tickets.items():
        if number is None:
            elsewhere += one.tally
        elif public_job(jobs, number):
            named[number] = named.get(number, Tally()) + one.tally
        else:
            hidden += one.tally
    for number, tally in named.items():
        yield number, jobs[number].subject, *_told(tally, frame)
    tongue = frame.tongue
    for told, tally in (
        (tongue.say("on tickets that are not public"), hidden),
        (tongue.say("no ticket"), elsewhere),
    ):
        if tally != Tally():
            yield None, told, *_told(tally, frame)


def _hours(tally: Tally) -> dict[str, str]:
    return {"booked_hours": plain(tally.booked), "counted_hours": plain(tally.counted)}
