"""Settling a reading: what a cancelled or silently resolved ticket, or a missing history, makes of
it, and what a person should know of how it came about.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from redmine_sla.calendar import Agreed
from redmine_sla.contract import Clock, EventKind, TargetRule
from redmine_sla.language import Saying
from redmine_sla.sla.case import Case
from redmine_sla.sla.facts import rule_for
from redmine_sla.sla.reading import Reading
from redmine_sla.sla.run import SECOND, WORKING, Run, decided_at, reading_under, rest_without
from redmine_sla.sla.verdict import Motion, Verdict

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
    """What becomes of a promise without the event it waits for.

    Late is decided when the due time passes: no later act of the provider (a rejection, a
    duplicate, a late resolution, a word that tells no instant) takes a breach back. Only before
    that is a promise cancelled, or unmeasured where nobody recorded what people must note.
    """
    rest = rest_without(run.clock, case)
    if not case.timeline.history_read:
        return _unmeasured(reading, case, Saying("the ticket's journals were not read"))
    if run.stop is not None and run.stop.at <= case.as_of:
        return reading
    if rest is not None and rest == case.cancelled:
        verdict = Verdict.MISSED if reading.verdict.is_late else Verdict.CANCELLED
        return _ended(reading, rest, verdict, _why_cancelled(reading, case))
    if run.unrecorded and not _was_late_by(run.unrecorded.recorded, reading):
        return _unmeasured(reading, case, run.unrecorded.what)
    return reading if rest is None else _resolved_without(reading, run, rest)


def _was_late_by(instant: datetime, reading: Reading) -> bool:
    return reading.verdict.is_late and reading.due is not None and reading.due < instant


def _why_cancelled(reading: Reading, case: Case) -> Saying:
    status = case.cycle.end.status if case.cycle.end else ""
    if reading.verdict.is_late:
        return Saying("cancelled: {status}, after it was due", status=status)
    return Saying("cancelled: {status}", status=status)


def _resolved_without(reading: Reading, run: Run, resolved: datetime) -> Reading:
    """The ticket was resolved, and the event this clock waits for is not in Redmine.

    What Redmine records by itself (a note, a status) did not happen; what people must note
    (an arrival) may have happened, and nobody knows when.
    """
    if reading.verdict.is_late:
        reason = Saying("resolved without it, after it was due")
        return _ended(reading, resolved, Verdict.MISSED, reason)
    if WORKING in run.clock.stops:
        reason = Saying("resolved before it was due: work had begun")
        return _ended(reading, resolved, Verdict.MET, reason)
    if any(trigger.kind in _NOTED_BY_PEOPLE for trigger in run.clock.stops):
        clock = Saying(run.clock.title)
        reason = Saying("{clock}: resolved, but nobody recorded when", clock=clock)
        return _ended(reading, resolved, Verdict.UNMEASURED, reason)
    reason = Saying("resolved before it was due, and so no longer owed")
    return _ended(reading, resolved, Verdict.CANCELLED, reason)


def _ended(reading: Reading, ended: datetime | None, verdict: Verdict, reason: str) -> Reading:
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
        promised=case.cycle.start,
        rule=rule,
        facts=facts,
        calendar=case.terms.calendar_for(facts.tier, facts.channel, rule.calendar),
        verdict=Verdict.UNMEASURED,
        motion=Motion.PENDING,
    )
    return _unmeasured(reading, case, reason)


def _unmeasured(reading: Reading, case: Case, reason: str) -> Reading:
    if reading.stop or case.cycle.end:
        ended = case.cycle.end.start if case.cycle.end else None
        return _ended(reading, ended, Verdict.UNMEASURED, reason)
    return replace(reading, verdict=Verdict.UNMEASURED, reason=reason)


def _with_remarks(reading: Reading, run: Run, case: Case) -> Reading:
    reading = _with_change(reading, run, case)
    remarks = _exclusion_remarks(reading)
    return replace(reading, remarks=(*reading.remarks, *remarks)) if remarks else reading


def _with_change(reading: Reading, run: Run, case: Case) -> Reading:
    """Late, or in time, only because class, priority or tier changed on the way?"""
    before = _before_the_change(reading, run, case)
    first_facts = case.facts_at(before)
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
    return replace(reading, remarks=(*reading.remarks, remark))


def _before_the_change(reading: Reading, run: Run, case: Case) -> datetime:
    """With whose facts a reading is compared.

    Late: those before somebody changed what a person had set, and with it the rule; the present
    ones without such a change, as a target that triage sets first excuses nothing. In time: those
    at the start, as any change on the way is the provider's to answer for.
    """
    if not reading.verdict.is_late:
        return case.cycle.start
    decided = decided_at(run, case)

    def rule_at(instant: datetime) -> TargetRule | None:
        return rule_for(case.terms.targets, run.name, case.facts_at(instant))

    revised = (turn for turn in case.revisions if case.cycle.start < turn <= decided)
    befores = (turn - SECOND for turn in revised if rule_at(turn - SECOND) is not rule_at(turn))
    return next(befores, decided)


def _exclusion_remarks(reading: Reading) -> list[Saying]:
    counted = reading.counted
    if counted is None or counted.raw.verdict is counted.measured.verdict:
        return []
    return [_WITHOUT_EXCLUSIONS[counted.raw.verdict]]
