"""How answers look: tables and colours on a terminal, plain text in a pipe, JSON for programs."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from types import MappingProxyType
from typing import Any, NoReturn, TextIO, cast

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from redmine_sla.page import cleaned
from redmine_sla.sla.verdict import Motion, Verdict

STYLES: Mapping[str, str] = MappingProxyType(
    {
        Verdict.ON_TRACK: "green",
        Verdict.AT_RISK: "yellow",
        Verdict.BREACHED: "bold red",
        Verdict.MET: "green",
        Verdict.MISSED: "red",
        Verdict.CANCELLED: "dim",
        Verdict.UNMEASURED: "magenta",
    }
)
_PIPE_WIDTH = 120
_TRAILING = re.compile(r" +$", re.MULTILINE)
_DASH = "–"


class _Trimmed(io.TextIOBase):
    """A stream without the blanks that fill up a table's lines."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]  # rich asks it whether lines can be drawn
        return self._stream.encoding

    def write(self, text: str) -> int:
        return self._stream.write(_TRAILING.sub("", text))

    def flush(self) -> None:
        self._stream.flush()


class _Screen(Console):
    """A console that leaves it to `Program` what becomes of a reader who went away."""

    def on_broken_pipe(self) -> NoReturn:
        """Rich would end the program with 1, which here means that something needs a person."""
        raise BrokenPipeError


def console(*, stderr: bool = False) -> Console:
    """Colours only on a terminal, and not where NO_COLOR is set (https://no-color.org)."""
    stream = sys.stderr if stderr else sys.stdout
    is_terminal = stream.isatty()
    return _Screen(
        file=stream if is_terminal else cast("TextIO", _Trimmed(stream)),
        width=None if is_terminal else _PIPE_WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
    )


def print_json(data: Any) -> None:
    """Indented, in UTF-8 as it is."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def table(*titles: str) -> Table:
    """A table with a line under its titles; titles that begin with `>` stand right-aligned."""
    drawn = Table(
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        header_style="bold",
        show_edge=False,
    )
    for title in titles:
        right = title.startswith(">")
        drawn.add_column(title.removeprefix(">"), justify="right" if right else "left")
    return drawn


def facts_grid() -> Table:
    """Titles in a narrow column, what is known in a wide one."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True, min_width=9)
    grid.add_column()
    return grid


def fit_last_column(drawn: Table) -> None:
    """The last column alone gives way where the terminal is narrow: its words end in an ellipsis.

    Its cells must be `clipped`.
    """
    for column in drawn.columns[:-1]:
        column.no_wrap = True


def clipped(text: object, style: str = "") -> Text:
    """Words that end in an ellipsis where there is no room for all of them."""
    cell = words(text, style)
    cell.no_wrap, cell.overflow = True, "ellipsis"
    return cell


def tell(sign: str, message: str, *, style: str = "", stderr: bool = True) -> None:
    """`! message`, broken at words, its further lines below its first."""
    if not (sys.stderr if stderr else sys.stdout).isatty():
        click.echo(f"{sign} {cleaned(message)}", err=stderr)
        return
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    grid.add_row(Text(sign, style=style), words(message))
    console(stderr=stderr).print(grid)


def words(text: object, style: str = "") -> Text:
    """Text from anywhere, in one line and without the signs that steer a terminal."""
    return Text(cleaned(str(text)), style=style)


def standing(verdict: Verdict, motion: Motion) -> Text:
    """`at risk, paused` in the verdict's colour."""
    said = verdict.replace("_", " ")
    if motion is not Motion.STOPPED and verdict.is_open:
        said += "" if motion is Motion.RUNNING else f", {motion}"
    return words(said, STYLES[verdict])


def hours(amount: timedelta | None, *, seconds: bool | None = None) -> str:
    """`8:00`, `-1:05`, `0:14:37`: hours and minutes, and seconds where there are any."""
    if amount is None:
        return _DASH
    total = int(amount.total_seconds())
    sign, total = ("-" if total < 0 else ""), abs(total)
    text = f"{sign}{total // 3600}:{total // 60 % 60:02}"
    shows_seconds = bool(total % 60) if seconds is None else seconds
    return f"{text}:{total % 60:02}" if shows_seconds else text


def percent(share: float) -> str:
    """`81 %`, cut off: a promise is not used up before it is."""
    return f"{int(share * 100)} %"


def on_date(day: date) -> str:
    """`Fri 2026-11-20`, whatever the locale of the process."""
    return f"{_WEEKDAYS[day.weekday()]} {day:%Y-%m-%d}"


def local(instant: datetime | None, zone: tzinfo) -> str:
    """`Fri 2026-11-20 16:45 CET`, or a dash."""
    if instant is None:
        return _DASH
    there = instant.astimezone(zone)
    return f"{on_date(there)} {there:%H:%M} {there.tzname()}"


def age(amount: timedelta) -> str:
    """`12 minutes`, `3 hours`, `5 days`: about how long."""
    minutes = int(amount.total_seconds()) // 60
    for size, unit in ((60 * 24, "day"), (60, "hour"), (1, "minute")):
        if minutes >= 2 * size or (size == 1 and minutes):
            number = minutes // size
            return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
    return "less than a minute"


def utc(instant: datetime | None) -> str | None:
    """`2026-11-20T15:45:00Z`: instants as programs read them."""
    return None if instant is None else f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def seconds(amount: timedelta | None) -> int | None:
    return None if amount is None else int(amount.total_seconds())


def counted(number: int, what: str) -> str:
    """`1 ticket`, `2 tickets`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
