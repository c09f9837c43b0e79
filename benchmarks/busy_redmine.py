"""A real Redmine with thousands of tickets and their history, and a bot that may read them.

The newest release the test harness knows, served as it ships: one process of Puma with five
threads, on SQLite. The tickets are ten months of a help desk, the same in every run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from benchmarks.desk import configuration
from redmine_sla.connectors.redmine import Connection
from redmine_sla.connectors.redmine.provisioning import api_key_in, provision_script
from redmine_sla.contract import Configuration
from tests.harness import engine, starting
from tests.harness.desk import support_desk
from tests.harness.months import PLAIN, months
from tests.harness.releases import NEWEST
from tests.harness.server import RedmineServer

SERVED = "Puma, one process with five threads, on SQLite"
PROJECTS = 3
OPENED = date(2026, 1, 5)
UNTIL = date(2026, 11, 20)


@dataclass(frozen=True, slots=True)
class BusyRedmine:
    """A server with so many tickets, as its bot sees it."""

    server: RedmineServer
    tickets: int
    journals: int
    hours: int
    key: str

    @property
    def connection(self) -> Connection:
        return Connection(url=self.server.url, key=self.key)

    @property
    def configuration(self) -> Configuration:
        return configuration(self.server.url)


@contextmanager
def running(say: Callable[[str], None]) -> Iterator[RedmineServer]:
    """The newest Redmine, built first if need be. Raises `HarnessError` where none can be had."""
    way = engine.choose()
    way.build(NEWEST, say)
    server = starting.start(NEWEST, way)
    try:
        yield server
    finally:
        server.stop()


def busy(server: RedmineServer, tickets: int) -> BusyRedmine:
    """The server with so many tickets: seeded once while it runs, afterwards put back. Warm."""

    def make(blank: RedmineServer) -> BusyRedmine:
        desk = support_desk(projects=PROJECTS)
        months(desk, tickets=tickets, since=OPENED, until=UNTIL, seed=7, mixture=PLAIN)
        blank.seed_in_bulk(desk)
        planned = configuration(blank.url)
        said = blank.runner(provision_script(planned.desk, planned.contracts))
        journals, hours = blank.runner("puts Journal.count, TimeEntry.count").split()
        return BusyRedmine(blank, tickets, int(journals), int(hours), api_key_in(said) or "")

    made = server.restore_or_make(f"tickets-{tickets}", make)
    _warm_up(server)
    return made


def _warm_up(server: RedmineServer) -> None:
    """A server that was just started is slow until it has answered everything once."""
    for row in server.admin.get("/issues.json", status_id="*", limit=100)["issues"]:
        server.admin.get(f"/issues/{row['id']}.json", include="journals,relations")
