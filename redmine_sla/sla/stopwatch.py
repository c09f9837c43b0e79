"""Counting: given a start, a due time, pauses and perhaps a stop, how much time was used.

One rule serves all targets. The due time is first laid out without pauses (in hours, in days, at
an agreed date); each pause then moves it by the service time the pause took. For a target in hours
that is the same as counting the running time up to the target.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from redmine_sla.calendar import ServiceCalendar
from redmine_sla.sla.verdict import Motion, Verdict
from redmine_sla.ticket import Party

ZERO = timedelta()


@dataclass(frozen=True, slots=True)
class Wait:
    """A time in which the promise need not move: `[start, end)`, open while `end` is `None`."""

    start: datetime
    end: datetime | None
    party: Party | None  # nobody, while the ticket lay closed
    reason: str

    def clipped(self, start: datetime, end: datetime) -> Wait | None:
        """The part within `[start, end)`. A wait that lasts beyond `end` stays open."""
        begin = max(self.start, start)
        if begin >= end or (self.end is not None and self.end <= begin):
            return None
        return Wait(
            begin, None if self.end is None or self.end > end else self.end, self.party, self.reason
        )


@dataclass(frozen=True, slots=True)
class Count:
    """What is counted: service time of `calendar` from `start`, due first at `first_due`.

    `pauses` are the waits that stop the time, in order, not overlapping. `at_risk_at` is the share
    of the target from which on it is at risk, between 0 and 1.
    """

    calendar: ServiceCalendar
    start: datetime
    first_due: datetime
    stop: datetime | None
    pauses: tuple[Wait, ...]
    at_risk_at: float

    def end(self, as_of: datetime) -> datetime:
        """Where counting ends: at the stop, or now."""
        return as_of if self.stop is None else min(self.stop, as_of)

    def pauses_until(self, end: datetime) -> Iterator[tuple[datetime, datetime, Wait]]:
        """Each pause within the count as `(from, to, wait)`; an open one reaches to `end`."""
        for wait in self.pauses:
            part = wait.clipped(self.start, end)
            if part is not None:
                yield part.start, part.end or end, part


@dataclass(frozen=True, slots=True)
class Measured:
    """The state of a count at one instant. `due` is `None` while paused in time: it is frozen."""

    verdict: Verdict
    motion: Motion
    due: datetime | None
    target: timedelta
    used: timedelta

    @property
    def remaining(self) -> timedelta:
        """What is left of the target; negative when overrun."""
        return self.target - self.used

    @property
    def share(self) -> float:
        """The share of the target that was used: 1 is all of it."""
        if not self.target:
            return 1.0 if self.used else 0.0
        return self.used / self.target


def measure(count: Count, as_of: datetime) -> Measured:
    """Judge a count at `as_of`.

    The last moment of the target is still in time: late is what goes *beyond* the due time. A due
    time that has passed is not moved by a pause that begins after it.
    """
    end = count.end(as_of)
    stopped = count.stop is not None and count.stop <= as_of
    due, waiting = _moved_due(count, end)
    used = count.calendar.elapsed(count.start, end)
    for begin, finish, _ in count.pauses_until(end):
        used -= count.calendar.elapsed(begin, finish)
    measured = Measured(
        verdict=Verdict.ON_TRACK,
        motion=_motion(count, as_of, stopped=stopped, waiting=_is_waiting(count, end)),
        due=due,
        target=count.calendar.elapsed(count.start, count.first_due),
        used=used,
    )
    return Measured(
        _verdict(measured, end, stopped=stopped, at_risk_at=count.at_risk_at),
        measured.motion,
        None if waiting and not stopped else due,
        measured.target,
        measured.used,
    )


def _moved_due(count: Count, end: datetime) -> tuple[datetime, bool]:
    """The due time after all pauses that began before it; is it frozen by an open one?"""
    due = count.first_due
    for begin, finish, wait in count.pauses_until(end):
        if begin > due:
            break
        paused = count.calendar.elapsed(begin, finish)
        if paused:
            due = count.calendar.add(due, paused)
        if wait.end is None:
            return due, True
    return due, False


def _is_waiting(count: Count, end: datetime) -> bool:
    return any(wait.end is None for _, _, wait in count.pauses_until(end))


def _motion(count: Count, as_of: datetime, *, stopped: bool, waiting: bool) -> Motion:
    if stopped:
        return Motion.STOPPED
    if as_of < count.start:
        return Motion.PENDING
    return Motion.PAUSED if waiting else Motion.RUNNING


def _verdict(measured: Measured, end: datetime, *, stopped: bool, at_risk_at: float) -> Verdict:
    late = measured.due is not None and end > measured.due
    if stopped:
        return Verdict.MISSED if late else Verdict.MET
    if late:
        return Verdict.BREACHED
    return Verdict.AT_RISK if measured.share >= at_risk_at else Verdict.ON_TRACK
