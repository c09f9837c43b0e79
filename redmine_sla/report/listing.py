"""A listing: a table of a report before it is shown on a terminal, as CSV, JSON or HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import IntEnum, StrEnum


class Kind(StrEnum):
    """What a column's values are, and so how they are written."""

    TEXT = "text"
    NAME = "name"  # a name of the contract's: `work_start`
    TICKET = "ticket"
    NUMBER = "number"
    SHARE = "share"  # of 1, exact
    HOURS = "hours"  # hours of work, as booked
    DURATION = "duration"
    MOMENT = "moment"


class Room(IntEnum):
    """How much room a column needs to be shown."""

    TERMINAL = 1  # it is always shown
    PAGE = 2
    FILE = 3


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is its name for programs; `missing` is what people read where there is no value."""

    key: str
    title: str
    kind: Kind = Kind.TEXT
    room: Room = Room.TERMINAL
    missing: str = ""


Value = str | int | Decimal | timedelta | datetime | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One value and the tickets behind it."""

    value: Value
    tickets: tuple[int, ...] = ()


Row = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A table with a name for programs and a title for people; `nothing` is said where it is empty.

    A ticket's own number is a value of `Kind.TICKET`, with itself behind it.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    nothing: str = "None."

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.key}: {len(row)} values under {len(self.columns)} columns")

    def within(self, room: Room) -> Listing:
        """What can be shown there, without the columns that say nothing in any row."""
        kept = [
            at
            for at, column in enumerate(self.columns)
            if column.room <= room and any(row[at].value not in (None, "") for row in self.rows)
        ]
        return Listing(
            self.key,
            self.title,
            tuple(self.columns[at] for at in kept),
            tuple(tuple(row[at] for at in kept) for row in self.rows),
            self.nothing,
        )


def counted(tickets: tuple[int, ...]) -> Entry:
    """The number of these tickets."""
    return Entry(len(tickets), tickets)


def numbered(ticket: int) -> Entry:
    """A ticket's own number."""
    return Entry(ticket, (ticket,))


def plain(value: Value) -> Entry:
    return Entry(value)
