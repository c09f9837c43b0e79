"""What judging yields: readings of clocks, and the assessment of a ticket they make up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from redmine_sla.calendar import ServiceCalendar, Target
from redmine_sla.contract import TargetRule
from redmine_sla.sla.facts import Facts
from redmine_sla.sla.stopwatch import Count, Measured, Wait
from redmine_sla.sla.verdict import Motion, Verdict


@dataclass(frozen=True, slots=True)
class Start:
    """When a clock started and by which event; `moved` is the rule that moved it, if any."""

    at: datetime
    event: datetime
    event_was: str
    moved: str = ""

    @property
    def why(self) -> str:
        return f"{self.event_was} {self.moved}".rstrip()


@dataclass(frozen=True, slots=True)
class Stop:
    """When a clock stopped and by which event; `recorded` is when Redmine was told."""

    at: datetime
    recorded: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A promise laid out in time and counted.

    `measured`, read off `count`, takes the contract's exclusions into account; `raw`, read off
    `raw_count`, does not. They are the same objects where nothing is excluded.
    """

    start: Start
    count: Count
    measured: Measured
    raw: Measured
    raw_count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One clock of one cycle, read at one instant.

    `promised` is when its cycle began: the contract in force then promises it.
    `counted` is `None` while the clock waits for its start. `ended` is when the ticket came to rest
    without the event this clock waits for. `broken` is when a promise that starts again with each
    stop was first broken. `reason` says why a promise is unmeasured, cancelled or
    not yet started; `remarks` are what a person should know of how the verdict came about.
    """

    clock: str
    title: str
    cycle: int
    promised: datetime
    rule: TargetRule
    facts: Facts
    calendar: ServiceCalendar
    verdict: Verdict
    motion: Motion
    stop: Stop | None = None
    ended: datetime | None = None
    broken: datetime | None = None
    counted: Counted | None = None
    waits: tuple[Wait, ...] = ()
    reason: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def target(self) -> Target:
        return self.rule.within

    @property
    def measured(self) -> Measured | None:
        """The count at this instant; `None` where it cannot be told."""
        if self.counted is None or self.verdict is Verdict.UNMEASURED:
            return None
        return self.counted.measured

    @property
    def due(self) -> datetime | None:
        """When the promise must be kept; `None` while the time is frozen or cannot be told."""
        return self.measured.due if self.measured else None

    @property
    def decided(self) -> datetime | None:
        """When the verdict came about; `None` while it is open, or where nobody can tell.

        Late is decided when the due time passes, whenever the ticket is done afterwards.
        """
        if self.verdict.is_late and (late_since := self.broken or self.due) is not None:
            return late_since
        if self.verdict.is_open:
            return None
        return self.stop.at if self.stop else self.ended


_WORST_FIRST = (Verdict.BREACHED, Verdict.AT_RISK, Verdict.ON_TRACK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A ticket judged by its contract at `as_of`.

    `contract` is the contract's name; `silent` says why a ticket has no clocks at all (internal,
    a subtask, no contract). `readings` are in the order of cycles, then of the contract's clocks.
    """

    ticket: int
    contract: str
    as_of: datetime
    facts: Facts | None = None
    readings: tuple[Reading, ...] = ()
    silent: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def current(self) -> tuple[Reading, ...]:
        """The readings of the latest cycle."""
        latest = max((reading.cycle for reading in self.readings), default=0)
        return tuple(reading for reading in self.readings if reading.cycle == latest)

    @property
    def worst(self) -> Reading | None:
        """The open clock that needs most attention: by verdict, then by the earliest due."""
        still_open = [reading for reading in self.current if reading.verdict.is_open]
        return min(
            still_open,
            key=lambda reading: (
                _WORST_FIRST.index(reading.verdict),
                reading.due is None,
                reading.due or self.as_of,
            ),
            default=None,
        )

    def reading(self, clock: str) -> Reading | None:
        """The latest cycle's reading of that clock."""
        return next((reading for reading in self.current if reading.clock == clock), None)
