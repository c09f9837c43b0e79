"""What the mirror says about itself: what it holds of a ticket, what is gone, how far it got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A ticket's row on its way into the mirror.

    `row` carries `journals` where its history is known. `read` tells whether the ticket was read
    by itself or only came in a list; `settled` whether it can change again within the second of
    its `updated_on`: an unsettled one is read again by the next pull.
    """

    row: Row
    read: bool
    settled: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What a pull must know of a ticket that is already there."""

    id: int
    project: int
    created: datetime
    updated: datetime
    closed: bool
    has_history: bool
    stale: bool


class Gone(StrEnum):
    """Why a ticket is no longer among the watched ones."""

    DELETED = "deleted"
    MOVED = "moved"  # to a project that is not watched
    FORBIDDEN = "forbidden"  # out of the key's sight: made private, or moved there
    ARCHIVED = "archived"  # its whole project is out of sight: archived, or the key was put out


@dataclass(frozen=True, slots=True)
class Departure:
    """A ticket that left, and where it was (for a moved one: where it is now)."""

    ticket: int
    kind: Gone
    project: int


@dataclass(frozen=True, slots=True)
class Cursor:
    """Everything changed before `at` is in the mirror; all of it once, if `complete`."""

    at: datetime
    complete: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose eyes the mirror looks with: another user of the same Redmine sees other rows."""

    server: str
    user: int
