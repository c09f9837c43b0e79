"""From the JSON rows of Redmine's REST API to tickets, time entries and words.

Pure, and the only place that knows the names of Redmine's keys. What a plugin adds is passed
over; what Redmine itself promises and does not keep is a `ReadingError` naming object and key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn, TypeVar

from redmine_sla.errors import ExitCode, SlaError
from redmine_sla.ticket.ticket import (
    Detail,
    DetailKind,
    FieldValue,
    Journal,
    Ref,
    Relation,
    RelationKind,
    Ticket,
    TimeEntry,
)

Row = Mapping[str, Any]
Value = TypeVar("Value")

NOBODY = Ref(0, "#0")
"""Stands for an author whom Redmine no longer knows, not even as a number."""


class ReadingError(SlaError):
    """A row that is not what Redmine's API documents: names the object, the key and the value."""

    exit_code = ExitCode.REDMINE


class _Nonsense(Exception):  # noqa: N818 - carries the way from the value up to its row
    def __init__(self, key: str, problem: str) -> None:
        super().__init__(key, problem)
        self.key = key
        self.problem = problem

    def inside(self, place: str) -> _Nonsense:
        return _Nonsense(f"{place}.{self.key}", self.problem)


@dataclass(frozen=True, slots=True)
class Outline:
    """The least that every row of a ticket must tell, from a list or by itself."""

    id: int
    project: int
    status: int
    closed: bool
    created: datetime
    updated: datetime


def outline_from_row(row: Row) -> Outline:
    """The outline of a ticket. Raises `ReadingError`."""
    try:
        return Outline(
            id=_number(row, "id"),
            project=_ref(row, "project").id,
            status=_ref(row, "status").id,
            closed=row["status"].get("is_closed") is True,
            created=_time(row, "created_on"),
            updated=_time(row, "updated_on"),
        )
    except _Nonsense as error:
        _refuse("ticket", row, error)


def ticket_from_row(row: Row, time_entries: Iterable[TimeEntry] = ()) -> Ticket:
    """A ticket from `/issues/ID.json` (with history) or from a list (`journals` is `None`).

    Raises `ReadingError`.
    """
    try:
        return Ticket(
            id=_number(row, "id"),
            project=_ref(row, "project"),
            tracker=_ref(row, "tracker"),
            status=_ref(row, "status"),
            priority=_ref(row, "priority"),
            author=_maybe(_ref, row, "author") or NOBODY,
            subject=_text(row, "subject"),
            description=_text(row, "description"),
            created=_time(row, "created_on"),
            updated=_time(row, "updated_on"),
            category=_maybe(_ref, row, "category"),
            assignee=_maybe(_ref, row, "assigned_to"),
            version=_maybe(_ref, row, "fixed_version"),
            parent=_parent(row),
            start_date=_maybe(_date, row, "start_date"),
            due_date=_maybe(_date, row, "due_date"),
            estimated_hours=_maybe(_hours, row, "estimated_hours"),
            private=row.get("is_private") is True,
            fields=_fields(row),
            relations=_relations(row),
            journals=_journals(row),
            time_entries=tuple(time_entries),
        )
    except _Nonsense as error:
        _refuse("ticket", row, error)


def time_entry_from_row(row: Row) -> TimeEntry:
    """A time entry from `/time_entries.json`. Raises `ReadingError`."""
    try:
        issue = row.get("issue")
        return TimeEntry(
            id=_number(row, "id"),
            project=_ref(row, "project"),
            user=_maybe(_ref, row, "user") or NOBODY,
            activity=_maybe(_ref, row, "activity") or NOBODY,
            spent_on=_date(row, "spent_on"),
            hours=_hours(row, "hours"),
            created=_time(row, "created_on"),
            updated=_time(row, "updated_on"),
            ticket=None if issue is None else _ref(row, "issue").id,
            comment=_text(row, "comments"),
            fields=_fields(row),
        )
    except _Nonsense as error:
        _refuse("time entry", row, error)


def parse_time(text: str) -> datetime:
    """A time of the API, `…Z` or with an offset, in UTC and whole seconds. Raises `ValueError`."""
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(f"{text!r} has no zone")
    if time.tzinfo is not UTC:
        time = time.astimezone(UTC)
    return time.replace(microsecond=0) if time.microsecond else time


