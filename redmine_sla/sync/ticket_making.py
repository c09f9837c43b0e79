"""New tickets of the tool's own, each made exactly once: its key is asked for before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from redmine_sla.plan import CreateTicket, PutOff
from redmine_sla.sync.outcome import Attempt, Result, there_already
from redmine_sla.sync.ports import Row


class TicketDesk(Protocol):
    """What making tickets needs of a Redmine; see `redmine_sla.sync.ports`."""

    def tickets_with(self, field: int, value: str) -> Sequence[Row]: ...

    def create_issue(self, fields: Mapping[str, Any]) -> Row: ...


class TicketMaker:
    """Makes tickets for one run.

    Where Redmine passes over the key, the ticket cannot be found again: no other is made under
    the same conditions in this run, and `put_off` tells the next ones which ticket it was for.
    """

    def __init__(self, redmine: TicketDesk, as_of: datetime) -> None:
        self._redmine = redmine
        self._as_of = as_of
        self._keyless: dict[tuple[int, int, int], str] = {}
        self.put_off: dict[int, PutOff] = {}

    def ticket(self, change: CreateTicket, version: int | None) -> Attempt:
        """`version` is the number of the version named. Raises what Redmine raises."""
        conditions = (change.project, change.tracker, change.key_field)
        if conditions in self._keyless:
            return Attempt(change, Result.WAITING, self._keyless[conditions])
        standing = self._redmine.tickets_with(change.key_field, change.key)
        if standing:
            numbers = [int(row["id"]) for row in standing]
            named = ", ".join(f"#{number}" for number in numbers)
            return there_already(change, numbers[0], named=f" ({named})")
        row = self._redmine.create_issue(attributes_of(change, version))
        number = int(row["id"])
        if not _has(row, change.key_field, change.key):
            return self._without_key(change, version, row)
        passed_over = "; ".join(_passed_over(change, version, row))
        if passed_over:
            message = f"#{number} is made, but without {passed_over}: workflow or rights"
            return Attempt(change, Result.IGNORED, message, number)
        return Attempt(change, Result.APPLIED, number=number)

    def _without_key(self, change: CreateTicket, version: int | None, row: Row) -> Attempt:
        number = int(row["id"])
        others = "".join(f", nor {one}" for one in _passed_over(change, version, row))
        message = (
            f"#{number} is made, but Redmine did not take its mark {change.key}{others}: use field "
            f"{change.key_field} on its tracker in {change.where} and let redmine-sla's user edit "
            "it; the mark is written then"
        )
        conditions = (change.project, change.tracker, change.key_field)
        self._keyless[conditions] = f"#{number} did not take its mark, so no more are made"
        place = f"{row['project']['id']}/{row['tracker']['id']}/{row['status']['id']}"
        self.put_off[number] = PutOff(
            self._as_of, place, {change.key_field: change.key}, None, message
        )
        return Attempt(change, Result.IGNORED, message, number)


def attributes_of(change: CreateTicket, version: int | None) -> dict[str, Any]:
    """The ticket as Redmine's API takes it. A start that is not given is none, not today: Redmine
    refuses a due date before the start."""
    fields = {**change.fields, change.key_field: change.key}
    optional = {
        "status_id": change.status,
        "priority_id": change.priority,
        "due_date": change.due and change.due.isoformat(),
        "assigned_to_id": change.assignee,
        "fixed_version_id": version,
        "watcher_user_ids": list(change.watchers) or None,
    }
    return {
        "project_id": change.project,
        "tracker_id": change.tracker,
        "subject": change.subject,
        "description": change.description,
        "start_date": change.start.isoformat() if change.start else "",
        "custom_fields": [{"id": number, "value": value} for number, value in fields.items()],
    } | {name: value for name, value in optional.items() if value is not None}


def _passed_over(change: CreateTicket, version: int | None, row: Row) -> Iterator[str]:
    """What of the ticket does not stand in `row`. In place of a tracker that the project or the
    tool's user may not use, Redmine takes another without a word (seen in 5.0, 6.0, 6.1)."""
    wanted = {
        "tracker": change.tracker,
        "status": change.status,
        "priority": change.priority,
        "assigned_to": change.assignee,
        "fixed_version": version,
    }
    names = {"assigned_to": "assignee", "fixed_version": "target version"}
    for name, number in wanted.items():
        stands = row.get(name) or {}
        if number is not None and stands.get("id") != number:
            instead = f" ({stands['name']} instead)" if "name" in stands else ""
            yield f"its {names.get(name, name)}{instead}"
    for name, day in (("start_date", change.start), ("due_date", change.due)):
        if day is not None and row.get(name) != day.isoformat():
            yield f"its {name.replace('_', ' ')}"
    watching = {watcher["id"] for watcher in row.get("watchers", ())}
    if "watchers" in row and not watching.issuperset(change.watchers):
        yield "all its watchers"
    for field, value in change.fields.items():
        if not _has(row, field, value):
            yield f"field {field}"


def _has(row: Row, field: int, value: str) -> bool:
    values = {each["id"]: each.get("value") for each in row.get("custom_fields", ())}
    return _plain(values.get(field)) == _plain(value)


def _plain(value: object) -> object:
    return (value or "").replace("\r\n", "\n").strip() if isinstance(value, str | None) else value
