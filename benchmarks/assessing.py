"""Judging 100,000 tickets with 500,000 journals out of a mirror: rate, and memory that stays flat.

A process of its own streams the tickets through the workbench as a run does: timeline, words,
three clocks each. It is done twice, with a tenth of the tickets and with all: the two peaks of
memory must not differ by much.
"""

from __future__ import annotations

import multiprocessing
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.desk import configuration
from benchmarks.made_up_tickets import fill
from redmine_sla.mirror import Mirror
from redmine_sla.sync.workbench import lay_out

TICKETS = 100_000
AS_OF = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Figures:
    """One pass over the mirror. `cpu` are the seconds of the processor alone, which others on the
    machine do not lengthen much; `peak_mib` is the memory of the process at its largest.
    """

    tickets: int
    journals: int
    seconds: float
    cpu: float
    peak_mib: float
    met: int
    missed: int

    @property
    def per_second(self) -> float:
        return self.tickets / self.seconds


def measure(tickets: int = TICKETS) -> list[Figures]:
    """A tenth of the tickets, then all of them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mirror.db"
        fill(path, tickets)
        return [_in_a_process(path, tickets // 10), _in_a_process(path, tickets)]


def judge_all(path: Path, tickets: int) -> Figures:
    """Judge the first tickets of the mirror, in this process."""
    verdicts: Counter[str] = Counter()
    journals = 0
    with Mirror.open(f"sqlite:///{path}") as mirror:
        bench = lay_out(configuration("http://127.0.0.1"), mirror)
        began, began_cpu = perf_counter(), process_time()
        for ticket in islice(mirror.tickets(), tickets):
            judged = bench.judge(ticket, AS_OF)
            if judged is not None:
                verdicts.update(reading.verdict for reading in judged.assessment.readings)
            journals += len(ticket.journals or ())
        seconds, cpu = perf_counter() - began, process_time() - began_cpu
    met, missed = verdicts["met"], verdicts["missed"]
    return Figures(tickets, journals, seconds, cpu, peak_mib(), met, missed)


def _in_a_process(path: Path, tickets: int) -> Figures:
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as process:
        return process.submit(judge_all, path, tickets).result()


def peak_mib() -> float:
    """The largest this process has been, from Linux itself: what `getrusage` tells begins with the
    peak of whoever started us.
    """
    status = Path("/proc/self/status").read_text()
    peak = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(peak[1]) / 1024 if peak else 0.0


def table(measured: Sequence[Figures]) -> str:
    """The figures as lines to print."""
    lines = [
        f"{'tickets':>9}{'journals':>10}{'seconds':>9}{'CPU':>8}{'per second':>12}{'peak MiB':>10}"
    ]
    lines += [
        f"{row.tickets:>9,}{row.journals:>10,}{row.seconds:>9.1f}{row.cpu:>8.1f}"
        f"{row.per_second:>12,.0f}{row.peak_mib:>10.0f}"
        for row in measured
    ]
    return "\n".join(lines)
