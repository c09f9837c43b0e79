"""The ways to read all tickets with their histories out of a Redmine."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
from redminelib import Redmine as PythonRedmine

from benchmarks.busy_redmine import BusyRedmine
from redmine_sla.connectors.redmine import RedmineGateway
from redmine_sla.mirror import Mirror
from redmine_sla.sync.pull import pull
from redmine_sla.sync.reach import scope_of

PAGE = 100

Parameters = dict[str, str | int]


def bare_requests(redmine: BusyRedmine) -> int:
    """The requests a first pull cannot do without, and their JSON; nothing is done with it.

    Pages of tickets and of hours, then each ticket, as many at once as the gateway asks. Returns
    how many requests it took, as the other ways do.
    """
    connection = redmine.connection
    with requests.Session() as session, ThreadPoolExecutor(connection.parallel) as pool:
        session.headers["X-Redmine-API-Key"] = connection.key
        session.trust_env = False  # or each request looks for proxies

        def get(path: str, **parameters: str | int) -> Any:
            answer = session.get(connection.url + path, params=parameters, timeout=30)
            answer.raise_for_status()
            return answer.json()

        def read(number: int) -> Any:
            return get(f"/issues/{number}.json", include="journals,relations")

        order: Parameters = {"status_id": "*", "sort": "updated_on,id", "include": "relations"}
        lists = list(_pages(get, "/issues.json", **order))
        hours = sum(1 for _ in _pages(get, "/time_entries.json"))
        numbers = [row["id"] for page in lists for row in page["issues"]]
        for _ in pool.map(read, numbers):
            pass
        return len(lists) + hours + len(numbers)


def our_pull(redmine: BusyRedmine) -> int:
    """A first pull into an empty mirror."""
    with empty_mirror() as mirror, RedmineGateway(redmine.connection) as gateway:
        scope = scope_of(redmine.configuration, mirror, gateway)
        pull(gateway, mirror, scope, as_of=datetime.now(UTC))
        return gateway.requests_made.reads


def python_redmine(redmine: BusyRedmine) -> int:
    """As python-redmine's manual has it: list the tickets, then ask each for its journals."""
    answers: list[int] = []

    def count(answer: requests.Response, **_: Any) -> None:
        answers.append(answer.status_code)

    library = PythonRedmine(
        redmine.server.url, key=redmine.key, requests={"hooks": {"response": [count]}}
    )
    for issue in library.issue.filter(status_id="*"):
        for journal in issue.journals:
            _ = journal.created_on
    return len(answers)


@contextmanager
def empty_mirror() -> Iterator[Mirror]:
    """A mirror in a folder that goes with it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Mirror.open(f"sqlite:///{Path(folder) / 'mirror.db'}") as mirror,
    ):
        yield mirror


def _pages(get: Callable[..., Any], path: str, **parameters: str | int) -> Iterator[Any]:
    offset, total = 0, 1
    while offset < total:
        page = get(path, limit=PAGE, offset=offset, **parameters)
        yield page
        offset, total = offset + PAGE, page["total_count"]
