"""Questions asked in every run do not read the whole mirror."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from redmine_sla.mirror import Arrival, Mirror
from tests.mirror.rows import issue, journal, with_history

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with Mirror.open(f"sqlite:///{tmp_path}/mirror.db") as opened:
        yield opened


@pytest.mark.parametrize("projects", [None, [1, 2]])
def test_each_question_of_a_run_has_its_index(mirror: Mirror, projects: list[int] | None) -> None:
    plans: list[str] = []
    asked: list[tuple[str, object]] = []

    @event.listens_for(mirror._engine, "before_cursor_execute")
    def note(*execution: object) -> None:
        asked.append((str(execution[2]), execution[3]))

    with mirror.reading() as view:
        view.to_read(projects, NOW)
        view.held_since(projects, NOW, 100)
        view.pending()
        view.open_numbers(projects)
        view.count_by_project(projects)
        view.held([1, 2])
    event.remove(mirror._engine, "before_cursor_execute", note)
    with mirror._engine.connect() as connection:
        for statement, values in asked:
            explained = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[arg-type]
            plans.extend(str(row[-1]) for row in explained)
    whole = [plan for plan in plans if plan.startswith("SCAN") and "INDEX" not in plan]
    assert not whole


def test_streaming_takes_no_memory_of_its_own_for_more_tickets(mirror: Mirror) -> None:
    """Eight portions hold 16 MB of text; one of them, with its objects, is a fraction of that."""
    for first in range(1, 1601, 100):
        rows = [
            with_history(issue(number, description="x" * 10_000), [journal(number)])
            for number in range(first, first + 100)
        ]
        with mirror.writing() as batch:
            batch.store_tickets([Arrival(row, read=True, settled=True) for row in rows], NOW)
    tracemalloc.start()
    try:
        count = sum(1 for _ in mirror.tickets())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 1600
    assert peak < 8_000_000
