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
    found: dict[tuple[int, datetime, Awaited], PauseTaken] = {}
    for promise in promises:
        for pause in promise.pauses:
            if not period.contains(pause.since):
                continue
            key = promise.ticket, pause.since, pause.awaited
            known = found.get(key)
            if known is None or pause.used_before > known.pause.used_before:
                found[key] = PauseTaken(promise, pause)
    return [found[key] for key in sorted(found)]


@dataclass(frozen=True, slots=True)
class PauseSum:
    """The pauses of one reason: `took` is the time they took, as the promises count it."""

    awaited: Awaited
    reason: str
    tickets: tuple[int, ...]
    took: timedelta


def by_reason(pauses: Iterable[PauseTaken]) -> tuple[PauseSum, ...]:
    """The pauses added up by party and reason, the longest first."""
    found: dict[tuple[Awaited, str], list[PauseTaken]] = {}
    for one in pauses:
        found.setdefault((one.pause.awaited, one.pause.reason), []).append(one)
    sums = (
        PauseSum(
            awaited,
            reason,
            tuple(sorted(one.ticket for one in own)),
            sum((one.pause.took for one in own), timedelta()),
        )
        for (awaited, reason), own in found.items()
    )
    return tuple(sorted(sums, key=lambda one: (-one.took, one.awaited, one.reason)))
