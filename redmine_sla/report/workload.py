"""Workload: what came in, what was done, what is left, and the hours it took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from redmine_sla.calendar.period import Period
from redmine_sla.report.course import Course, Work

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Booked:
    """Hours booked for the days of a period, and the tickets they were booked on, each once."""

    hours: Decimal = Decimal()
    tickets: tuple[int, ...] = ()

    def __add__(self, other: Booked) -> Booked:
        tickets = sorted({*self.tickets, *other.tickets})
        return Booked(self.hours + other.hours, tuple(tickets))


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """Hours of a contract booked on no ticket. Nothing is known of it that only a ticket has."""

    contract: str
    project: str
    work: Work
    tracker: str = ""
    problem_class: str = ""
    severity: str = ""
    assignee: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """One period's tickets, one number for each event: a ticket may be done twice.

    `open_before + reported + reopened` are as many as `done + open_after`.
    """

    open_before: tuple[int, ...]
    reported: tuple[int, ...]
    reopened: tuple[int, ...]
    done: tuple[int, ...]
    open_after: tuple[int, ...]
    hours: Booked


def workload(courses: Iterable[Course], period: Period) -> Workload:
    """The work of the period. Courses must be known up to its end, or to now."""
    courses = list(courses)
    begin, end = period.begin, period.end

    def numbers(happened: Callable[[Course], Iterable[datetime | None]]) -> tuple[int, ...]:
        return tuple(
            sorted(
                course.ticket
                for course in courses
                for at in happened(course)
                if at is not None and begin <= at < end
            )
        )

    return Workload(
        open_before=tuple(sorted(one.ticket for one in courses if one.open_at(begin))),
        reported=numbers(lambda course: (course.reported,)),
        reopened=numbers(lambda course: (rest.until for rest in course.rests)),
        done=numbers(lambda course: (rest.since for rest in course.rests)),
        open_after=tuple(sorted(one.ticket for one in courses if one.open_at(end))),
        hours=sum(hours_by_person(courses, period).values(), Booked()),
    )


def hours_by_person(courses: Iterable[Course], period: Period) -> dict[str, Booked]:
    """The hours booked on tickets for the period's days, by who booked them."""
    found: dict[str, Booked] = {}
    for course in courses:
        for work in course.work:
            if period.holds(work.day):
                booked = Booked(work.hours, (course.ticket,))
                found[work.person] = found.get(work.person, Booked()) + booked
    return dict(sorted(found.items()))


def loose_by_person(loose: Iterable[Loose], period: Period) -> dict[str, Decimal]:
    """The hours booked on no ticket for the period's days, by who booked them."""
    found: dict[str, Decimal] = {}
    for work in (one.work for one in loose):
        if period.holds(work.day):
            found[work.person] = found.get(work.person, Decimal()) + work.hours
    return dict(sorted(found.items()))


def by_assignee(courses: Iterable[Course]) -> dict[str, list[Course]]:
    """The tickets by who has them; those nobody has come last."""
    found: dict[str, list[Course]] = {}
    for course in courses:
        found.setdefault(course.assignee, []).append(course)
    return dict(sorted(found.items(), key=lambda item: (not item[0], item[0])))


def weeks_of(period: Period) -> Iterator[Period]:
    """Its weeks from Monday on, the first and the last cut to it."""
    monday = period.first - _DAY * period.first.weekday()
    while monday <= period.last:
        first, last = max(monday, period.first), min(monday + 6 * _DAY, period.last)
        yield Period(first, last, period.zone)
        monday += 7 * _DAY


AGES = tuple(timedelta(days=days) for days in (1, 7, 30, 90))
"""Upper ends of the classes of age; the last class has none."""


def open_by_age(courses: Iterable[Course], at: datetime) -> tuple[tuple[int, ...], ...]:
    """The tickets open at that instant by the time since their report, a class for each of `AGES`
    and one beyond."""
    classes: list[list[int]] = [[] for _ in (*AGES, None)]
    for course in courses:
        if course.open_at(at):
            age = at - course.reported
            classes[sum(age >= limit for limit in AGES)].append(course.ticket)
    return tuple(tuple(sorted(numbers)) for numbers in classes)
