"""What a contract's page tells of its tickets: what is open, and what was decided lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from redmine_sla.language import Tongue, tongue_for
from redmine_sla.plan.shown import DONE, class_words, resolution_due, response_due
from redmine_sla.plan.status_line import status_line
from redmine_sla.sla.judged import Judged
from redmine_sla.sla.reading import Reading
from redmine_sla.sla.verdict import Motion, Verdict
from redmine_sla.ticket import Vocabulary

DECIDED_WITHIN = timedelta(days=30)
_DECIDED = (Verdict.MET, Verdict.MISSED, Verdict.UNMEASURED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRow:
    """An open ticket as customers read it, in their language.

    `late` marks a promise broken and still open, `due` is that of the promise that needs most
    attention. `standing` is empty where nothing is promised.
    """

    number: int
    subject: str
    state: str
    problem_class: str
    standing: str
    response_due: str
    resolution_due: str
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
    """The rows of one contract, most urgent first and latest decision first.

    `hidden` is the number of open tickets that not every reader of the page may see.
    """

    open: tuple[OpenRow, ...] = ()
    decided: tuple[DecidedRow, ...] = ()
    hidden: int = 0


def board_of(tickets: Iterable[Judged], vocabulary: Vocabulary, as_of: datetime) -> Board:
    """The board of one contract's tickets, looked through once, in the contract's language.

    What not every reader of the page may see (private tickets, those that moved out of the
    contract's projects) is counted; tickets without service clocks are left out.
    """
    open_rows: list[OpenRow] = []
    decided: list[DecidedRow] = []
    hidden = 0
    for judged in tickets:
        if judged.assessment.silent:
            continue
        is_open = not _is_done(judged, vocabulary)
        if judged.is_hidden:
            hidden += is_open
            continue
        tongue = tongue_for(judged.contract.language)
        if is_open:
            open_rows.append(_open_row(judged, tongue))
        decided.extend(_decided_rows(judged, tongue, as_of))
    open_rows.sort(key=lambda row: (not row.late, row.due is None, row.due or as_of, row.number))
    decided.sort(key=lambda row: (row.at, row.number, row.clock), reverse=True)
    return Board(tuple(open_rows), tuple(decided), hidden)


def _is_done(judged: Judged, vocabulary: Vocabulary) -> bool:
    """Closed, or resolved as far as a clock for that has seen."""
    status = vocabulary.statuses.get(judged.ticket.status.id)
    ends = (judged.assessment.reading(clock) for clock in DONE)
    stopped = any(reading is not None and reading.motion is Motion.STOPPED for reading in ends)
    return stopped or (status is not None and status.closed)


def _open_row(judged: Judged, tongue: Tongue) -> OpenRow:
    assessment = judged.assessment
    zone = ZoneInfo(judged.contract.timezone)
    worst = assessment.worst
    return OpenRow(
        number=judged.number,
        subject=judged.ticket.subject,
        state=judged.ticket.status.name,
        problem_class=class_words(judged, tongue) if assessment.readings else "",
        standing=status_line(assessment, zone, tongue),
        response_due=_moment(response_due(assessment), tongue, zone),
        resolution_due=_moment(resolution_due(assessment), tongue, zone),
        late=worst is not None and worst.verdict.is_late,
        due=worst.due if worst else None,
    )


def _moment(instant: datetime | None, tongue: Tongue, zone: ZoneInfo) -> str:
    return tongue.moment(instant, zone) if instant else ""


def _decided_rows(judged: Judged, tongue: Tongue, as_of: datetime) -> Iterable[DecidedRow]:
    zone = ZoneInfo(judged.contract.timezone)
    for reading in judged.assessment.readings:
        at = reading.decided if reading.verdict in _DECIDED else None
        if at is not None and as_of - DECIDED_WITHIN <= at <= as_of:
            yield DecidedRow(
                number=judged.number,
                subject=judged.ticket.subject,
                clock=tongue.say(reading.title),
                verdict=reading.verdict,
                at=at,
                when=tongue.moment(at, zone),
                reason=_told(reading, tongue, zone),
            )


def _told(reading: Reading, tongue: Tongue, zone: ZoneInfo) -> str:
    """Why, without quoting what stands in fields that not every reader may see."""
    if reading.verdict is Verdict.UNMEASURED:
        return tongue.say("nobody recorded it well enough to judge")
    return tongue.tell(reading.reason, zone)
