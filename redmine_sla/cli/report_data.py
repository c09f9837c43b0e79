"""A report for programs and spreadsheets: JSON and CSV, with the tickets behind each number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from redmine_sla.cli.output import seconds, utc
from redmine_sla.cli.report_values import Headline, address_of
from redmine_sla.page.addresses import tickets_address
from redmine_sla.press.csv_text import csv_bytes
from redmine_sla.press.sheet import Cell, Sheet
from redmine_sla.report.listing import Kind, Listing, Row, Value


def listing_csv(listing: Listing, redmine: str) -> bytes:
    """The table with all its columns, then the tickets behind each row and where they are."""
    return csv_bytes(
        Sheet(
            listing.key,
            listing.title,
            (*(column.title for column in listing.columns), "Tickets", "Address"),
            tuple(
                (*(entry.value for entry in row), *_behind(row, listing, redmine))
                for row in listing.rows
            ),
        )
    )


def _behind(row: Row, listing: Listing, redmine: str) -> tuple[Cell, Cell]:
    single = [
        entry
        for entry, column in zip(row, listing.columns, strict=True)
        if column.kind is Kind.TICKET
    ]
    if single:
        return single[0].value, address_of(single[0], Kind.TICKET, redmine)
    numbers = sorted({number for entry in row for number in entry.tickets})
    return " ".join(map(str, numbers)), tickets_address(redmine, numbers)


def report_data(head: Headline, listings: Iterable[Listing]) -> dict[str, Any]:
    """The report as JSON-ready data: shares are strings, exact; durations are seconds."""
    period = head.found.period
    return {
        "subject": head.subject,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "timezone": str(period.zone),
        "as_of": utc(head.found.as_of),
        "known": utc(head.found.known),
        "mirror_pulled": utc(head.found.pulled),
        "mirror_holds_from": head.found.held_from.isoformat(),
        **{
            listing.key: [
                {
                    **{
                        column.key: _datum(entry.value)
                        for column, entry in zip(listing.columns, row, strict=True)
                    },
                    "tickets": {
                        column.key: list(entry.tickets)
                        for column, entry in zip(listing.columns, row, strict=True)
                        if entry.tickets and column.kind is not Kind.TICKET
                    },
                }
                for row in listing.rows
            ]
            for listing in listings
        },
    }


def _datum(value: Value) -> Any:
    match value:
        case datetime():
            return utc(value)
        case timedelta():
            return seconds(value)
        case Decimal():
            return str(value)
        case _:
            return value
