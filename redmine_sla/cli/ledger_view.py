"""How a clock looks: what was promised, what it came to, and the ledger that proves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from types import MappingProxyType

from rich.console import RenderableType
from rich.table import Table

from redmine_sla.cli.days_told import served_words, unusual_days
from redmine_sla.cli.output import (
    facts_grid,
    hours,
    local,
    on_date,
    percent,
    standing,
    table,
    words,
)
from redmine_sla.sla.ledger import Entry, Line, ledger
from redmine_sla.sla.reading import Reading
from redmine_sla.sla.stopwatch import Measured
from redmine_sla.sla.verdict import Motion

_MARKS = MappingProxyType(
    {
        Entry.EVENT: ("", "dim"),
        Entry.START: ("start", "bold"),
        Entry.SERVED: ("+", ""),
        Entry.PAUSED: ("pause", "dim"),
        Entry.DUE: ("due", "bold"),
        Entry.STOP: ("stop", "bold"),
        Entry.NOW: ("now", "dim"),
    }
)


def clock_view(
    reading: Reading, as_of: datetime, zone: tzinfo, *, cycle: str = ""
) -> Iterator[RenderableType]:
    """The clock's title, its facts, its ledger. `cycle` is said where a ticket had several."""
    title = words(reading.title, "bold")
    yield title.append(f"{cycle}  ").append(standing(reading.verdict, reading.motion))
    grid = facts_grid()
    assumed = ", our reading of the offer" if reading.rule.assumption else ""
    grid.add_row("Promise", words(f"{reading.target}: {reading.rule.clause}{assumed}"))
    grid.add_row("Served", words(served_words(reading.calendar)))
    for day in unusual_days(reading, as_of):
        grid.add_row("", words(day, "dim"))
    if reading.measured is not None:
        grid.add_row("Counted", words(_sum(reading, reading.measured, as_of)))
        due = local(reading.due, zone) if reading.due else f"frozen while {reading.motion}"
        grid.add_row("Due", words(due))
    if reading.counted is not None and reading.counted.raw != reading.counted.measured:
        grid.add_row("Raw", words(f"without the exclusions: {_raw(reading.counted.raw, zone)}"))
    if reading.reason:
        grid.add_row("Why", words(reading.reason))
    for remark in reading.remarks:
        grid.add_row("Remark", words(remark, "yellow"))
    yield grid
    lines = ledger(reading, as_of)
    if lines:
        yield _ledger(lines, zone)


def _sum(reading: Reading, measured: Measured, as_of: datetime) -> str:
    """`3:30 of 8:00 used (43 %), 4:30 left; paused for 2:00`, all in service time."""
    left = measured.remaining
    said = f"{hours(measured.used)} of {hours(measured.target)} used ({percent(measured.share)})"
    if left < timedelta():
        said += f", {hours(-left)} too much"
    elif measured.motion is not Motion.STOPPED:
        said += f", {hours(left)} left"
    if reading.counted is not None:
        count = reading.counted.count
        pauses = count.pauses_until(count.end(as_of))
        paused = sum((count.calendar.elapsed(a, b) for a, b, _ in pauses), timedelta())
        said += f"; paused for {hours(paused)}" if paused else ""
    return said


def _raw(raw: Measured, zone: tzinfo) -> str:
    return f"{raw.verdict.replace('_', ' ')}, due {local(raw.due, zone)}, used {hours(raw.used)}"


def _ledger(lines: Sequence[Line], zone: tzinfo) -> Table:
    """One column to add up; what is paused stands in brackets and is not added."""
    exact = any(line.amount and line.amount.seconds % 60 for line in lines)
    drawn = table("When", "", "What", ">Amount", ">Total")
    for column in drawn.columns:
        column.no_wrap = column.header != "What"
    for line in lines:
        mark, style = _MARKS[line.entry]
        amount = "" if line.amount is None else hours(line.amount, seconds=exact)
        total = "" if line.total is None else hours(line.total, seconds=exact)
        drawn.add_row(
            "\n".join(_when(line, zone, exact=exact)),
            mark,
            words(line.what),
            f"({amount})" if line.entry is Entry.PAUSED else amount,
            total,
            style=style,
        )
    return drawn


def _when(line: Line, zone: tzinfo, *, exact: bool) -> Iterator[str]:
    """`Fri 2026-11-20 09:00-17:00 CET`; over midnight, or a change of clocks, both ends in full."""
    clock = "%H:%M:%S" if exact else "%H:%M"
    start = line.at.astimezone(zone)
    end = line.until.astimezone(zone) if line.until else start
    until = ""
    if line.until and (end.date(), end.utcoffset()) == (start.date(), start.utcoffset()):
        until = end.strftime(f"-{clock}")
    yield f"{on_date(start)} {start.strftime(clock)}{until} {start.tzname()}"
    if line.until and not until:
        yield f"to {on_date(end)} {end.strftime(clock)} {end.tzname()}"
