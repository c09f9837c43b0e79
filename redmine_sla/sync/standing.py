"""How the desk stands at an instant: every open promise, told from the mirror alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from redmine_sla.contract import Configuration
from redmine_sla.errors import ExitCode, SlaError
from redmine_sla.mirror import Mirror
from redmine_sla.plan import Judged
from redmine_sla.sla.reading import Reading
from redmine_sla.sla.verdict import Motion, Verdict
from redmine_sla.sync.judging import judged_tickets, worth_judging
from redmine_sla.sync.run import PULLED
from redmine_sla.sync.workbench import Workbench, lay_out
from redmine_sla.ticket import Attribute

_PULL = "run `redmine-sla sync --dry-run` or `sync` first"


class NothingPulledError(SlaError):
    """The mirror holds nothing of the time that is asked for."""

    exit_code = ExitCode.USAGE


class Group(StrEnum):
    """Where a ticket belongs when work is handed out, most pressing first."""

    LATE = "late"
    AT_RISK = "at risk"
    ON_TRACK = "on track"
    PAUSED = "paused"
    UNMEASURED = "unmeasured"


_BY_VERDICT: Mapping[Verdict, Group] = MappingProxyType(
    {
        Verdict.BREACHED: Group.LATE,
        Verdict.AT_RISK: Group.AT_RISK,
        Verdict.ON_TRACK: Group.ON_TRACK,
        Verdict.UNMEASURED: Group.UNMEASURED,
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """An open ticket, the promise on it that needs most attention, and where that puts it.

    A breach stays one while it is paused. Unmeasured is a ticket only where no open promise on
    it can be measured.
    """

    judged: Judged
    reading: Reading
    group: Group


@dataclass(frozen=True, slots=True)
class DeskStanding:
    """All of them, by ticket number. `without_clocks` counts the open tickets nothing is promised
    for, `pulled` says when the mirror was brought up to date (`None`: never).
    """

    as_of: datetime
    standings: tuple[Standing, ...]
    without_clocks: int
    pulled: datetime | None


def desk_standing(configuration: Configuration, mirror: Mirror, as_of: datetime) -> DeskStanding:
    """The standing of all open tickets of the contracts.

    Raises `CalendarError`, `MirrorError`, `ReadingError`.
    """
    bench = lay_out(configuration, mirror)
    standings: list[Standing] = []
    without_clocks = 0
    numbers = worth_judging(bench.contracts, mirror, as_of)
    for judged in _open(judged_tickets(bench, mirror, numbers, as_of), bench, as_of):
        standing = standing_of(judged)
        if standing is not None:
            standings.append(standing)
        elif not judged.assessment.readings:
            without_clocks += 1
    return DeskStanding(as_of, tuple(standings), without_clocks, pulled_at(mirror))


def standing_of(judged: Judged) -> Standing | None:
    """Where a ticket belongs; `None` where no promise on it is open."""
    worst = judged.assessment.worst
    if worst is not None:
        paused = worst.motion is Motion.PAUSED and not worst.verdict.is_late
        return Standing(judged, worst, Group.PAUSED if paused else _BY_VERDICT[worst.verdict])
    for reading in judged.assessment.current:
        if reading.verdict is Verdict.UNMEASURED:
            return Standing(judged, reading, Group.UNMEASURED)
    return None


def pulled_at(mirror: Mirror) -> datetime | None:
    """When the mirror was last brought up to date."""
    with mirror.reading() as view:
        recorded = view.recorded(PULLED)
    return datetime.fromisoformat(recorded) if recorded else None


def require_pulled(mirror: Mirror, since: datetime) -> datetime:
    """When the mirror was last brought up to date, which was after `since`: then something is
    known of what came after it, and only up to that pull.

    Raises `NothingPulledError`: of what nobody pulled, no good news may be told either.
    """
    pulled = pulled_at(mirror)
    if pulled is None:
        raise NothingPulledError("the mirror is empty: there is nothing to judge", hint=_PULL)
    if pulled <= since:
        raise NothingPulledError(
            f"the mirror is older than what is asked for: it is of {pulled:%Y-%m-%dT%H:%MZ}, and "
            f"that begins at {since:%Y-%m-%dT%H:%MZ}",
            hint=_PULL,
        )
    return pulled


def _open(tickets: Iterator[Judged], bench: Workbench, as_of: datetime) -> Iterator[Judged]:
    """Those that had been reported by then and were not closed yet."""
    closed = {status.name for status in bench.words.statuses.values() if status.closed}
    for judged in tickets:
        status = judged.timeline.as_of(as_of).track(Attribute.STATUS).now.value
        if judged.ticket.created <= as_of and status not in closed:
            yield judged
