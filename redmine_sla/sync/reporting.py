"""What a report is made of, judged from the mirror alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from redmine_sla.calendar.period import Period
from redmine_sla.contract import Configuration
from redmine_sla.mirror import Mirror
from redmine_sla.report.course import Course, course_of
from redmine_sla.report.judged_promises import promises_of
from redmine_sla.report.promise import Promise
from redmine_sla.report.scope import Scope
from redmine_sla.sync.judging import judged_tickets
from redmine_sla.sync.standing import pulled_at
from redmine_sla.sync.workbench import lay_out

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The promises and courses of the tickets within a scope, as known at `as_of`.

    Of the past only what a report on `period` needs: tickets that were open in it. `pulled` says
    when the mirror was brought up to date (`None`: never), `held_from` how far it reaches back.
    """

    period: Period
    as_of: datetime
    promises: tuple[Promise, ...]
    courses: tuple[Course, ...]
    pulled: datetime | None
    held_from: date

    @property
    def is_incomplete(self) -> bool:
        """Did the period begin before the first day the mirror holds?"""
        return self.period.first < self.held_from


def gather(
    configuration: Configuration, mirror: Mirror, period: Period, scope: Scope, as_of: datetime
) -> Gathered:
    """Judge what the report is about. Raises `CalendarError`, `MirrorError`, `ReadingError`."""
    bench = lay_out(configuration, mirror)
    promises: list[Promise] = []
    courses: list[Course] = []
    for judged in judged_tickets(bench, mirror, touched_numbers(mirror, period), as_of):
        if scope.contract and judged.contract.name not in scope.contract:
            continue
        promises += (one for one in promises_of(judged, as_of) if scope.takes(one))
        course = course_of(judged, bench.glossary(judged.contract), as_of)
        if scope.takes(course):
            courses.append(course)
    return Gathered(
        period,
        as_of,
        tuple(promises),
        tuple(courses),
        pulled_at(mirror),
        held_from(configuration),
    )


def held_from(configuration: Configuration) -> date:
    """The first day whose changes the mirror holds."""
    since = configuration.desk.pull.since
    return since or min(contract.starts for contract in configuration.contracts)


def touched_numbers(mirror: Mirror, period: Period) -> set[int]:
    """The tickets that a period can say anything of.

    What was last changed before it began and is closed was decided before, too; but hours may have
    been booked on it afterwards, which does not change a ticket.
    """
    booked = mirror.time_entries(spent_from=period.first, spent_before=period.last + _DAY)
    with_hours = {entry.ticket for entry in booked if entry.ticket is not None}
    with mirror.reading() as view:
        return view.open_numbers() | view.changed_numbers(period.begin) | with_hours
