"""Service levels as rows: each clock by class or severity, with its targets and its tickets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redmine_sla.page import Align, Column, Line, Strong, Table, line
from redmine_sla.press.sheet import Cell, Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.linked import linked
from redmine_sla.report.by import By
from redmine_sla.report.compliance import Compliance, compliance
from redmine_sla.report.promise import Promise
from redmine_sla.report.scope import grouped
from redmine_sla.report.tally import Tally, tally


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A line of a table: what it is called, all its promises, and those everybody may see."""

    names: tuple[str, ...]
    all: Compliance
    visible: Tally
    targets: str = ""


def level_rows(promises: Sequence[Promise], by: tuple[By, By], frame: Frame) -> list[LevelRow]:
    """A row for each group; its targets are those that applied."""
    tongue, period = frame.tongue, frame.period
    titles = {one.clock: one.title for one in promises}
    groups = grouped(promises, by)
    rows = []
    for found in compliance(promises, period, by):
        own = groups[found.group]
        clock, name = found.group
        rows.append(
            LevelRow(
                (tongue.say(titles[clock]), tongue.say(name) or tongue.say("none")),
                found,
                tally((one for one in own if not one.hidden), period),
                tongue.listed(dict.fromkeys(tongue.target(one.target) for one in own)),
            )
        )
    return rows


def level_table(rows: Sequence[LevelRow], titles: tuple[str, str], frame: Frame) -> Table:
    """The rows under their titles; each number leads to its tickets."""
    tongue = frame.tongue
    numbers = (
        tongue.say("Kept"),
        tongue.say("Broken"),
        tongue.say("Share kept"),
        tongue.say("Not measured"),
        tongue.say("Cancelled"),
    )
    columns = (
        *(Column(title) for title in titles),
        Column(tongue.say("Target")),
        *(Column(title, Align.RIGHT) for title in numbers),
    )
    cells = []
    above = ""
    for row in rows:
        name = row.names[0]
        first = line(Strong(name)) if name != above else ()
        cells.append((first, line(row.names[1]), line(row.targets), *_numbers(row, frame)))
        above = name
    return Table(columns, tuple(cells)).trimmed()


def _numbers(row: LevelRow, frame: Frame) -> Iterable[Line]:
    every, visible = row.all.adjusted, row.visible
    share = "" if every.share is None else frame.tongue.percent(every.share)
    yield linked(len(every.met), visible.met, frame)
    yield linked(len(every.missed), visible.missed, frame)
    yield line(share)
    for number, tickets in (
        (len(every.unmeasured), visible.unmeasured),
        (len(every.cancelled), visible.cancelled),
    ):
        yield linked(number, tickets, frame) if number else ()


def level_sheet(rows: Sequence[LevelRow], frame: Frame) -> Sheet:
    """The rows for calculating, without the exclusions beside with them."""
    tongue = frame.tongue
    return Sheet(
        "service_levels",
        tongue.say("Service levels"),
        (
            tongue.say("Promise"),
            tongue.say("Class"),
            tongue.say("Target"),
            tongue.say("Kept"),
            tongue.say("Broken"),
            tongue.say("Share kept"),
            tongue.say("Not measured"),
            tongue.say("Cancelled"),
            tongue.say("Kept without the exclusions"),
            tongue.say("Broken without the exclusions"),
        ),
        tuple(_sheet_row(row) for row in rows),
    )


def _sheet_row(row: LevelRow) -> tuple[Cell, ...]:
    adjusted, raw = row.all.adjusted, row.all.raw
    return (
        *row.names,
        row.targets,
        len(adjusted.met),
        len(adjusted.missed),
        adjusted.share,
        len(adjusted.unmeasured),
        len(adjusted.cancelled),
        len(raw.met),
        len(raw.missed),
    )
