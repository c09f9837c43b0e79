"""A quarter of 50,000 tickets and 200,000 time entries: from the mirror to the files handed over.

A process of its own assembles the deliverable with all its sections and prints it. Memory is taken
twice, after assembling and at the end.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from benchmarks.assessing import peak_mib
from benchmarks.desk import DESK
from benchmarks.made_up_tickets import fill
from redmine_sla.contract import Configuration
from redmine_sla.contract.files.load import loads_contract, loads_desk
from redmine_sla.contract.promises.quarterly import Format
from redmine_sla.mirror import Mirror
from redmine_sla.quarter import Quarter
from redmine_sla.sync.quarterly.assembling import Assembly
from redmine_sla.sync.quarterly.printing import PrintOrder, printed
from redmine_sla.sync.workbench import lay_out

TICKETS = 50_000
ENTRIES = 4
QUARTER = Quarter(2026, 3)
BEGAN = datetime(2026, 6, 29, tzinfo=UTC)
DAYS = timedelta(days=92)
AS_OF = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)

CONTRACT = """
extends = "crm-support"
title = "CRM support"
customer = "Delta"
provider = "We"
projects = ["desk1"]
starts = 2026-01-01
tier = "7x24x4"
term_months = 24
contract_sum = "120 000 000 HUF"
vat = "net"
fees = { base = "10 000 000 HUF" }
team = { engineer = "eva" }
[development]
clause = "development"
percent = 15
counts = { trackers = "Feature" }
[[development.rates]]
per_hour = "18 000 HUF"
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """One quarter. `assembling` and `printing` are seconds; memory is that of the process at its
    largest.
    """

    tickets: int
    entries: int
    promises: int
    assembling: float
    assembled_mib: float
    printing: float
    peak_mib: float


def measure(tickets: int = TICKETS) -> list[Figures]:
    """A tenth of the quarter, then all of it."""
    return [_in_a_process(tickets // 10), _in_a_process(tickets)]


def _in_a_process(tickets: int) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mirror.db"
        fill(path, tickets, began=BEGAN, every=DAYS / tickets, entries=ENTRIES)
        fresh = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=fresh) as process:
            return process.submit(hand_over, path, tickets).result()


def hand_over(path: Path, tickets: int) -> Figures:
    """Assemble and print the quarter, in this process."""
    contract = loads_contract(CONTRACT, "delta")
    desk = loads_desk(DESK.format(url="http://127.0.0.1"))
    with Mirror.open(f"sqlite:///{path}") as mirror:
        bench = lay_out(Configuration(desk=desk, contracts=(contract,)), mirror)
        began = perf_counter()
        deliverable = Assembly(bench=bench, mirror=mirror).deliverable(contract, QUARTER, AS_OF)
        assembling, assembled = perf_counter() - began, peak_mib()
    began = perf_counter()
    printed(
        PrintOrder(
            deliverable=deliverable,
            page=deliverable.page,
            stem="delta",
            mark="",
            project="desk1",
            formats=tuple(Format),
        )
    )
    return Figures(
        tickets=tickets,
        entries=tickets * ENTRIES,
        promises=sum(
            row["kept"] + row["broken"] for row in deliverable.figures["service_levels"]["clocks"]
        ),
        assembling=assembling,
        assembled_mib=assembled,
        printing=perf_counter() - began,
        peak_mib=peak_mib(),
    )


def table(measured: Sequence[Figures]) -> str:
    """The figures as lines to print."""
    lines = [
        f"{'tickets':>9}{'entries':>9}{'promises':>10}{'assembling s':>14}{'MiB':>6}"
        f"{'printing s':>12}{'peak MiB':>10}"
    ]
    lines += [
        f"{row.tickets:>9,}{row.entries:>9,}{row.promises:>10,}{row.assembling:>14.1f}"
        f"{row.assembled_mib:>6.0f}{row.printing:>12.1f}{row.peak_mib:>10.0f}"
        for row in measured
    ]
    return "\n".join(lines)
