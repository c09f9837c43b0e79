"""Redmine's issue and time entry lists in memory, faithful to what its filters really do.

Times have fractions in the database and none in the API, `>=` is "later than a second before",
and between two pages anything may change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from redmine_sla.connectors.redmine.asking import Parameters

START = datetime(2026, 11, 2, 8, tzinfo=UTC)


@dataclass
class Stored:
    """A row in Redmine's database."""

    id: int
    updated: datetime
    project: int = 1
    spent_on: str = "2026-11-02"

    def shown(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "project": {"id": self.project},
            "updated_on": self.updated.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "spent_on": self.spent_on,
        }


@dataclass
class ChangingList:
    """Answers like `/issues.json` and `/time_entries.json`; `between` runs before each page."""

    rows: dict[int, Stored] = field(default_factory=dict)
    between: Callable[[int], None] = lambda _page: None
    asked: list[Mapping[str, Any]] = field(default_factory=list)
    ignored_filters: frozenset[str] = frozenset()

    def add(self, number: int, after: float, **facts: Any) -> None:
        self.rows[number] = Stored(number, START + timedelta(seconds=after), **facts)

    def touch(self, number: int) -> None:
        """Change a row now, which is later than all other changes."""
        latest = max(row.updated for row in self.rows.values())
        self.rows[number].updated = latest + timedelta(seconds=0.4)

    def ask(self, path: str, parameters: Parameters) -> Mapping[str, Any]:
        self.between(len(self.asked))
        asked: dict[str, list[str]] = {}
        for name, value in parameters:
            asked.setdefault(name, []).append(value)
        self.asked.append(asked)
        found = [row for row in self.rows.values() if self._matches(row, asked)]
        found.sort(key=_order(asked.get("sort", [""])[0]))
        offset = int(asked.get("offset", ["0"])[0])
        limit = min(100, int(asked["limit"][0]))
        key = path.removeprefix("/").removesuffix(".json")
        return {
            key: [row.shown() for row in found[offset : offset + limit]],
            "total_count": len(found),
        }

    def _matches(self, row: Stored, asked: Mapping[str, list[str]]) -> bool:
        for name in asked.get("f[]", []):
            if name in self.ignored_filters:
                continue
            operator, values = asked[f"op[{name}]"][0], asked[f"v[{name}][]"]
            if not _passes(row, name, operator, values):
                return False
        return True


def _passes(row: Stored, name: str, operator: str, values: list[str]) -> bool:
    match name, operator:
        case "status_id", "*":
            passes = True
        case "project_id", "=":
            passes = str(row.project) in values
        case "issue_id", ">=":
            passes = row.id >= int(values[0])
        case "updated_on", ">=":
            passes = row.updated > _moment(values[0]) - timedelta(seconds=1)
        case "updated_on", "><":
            start, end = map(_moment, values)
            passes = start - timedelta(seconds=1) < row.updated <= end
        case "spent_on", ">=":
            passes = row.spent_on >= values[0]
        case "spent_on", "=":
            passes = row.spent_on == values[0]
        case _:
            raise AssertionError(f"Redmine would not know {name} {operator}")
    return passes


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def _order(sort: str) -> Callable[[Stored], tuple[Any, ...]]:
    match sort:
        case "updated_on,id":
            return lambda row: (row.updated, row.id)
        case "spent_on":
            return lambda row: (row.spent_on, row.id)
        case _:
            return lambda row: (row.id,)
