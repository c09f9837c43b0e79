"""Listings of work: by month or week, by person, by age; and who waited for whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from redmine_sla.calendar.period import Period
from redmine_sla.language import ENGLISH
from redmine_sla.report.course import Course
from redmine_sla.report.listing import Column, Entry, Kind, Listing, counted, plain
from redmine_sla.report.waiting import waited_for
from redmine_sla.report.words import side_words
from redmine_sla.report.workload import (
    AGES,
    Booked,
    Loose,
    by_assignee,
    hours_by_person,
    loose_by_person,
    open_by_age,
    weeks_of,
    workload,
)

_FEW_DAYS = 45


def workload_listing(
    courses: Sequence[Course], loose: Sequence[Loose], period: Period, as_of: datetime
) -> Listing:
    """The work by month, or by week where the period is short, as far as these have begun."""
    short = (period.last - period.first).days < _FEW_DAYS
    parts = tuple(weeks_of(period)) if short else period.months
    rows = []
    for part in (part for part in parts if part.begin <= as_of):
        found = workload(courses, part)
        rows.append(
            (
                plain(str(part) if short else f"{part.first:%Y-%m}"),
                counted(found.open_before),
                counted(found.reported),
                counted(found.reopened),
                counted(found.done),
                counted(found.open_after),
                Entry(found.hours.hours, found.hours.tickets),
                plain(sum(loose_by_person(loose, part).values(), Decimal()) or None),
            )
        )
    return Listing(
        "workload",
        "Workload by week" if short else "Workload by month",
        (
            Column("period", "Week" if short else "Month"),
            Column("open_before", "Open at begin", Kind.NUMBER),
            Column("reported", "Reported", Kind.NUMBER),
            Column("reopened", "Reopened", Kind.NUMBER),
            Column("done", "Done", Kind.NUMBER),
            Column("open_after", "Open at end", Kind.NUMBER),
            Column("hours", "Hours booked", Kind.HOURS),
            Column("hours_on_no_ticket", "On no ticket", Kind.HOURS),
        ),
        tuple(rows),
    )


def people_listing(courses: Sequence[Course], loose: Sequence[Loose], period: Period) -> Listing:
    """The work by who has the tickets now, and the hours by who booked them."""
    hours, elsewhere = hours_by_person(courses, period), loose_by_person(loose, period)
    own = by_assignee(courses)
    rows = []
    for name in dict.fromkeys((*own, *sorted({*hours, *elsewhere}))):
        found = workload(own.get(name, ()), period)
        booked = hours.get(name, Booked())
        if name in hours or name in elsewhere or found.reported or found.done or found.open_after:
            rows.append(
                (
                    plain(name or "nobody"),
                    counted(found.reported),
                    counted(found.done),
                    counted(found.open_after),
                    Entry(booked.hours or None, booked.tickets),
                    plain(elsewhere.get(name)),
                )
            )
    return Listing(
        "people",
        "By assignee",
        (
            Column("assignee", "Assignee"),
            Column("reported", "Reported", Kind.NUMBER),
            Column("done", "Done", Kind.NUMBER),
            Column("open_after", "Open at end", Kind.NUMBER),
            Column("hours", "Hours booked", Kind.HOURS),
            Column("hours_on_no_ticket", "On no ticket", Kind.HOURS),
        ),
        tuple(rows),
    )


def ages_listing(courses: Sequence[Course], at: datetime) -> Listing:
    """The tickets open at that instant by the time since their report."""
    limits = [limit.days for limit in AGES]
    names = [
        "up to a day",
        *(f"up to {days} days" for days in limits[1:]),
        f"more than {limits[-1]} days",
    ]
    return Listing(
        "ages",
        "Age of the open tickets",
        (Column("age", "Since the report"), Column("open", "Open", Kind.NUMBER)),
        tuple(
            (plain(name), counted(tickets))
            for name, tickets in zip(names, open_by_age(courses, at), strict=True)
            if tickets
        ),
        "No ticket is open.",
    )


def waiting_listing(courses: Sequence[Course], period: Period, as_of: datetime) -> Listing:
    """Service time of all open tickets by who was awaited."""
    return Listing(
        "waiting",
        "Who waited for whom, in service hours of all open tickets",
        (Column("side", "Awaited"), Column("time", "Service time", Kind.DURATION)),
        tuple(
            (plain(side_words(side, ENGLISH)), Entry(time, tickets))
            for side, (time, tickets) in waited_for(courses, period, as_of).items()
        ),
        "No ticket was open in the service hours.",
    )
