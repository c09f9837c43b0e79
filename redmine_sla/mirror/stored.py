"""Rows of the API as rows of tables: the text as it came, and the little that is searched by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from redmine_sla.mirror.held import Arrival, Row
from redmine_sla.mirror.json_text import dumped
from redmine_sla.ticket.reading import outline_from_row, time_entry_from_row


def stored_ticket(arrival: Arrival, held: Any, at: datetime) -> dict[str, Any]:
    """A ticket for the table; pending if it differs from the row that is `held`, if any."""
    outline = outline_from_row(arrival.row)
    row = dict(arrival.row)
    journals = row.pop("journals", None)
    body = dumped(row)
    history = None if journals is None else dumped(journals)
    same = held is not None and held.body == body and held.journals == history
    return {
        "id": outline.id,
        "project": outline.project,
        "created": outline.created,
        "updated": outline.updated,
        "closed": outline.closed,
        "body": body,
        "journals": history,
        "seen_at": at,
        "read_at": at if arrival.read else None,
        "stale": not arrival.settled,
        "pending": held.pending if same else True,
    }


def stored_time_entry(row: Row) -> dict[str, Any]:
    """A time entry for the table."""
    entry = time_entry_from_row(row)
    return {
        "id": entry.id,
        "project": entry.project.id,
        "ticket": entry.ticket,
        "spent_on": entry.spent_on,
        "body": dumped(row),
    }
