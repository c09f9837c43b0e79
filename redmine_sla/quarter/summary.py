"""A quarter's promises: kept, broken, not measured, cancelled, and still open at its end.

A promise belongs to the quarter of its verdict: that of its stop, or of its due time once that has
passed, whenever the ticket is resolved afterwards. So a quarter does not change when a late ticket
is finished in the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from decimal import Decimal

from redmine_sla.quarter.quarter import Quarter
from redmine_sla.sla.reading import Assessment, Reading
from redmine_sla.sla.verdict import Motion, Verdict


@dataclass(frozen=True, slots=True)
class Cell:
    """How many promises of one clock and class came out how."""

    met: int = 0
    missed: int = 0
    unmeasured: int = 0
    cancelled: int = 0

    @property
    def share_met(self) -> Decimal | None:
        """The kept part of those that were judged; `None` where none was. Exact, not rounded."""
        judged = self.met + self.missed
        return Decimal(self.met) / judged if judged else None

    def __add__(self, other: Cell) -> Cell:
        return Cell(
            self.met + other.met,
            self.missed + other.missed,
            self.unmeasured + other.unmeasured,
            self.cancelled + other.cancelled,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One promise broken: late and done, or late and still open (`stopped` is `None`)."""

    ticket: int
    clock: str
    promise: str
    clause: str
    due: datetime | None
    stopped: datetime | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPromise:
    """One promise not decided yet; `due` is `None` while its time is frozen."""

    ticket: int
    clock: str
    verdict: Verdict
    motion: Motion
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The promises of a quarter. `cells` are by clock title, then problem class."""

    quarter: Quarter
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    breaches: tuple[Breach, ...] = ()
    open: tuple[OpenPromise, ...] = ()

    @property
    def clocks(self) -> dict[str, Cell]:
        """The cells of each clock added up, in the order the clocks were met."""
        totals: dict[str, Cell] = {}
        for (clock, _), cell in self.cells.items():
            totals[clock] = totals.get(clock, Cell()) + cell
        return totals


def summarise(assessments: Iterable[Assessment], quarter: Quarter, zone: tzinfo) -> Summary:
    """The summary of one contract's assessments, looked through once.

    They are judged at the quarter's end, or at any instant in it for a draft.
    """
    cells: dict[tuple[str, str], Cell] = {}
    breaches: list[Breach] = []
    still_open: list[OpenPromise] = []
    for assessment in assessments:
        for reading in assessment.readings:
            if reading.verdict.is_open and not reading.verdict.is_late:
                still_open.append(_open(assessment.ticket, reading))
                continue
            at = reading.decided
            if at is None or not quarter.contains(at, zone):
                continue
            key = reading.title, reading.facts.problem_class
            cells[key] = cells.get(key, Cell()) + _counted(reading.verdict)
            if reading.verdict.is_late:
                breaches.append(_breach(assessment.ticket, reading))
    return Summary(
        quarter,
        dict(sorted(cells.items())),
        tuple(sorted(breaches, key=_by_due)),
        tuple(sorted(still_open, key=_by_due)),
    )


def _by_due(one: Breach | OpenPromise) -> tuple[bool, float, int, str]:
    """Dues in order, then what has none."""
    due = one.due.timestamp() if one.due else 0.0
    return one.due is None, due, one.ticket, one.clock


def _counted(verdict: Verdict) -> Cell:
    match verdict:
        case Verdict.MET:
            return Cell(met=1)
        case Verdict.MISSED | Verdict.BREACHED:
            return Cell(missed=1)
        case Verdict.UNMEASURED:
            return Cell(unmeasured=1)
        case _:
            return Cell(cancelled=1)


def _breach(ticket: int, reading: Reading) -> Breach:
    return Breach(
        ticket=ticket,
        clock=reading.title,
        promise=str(reading.target),
        clause=reading.rule.clause,
        due=reading.due,
        stopped=reading.stop.at if reading.stop else None,
        reasons=tuple(filter(None, [reading.reason, *reading.remarks])),
    )


def _open(ticket: int, reading: Reading) -> OpenPromise:
    return OpenPromise(
        ticket=ticket,
        clock=reading.title,
        verdict=reading.verdict,
        motion=reading.motion,
        due=reading.due,
    )
