"""Rows as Redmine's API gives them, short to write: only what a test is about is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

Row = dict[str, Any]

MORNING = "2026-11-02T08:00:00Z"
NOON = "2026-11-02T12:00:00Z"


def named(number: int, name: str = "") -> Row:
    return {"id": number, "name": name or f"name {number}"}


def issue(number: int, *, closed: bool = False, project: int = 1, **others: object) -> Row:
    """A row as a list gives it; `journals=[…]` makes it one that was read by itself."""
    return {
        "id": number,
        "project": named(project, f"Project {project}"),
        "tracker": named(1, "Bug"),
        "status": {**(named(5, "Closed") if closed else named(1, "New")), "is_closed": closed},
        "priority": named(2, "Normal"),
        "author": named(7, "Kovács Éva"),
        "subject": f"Ticket {number}",
        "description": "",
        "start_date": None,
        "due_date": None,
        "is_private": False,
        "estimated_hours": None,
        "custom_fields": [],
        "created_on": MORNING,
        "updated_on": NOON,
        "closed_on": None,
        **others,
    }


def journal(number: int, *, at: str = NOON, note: str = "", **others: object) -> Row:
    return {
        "id": number,
        "user": named(8, "Jan Novák"),
        "notes": note,
        "created_on": at,
        "private_notes": False,
        "details": [],
        **others,
    }


def status_change(old: int, new: int) -> Row:
    return {"property": "attr", "name": "status_id", "old_value": str(old), "new_value": str(new)}


def time_entry(
    number: int,
    *,
    ticket: int | None = 1,
    hours: str = "0.25",
    on: str = "2026-11-02",
    project: int = 1,
) -> Row:
    row: Row = {
        "id": number,
        "project": named(project, f"Project {project}"),
        "user": named(8, "Jan Novák"),
        "activity": named(9, "Development"),
        "hours": Decimal(hours),
        "comments": "",
        "spent_on": on,
        "created_on": NOON,
        "updated_on": NOON,
    }
    return row if ticket is None else {**row, "issue": {"id": ticket}}


def with_history(row: Mapping[str, Any], journals: Sequence[Row] = ()) -> Row:
    return {**row, "journals": list(journals)}
