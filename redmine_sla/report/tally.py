"""Counting how promises came out, exactly, with the tickets behind each number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from redmine_sla.calendar.period import Period
from redmine_sla.report.promise import Promise
from redmine_sla.sla.verdict import Verdict

Tickets = tuple[int, ...]
"""Ticket numbers in order, one for each promise: a ticket may stand there twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The promises decided, by outcome. Tallies of parts add up to the tally of the whole."""

    met: Tickets = ()
    missed: Tickets = ()
    unmeasured: Tickets = ()
    cancelled: Tickets = ()

    @property
    def judged(self) -> int:
        """How many were kept or broken: what nobody can measure is neither."""
        return len(self.met) + len(self.missed)

    @property
    def share(self) -> Decimal | None:
        """The kept part of those judged; `None` where none was. Exact, not rounded."""
        return Decimal(len(self.met)) / self.judged if self.judged else None

    @property
    def tickets(self) -> Tickets:
        """All of them."""
        return tuple(sorted((*self.met, *self.missed, *self.unmeasured, *self.cancelled)))

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            met=tuple(sorted((*self.met, *other.met))),
            missed=tuple(sorted((*self.missed, *other.missed))),
            unmeasured=tuple(sorted((*self.unmeasured, *other.unmeasured))),
            cancelled=tuple(sorted((*self.cancelled, *other.cancelled))),
        )

    def __bool__(self) -> bool:
        return bool(self.met or self.missed or self.unmeasured or self.cancelled)


def tally(promises: Iterable[Promise], period: Period) -> Tally:
    """The promises that count in the period, with the exclusions agreed taken into account."""
    return _tally(((one.verdict, one.counted_at, one.ticket) for one in promises), period)


def raw_tally(promises: Iterable[Promise], period: Period) -> Tally:
    """The promises that count in the period if no exclusion had been agreed."""
    return _tally(((one.raw_verdict, one.raw_counted_at, one.ticket) for one in promises), period)


def _tally(outcomes: Iterable[tuple[Verdict, datetime | None, int]], period: Period) -> Tally:
    begin, end = period.begin, period.end
    found: dict[Verdict, list[int]] = {}
    for verdict, at, ticket in outcomes:
        if at is not None and begin <= at < end:
            found.setdefault(verdict, []).append(ticket)
    late = found.get(Verdict.MISSED, []) + found.get(Verdict.BREACHED, [])
    return Tally(
        met=tuple(sorted(found.get(Verdict.MET, ()))),
        missed=tuple(sorted(late)),
        unmeasured=tuple(sorted(found.get(Verdict.UNMEASURED, ()))),
        cancelled=tuple(sorted(found.get(Verdict.CANCELLED, ()))),
    )


def decided_in(promises: Iterable[Promise], period: Period) -> Iterator[Promise]:
    """Those decided in the period, or after their contract's last day in it. Each promise is
    decided in one period at most.
    """
    begin, end = period.begin, period.end
    return (one for one in promises if one.counted_at is not None and begin <= one.counted_at < end)


def broken_in(promises: Iterable[Promise], period: Period) -> list[Promise]:
    """Those broken in the period, in the order of their due times."""
    broken = (one for one in decided_in(promises, period) if one.is_late)
    return sorted(broken, key=lambda one: (one.decided, one.ticket, one.clock, one.cycle))
