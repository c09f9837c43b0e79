"""Requests and time of a first and of an unchanged sync, beside the plain way and bare requests.

A real Redmine is read in three ways, in turn and more than once: by the bare HTTP requests that
any first reading needs, by our pull, and by python-redmine as its manual has it. Then come three
whole syncs, five minutes apart as from cron: the first one writes, the second reads back what the
first wrote, and for the third nothing is new. What that one costs must not grow with the tickets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter, process_time

from benchmarks.busy_redmine import SERVED, BusyRedmine, busy, running
from benchmarks.ways import bare_requests, empty_mirror, our_pull, python_redmine
from redmine_sla.connectors.redmine import RedmineGateway
from redmine_sla.connectors.redmine.engine import Attempt
from redmine_sla.sync.run import RunReport, sync
from tests.harness.server import RedmineServer

TICKETS = 5_000
FEW = 500
"""Measured too, to show what grows with the tickets and what does not."""

ROUNDS = 3
FIVE_MINUTES = timedelta(minutes=5)

BARE, PULL, PLAIN = "bare requests", "our pull", "python-redmine"
WAYS = {BARE: bare_requests, PULL: our_pull, PLAIN: python_redmine}
FIRST, NEXT, UNCHANGED = "first sync", "sync after it", "unchanged sync"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Leg:
    """What a way, or a part of it, took. `cpu` are the seconds that were our own and not spent
    waiting for Redmine; `None` where they were not told apart.
    """

    name: str
    reads: int
    writes: int
    seconds: float
    cpu: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """All legs on one Redmine."""

    redmine: str
    tickets: int
    journals: int
    hours: int
    legs: Sequence[Leg]

    def leg(self, name: str) -> Leg:
        return next(leg for leg in self.legs if leg.name == name)

    def of_bare(self, leg: Leg) -> float:
        """The time of a leg as a multiple of what the bare requests took."""
        return leg.seconds / self.leg(BARE).seconds


def measure(
    sizes: Sequence[int] = (FEW, TICKETS), *, rounds: int = ROUNDS, say: Say = lambda _: None
) -> list[Figures]:
    """All sizes on one server. Raises `HarnessError` where no Redmine can be brought up."""
    with running(say) as server:
        return [measure_on(server, tickets, rounds=rounds, say=say) for tickets in sizes]


def measure_on(
    server: RedmineServer, tickets: int, *, rounds: int = 1, say: Say = lambda _: None
) -> Figures:
    """One size on a server that runs; whatever was on it is gone."""
    version = server.version.removesuffix(".stable")
    say(f"Redmine {version}: seeding {tickets:,} tickets")
    redmine = busy(server, tickets)
    legs = (*reading(redmine, rounds, say), *syncing(redmine, say))
    return Figures(version, redmine.tickets, redmine.journals, redmine.hours, legs)


def reading(redmine: BusyRedmine, rounds: int, say: Say) -> Iterator[Leg]:
    """The three ways in turn, so that a busy moment of the machine is no one's; the medians."""
    taken: dict[str, list[Leg]] = defaultdict(list)
    for number in range(1, rounds + 1):
        for name, read in WAYS.items():
            say(f"{redmine.tickets:,} tickets, round {number} of {rounds}: {name}")
            began, began_cpu = perf_counter(), process_time()
            reads = read(redmine)
            seconds, cpu = perf_counter() - began, process_time() - began_cpu
            taken[name].append(Leg(name, reads, 0, seconds, cpu))
    for legs in taken.values():
        yield sorted(legs, key=lambda leg: leg.seconds)[len(legs) // 2]


def syncing(redmine: BusyRedmine, say: Say) -> Iterator[Leg]:
    """Three whole syncs, and the parts of the first one."""
    writes: list[float] = []

    def note(attempt: Attempt) -> None:
        if attempt.method != "GET":
            writes.append(attempt.seconds)

    with empty_mirror() as mirror, RedmineGateway(redmine.connection, hook=note) as gateway:
        for runs, name in enumerate((FIRST, NEXT, UNCHANGED)):
            say(f"{redmine.tickets:,} tickets: {name}")
            began = process_time()
            as_of = datetime.now(UTC) + runs * FIVE_MINUTES
            report = sync(redmine.configuration, gateway, mirror, as_of=as_of)
            cost, cpu = report.requests, process_time() - began
            yield Leg(name, cost.reads, cost.writes, report.seconds, cpu)
            if name == FIRST:
                yield from _parts(report, sum(writes))


def _parts(report: RunReport, writing: float) -> Iterator[Leg]:
    """What a sync spent on reading, on its writes, and on all that lies between."""
    pulled, cost = report.pulled, report.requests
    between = report.seconds - pulled.seconds - writing
    yield Leg(f"{FIRST}: reading", pulled.requests.reads, 0, pulled.seconds)
    yield Leg(f"{FIRST}: judging", cost.reads - pulled.requests.reads, 0, between)
    yield Leg(f"{FIRST}: writing", 0, cost.writes, writing)


def table(measured: Sequence[Figures]) -> str:
    """The figures as lines to print."""
    lines = [f"Redmine {measured[0].redmine}: {SERVED}"]
    for figures in measured:
        lines += [
            "",
            f"{figures.tickets:,} tickets, {figures.journals:,} journals, {figures.hours:,} hours "
            "booked",
            f"{'':<22}{'reads':>8}{'writes':>8}{'seconds':>10}{'of bare':>9}{'our CPU':>9}",
        ]
        for leg in figures.legs:
            cpu = "" if leg.cpu is None else f"{leg.cpu:.1f}"
            lines.append(
                f"{leg.name:<22}{leg.reads:>8,}{leg.writes:>8,}{leg.seconds:>10.1f}"
                f"{figures.of_bare(leg):>9.2f}{cpu:>9}"
            )
    return "\n".join(lines)
