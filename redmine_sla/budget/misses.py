"""Promises that were broken, as credits look at them; and those nobody can judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from redmine_sla.availability import ServiceAvailability, Tally
from redmine_sla.calendar.period import Period, month_of
from redmine_sla.contract import Contract
from redmine_sla.language.saying import Saying
from redmine_sla.sla.judged import Judged
from redmine_sla.sla.reading import Reading
from redmine_sla.sla.stopwatch import Count, measure
from redmine_sla.sla.verdict import Verdict

_NOT_JUDGED = (Verdict.CANCELLED, Verdict.UNMEASURED)
_NOTHING = timedelta()
_SECOND = timedelta(seconds=1)


class Side(StrEnum):
    """With what both sides agreed to leave out, or as it was counted without."""

    ADJUSTED = "adjusted"
    RAW = "raw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What was promised, and to which kind of ticket.

    `clock` and `ticket` are `None` for availability, whose service is `title`. `hidden` tickets
    are counted, not named to customers.
    """

    clock: str | None
    title: str
    clause: str
    ticket: int | None = None
    hidden: bool = False
    tier: str = ""
    severity: str = ""
    problem_class: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A promise broken at `at`, as one side counts it.

    `overrun` is time beyond the target as the target counts it (service time for business units;
    pauses taken out), up to the stop, the instant of judging, or the end of the month in which the
    promise was broken, whichever comes first. It can be nothing for what came late by a night.
    """

    subject: Subject
    side: Side
    at: datetime
    overrun: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """A promise that cannot be measured; it belongs to the month of `at`."""

    subject: Subject
    at: datetime
    reason: str


def misses_of(judged: Judged) -> Iterator[Miss | Unjudged]:
    """The ticket's broken promises, raw and adjusted, and those that cannot be measured.

    What is broken and still open is broken when it was due.
    """
    zone, as_of = ZoneInfo(judged.contract.timezone), judged.assessment.as_of
    for reading in judged.assessment.readings:
        if reading.verdict is Verdict.UNMEASURED:
            known = reading.decided or judged.timeline.reported
            subject = _subject(reading, judged)
            yield Unjudged(subject=subject, at=known, reason=reading.reason)
        counted = reading.counted
        if counted is None or reading.verdict in _NOT_JUDGED:
            continue
        for side, count, at in (
            (Side.ADJUSTED, counted.count, _broken(reading)),
            (Side.RAW, counted.raw_count, _broken_raw(reading)),
        ):
            if at is not None:
                until = min(as_of, month_of(at.astimezone(zone).date(), zone).end)
                subject = _subject(reading, judged)
                yield Miss(subject=subject, side=side, at=at, overrun=_overrun(count, until))


def misses_of_availability(
    contract: Contract, stated: Iterable[ServiceAvailability]
) -> Iterator[Miss | Unjudged]:
    """The services that were not as available as promised, each in the last month it is stated for.

    Their level is the one of that month's last day.
    """
    for one in stated:
        last = min(one.period.end, one.as_of) - _SECOND
        subject = Subject(
            clock=None,
            title=one.title,
            clause=one.clause,
            tier=contract.terms_at(last).tier or "",
        )
        if one.verdict is Verdict.UNMEASURED:
            reason = Saying("not every outage was recorded with its begin and end")
            yield Unjudged(subject=subject, at=last, reason=reason)
        sides: tuple[tuple[Side, Verdict, Tally], ...] = (
            (Side.ADJUSTED, one.verdict, one.adjusted),
            (Side.RAW, one.raw_verdict, one.raw),
        )
        for side, verdict, tally in sides:
            if verdict.is_late:
                yield Miss(subject=subject, side=side, at=last, overrun=tally.overrun)


def in_month(found: Iterable[Miss | Unjudged], month: Period) -> tuple[Miss | Unjudged, ...]:
    """Those that belong to that month."""
    return tuple(one for one in found if month.contains(one.at))


def _subject(reading: Reading, judged: Judged) -> Subject:
    return Subject(
        clock=reading.clock,
        title=reading.title,
        clause=reading.rule.clause,
        ticket=judged.number,
        hidden=judged.is_hidden,
        tier=reading.facts.tier,
        severity=reading.facts.severity,
        problem_class=reading.facts.problem_class,
    )


def _broken(reading: Reading) -> datetime | None:
    return reading.decided if reading.verdict.is_late else None


def _broken_raw(reading: Reading) -> datetime | None:
    """When the promise would have been broken, had nothing been excluded."""
    counted = reading.counted
    if counted is None or counted.raw is counted.measured or not counted.raw.verdict.is_late:
        return _broken(reading)
    return counted.raw.due


def _overrun(count: Count, until: datetime) -> timedelta:
    return max(_NOTHING, -measure(count, until).remaining)
