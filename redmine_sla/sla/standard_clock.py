"""The clocks that start once and stop once: response, work start, resolution, arrival and so on."""

from __future__ import annotations

from datetime import datetime

from redmine_sla.contract import Clock, EventKind, Trigger
from redmine_sla.sla.authority import authorised
from redmine_sla.sla.case import Case
from redmine_sla.sla.moments import Accepts, Moment, anybody, first_moment, provider_side
from redmine_sla.sla.reading import Reading, Start, Stop
from redmine_sla.sla.run import RECEIVED, Run, read_run
from redmine_sla.sla.settling import settled
from redmine_sla.ticket import Author, Party

RESOLVED = Trigger(EventKind.STATUS, "resolved")
ORDERED = Trigger(EventKind.FIELD, "visit_ordered_at")


def read_standard(name: str, clock: Clock, case: Case) -> Reading | None:
    """The reading of that clock; `None` where nothing is promised or it has not started."""
    start = _start(clock, case)
    if start is None:
        return None
    stop, unrecorded = _stop(clock, case, since=start.event)
    run = Run(name, clock, start, stop, unrecorded)
    reading = read_run(run, case)
    return settled(reading, run, case) if reading else None


def _start(clock: Clock, case: Case) -> Start | None:
    if RECEIVED in clock.starts:
        began = case.cycle.start
        return Start(began, began, "reported" if case.cycle.number == 1 else "reopened")
    moment = first_moment(
        clock.starts,
        case.timeline,
        case.glossary,
        since=case.cycle.start,
        accepts=_who_may_start(clock, case),
    )
    if moment is None or moment.at is None or _after(moment.at, case.until):
        return None
    return Start(moment.at, moment.at, moment.what)


def _who_may_start(clock: Clock, case: Case) -> Accepts:
    """A visit is ordered by an authorised contact, or noted by the provider (contract B)."""
    if ORDERED not in clock.starts or not case.terms.intake.visit_needs_contact:
        return anybody

    def may(author: Author) -> bool:
        return author.party is Party.PROVIDER or authorised(
            author, case.terms.contacts, "order_visit"
        )

    return may


def _stop(clock: Clock, case: Case, *, since: datetime) -> tuple[Stop | None, str]:
    moment = first_moment(
        [trigger for trigger in clock.stops if trigger != RESOLVED],
        case.timeline,
        case.glossary,
        since=since,
        accepts=provider_side,
    )
    stops = [_resolution(case)] if RESOLVED in clock.stops else []
    if moment is not None and moment.at is not None and not _after(moment.at, case.until):
        stops.append(Stop(moment.at, moment.recorded, moment.what))
    stop = min((stop for stop in stops if stop), key=lambda stop: stop.at, default=None)
    return stop, _unrecorded(moment) if stop is None else ""


def _resolution(case: Case) -> Stop | None:
    end = case.cycle.end
    if end is None or case.resolved is None:
        return None
    return Stop(end.start, end.start, f"status {end.status}")


def _unrecorded(moment: Moment | None) -> str:
    return moment.what if moment is not None and moment.at is None else ""


def _after(instant: datetime, limit: datetime | None) -> bool:
    return limit is not None and instant >= limit
