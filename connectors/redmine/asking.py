"""A question to one of Redmine's lists, and the proof that the answer is what was asked.

Redmine answers an unknown filter, or one its administrator switched off, with *all* rows and
success. So every row is held against the question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from redmine_sla.sync.failures import Exchange, WrongAnswer
from redmine_sla.sync.ports import Row

Parameters = Sequence[tuple[str, str]]
Ask = Callable[[str, Parameters], Mapping[str, Any]]

PAGE = 100  # Redmine gives no more, whatever is asked
PROJECTS_AT_ONCE = 100  # keeps the address under the 8 KB that proxies allow


@dataclass(frozen=True, slots=True)
class Filter:
    """One of Redmine's query filters, in its own words: `Filter("status_id", "*")`."""

    name: str
    operator: str
    values: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list, and how many there are in all."""

    rows: Sequence[Row]
    total: int


@dataclass(frozen=True, slots=True)
class Question:
    """A list and what is wanted of it. `projects=None` is all that the key can see."""

    path: str
    key: str  # under which the rows stand
    filters: tuple[Filter, ...] = ()
    projects: tuple[int, ...] | None = None
    sort: str = ""
    include: str = ""

    def where(self, *filters: Filter, sort: str = "") -> Question:
        """The same question, narrower."""
        return replace(self, filters=(*self.filters, *filters), sort=sort or self.sort)

    def parts(self, projects: Sequence[int] | None) -> list[Question]:
        """This question about those projects, in as many requests as the address can hold."""
        if projects is None:
            return [self]
        wanted = sorted(set(projects))
        return [
            replace(self, projects=tuple(wanted[start : start + PROJECTS_AT_ONCE]))
            for start in range(0, len(wanted), PROJECTS_AT_ONCE)
        ]

    def ask(self, ask: Ask, *, offset: int = 0, limit: int = PAGE) -> Page:
        """One page. Raises `WrongAnswer` for rows that were not asked for."""
        answer = ask(self.path, self._parameters(offset, limit))
        rows = rows_of(answer, self.key, self.path)
        if self.projects is not None:
            self._only_of_these(rows)
        total = answer.get("total_count", len(rows))
        return Page(rows, int(total))

    def wrong(self, what: str, *, hint: str = "") -> WrongAnswer:
        return WrongAnswer(what, exchange=Exchange("GET", self.path), hint=hint)

    def _parameters(self, offset: int, limit: int) -> Parameters:
        filters = list(self.filters)
        if self.projects is not None:
            filters.append(Filter("project_id", "=", tuple(map(str, self.projects))))
        parameters = [("limit", str(limit))]
        if offset:
            parameters.append(("offset", str(offset)))
        if self.sort:
            parameters.append(("sort", self.sort))
        if self.include:
            parameters.append(("include", self.include))
        for wanted in filters:
            parameters.append(("f[]", wanted.name))
            parameters.append((f"op[{wanted.name}]", wanted.operator))
            parameters.extend((f"v[{wanted.name}][]", value) for value in wanted.values)
        return parameters

    def _only_of_these(self, rows: Sequence[Row]) -> None:
        wanted = set(self.projects or ())
        for row in rows:
            project = row.get("project", {}).get("id")
            if project not in wanted:
                raise self.wrong(
                    f"asked for {len(wanted)} projects, got {row['id']} of project {project}",
                    hint="a plugin or proxy drops the filter project_id; nothing was taken over",
                )


def rows_of(answer: Mapping[str, Any], key: str, path: str) -> Sequence[Row]:
    """The rows under `key`, each an object with an id. Raises `WrongAnswer`."""
    rows = answer.get(key)
    if not isinstance(rows, list) or not all(isinstance(r, dict) and "id" in r for r in rows):
        raise WrongAnswer(
            f'answered without a list of "{key}" (but with {", ".join(answer) or "nothing"})',
            exchange=Exchange("GET", path),
            hint="is url Redmine's own address?",
        )
    return rows


def object_of(answer: Mapping[str, Any], key: str, path: str) -> Row:
    """The object under `key`. Raises `WrongAnswer`."""
    found = answer.get(key)
    if not isinstance(found, dict):
        raise WrongAnswer(
            f'answered without "{key}" (but with {", ".join(answer) or "nothing"})',
            exchange=Exchange("GET", path),
            hint="is url Redmine's own address?",
        )
    return found


def instant(text: str) -> datetime:
    """A time as Redmine writes it, with `Z` or an offset, in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def stamp(moment: datetime) -> str:
    """A time as Redmine's filters take it: whole seconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
