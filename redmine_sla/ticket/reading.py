"""From the JSON rows of Redmine's REST API to tickets, time entries and words.

Pure, and the only place that knows the names of Redmine's keys. What a plugin adds is passed
over; what Redmine itself promises and does not keep is a `ReadingError` naming object and key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from redmine_sla.errors import ExitCode, SlaError
from redmine_sla.ticket.row_values import (
    NonsenseError,
    Row,
    date_of,
    hours_of,
    number_of,
    objects_of,
    optional,
    parse_time,
    ref_of,
    required,
    text_of,
    time_of,
)
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

__all__ = [
    "NOBODY",
    "Outline",
    "ReadingError",
    "Row",
    "outline_from_row",
    "parse_time",
    "ticket_from_row",
    "time_entry_from_row",
]

NOBODY = Ref(0, "#0")
"""Stands for an author whom Redmine no longer knows, not even as a number."""


class ReadingError(SlaError):
    """A row that is not what Redmine's API documents: names the object, the key and the value."""

    exit_code = ExitCode.REDMINE


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
            id=number_of(row, "id"),
            project=ref_of(row, "project").id,
            status=ref_of(row, "status").id,
            closed=row["status"].get("is_closed") is True,
            created=time_of(row, "created_on"),
            updated=time_of(row, "updated_on"),
        )
    except NonsenseError as error:
        _refuse("ticket", row, error)


def ticket_from_row(row: Row, time_entries: Iterable[TimeEntry] = ()) -> Ticket:
    """A ticket from `/issues/ID.json` (with history) or from a list (`journals` is `None`).

    Raises `ReadingError`.
    """
    try:
        return Ticket(
            id=number_of(row, "id"),
            project=ref_of(row, "project"),
            tracker=ref_of(row, "tracker"),
            status=ref_of(row, "status"),
            priority=ref_of(row, "priority"),
            author=optional(ref_of, row, "author") or NOBODY,
            subject=text_of(row, "subject"),
            description=text_of(row, "description"),
            created=time_of(row, "created_on"),
            updated=time_of(row, "updated_on"),
            category=optional(ref_of, row, "category"),
            assignee=optional(ref_of, row, "assigned_to"),
            version=optional(ref_of, row, "fixed_version"),
            parent=_parent(row),
            start_date=optional(date_of, row, "start_date"),
            due_date=optional(date_of, row, "due_date"),
            estimated_hours=optional(hours_of, row, "estimated_hours"),
            private=row.get("is_private") is True,
            fields=_fields(row),
            relations=_relations(row),
            journals=_journals(row),
            time_entries=tuple(time_entries),
        )
    except NonsenseError as error:
        _refuse("ticket", row, error)


def time_entry_from_row(row: Row) -> TimeEntry:
    """A time entry from `/time_entries.json`. Raises `ReadingError`."""
    try:
        issue = row.get("issue")
        return TimeEntry(
            id=number_of(row, "id"),
            project=ref_of(row, "project"),
            user=optional(ref_of, row, "user") or NOBODY,
            activity=optional(ref_of, row, "activity") or NOBODY,
            spent_on=date_of(row, "spent_on"),
            hours=hours_of(row, "hours"),
            created=time_of(row, "created_on"),
            updated=time_of(row, "updated_on"),
            ticket=None if issue is None else ref_of(row, "issue").id,
            comment=text_of(row, "comments"),
            fields=_fields(row),
        )
    except NonsenseError as error:
        _refuse("time entry", row, error)


def _refuse(kind: str, row: Row, error: NonsenseError) -> NoReturn:
    raise ReadingError(
        f"{kind} #{row.get('id', '?')}: `{error.key}` {error.problem}",
        hint="look at it in Redmine; if a plugin or a proxy changes the API's answers, report it",
    ) from None


def _parent(row: Row) -> int | None:
    parent = optional(ref_of, row, "parent")
    return parent.id if parent else None


def _fields(row: Row) -> dict[int, FieldValue]:
    return {
        number_of(entry, "id"): _field_value(entry.get("value"))
        for entry in objects_of(row, "custom_fields")
    }


def _field_value(value: object) -> FieldValue:
    if isinstance(value, (list, tuple)):
        return tuple(str(part) for part in value)
    return None if value is None else str(value)


def _relations(row: Row) -> tuple[Relation, ...]:
    return tuple(
        Relation(number_of(entry, "issue_id"), number_of(entry, "issue_to_id"), RelationKind(kind))
        for entry in objects_of(row, "relations")
        if (kind := entry.get("relation_type")) in _RELATION_KINDS
    )


def _journals(row: Row) -> tuple[Journal, ...] | None:
    if row.get("journals") is None:
        return None
    journals = []
    for position, entry in enumerate(objects_of(row, "journals")):
        try:
            journals.append(_journal(entry))
        except NonsenseError as error:
            raise error.inside(f"journals[{position}]") from None
    journals.sort(key=lambda journal: (journal.at, journal.id))
    return tuple(journals)


def _journal(row: Row) -> Journal:
    return Journal(
        id=number_of(row, "id"),
        author=optional(ref_of, row, "user") or NOBODY,
        at=time_of(row, "created_on"),
        note=text_of(row, "notes"),
        private=row.get("private_notes") is True,
        details=tuple(
            Detail(
                kind=DetailKind(kind),
                name=str(required(entry, "name")),
                old=_detail_value(entry.get("old_value")),
                new=_detail_value(entry.get("new_value")),
            )
            for entry in objects_of(row, "details")
            if (kind := entry.get("property")) in _DETAIL_KINDS
        ),
    )


def _detail_value(value: object) -> str | None:
    return None if value is None else str(value)


_DETAIL_KINDS = frozenset(DetailKind)
_RELATION_KINDS = frozenset(RelationKind)
