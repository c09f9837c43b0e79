"""The clocks that start once and stop once: response, work start, resolution, arrival and so on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from redmine_sla.contract import Clock, EventKind, Trigger
from redmine_sla.language import Saying
from redmine_sla.sla.agreement import Agreement
from redmine_sla.sla.authority import authorised
from redmine_sla.sla.case import Case
from redmine_sla.sla.moments import (
    Accepts,
    Moment,
    Reach,
    anybody,
    first_moment,
    provider_side,
)
from redmine_sla.sla.reading import Reading, Start, Stop
from redmine_sla.sla.run import RECEIVED, WORKING, Run, read_run, received
from redmine_sla.sla.settling import settled, unmeasured
from redmine_sla.ticket import Author, Party

PROPOSED = Trigger(EventKind.DUE_DATE, "proposed")
RESOLVED = Trigger(EventKind.STATUS, "resolved")
ORDERED = Trigger(EventKind.FIELD, "visit_ordered_at")


def read_standard(name: str, clock: Clock, case: Case) -> Reading | None:
    """The reading of that clock; `None` where nothing is promised or it has not started."""
    if RECEIVED in clock.starts:
        start = received(case)
    else:
        moment = _starting_moment(clock, case)
        if moment is None:
            return None
        if moment.at is None:
            return unmeasured(name, clock, case, moment.what)
        start = Start(moment.at, moment.at, moment.what)
    stop, unrecorded = stop_of(clock, case, since=start.event)
    run = Run(name, clock, start, stop, unrecorded)
    reading = read_run(run, case)
    return settled(reading, run, case) if reading else None


def _starting_moment(clock: Clock, case: Case) -> Moment | None:
    moment = first_moment(
        clock.starts,
        case.timeline,
        case.glossary,
        reach=Reach.start(case.cycle.start),
        accepts=_who_may_start(clock, case),
    )
    if moment is None or case.until is None or moment.recorded < case.until:
        return moment
    return None


def _who_may_start(clock: Clock, case: Case) -> Accepts:
    """Ordered by an authorised contact, or noted by the provider (profile outsourced-it)."""
    if ORDERED not in clock.starts or not case.terms.intake.visit_needs_contact:
        return anybody

    def may(author: Author) -> bool:
        return author.party is Party.PROVIDER or authorised(
            author, case.terms.contacts, "order_visit"
        )

    return may


def stop_of(clock: Clock, case: Case, *, since: datetime) -> tuple[Stop | None, Moment | None]:
    """What stopped a clock that began at `since`, or what there is whose instant nobody recorded.

    Once the ticket is at rest, only what people write down later still counts: that they had come,
    the causes of a failure. Work that was resolved once does not start afterwards.
    """
    found = [
        (trigger, moment)
        for trigger in clock.stops
        if trigger != RESOLVED and (moment := _moment(trigger, case, since)) is not None
    ]
    stops = [
        Stop(moment.at, moment.recorded, moment.what)
        for trigger, moment in found
        if moment.at is not None
        and _counts(trigger, moment.at, case)
        and not _is_over(clock, moment.at, case)
    ]
    if RESOLVED in clock.stops:
        stops += resolution(case)
    if PROPOSED in clock.stops:
        stops += _dates_agreed(case, since)
    stop = min(stops, key=lambda one: one.at, default=None)
    unrecorded = (moment for _, moment in found if moment.at is None)
    return stop, None if stop else next(unrecorded, None)


def _is_over(clock: Clock, at: datetime, case: Case) -> bool:
    resolved = case.cycle.first_resolved
    return WORKING in clock.stops and resolved is not None and at > resolved


def _moment(trigger: Trigger, case: Case, since: datetime) -> Moment | None:
    reach = Reach.stop(since, case.cycle.start)
    return first_moment([trigger], case.timeline, case.glossary, reach=reach, accepts=provider_side)


def _counts(trigger: Trigger, at: datetime, case: Case) -> bool:
    end = case.cancelled or (None if trigger.kind is EventKind.FIELD else case.resolved)
    return (end is None or at <= end) and (case.until is None or at < case.until)


def resolution(case: Case) -> Iterator[Stop]:
    """The stop that resolving the ticket is, if it was resolved."""
    end = case.cycle.end
    if end is not None and case.resolved is not None:
        yield Stop(end.start, end.start, Saying("status {status}", status=end.status))


def _dates_agreed(case: Case, since: datetime) -> Iterator[Stop]:
    """A provider who accepts the date that the customer wished need not propose another."""
    for one in case.dates:
        if (
            isinstance(one, Agreement)
            and one.agreed >= since
            and _counts(PROPOSED, one.agreed, case)
        ):
            why = Saying("{day} agreed: {how}", day=one.day, how=one.how)
            yield Stop(one.agreed, one.agreed, why)
