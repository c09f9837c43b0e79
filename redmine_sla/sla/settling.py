"""Settling a reading: what a cancelled or silently resolved ticket, or a missing history, makes of
it, and what a person should know of how it came about.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from redmine_sla.calendar import Agreed
from redmine_sla.contract import Clock, EventKind, Trigger
from redmine_sla.language import Saying
from redmine_sla.sla.case import Case
from redmine_sla.sla.facts import rule_for
from redmine_sla.sla.reading import Reading
from redmine_sla.sla.run import Run, reading_under
from redmine_sla.sla.verdict import Motion, Verdict

_WORKING = Trigger(EventKind.STATUS, "working")
_NOTED_BY_PEOPLE = (EventKind.FIELD, EventKind.TIME)
_WITHOUT_EXCLUSIONS = MappingProxyType(
    {
        Verdict.ON_TRACK: Saying("on track without the exclusions agreed"),
        Verdict.AT_RISK: Saying("at risk without the exclusions agreed"),
        Verdict.BREACHED: Saying("breached without the exclusions agreed"),
        Verdict.MET: Saying("met without the exclusions agreed"),
        Verdict.MISSED: Saying("missed without the exclusions agreed"),
    }
)
_NOT_JUDGED = (Verdict.CANCELLED, Verdict.UNMEASURED)


def settled(reading: Reading, run: Run, case: Case) -> Reading:
    """The reading with its last word, and how it came about."""
    reading = _with_last_word(reading, run, case)
    return reading if reading.verdict in _NOT_JUDGED else _with_remarks(reading, run, case)


def _with_last_word(reading: Reading, run: Run, case: Case) -> Reading:
    if not case.timeline.history_read:
        return _unmeasured(reading, case, Saying("the ticket's journals were not read"))
    if run.stop is not None and run.stop.at <= case.as_of:
        return reading
    if case.cancelled is not None:
        return _ended(reading, case, Verdict.CANCELLED, _why_cancelled(reading, case))
    if run.unrecorded:
        return _unmeasured(reading, case, run.unrecorded)
    if case.resolved is not None and not run.clock.outlives_resolution:
        return _resolved_without(reading, run, case, case.resolved)
    return reading


def _why_cancelled(reading: Reading, case: Case) -> Saying:
    status = case.cycle.end.status if case.cycle.end else ""
    if reading.verdict.is_late:
        return Saying("cancelled: {status}, after it was due", status=status)
    return Saying("cancelled: {status}", status=status)


def _resolved_without(reading: Reading, run: Run, case: Case, resolved: datetime) -> Reading:
    """The ticket was resolved, and the event this clock waits for is not in Redmine.

    What Redmine records by itself (a note, a status) did not happen; what people must note
    (an arrival, a start of work) may have happened, and nobody knows when.
    """
    in_time = reading.due is None or resolved <= reading.due
    if in_time and _WORKING in run.clock.stops:
        reason = Saying("resolved before it was due: work had begun")
        return _ended(reading, case, Verdict.MET, reason)
    if any(trigger.kind in _NOTED_BY_PEOPLE for trigger in run.clock.stops):
        clock = Saying(run.clock.title)
        reason = Saying("{clock}: resolved, but nobody recorded when", clock=clock)
        return _unmeasured(reading, case, reason)
    if in_time:
        reason = Saying("resolved before it was due, and so no longer owed")
        return _ended(reading, case, Verdict.CANCELLED, reason)
    return _ended(reading, case, Verdict.MISSED, Saying("resolved without it, after it was due"))


def _ended(reading: Reading, case: Case, verdict: Verdict, reason: str) -> Reading:
    ended = case.cycle.end.start if case.cycle.end else None
    return replace(reading, verdict=verdict, motion=Motion.STOPPED, ended=ended, reason=reason)


def unmeasured(name: str, clock: Clock, case: Case, reason: str) -> Reading | None:
    """The reading of a promise that began at an instant nobody can tell."""
    facts = case.facts_at(case.as_of)
    rule = rule_for(case.terms.targets, name, facts)
    if rule is None:
        return None
    reading = Reading(
        clock=name,
        title=clock.title,
        cycle=case.cycle.number,
        rule=rule,
        facts=facts,
        calendar=case.terms.calendar_for(facts.tier, facts.channel, rule.calendar),
        verdict=Verdict.UNMEASURED,
        motion=Motion.PENDING,
    )
    return _unmeasured(reading, case, reason)


def _unmeasured(reading: Reading, case: Case, reason: str) -> Reading:
    if reading.stop or case.cycle.end:
        return _ended(reading, case, Verdict.UNMEASURED, reason)
    return replace(reading, verdict=Verdict.UNMEASURED, reason=reason)


def _with_remarks(reading: Reading, run: Run, case: Case) -> Reading:
    reading = _with_change(reading, run, case)
    remarks = _exclusion_remarks(reading)
    return replace(reading, remarks=(*reading.remarks, *remarks)) if remarks else reading


def _with_change(reading: Reading, run: Run, case: Case) -> Reading:
    """Late, or in time, only because class, priority or tier changed on the way?"""
    first_facts = case.facts_at(case.cycle.start)
    first_rule = rule_for(case.terms.targets, run.name, first_facts)
    if first_rule is None or first_rule is reading.rule or first_rule.within == Agreed():
        return reading
    first = reading_under(first_rule, first_facts, run, case)
    if reading.verdict.is_late and not first.verdict.is_late:
        remark = Saying(
            "late only through a change: target {before} became {after}",
            before=first_rule.within,
            after=reading.rule.within,
        )
    elif first.measured and first.verdict.is_late and not reading.verdict.is_late:
        remark = Saying(
            "in time only through a change (target {before} became {after}): "
            "{share}% of the first target was used",
            before=first_rule.within,
            after=reading.rule.within,
            share=f"{first.measured.share * 100:.0f}",
        )
    else:
        return reading
    return replace(reading, remarks=(*reading.remarks, remark), changed_from=first_rule)


def _exclusion_remarks(reading: Reading) -> list[Saying]:
    counted = reading.counted
    if counted is None or counted.raw.verdict is counted.measured.verdict:
        return []
    return [_WITHOUT_EXCLUSIONS[counted.raw.verdict]]
