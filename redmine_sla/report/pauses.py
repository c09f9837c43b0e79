"""Pauses: who was waited for, why, and which of them deserve a second look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from redmine_sla.calendar.period import Period
from redmine_sla.report.promise import Awaited, Pause, Promise

CLOSE = Decimal("0.8")
"""From this share of the target on, a pause was set close to the deadline."""


class Doubt(StrEnum):
    """What makes a pause worth a second look."""

    CLOSE = "close"  # set when most of the target was used
    UNTOLD = "untold"  # without a public message to the customer
    NO_SERVICE = "no_service"  # set on a day without service


@dataclass(frozen=True, slots=True)
class PauseTaken:
    """A pause of a ticket, once, whatever number of promises it stopped.

    `promise` is the one that was used up furthest when it began.
    """

    promise: Promise
    pause: Pause

    @property
    def ticket(self) -> int:
        return self.promise.ticket

    @property
    def doubts(self) -> frozenset[Doubt]:
        """Only a pause that somebody set can be doubted."""
        if self.pause.awaited not in (Awaited.CUSTOMER, Awaited.THIRD_PARTY):
            return frozenset()
        found = {
            Doubt.CLOSE: self.pause.used_before >= CLOSE,
            Doubt.UNTOLD: not self.pause.told,
            Doubt.NO_SERVICE: not self.pause.in_service,
        }
        return frozenset(doubt for doubt, holds in found.items() if holds)


def pauses_begun(promises: Iterable[Promise], period: Period) -> list[PauseTaken]:
    """The pauses that began in the period, in order. Each begins in one period."""
    return [one for one in _once(promises) if period.contains(one.pause.since)]


def pauses_in(promises: Iterable[Promise], period: Period) -> list[PauseTaken]:
    """The pauses of which a part lies in the period, in order: also those from before it."""
    begin, end = period.begin, period.end
    return [
        one
        for one in _once(promises)
        if one.pause.since < end and (one.pause.until is None or one.pause.until > begin)
    ]


def _once(promises: Iterable[Promise]) -> list[PauseTaken]:
    """One for what several promises of a ticket had of it, from the first to the last of them.

    A promise that began or stopped within a pause has a part of it alone.
    """
    parts = sorted(
        (PauseTaken(promise, pause) for promise in promises for pause in promise.pauses),
        key=lambda one: (one.ticket, one.pause.awaited, one.pause.since),
    )
    found: list[PauseTaken] = []
    for part in parts:
        if found and _overlap(found[-1], part):
            found[-1] = _joined(found[-1], part)
        else:
            found.append(part)
    return sorted(found, key=lambda one: (one.ticket, one.pause.since, one.pause.awaited))


def _overlap(early: PauseTaken, late: PauseTaken) -> bool:
    if (early.ticket, early.pause.awaited) != (late.ticket, late.pause.awaited):
        return False
    until = early.pause.until
    return late.pause.since == early.pause.since or until is None or late.pause.since < until


def _joined(early: PauseTaken, late: PauseTaken) -> PauseTaken:
    """As it began, for the promise that was used up furthest; it ends with the last of them."""
    begun, other = early, late
    if late.pause.since == early.pause.since and late.pause.used_before > early.pause.used_before:
        begun, other = late, early
    end, longer = begun.pause.until, other.pause
    if end is None or (longer.until is not None and longer.until <= end):
        return begun
    rest = longer.took - longer.calendar.elapsed(longer.since, end)
    whole = replace(begun.pause, until=longer.until, took=begun.pause.took + rest)
    return replace(begun, pause=whole)


@dataclass(frozen=True, slots=True)
class PauseSum:
    """The pauses of one reason in a stretch of time, and the time they took in it."""

    awaited: Awaited
    reason: str
    pauses: tuple[PauseTaken, ...]
    took: timedelta

    @property
    def tickets(self) -> tuple[int, ...]:
        return tuple(sorted(one.ticket for one in self.pauses))


def by_reason(pauses: Iterable[PauseTaken], begin: datetime, end: datetime) -> tuple[PauseSum, ...]:
    """The pauses by party and reason, with their time in `[begin, end)`; the longest first."""
    found: dict[tuple[Awaited, str], list[PauseTaken]] = {}
    for one in pauses:
        found.setdefault((one.pause.awaited, one.pause.reason), []).append(one)
    sums = (
        PauseSum(
            awaited,
            reason,
            tuple(own),
            sum((one.pause.within(begin, end) for one in own), timedelta()),
        )
        for (awaited, reason), own in found.items()
    )
    return tuple(sorted(sums, key=lambda one: (-one.took, one.awaited, one.reason)))
