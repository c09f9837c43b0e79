"""A clock's run, and how it is read: take the facts that hold at its stop (or now) and with them
the target, lay out the due time, count with the pauses, judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from redmine_sla.calendar import BusinessDays, BusinessTime, NextBusinessDay, ServiceCalendar
from redmine_sla.contract import Clock, EventKind, Retarget, TargetRule, Trigger
from redmine_sla.language import Saying
from redmine_sla.sla.case import Case
from redmine_sla.sla.facts import Facts, rule_for
from redmine_sla.sla.moments import Moment
from redmine_sla.sla.reading import Counted, Reading, Start, Stop
from redmine_sla.sla.stopwatch import Count, Wait, measure
from redmine_sla.sla.waits import merged

RECEIVED = Trigger(EventKind.RECEIVED)
AGREED = Trigger(EventKind.DUE_DATE, "agreed")
WORKING = Trigger(EventKind.STATUS, "working")
AROUND_THE_CLOCK = ServiceCalendar(timezone="UTC", hours="24/7")
_REPORTED = Saying("reported")
_REOPENED = Saying("reopened")
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Run:
    """A clock's run through a case, before it is judged. Without `stop` it is still open.

    `unrecorded` is an event there was whose instant nobody recorded.
    """

    name: str
    clock: Clock
    start: Start
    stop: Stop | None
    unrecorded: Moment | None = None


def read_run(run: Run, case: Case) -> Reading | None:
    """Judge a run by the rule that governs at its stop, or now."""
    facts = case.facts_at(decided_at(run, case))
    rule = rule_for(case.terms.targets, run.name, facts)
    if rule is None:
        return None
    start = _received(rule, facts, run, case)
    if case.terms.retarget is Retarget.FROM_CHANGE:
        start = _from_change(start, run, case)
    return _read_from(start, rule, facts, run, case)


def decided_at(run: Run, case: Case) -> datetime:
    """Whose facts govern: those at the stop, or now."""
    return min(_end(run, case) or case.as_of, case.as_of)


def _end(run: Run, case: Case) -> datetime | None:
    """When counting ends: at the stop, or when the ticket came to rest without it."""
    return run.stop.at if run.stop is not None else rest_without(run.clock, case)


def rest_without(clock: Clock, case: Case) -> datetime | None:
    """When the ticket came to rest, for a clock that was not stopped by then.

    What was resolved once had been begun: for the start of work its first end counts, and no
    reopening makes a start that was in time a late one.
    """
    if WORKING in clock.stops and case.cycle.first_resolved is not None:
        return case.cycle.first_resolved
    return case.cancelled or (None if clock.outlives_resolution else case.resolved)


def reading_under(rule: TargetRule, facts: Facts, run: Run, case: Case) -> Reading:
    """What the clock reads if that rule governs from the start."""
    return _read_from(_received(rule, facts, run, case), rule, facts, run, case)


def _read_from(start: Start, rule: TargetRule, facts: Facts, run: Run, case: Case) -> Reading:
    calendar = _calendar(rule, facts, case)
    due = case.terms.due(rule.within, calendar, start.at)
    pauses = case.pauses if run.clock.pauses else case.cycle.rests
    return count_out(rule, facts, run, case, Laid(calendar, start, due, pauses))


@dataclass(frozen=True, slots=True)
class Laid:
    """A promise laid out in time: from `start` to `due` in `calendar`, stopped by `pauses`."""

    calendar: ServiceCalendar
    start: Start
    due: datetime
    pauses: tuple[Wait, ...]


def count_out(rule: TargetRule, facts: Facts, run: Run, case: Case, laid: Laid) -> Reading:
    """Count a promise laid out in time: raw, and with the contract's exclusions."""
    count = raw_count = Count(
        _counting_calendar(rule, laid.calendar),
        laid.start.at,
        laid.due,
        _end(run, case),
        laid.pauses,
        case.terms.at_risk_share,
    )
    raw = measured = measure(count, case.as_of)
    excluded = list(_excluded(run, case))
    if excluded:
        count = replace(count, pauses=merged([*count.pauses, *excluded]))
        measured = measure(count, case.as_of)
    counted = Counted(laid.start, count, measured, raw, raw_count)
    return Reading(
        clock=run.name,
        title=run.clock.title,
        cycle=case.cycle.number,
        promised=case.cycle.start,
        rule=rule,
        facts=facts,
        calendar=laid.calendar,
        verdict=measured.verdict,
        motion=measured.motion,
        stop=run.stop,
        counted=counted,
        waits=case.waits,
    )


def _excluded(run: Run, case: Case) -> Iterator[Wait]:
    """What both sides agreed not to count. An agreed date moves only where it is named."""
    for exclusion in case.exclusions:
        if exclusion.covers(run.name) and (exclusion.clocks or AGREED not in run.clock.starts):
            yield exclusion.wait


def _counting_calendar(rule: TargetRule, calendar: ServiceCalendar) -> ServiceCalendar:
    """In which time a target is used up: in service for business units, always for the others."""
    in_service = isinstance(rule.within, BusinessTime | BusinessDays | NextBusinessDay)
    return calendar if in_service else AROUND_THE_CLOCK


def received(case: Case) -> Start:
    """The start of the clocks that begin with the report, or with the ticket's return."""
    began = case.cycle.start
    return Start(began, began, _REPORTED if case.cycle.number == 1 else _REOPENED)


def _calendar(rule: TargetRule, facts: Facts, case: Case) -> ServiceCalendar:
    return case.terms.calendar_for(facts.tier, facts.channel, rule.calendar)


def _received(rule: TargetRule, facts: Facts, run: Run, case: Case) -> Start:
    """A report made outside the reporting window is received at the next opening."""
    is_report = RECEIVED in run.clock.starts and run.start.event == case.cycle.start
    if not is_report or not case.terms.received_at_next_open:
        return run.start
    opening = _calendar(rule, facts, case).next_open(run.start.event)
    if opening == run.start.event:
        return run.start
    return replace(
        run.start,
        at=opening,
        moved=Saying("outside service hours, received at the next opening"),
    )


def _from_change(start: Start, run: Run, case: Case) -> Start:
    """Where changes count anew: the start is the last turn that brought the governing rule."""
    end = decided_at(run, case)

    def rule_at(instant: datetime) -> TargetRule | None:
        return rule_for(case.terms.targets, run.name, case.facts_at(instant))

    turned = [
        turn
        for turn in case.turns
        if start.at < turn <= end and rule_at(turn - SECOND) is not rule_at(turn)
    ]
    if not turned:
        return start
    return Start(
        turned[-1], turned[-1], Saying("counted anew from the change of class or priority")
    )
