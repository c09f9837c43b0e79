"""Questions asked in every run do not read the whole mirror."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from redmine_sla.mirror import Mirror

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
