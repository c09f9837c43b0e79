"""What a report is made of, judged from the mirror alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from redmine_sla.budget import known_by
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Configuration
from redmine_sla.mirror import Mirror
from redmine_sla.report.course import Course, Work, course_of
from redmine_sla.report.judged_promises import promises_of
from redmine_sla.report.promise import Promise
from redmine_sla.report.scope import Scope
from redmine_sla.report.workload import Loose
from redmine_sla.sync.booked_time import BookedTime
from redmine_sla.sync.judging import judged_tickets, telling_of
from redmine_sla.sync.standing import require_pulled
from redmine_sla.sync.workbench import Workbench, lay_out
from redmine_sla.ticket import TimeEntry

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The promises and courses of the tickets within a scope, as known at `known`: at the instant
    `as_of` that was asked for, or at the last pull if that was before.

    Of the past only what a report on `period` needs. `loose` are the hours booked on no ticket.
    `pulled` says when the mirror was brought up to date, `held_from` how far it reaches back.
    """

    period: Period
    as_of: datetime
    known: datetime
    promises: tuple[Promise, ...]
    courses: tuple[Course, ...]
    loose: tuple[Loose, ...]
    pulled: datetime
    held_from: date

    @property
    def is_incomplete(self) -> bool:
        """Did the period begin before the first day the mirror holds?"""
        return self.period.first < self.held_from


def gather(
    configuration: Configuration, mirror: Mirror, period: Period, scope: Scope, as_of: datetime
) -> Gathered:
    """Judge what the report is about.

    Raises `NothingPulledError`, `CalendarError`, `MirrorError`, `ReadingError`.
    """
    pulled = require_pulled(mirror, period.begin)
    bench = lay_out(configuration, mirror)
    known = min(as_of, pulled)
    promises: list[Promise] = []
    courses: list[Course] = []
    numbers = telling_of(mirror, period) | _booked_on(mirror, period)
    for judged in judged_tickets(bench, mirror, numbers, known):
        if scope.contract and judged.contract.name not in scope.contract:
            continue
        promises += (one for one in promises_of(judged, known) if scope.takes(one))
        course = course_of(judged, bench.glossary(judged.contract), known)
        if scope.takes(course):
            courses.append(course)
    return Gathered(
        period,
        as_of,
        known,
        tuple(promises),
        tuple(courses),
        tuple(one for one in _loose(bench, mirror, period, known) if scope.takes(one)),
        pulled,
        held_from(configuration),
    )


def held_from(configuration: Configuration) -> date:
    """The first day whose changes the mirror holds."""
    since = configuration.desk.pull.since
    return since or min(contract.starts for contract in configuration.contracts)


def _booked_on(mirror: Mirror, period: Period) -> set[int]:
    """The tickets with hours for the period's days: booking does not change a ticket."""
    return {entry.ticket for entry in _booked_in(mirror, period) if entry.ticket is not None}


def _booked_in(mirror: Mirror, period: Period) -> Iterable[TimeEntry]:
    return mirror.time_entries(spent_from=period.first, spent_before=period.last + _DAY)


def _loose(bench: Workbench, mirror: Mirror, period: Period, known: datetime) -> Iterator[Loose]:
    """Hours booked on no ticket, with the contract they are booked for."""
    if all(entry.ticket is not None for entry in _booked_in(mirror, period)):
        return
    for contract in bench.contracts:
        for one in known_by(BookedTime(bench, mirror, contract).work({}), known):
            entry = one.entry
            if entry.ticket is None and period.holds(entry.spent_on):
                project = bench.words.projects.get(entry.project.id)
                yield Loose(
                    contract=contract.name,
                    project=project.identifier if project else "",
                    work=Work(entry.spent_on, entry.user.name, entry.hours),
                )