def _refuse(kind: str, row: Row, error: _Nonsense) -> NoReturn:
    raise ReadingError(
        f"{kind} #{row.get('id', '?')}: `{error.key}` {error.problem}",
        hint="look at it in Redmine; if a plugin or a proxy changes the API's answers, report it",
    ) from None


def _required(row: Row, key: str) -> Any:
    value = row.get(key)
    if value is None:
        raise _Nonsense(key, "is missing")
    return value


def _maybe(read: Callable[[Row, str], Value], row: Row, key: str) -> Value | None:
    return None if row.get(key) in (None, "") else read(row, key)


def _number(row: Row, key: str) -> int:
    value = _required(row, key)
    if type(value) is not int:
        raise _Nonsense(key, f"is {value!r}, not a number")
    return value


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if type(value) is not str:
        raise _Nonsense(key, f"is {value!r}, not a text")
    return value


def _time(row: Row, key: str) -> datetime:
    value = _required(row, key)
    try:
        return parse_time(value)
    except (TypeError, ValueError):
        raise _Nonsense(key, f"is {value!r}, not a time like 2026-11-21T09:00:00Z") from None


def _date(row: Row, key: str) -> date:
    value = _required(row, key)
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _Nonsense(key, f"is {value!r}, not a date like 2026-11-21") from None


def _hours(row: Row, key: str) -> Decimal:
    value = _required(row, key)
    try:
        hours = Decimal(str(value))
    except InvalidOperation:
        hours = Decimal("NaN")
    if not hours.is_finite() or isinstance(value, bool):
        raise _Nonsense(key, f"is {value!r}, not hours like 0.25")
    return hours


def _ref(row: Row, key: str) -> Ref:
    value = _required(row, key)
    if not (type(value) is dict or isinstance(value, Mapping)) or type(value.get("id")) is not int:
        raise _Nonsense(key, f"is {value!r}, not an object with an id")
    number: int = value["id"]
    return Ref(number, value.get("name") or f"#{number}")


def _parent(row: Row) -> int | None:
    parent = _maybe(_ref, row, "parent")
    return parent.id if parent else None


def _fields(row: Row) -> dict[int, FieldValue]:
    return {
        _number(entry, "id"): _field_value(entry.get("value"))
        for entry in _objects(row, "custom_fields")
    }


def _field_value(value: object) -> FieldValue:
    if isinstance(value, (list, tuple)):
        return tuple(str(part) for part in value)
    return None if value is None else str(value)


def _relations(row: Row) -> tuple[Relation, ...]:
    return tuple(
        Relation(_number(entry, "issue_id"), _number(entry, "issue_to_id"), RelationKind(kind))
        for entry in _objects(row, "relations")
        if (kind := entry.get("relation_type")) in _RELATION_KINDS
    )


def _journals(row: Row) -> tuple[Journal, ...] | None:
    if row.get("journals") is None:
        return None
    journals = []
    for position, entry in enumerate(_objects(row, "journals")):
        try:
            journals.append(_journal(entry))
        except _Nonsense as error:
            raise error.inside(f"journals[{position}]") from None
    journals.sort(key=lambda journal: (journal.at, journal.id))
    return tuple(journals)


def _journal(row: Row) -> Journal:
    return Journal(
        id=_number(row, "id"),
        author=_maybe(_ref, row, "user") or NOBODY,
        at=_time(row, "created_on"),
        note=_text(row, "notes"),
        private=row.get("private_notes") is True,
        details=tuple(
            Detail(
                kind=DetailKind(kind),
                name=str(_required(entry, "name")),
                old=_detail_value(entry.get("old_value")),
                new=_detail_value(entry.get("new_value")),
            )
            for entry in _objects(row, "details")
            if (kind := entry.get("property")) in _DETAIL_KINDS
        ),
    )


def _detail_value(value: object) -> str | None:
    return None if value is None else str(value)


def _objects(row: Row, key: str) -> Iterable[Row]:
    value = row.get(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise _Nonsense(key, f"is {value!r}, not a list of objects")
    for entry in value:
        if not (type(entry) is dict or isinstance(entry, Mapping)):
            raise _Nonsense(key, f"is {value!r}, not a list of objects")
    return value


_DETAIL_KINDS = frozenset(DetailKind)
_RELATION_KINDS = frozenset(RelationKind)
