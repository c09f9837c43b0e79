"""What a contract's page tells of its tickets: what is open, and what was decided lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from redmine_sla.page import local_text
from redmine_sla.plan.shown import DONE, Shown
from redmine_sla.sla.judged import Judged
from redmine_sla.sla.reading import Reading
from redmine_sla.sla.verdict import Motion, Verdict
from redmine_sla.ticket import Vocabulary

DECIDED_WITHIN = timedelta(days=30)
_DECIDED = (Verdict.MET, Verdict.MISSED, Verdict.UNMEASURED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRow:
    """An open ticket as customers read it. `late` marks a promise broken and still open."""

    number: int
    subject: str
    state: str
    shown: Shown
    late: bool
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedRow:
    """A promise that was kept, broken, or cannot be measured, and when that was settled."""

    number: int
    subject: str
    clock: str
    verdict: Verdict
    at: datetime
    when: str
    reason: str


@dataclass(frozen=True, slots=True)
class Board:
    """The rows of one contract, most urgent first and latest decision first."""

    open: tuple[OpenRow, ...] = ()
    decided: tuple[DecidedRow, ...] = ()


def board_of(
    tickets: Iterable[tuple[Judged, Shown]], vocabulary: Vocabulary, as_of: datetime
) -> Board:
    """The board of one contract's tickets, looked through once.

    Left out is what not every reader of the page may see: private tickets, tickets that moved out
    of the contract's projects, and tickets without service clocks.
    """
    open_rows: list[OpenRow] = []
    decided: list[DecidedRow] = []
    for judged, shown in tickets:
        if judged.ticket.private or judged.moved_to or judged.assessment.silent:
            continue
        if not _is_done(judged, vocabulary):
            open_rows.append(_open_row(judged, shown))
        decided.extend(_decided_rows(judged, as_of))
    open_rows.sort(key=lambda row: (not row.late, row.due is None, row.due or as_of, row.number))
    decided.sort(key=lambda row: (row.at, row.number, row.clock), reverse=True)
    return Board(tuple(open_rows), tuple(decided))


def _is_done(judged: Judged, vocabulary: Vocabulary) -> bool:
    """Closed, or resolved as far as a clock for that has seen."""
    status = vocabulary.statuses.get(judged.ticket.status.id)
    ends = (judged.assessment.reading(clock) for clock in DONE)
    stopped = any(reading is not None and reading.motion is Motion.STOPPED for reading in ends)
    return stopped or (status is not None and status.closed)


def _open_row(judged: Judged, shown: Shown) -> OpenRow:
    worst = judged.assessment.worst
    return OpenRow(
        number=judged.number,
        subject=judged.ticket.subject,
        state=judged.ticket.status.name,
        shown=shown,
        late=worst is not None and worst.verdict.is_late,
        due=worst.due if worst else None,
    )


def _decided_rows(judged: Judged, as_of: datetime) -> Iterable[DecidedRow]:
    zone = ZoneInfo(judged.contract.timezone)
    for reading in judged.assessment.readings:
        at = reading.decided if reading.verdict in _DECIDED else None
        if at is not None and as_of - DECIDED_WITHIN <= at <= as_of:
            yield DecidedRow(
                number=judged.number,
                subject=judged.ticket.subject,
                clock=reading.title,
                verdict=reading.verdict,
                at=at,
                when=local_text(at, zone),
                reason=_told(reading),
            )


def _told(reading: Reading) -> str:
    """Why, without quoting what stands in fields that not every reader may see."""
    if reading.verdict is Verdict.UNMEASURED:
        return "nobody recorded it well enough to judge"
    return reading.reason
