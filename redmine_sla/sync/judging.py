"""Judging the tickets in the mirror: which are worth it, and one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from redmine_sla.calendar.period import Period
from redmine_sla.contract import Configuration, Contract
from redmine_sla.mirror import Mirror
from redmine_sla.plan import Judged
from redmine_sla.plan.board import DECIDED_WITHIN
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.availability_told import told_since
from redmine_sla.quarter.reckoning import Reckoning
from redmine_sla.sync.bursts import alike_reporters
from redmine_sla.sync.workbench import Workbench, lay_out
from redmine_sla.ticket.reading import ReadingError

SETTLING = timedelta(days=30)
"""How long after its end the draft of a quarter is still kept current."""

OUTLIVES = timedelta(days=45)
"""A promise may outlive its ticket: a failure report is owed days after the outage is over."""


def quarters_in_motion(contract: Contract, as_of: datetime) -> list[Quarter]:
    """The running quarter and, before it until it has settled, the last one; of a contract that
    has ended, its last. None before its start.
    """
    reckoning, today = Reckoning.of(contract), contract.day_of(as_of)
    running = reckoning.quarter(today)
    settling = today < reckoning.period(running).first + SETTLING
    quarters = [running.previous, running] if settling else [running]
    return [one for one in quarters if _covers(contract, reckoning.period(one))]


def _covers(contract: Contract, quarter: Period) -> bool:
    return quarter.within(contract.starts, contract.last_day) is not None


def worth_judging(contracts: Iterable[Contract], mirror: Mirror, as_of: datetime) -> set[int]:
    """The tickets that are open, and those that changed lately enough for a contract's page: no
    other verdict can move, and nobody waits for news of it.
    """
    since = min(_told_from(contract, as_of) for contract in contracts)
    with mirror.reading() as view:
        return view.open_numbers() | view.changed_numbers(since)


def telling_of(mirror: Mirror, period: Period) -> set[int]:
    """The tickets that can tell anything of a period: the open ones, and those changed since it
    began, or so lately before that a promise on them may have been decided in it.
    """
    with mirror.reading() as view:
        return view.open_numbers() | view.changed_numbers(period.begin - OUTLIVES)


def _told_from(contract: Contract, as_of: datetime) -> datetime:
    """From when on a contract's page tells of what came about."""
    told = told_since(contract, as_of) if contract.terms_at(as_of).availability else as_of
    return min(told, as_of - DECIDED_WITHIN)


def judged_tickets(
    bench: Workbench,
    mirror: Mirror,
    numbers: Collection[int],
    as_of: datetime,
    *,
    unreadable: Callable[[ReadingError], None] | None = None,
) -> Iterator[Judged]:
    """Those of the tickets that have a contract, judged beside each other, by number.

    A row that cannot be read raises `ReadingError`, or is told to `unreadable` and left out.
    """
    bench = replace(bench, alike=alike_reporters(bench.contracts, mirror, numbers, as_of))
    for ticket in mirror.tickets(numbers=numbers, unreadable=unreadable):
        judged = bench.judge(ticket, as_of)
        if judged is not None:
            yield judged


def bench_beside(
    configuration: Configuration, mirror: Mirror, number: int, as_of: datetime
) -> Workbench:
    """The bench for one ticket, which knows who reported alike, as the runs did."""
    bench = lay_out(configuration, mirror)
    numbers = worth_judging(bench.contracts, mirror, as_of) | {number}
    return replace(bench, alike=alike_reporters(bench.contracts, mirror, numbers, as_of))
