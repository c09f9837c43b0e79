"""What a pull is asked for, and what it says when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from redmine_sla.errors import SlaError
from redmine_sla.mirror import Departure
from redmine_sla.sync.ports import RequestCount


class Beat(StrEnum):
    """Whether this pull also looks at what moves no `updated_on`."""

    WHEN_DUE = "when due"
    NOW = "now"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class PullScope:
    """What is watched.

    `server` is Redmine's address, `projects` are ids (`None`: everything the key can see), `pages`
    those whose members alone are read, as pages stand there.
    Histories are read of tickets that are open, or were changed at or after `since`; time entries
    from the day before `since` on.

    The slow beat comes every `beat_every`. It reads the histories of open tickets and of those
    changed since `histories_from` again, and the time entries spent from `hours_from` on; by
    default those of the running calendar quarter, and of it and the one before.
    """

    server: str
    projects: tuple[int, ...] | None
    since: datetime
    beat_every: timedelta = timedelta(days=1)
    histories_from: datetime | None = None
    hours_from: date | None = None
    pages: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Raises `SlaError` for a scope that watches nothing, or whose `since` has no zone."""
        if self.projects is not None and not self.projects:
            raise SlaError("no project is watched", hint="name projects in a contract")
        if self.since.tzinfo is None:
            raise SlaError(
                f"`since` is {self.since.isoformat()}, a time without a zone",
                hint="give it one: datetime(2026, 1, 1, tzinfo=ZoneInfo('Europe/Budapest'))",
            )

    def watches(self, project: int) -> bool:
        return self.projects is None or project in self.projects

    def wants_history(self, *, closed: bool, updated: datetime) -> bool:
        return not closed or updated >= self.since

    def first_day(self) -> date:
        """The first day whose hours are read: in any time zone, `since` is not before it."""
        return (self.since.astimezone(UTC) - timedelta(days=1)).date()

    def again_from(self, as_of: datetime) -> datetime:
        """From when on the slow beat reads histories again."""
        if self.histories_from is not None:
            return self.histories_from
        start = quarter_start(as_of.astimezone(UTC).date())
        return datetime(start.year, start.month, start.day, tzinfo=UTC)

    def hours_again_from(self, as_of: datetime) -> date:
        """From which day on the slow beat reads time entries again."""
        if self.hours_from is not None:
            return max(self.hours_from, self.first_day())
        this = quarter_start(as_of.astimezone(UTC).date())
        return max(quarter_start(this - timedelta(days=1)), self.first_day())


@dataclass(frozen=True, slots=True, kw_only=True)
class PullReport:
    """What a pull found.

    `changed` and `gone` hold everything since the last run that was completed, also what an
    earlier pull brought in before it was killed: `Batch.settle` ends that. `restored` says how it
    was seen that the server went back in time, after which everything was read again.
    """

    changed: frozenset[int]
    new: frozenset[int]
    gone: tuple[Departure, ...]
    histories_read: int
    slow_beat: bool
    restored: str | None
    requests: RequestCount
    seconds: float
    server_time: datetime | None
    warnings: tuple[str, ...]


Progress = Callable[[str, int, int | None], None]
"""Told what is being read, how many are done, and of how many (`None`: not known)."""


def quarter_start(day: date) -> date:
    """The first day of the calendar quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
