"""A ticket, its journals and its time entries, as Redmine's REST API gives them.

Nothing is interpreted here: ids stay ids and strings stay strings, only times become aware
datetimes and hours become `Decimal`. `redmine_sla.ticket.timeline` makes history out of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Ref:
    """Something in Redmine that has an id and a name. A deleted one keeps only its id."""

    id: int
    name: str

    def __str__(self) -> str:
        return self.name


class DetailKind(StrEnum):
    """`property` of a journal detail in Redmine's API."""

    ATTRIBUTE = "attr"
    FIELD = "cf"
    ATTACHMENT = "attachment"
    RELATION = "relation"


@dataclass(frozen=True, slots=True)
class Detail:
    """One changed thing in a journal. Values are Redmine's own strings (ids as digits)."""

    kind: DetailKind
    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Journal:
    """One update of a ticket: who, when, an optional note, and what changed."""

    id: int
    author: Ref
    at: datetime
    note: str = ""
    private: bool = False
    details: tuple[Detail, ...] = ()


class RelationKind(StrEnum):
    """`relation_type` of Redmine."""

    RELATES = "relates"
    DUPLICATES = "duplicates"
    DUPLICATED = "duplicated"
    BLOCKS = "blocks"
    BLOCKED = "blocked"
    PRECEDES = "precedes"
    FOLLOWS = "follows"
    COPIED_TO = "copied_to"
    COPIED_FROM = "copied_from"


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation as seen in Redmine: `source` `kind` `target`."""

    source: int
    target: int
    kind: RelationKind


FieldValue = str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One issue with its journals (sorted by time) and time entries.

    `journals` is `None` where they were not read: such a ticket has no history to judge by, and
    every clock that needs one is *unmeasured*.
    """

    id: int
    project: Ref
    tracker: Ref
    status: Ref
    priority: Ref
    author: Ref
    subject: str
    created: datetime
    updated: datetime
    description: str = ""
    category: Ref | None = None
    assignee: Ref | None = None
    version: Ref | None = None
    parent: int | None = None
    start_date: date | None = None
    due_date: date | None = None
    estimated_hours: Decimal | None = None
    private: bool = False
    fields: Mapping[int, FieldValue] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    journals: tuple[Journal, ...] | None = ()
    time_entries: tuple[TimeEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeEntry:
    """Hours booked. Redmine gives them rounded to two decimals: that is the stated basis."""

    id: int
    project: Ref
    user: Ref
    activity: Ref
    spent_on: date
    hours: Decimal
    created: datetime
    updated: datetime
    ticket: int | None = None
    comment: str = ""
    fields: Mapping[int, FieldValue] = field(default_factory=dict)
