"""Who waited for whom: the service time of tickets by the side that was awaited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from redmine_sla.calendar.period import Period
from redmine_sla.report.course import Course, WhoseTurn

_NOTHING = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """Service time by the side awaited. `at_rest` is that between an end and a reopening: it counts
    in the period of the reopening, before which nobody could tell it from the end.

    What periods waited adds up to what the whole time waited.
    """

    provider: timedelta = _NOTHING
    customer: timedelta = _NOTHING
    third_party: timedelta = _NOTHING
    at_rest: timedelta = _NOTHING

    @property
    def total(self) -> timedelta:
        return self.provider + self.customer + self.third_party + self.at_rest

    def of(self, side: WhoseTurn) -> timedelta:
        """The time in which that side was awaited."""
        return {
            WhoseTurn.PROVIDER: self.provider,
            WhoseTurn.CUSTOMER: self.customer,
            WhoseTurn.THIRD_PARTY: self.third_party,
            WhoseTurn.NOBODY: self.at_rest,
        }[side]

    def __add__(self, other: Waited) -> Waited:
        return Waited(
            provider=self.provider + other.provider,
            customer=self.customer + other.customer,
            third_party=self.third_party + other.third_party,
            at_rest=self.at_rest + other.at_rest,
        )


def waited(course: Course, begin: datetime, end: datetime) -> Waited:
    """The ticket's service time in `[begin, end)` by side. Nothing for one without clocks."""
    spent = dict.fromkeys(WhoseTurn, _NOTHING)
    if course.calendar is None:
        return Waited()
    for stay in course.stays:
        if stay.side is WhoseTurn.NOBODY:
            if stay.until is not None and begin <= stay.until < end:
                spent[stay.side] += course.calendar.elapsed(stay.since, stay.until)
            continue
        since, until = max(stay.since, begin), min(stay.until or end, end)
        if since < until:
            spent[stay.side] += course.calendar.elapsed(since, until)
    return Waited(
        provider=spent[WhoseTurn.PROVIDER],
        customer=spent[WhoseTurn.CUSTOMER],
        third_party=spent[WhoseTurn.THIRD_PARTY],
        at_rest=spent[WhoseTurn.NOBODY],
    )


def waited_in(courses: Iterable[Course], period: Period, as_of: datetime) -> Waited:
    """All tickets' time in the period, up to `as_of`."""
    end = min(period.end, as_of)
    return sum((waited(course, period.begin, end) for course in courses), Waited())


def waited_for(
    courses: Iterable[Course], period: Period, as_of: datetime
) -> dict[WhoseTurn, tuple[timedelta, tuple[int, ...]]]:
    """The same by side, with the tickets that waited; only sides that were awaited."""
    end = min(period.end, as_of)
    each = [(course.ticket, waited(course, period.begin, end)) for course in courses]
    found = {
        side: (
            sum((one.of(side) for _, one in each), _NOTHING),
            tuple(sorted(ticket for ticket, one in each if one.of(side))),
        )
        for side in WhoseTurn
    }
    return {side: sums for side, sums in found.items() if sums[0]}


@dataclass(frozen=True, slots=True)
class BothSides:
    """The tickets that came to an end in a period and were still at it when the period was over,
    seen from both sides. A later reopening takes nothing back.

    `service_time` is the median of what they took in service time without waits for the customer;
    `wall_clock` is the median of what the customer's own clock showed from report to end.
    """

    tickets: tuple[int, ...]
    service_time: timedelta
    wall_clock: timedelta


def both_sides(courses: Iterable[Course], period: Period) -> BothSides | None:
    """The two medians; `None` where nothing came to its end."""
    ended = [
        (course, stay.since)
        for course in courses
        if course.calendar is not None
        for stay in course.rests
        if period.contains(stay.since) and (stay.until is None or stay.until >= period.end)
    ]
    if not ended:
        return None
    own = [waited(course, course.reported, end) for course, end in ended]
    return BothSides(
        tuple(sorted(course.ticket for course, _ in ended)),
        _median([one.provider + one.third_party for one in own]),
        _median([end - course.reported for course, end in ended]),
    )


def _median(spans: list[timedelta]) -> timedelta:
    """The middle one, or the mean of the two in the middle, cut to the second."""
    seconds = median(int(span.total_seconds()) for span in spans)
    return timedelta(seconds=int(seconds))
