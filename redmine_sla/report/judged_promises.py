"""From a judged ticket to its promises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from redmine_sla.contract import Contract
from redmine_sla.report.promise import Awaited, Pause, Promise
from redmine_sla.sla.assess import exclusions_of
from redmine_sla.sla.belonging import counted_at
from redmine_sla.sla.judged import Judged
from redmine_sla.sla.reading import Reading
from redmine_sla.sla.stopwatch import Count, Measured, Wait
from redmine_sla.sla.verdict import Verdict
from redmine_sla.ticket import Attribute, Party, Timeline

MESSAGE_WITHIN = timedelta(minutes=15)
"""A public note so near the begin of a pause tells the customer of it."""

_DAY = timedelta(days=1)
_AWAITED = {Party.CUSTOMER: Awaited.CUSTOMER, Party.THIRD_PARTY: Awaited.THIRD_PARTY}


def promises_of(judged: Judged, as_of: datetime) -> Iterator[Promise]:
    """Each promise on the ticket, in the order of cycles, then of the contract's clocks.

    `as_of` is the instant it was judged at. A ticket without clocks yields nothing.
    """
    timeline = judged.timeline.as_of(as_of)
    for reading in judged.assessment.readings:
        yield _promise(reading, judged, timeline, as_of)


def _promise(reading: Reading, judged: Judged, timeline: Timeline, as_of: datetime) -> Promise:
    measured, decided = reading.measured, reading.decided
    raw_decided, counted = _raw_decided(reading), reading.counted
    return Promise(
        ticket=judged.number,
        hidden=judged.is_hidden,
        contract=judged.contract.name,
        project=timeline.track(Attribute.PROJECT).first.value or "",
        subject=judged.ticket.subject,
        assignee=timeline.track(Attribute.ASSIGNEE).at(decided or as_of) or "",
        clock=reading.clock,
        title=reading.title,
        cycle=reading.cycle,
        facts=reading.facts,
        rule=reading.rule,
        verdict=reading.verdict,
        motion=reading.motion,
        raw_verdict=_raw_verdict(reading),
        reported=timeline.reported,
        decided=decided,
        raw_decided=raw_decided,
        counted_at=_counted_at(decided, reading, judged.contract),
        raw_counted_at=_counted_at(raw_decided, reading, judged.contract),
        started=counted.start.at if counted else None,
        due=reading.due,
        stopped=reading.stop.at if reading.stop else None,
        target_time=measured.target if measured else None,
        used=measured.used if measured else None,
        pauses=tuple(_pauses(reading, judged.contract, timeline, as_of)),
        reason=reading.reason,
        remarks=reading.remarks,
    )


def _counted_at(decided: datetime | None, reading: Reading, contract: Contract) -> datetime | None:
    return None if decided is None else counted_at(contract, reading.promised, decided)


def _excluded(reading: Reading) -> Measured | None:
    """What was counted without the exclusions, where there are any."""
    counted = reading.counted
    judged = reading.verdict not in (Verdict.UNMEASURED, Verdict.CANCELLED)
    if counted is None or counted.raw is counted.measured or not judged:
        return None
    return counted.raw


def _raw_verdict(reading: Reading) -> Verdict:
    raw = _excluded(reading)
    if raw is None:
        return reading.verdict
    if reading.ended is not None:
        return Verdict.MISSED if raw.verdict.is_late else Verdict.MET
    return raw.verdict


def _raw_decided(reading: Reading) -> datetime | None:
    raw, verdict = _excluded(reading), _raw_verdict(reading)
    if raw is None:
        return reading.decided
    if verdict.is_late:
        return raw.due
    if verdict.is_open:
        return None
    return reading.stop.at if reading.stop else reading.ended


def _pauses(
    reading: Reading, contract: Contract, timeline: Timeline, as_of: datetime
) -> Iterator[Pause]:
    if reading.counted is None:
        return
    count, target = reading.counted.count, reading.counted.measured.target
    agreed = _agreed_exclusions(contract, timeline.number)
    zone = ZoneInfo(contract.timezone)
    paused = timedelta()
    for begin, finish, wait in count.pauses_until(_end(count, reading, as_of)):
        took = count.calendar.elapsed(begin, finish)
        used = count.calendar.elapsed(count.start, begin) - paused
        paused += took
        yield Pause(
            awaited=_awaited(wait, agreed),
            reason=_reason(wait, agreed, timeline),
            since=begin,
            until=finish if finish < as_of else wait.end,
            took=took,
            used_before=_share(used, target),
            calendar=count.calendar,
            told=_told(begin, timeline),
            in_service=_has_service(reading, begin, zone),
        )


def _share(used: timedelta, target: timedelta) -> Decimal:
    """Exact. Of no time at all everything is used."""
    if not target:
        return Decimal(1)
    return Decimal(int(used.total_seconds())) / int(target.total_seconds())


def _end(count: Count, reading: Reading, as_of: datetime) -> datetime:
    return min(count.end(as_of), reading.ended or as_of)


def _agreed_exclusions(contract: Contract, ticket: int) -> frozenset[str]:
    """How the waits are called that both sides agreed on."""
    return frozenset(
        exclusion.wait.reason
        for _, terms in contract.versions
        for exclusion in exclusions_of(terms, ticket)
    )


def _awaited(wait: Wait, agreed: frozenset[str]) -> Awaited:
    if wait.party is not None:
        return _AWAITED[wait.party]
    return Awaited.EXCLUSION if wait.reason in agreed else Awaited.REST


def _reason(wait: Wait, agreed: frozenset[str], timeline: Timeline) -> str:
    if wait.reason in agreed:
        return wait.reason
    return timeline.track(Attribute.STATUS).at(wait.start) or wait.reason


def _told(begin: datetime, timeline: Timeline) -> bool:
    return any(
        note.public
        and note.author.party is Party.PROVIDER
        and abs(note.at - begin) <= MESSAGE_WITHIN
        for note in timeline.notes
    )


def _has_service(reading: Reading, instant: datetime, zone: ZoneInfo) -> bool:
    """Has the local day of that instant any service?"""
    day = instant.astimezone(zone).date()
    begin = datetime.combine(day, time(), zone).astimezone(UTC)
    end = datetime.combine(day + _DAY, time(), zone).astimezone(UTC)
    return bool(reading.calendar.elapsed(begin, end))
