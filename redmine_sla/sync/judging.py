"""Judging the tickets in the mirror: which are worth it, and one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from redmine_sla.contract import Configuration, Contract
from redmine_sla.mirror import Mirror
from redmine_sla.plan import Judged
from redmine_sla.plan.board import DECIDED_WITHIN
from redmine_sla.quarter import Quarter
from redmine_sla.sync.bursts import alike_reporters
from redmine_sla.sync.workbench import Workbench, lay_out
from redmine_sla.ticket.reading import ReadingError

SETTLING = timedelta(days=30)
"""How long after its end a quarter's page is still kept current."""


def quarters_in_motion(contract: Contract, as_of: datetime) -> list[Quarter]:
    """The running quarter and, before it until it has settled, the last one."""
    day = contract.day_of(as_of)
    running = Quarter.of(day)
    settling = day < running.first_day + SETTLING and contract.starts < running.first_day
    return [running.previous, running] if settling else [running]


def worth_judging(contracts: Iterable[Contract], mirror: Mirror, as_of: datetime) -> set[int]:
    """The tickets that are open, and those that changed in the running quarter or lately enough
    for a contract's page: no other verdict can move, and nobody waits for news of it.
    """
    since = min(
        as_of - DECIDED_WITHIN,
        *(
            quarters_in_motion(contract, as_of)[0].begin(ZoneInfo(contract.timezone))
            for contract in contracts
        ),
    )
    with mirror.reading() as view:
        return view.open_numbers() | view.changed_numbers(since)


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
