"""How far a run is, on a terminal; nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from redmine_sla.cli.output import console
from redmine_sla.sync.apply import Attempt
from redmine_sla.sync.run import Watcher

_STAGES = MappingProxyType(
    {"tickets": "Reading tickets", "histories": "Reading histories", "writing": "Writing"}
)


class _Drawn:
    """A bar for each stage, made when the stage is reached."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}
        self._written = 0

    def reached(self, stage: str, done: int, total: int | None) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(_STAGES.get(stage, stage), total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)

    def wrote(self, _: Attempt) -> None:
        self._written += 1
        self.reached("writing", self._written, None)


@contextmanager
def shown_progress(*, wanted: bool) -> Iterator[Watcher]:
    """A watcher that draws on stderr, where that is a terminal and somebody wants it."""
    if not wanted or not sys.stderr.isatty():
        yield Watcher()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console(stderr=True), transient=True) as bars:
        drawn = _Drawn(bars)
        yield Watcher(reading=drawn.reached, writing=drawn.wrote)
