"""Pauses: who was waited for, why, and which of them deserve a second look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
    found: dict[tuple[int, datetime, Awaited], PauseTaken] = {}
    for promise in promises:
        for pause in promise.pauses:
            key = promise.ticket, pause.since, pause.awaited
            known = found.get(key)
            if known is None or pause.used_before > known.pause.used_before:
                found[key] = PauseTaken(promise, pause)
    return [found[key] for key in sorted(found)]


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
