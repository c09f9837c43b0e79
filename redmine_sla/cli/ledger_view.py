"""How an explanation looks: what is known of the ticket, then a ledger for each clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from types import MappingProxyType
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from rich.table import Table

from redmine_sla.cli.explained import Explained, explained, explained_data
from redmine_sla.cli.output import (
    STYLES,
    console,
    hours,
    local,
    print_json,
    standing,
    table,
    words,
)
from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.folder import open_mirror
from redmine_sla.contract import load_folder
from redmine_sla.errors import SlaError
from redmine_sla.plan.status_line import status_line
from redmine_sla.sla.ledger import Entry, Line, ledger
from redmine_sla.sla.reading import Counted, Reading
from redmine_sla.sla.stopwatch import Measured
from redmine_sla.sync.moment import moment

_SECOND = timedelta(seconds=1)
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


def explain(
    settings: Settings,
    number: int,
    clocks: Sequence[str],
    as_of: datetime | None,
    *,
    as_json: bool,
) -> None:
    """Print the explanation of a ticket, of all its clocks or of some. Raises `SlaError`."""
    configuration = load_folder(settings.folder)
    with open_mirror(configuration) as mirror:
        told = explained(configuration, mirror, number, moment(as_of))
    readings = [one for one in told.assessment.readings if not clocks or one.clock in clocks]
    if clocks and not readings:
        known = ", ".join(dict.fromkeys(one.clock for one in told.assessment.readings)) or "none"
        raise SlaError(
            f"#{number} has no clock {' or '.join(clocks)}", hint=f"clocks on it: {known}"
        )
    if as_json:
        print_json(explained_data(told, readings))
    else:
        print_explained(told, readings)


def print_explained(told: Explained, readings: Sequence[Reading]) -> None:
    """The head, then the clocks of the ticket in order of cycles."""
    screen = console()
    zone = ZoneInfo(told.contract.timezone)
    judged = told.judged
    screen.print(words(f"#{judged.number}  {judged.ticket.subject}", "bold"))
    screen.print(_facts(told, zone))
    cycles = {reading.cycle for reading in told.assessment.readings}
    for reading in readings:
        screen.print()
        for part in _clock(reading, told.as_of, zone, several=len(cycles) > 1):
            screen.print(part)
    if not told.assessment.readings and not told.assessment.silent:
        screen.print()
        screen.print("No promise of the contract fits this ticket, so no clock runs.")


def _facts(told: Explained, zone: tzinfo) -> Table:
    judged, facts, contract = told.judged, told.assessment.facts, told.contract
    grid = _grid()
    grid.add_row("Contract", words(f"{contract.title} ({contract.name})"))
    level = told.terms.tier_named(facts.tier if facts else None)
    since = f"terms in force since {told.terms_since}"
    grid.add_row("Level", words(f"{level.title}, {since}" if level else since))
    reporter = judged.timeline.opened_by
    reported = f"{local(judged.timeline.reported, zone)} by {reporter.name} ({reporter.party})"
    grid.add_row("Reported", words(reported))
    grid.add_row("Judged at", words(local(told.as_of, zone)))
    if told.assessment.silent:
        grid.add_row("No clocks", words(told.assessment.silent, "bold"))
    else:
        worst = told.assessment.worst
        style = f"bold {STYLES[worst.verdict]}" if worst else "bold"
        grid.add_row("Standing", words(status_line(told.assessment) or "nothing promised", style))
    grid.add_row("Class", words(_class(told)))
    for evidence in told.classification.evidence:
        grid.add_row("", words(f"{evidence.value} {evidence.weight:+.1f}: {evidence.why}", "dim"))
    if facts and facts.severity:
        grid.add_row("Severity", words(facts.severity))
        for judgement in told.severity.evidence:
            grid.add_row("", words(f"{judgement.value}: {judgement.why}", "dim"))
    if facts:
        grid.add_row("Kind", words(f"{facts.kind}, {facts.tracker}, priority {facts.priority}"))
    grid.add_row("People", words(", ".join(f"{one.name} ({one.party})" for one in told.people)))
    for remark in told.assessment.remarks:
        grid.add_row("Remark", words(remark, "yellow"))
    return grid


def _class(told: Explained) -> str:
    found = told.classification
    said = f"{found.problem_class}"
    if found.confidence:
        said += f", {found.confidence:.0%} sure"
    if found.suggestion and found.suggestion != found.problem_class:
        said += f" only of {found.suggestion}, so the contract's default"
    if found.claim and found.claim != found.problem_class:
        said += f"; the customer says {found.claim}"
    return f"{said}; to be confirmed" if found.needs_triage else said


def _clock(
    reading: Reading, as_of: datetime, zone: tzinfo, *, several: bool
) -> Iterator[RenderableType]:
    title = words(reading.title, "bold")
    if several:
        title.append(f", cycle {reading.cycle}")
    yield title.append("  ").append(standing(reading.verdict, reading.motion))
    grid = _grid()
    assumed = ", our reading of the offer" if reading.rule.assumption else ""
    grid.add_row("Promise", words(f"{reading.target}: {reading.rule.clause}{assumed}"))
    grid.add_row("Served", words(f"{reading.calendar.hours}, {reading.calendar.timezone}"))
    if reading.measured is not None:
        grid.add_row("Counted", words(_sum(reading.measured, reading.counted, as_of)))
        grid.add_row(
            "Due", words(local(reading.due, zone) if reading.due else "while paused, none")
        )
    if reading.counted is not None and reading.counted.raw is not reading.counted.measured:
        raw = reading.counted.raw
        said = (
            f"{raw.verdict.replace('_', ' ')}, due {local(raw.due, zone)}, used {hours(raw.used)}"
        )
        grid.add_row("Raw", words(f"without the exclusions agreed: {said}"))
    if reading.reason:
        grid.add_row("Why", words(reading.reason))
    for remark in reading.remarks:
        grid.add_row("Remark", words(remark, "yellow"))
    yield grid
    lines = ledger(reading, as_of)
    if lines:
        yield _ledger(lines, zone)


def _sum(measured: Measured, counted: Counted | None, as_of: datetime) -> str:
    """`3:30 of 8:00 used (43 %), 4:30 left; paused 2:00 of service time`."""
    left = measured.remaining
    said = f"{hours(measured.used)} of {hours(measured.target)} used"
    said += f" ({int(measured.share * 100)} %), "
    said += f"{hours(-left)} too much" if left < timedelta() else f"{hours(left)} left"
    count = counted.count if counted else None
    if count is not None:
        pauses = count.pauses_until(count.end(as_of))
        paused = sum((count.calendar.elapsed(a, b) for a, b, _ in pauses), timedelta())
        said += f"; paused for {hours(paused)}" if paused else ""
    return said


def _ledger(lines: Sequence[Line], zone: tzinfo) -> Table:
    """One column to add up; what is paused is shown and not added."""
    exact = any(_has_seconds(line) for line in lines)
    drawn = table("When", "", "What", ">Amount", ">Total")
    drawn.columns[0].no_wrap = True
    for column in drawn.columns[3:]:
        column.no_wrap = True
    previous = ""
    for line in lines:
        mark, style = _MARKS[line.entry]
        when = _when(line, zone, exact=exact)
        paused = line.entry is Entry.PAUSED
        amount = hours(line.amount, seconds=exact) if line.amount is not None else ""
        what = (
            f"{line.what} ({line.clause})" if line.clause and line.entry is Entry.DUE else line.what
        )
        drawn.add_row(
            words(when, style),
            words(mark, style),
            words(what, style),
            words(f"({amount})" if paused else amount, style),
            words(hours(line.total, seconds=exact) if line.total is not None else "", style),
        )
        previous = when
    del previous
    return drawn


def _when(line: Line, zone: tzinfo, *, exact: bool) -> str:
    """`Fri 2026-11-20 09:00-17:00 CET`; over midnight both ends in full."""
    start = line.at.astimezone(zone)
    clock = "%H:%M:%S" if exact else "%H:%M"
    day = local(line.at, zone)[:14]
    if line.until is None:
        return f"{day} {start.strftime(clock)} {start.tzname()}"
    end = line.until.astimezone(zone)
    if end.date() == start.date() and end.utcoffset() == start.utcoffset():
        return f"{day} {start.strftime(clock)}-{end.strftime(clock)} {start.tzname()}"
    there = f"{local(line.until, zone)[:14]} {end.strftime(clock)} {end.tzname()}"
    return f"{day} {start.strftime(clock)} {start.tzname()} to\n{there}"


def _has_seconds(line: Line) -> bool:
    moments: Iterable[datetime] = (line.at, line.until) if line.until else (line.at,)
    return any(moment.second for moment in moments)


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True, min_width=9)
    grid.add_column()
    return grid
