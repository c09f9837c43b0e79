"""Promises that were broken, as credits look at them; and those nobody can judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from redmine_sla.availability import ServiceAvailability, Tally
from redmine_sla.calendar.period import Period, month_of
from redmine_sla.contract import Contract
from redmine_sla.language.saying import Saying
from redmine_sla.sla.belonging import counted_at, last_month
from redmine_sla.sla.judged import Judged
from redmine_sla.sla.reading import Reading
from redmine_sla.sla.stopwatch import Count, measure
from redmine_sla.sla.verdict import Verdict

_NOT_JUDGED = (Verdict.CANCELLED, Verdict.UNMEASURED)
_NOTHING = timedelta()
_SECOND = timedelta(seconds=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class Counting(StrEnum):
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
class Beyond:
    """What of a month lay beyond a target: the time, and the hours that began in it."""

    overrun: timedelta
    hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A promise broken at `at`, as one side counts it; it belongs to the month of `counted_at`.

    `overrun` is time beyond the target as the target counts it (service time for business units;
    pauses taken out), up to the stop, the instant of judging, or the end of that month, whichever
    comes first. It can be nothing for what came late by a night. `later` are the months after that
    one in which it stayed broken, by their first days.

    A contract has no month after its last one. That takes the later time, too, all of it as soon
    as the promise is done: until then nobody knows how much it is, and it ends at the month's end.
    """

    subject: Subject
    side: Counting
    at: datetime
    counted_at: datetime
    overrun: timedelta
    later: Mapping[date, Beyond] = field(default_factory=dict)

    @property
    def outlived_its_contract(self) -> bool:
        """Was the promise broken after the contract's last day, on which it counts?"""
        return self.counted_at != self.at

    def within(self, month: Period) -> Beyond | None:
        """What of it lies in that whole month; `None` where nothing does.

        Each started hour beyond the target is of the month in which it began, the first of the one
        in which the promise broke, so that the months add up to the whole. What was told of a
        month that is over does not change when the promise is kept later.
        """
        if month.contains(self.counted_at):
            return Beyond(overrun=self.overrun, hours=_started(self.overrun))
        return self.later.get(month.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """A promise that cannot be measured; it belongs to the month of `counted_at`."""

    subject: Subject
    counted_at: datetime
    reason: str


def misses_of(judged: Judged) -> Iterator[Miss | Unjudged]:
    """The ticket's broken promises, raw and adjusted, and those that cannot be measured.

    What is broken and still open is broken when it was due.
    """
    contract, as_of = judged.contract, judged.assessment.as_of
    for reading in judged.assessment.readings:
        if reading.verdict is Verdict.UNMEASURED:
            known = reading.decided or judged.timeline.reported
            yield Unjudged(
                subject=_subject(reading, judged),
                counted_at=counted_at(contract, reading.promised, known),
                reason=reading.reason,
            )
        counted = reading.counted
        if counted is None or reading.verdict in _NOT_JUDGED:
            continue
        for side, count, at in (
            (Counting.ADJUSTED, counted.count, _broken(reading)),
            (Counting.RAW, counted.raw_count, _broken_raw(reading)),
        ):
            if at is not None:
                counted_on = counted_at(contract, reading.promised, at)
                beyond = _Overrun(count, last_month(contract), as_of)
                month = month_of(contract.day_of(counted_on), ZoneInfo(contract.timezone))
                yield Miss(
                    subject=_subject(reading, judged),
                    side=side,
                    at=at,
                    counted_at=counted_on,
                    overrun=beyond.up_to(month),
                    later=dict(beyond.after(month)),
                )


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
            yield Unjudged(subject=subject, counted_at=last, reason=reason)
        sides: tuple[tuple[Counting, Verdict, Tally], ...] = (
            (Counting.ADJUSTED, one.verdict, one.adjusted),
            (Counting.RAW, one.raw_verdict, one.raw),
        )
        for side, verdict, tally in sides:
            if verdict.is_late:
                yield Miss(
                    subject=subject, side=side, at=last, counted_at=last, overrun=tally.overrun
                )


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


@dataclass(frozen=True, slots=True)
class _Overrun:
    """Time beyond a target month by month. `last` is the contract's last month, if it has one."""

    count: Count
    last: Period | None
    as_of: datetime

    def up_to(self, month: Period) -> timedelta:
        """All of it up to the end of that month; of the last one, as far as is known."""
        done = self.count.stop is not None and self.count.stop <= self.as_of
        if month == self.last and done:
            return _overrun(self.count, self.as_of)
        return _overrun(self.count, min(self.as_of, month.end))

    def after(self, month: Period) -> Iterator[tuple[date, Beyond]]:
        """The months after that one, as far as it reaches."""
        end, whole = self.count.end(self.as_of), _overrun(self.count, self.as_of)
        before = self.up_to(month)
        while month != self.last and month.end < end and before < whole:
            month = month_of(month.last + _DAY, month.zone)
            now = self.up_to(month)
            if now > before:
                yield (
                    month.first,
                    Beyond(overrun=now - before, hours=_started(now) - _started(before)),
                )
            before = now


def _started(overrun: timedelta) -> int:
    """Late by no service time at all is an hour started, too."""
    return max(1, -(-overrun // _HOUR))


def _overrun(count: Count, until: datetime) -> timedelta:
    if until <= count.start:
        return _NOTHING
    return max(_NOTHING, -measure(count, until).remaining)
