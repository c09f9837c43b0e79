"""What does not count as an outage: agreed maintenance, and times both sides excluded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from redmine_sla.availability.spans import Span, clipped
from redmine_sla.calendar.local_time import instant, wall_clock
from redmine_sla.contract import Terms
from redmine_sla.contract.promises.availability import Maintenance

_DAY = timedelta(days=1)


def maintenance_of(terms: Terms, service: str, limits: Span) -> tuple[Span, ...]:
    """Agreed maintenance of a service within the limits.

    A rhythm is counted from the contract's first day. Each of its times begins at that local time
    (in an hour the clocks skip: when they jump) and takes its hours of real time.
    """
    promise = terms.availability
    return clipped(
        (
            span
            for agreed in (promise.maintenance if promise else ())
            if not agreed.services or service in agreed.services
            for span in _times(agreed, terms, limits)
        ),
        limits,
    )


def exclusions_of(terms: Terms, ticket: int) -> tuple[Span, ...]:
    """The times that both sides agreed to leave out of availability for that ticket's outage."""
    return tuple(
        Span(exclusion.since, exclusion.until)
        for exclusion in terms.exclusions
        if exclusion.covers_outages and (not exclusion.tickets or ticket in exclusion.tickets)
    )


def _times(agreed: Maintenance, terms: Terms, limits: Span) -> Iterator[Span]:
    if agreed.since is not None and agreed.until is not None:
        yield Span(agreed.since, agreed.until)
    if agreed.rhythm is None or agreed.time_of_day is None or agreed.hours is None:
        return
    zone, length = ZoneInfo(terms.timezone), timedelta(seconds=int(agreed.hours * 3600))
    last = limits.end.astimezone(zone).date()
    for day in agreed.rhythm.dates(terms.starts, last):
        begin = instant(wall_clock(zone, datetime.combine(day, agreed.time_of_day)))
        if begin + length > limits.begin - _DAY:
            yield Span(begin, begin + length)
