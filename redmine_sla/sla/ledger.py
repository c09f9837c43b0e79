"""The ledger of a reading: every window and every pause, so that a customer can re-add it by hand.

The lines that count are `served`; `total` is the sum so far. What is paused is laid out too, and
moves the due time by the same amount.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from redmine_sla.sla.reading import Reading, Start
from redmine_sla.sla.stopwatch import ZERO, Count
from redmine_sla.sla.verdict import Motion


class Entry(StrEnum):
    """What a ledger line tells."""

    EVENT = "event"  # what the customer or the provider did
    START = "start"
    SERVED = "served"
    PAUSED = "paused"
    DUE = "due"
    STOP = "stop"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an instant, or a stretch `[at, until)` with the service time in it."""

    entry: Entry
    at: datetime
    what: str
    until: datetime | None = None
    amount: timedelta | None = None
    total: timedelta | None = None
    clause: str = ""


def ledger(reading: Reading, as_of: datetime) -> tuple[Line, ...]:
    """The lines of a reading in the order of time. Empty where nothing was counted."""
    if reading.counted is None:
        return ()
    lines = [
        *_start(reading, reading.counted.start),
        *_stretches(reading.counted.count, min(as_of, reading.ended or as_of), reading.due),
        *_end(reading, as_of),
    ]
    return tuple(sorted(lines, key=lambda line: (line.at, _ORDER.index(line.entry))))


_ORDER = (
    Entry.EVENT,
    Entry.START,
    Entry.SERVED,
    Entry.PAUSED,
    Entry.STOP,
    Entry.DUE,
    Entry.NOW,
)


def _start(reading: Reading, start: Start) -> Iterator[Line]:
    if start.event != start.at:
        yield Line(Entry.EVENT, start.event, start.event_was)
    what = f"{start.why}; {reading.target} from here"
    yield Line(Entry.START, start.at, what, clause=reading.rule.clause)


def _stretches(count: Count, as_of: datetime, due: datetime | None) -> Iterator[Line]:
    """Served windows, cut by the pauses and at the due time, and the pauses."""
    end = count.end(as_of)
    total = ZERO
    reached = count.start
    for begin, finish, wait in [*count.pauses_until(end), (end, end, None)]:
        for window in count.calendar.windows(reached, begin):
            for opens, closes in _parted(window, due):
                amount = count.calendar.elapsed(opens, closes)
                total += amount
                yield Line(Entry.SERVED, opens, "in service", closes, amount, total)
        if wait is not None:
            paused = count.calendar.elapsed(begin, finish)
            yield Line(Entry.PAUSED, begin, wait.reason, finish, paused, total)
        reached = max(reached, finish)


def _parted(
    window: tuple[datetime, datetime], due: datetime | None
) -> Iterator[tuple[datetime, datetime]]:
    """The window in two where the target is used up within it: the total then shows the target."""
    opens, closes = window
    if due is not None and opens < due < closes:
        yield opens, due
        yield due, closes
    else:
        yield window


def _end(reading: Reading, as_of: datetime) -> Iterator[Line]:
    stopped = reading.stop is not None and reading.stop.at <= as_of
    if reading.stop is not None and stopped:
        yield Line(Entry.STOP, reading.stop.at, reading.stop.why)
    elif reading.ended is not None:
        yield Line(Entry.STOP, reading.ended, reading.reason)
    if reading.due is not None and reading.counted is not None:
        first_due = reading.counted.count.first_due
        if first_due != reading.due:
            yield Line(Entry.EVENT, first_due, "due without the pauses")
        yield Line(Entry.DUE, reading.due, f"{reading.target} used up", clause=reading.rule.clause)
    if not stopped and reading.motion is not Motion.STOPPED:
        yield Line(Entry.NOW, as_of, "judged here")
