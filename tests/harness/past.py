"""A ticket's past in a compact notation.

    ticket("Printer prints blanks", by="anna", at="2026-03-02 09:12", tracker="Bug") \\
        .step("09:40", "eva", status="In Progress") \\
        .note("10:05", "eva", "Looking at it") \\
        .private("10:06", "eva", "Third time this month") \\
        .step("+1d 08:30", "anna", "Works again", status="Closed")

Each line is one thing a person did: when, who, what. Times are local to the desk's zone and go
forward; a time alone is on the day of the line before, `+1d` the day after, and a full date starts
anew. Names are Redmine's own: of statuses, trackers, priorities, categories, logins of people.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Self, TypedDict, Unpack
from zoneinfo import ZoneInfo

_TIME = re.compile(r"(?:\+(?P<days>\d+)d )?(?P<time>\d{1,2}:\d{2}(?::\d{2})?)")

Event = dict[str, Any]


class Given(TypedDict, total=False):
    """What a ticket has besides its subject. None empties, where Redmine allows it."""

    status: str
    priority: str
    tracker: str
    category: str | None
    assigned_to: str | None  # a login, or the name of a group
    project: str  # identifier
    version: str | None
    description: str
    start_date: date | None
    due_date: date | None
    estimated_hours: float | None
    done_ratio: int
    parent: str | None  # the reference of another ticket
    is_private: bool
    fields: dict[str, Any]  # custom fields by name; a list for several values


class Changes(Given, total=False):
    """What one save of a ticket can change."""

    subject: str


@dataclass
class Past:
    """One ticket and what happened to it, in the order it happened."""

    reference: str
    zone: ZoneInfo
    events: list[Event] = field(default_factory=list)
    now: datetime | None = None

    def opened(self, at: str, by: str, subject: str, **given: Unpack[Given]) -> Self:
        return self._add(at, by, "open", given={"subject": subject, **_plain(given)})

    def step(self, at: str, by: str, note: str = "", **changes: Unpack[Changes]) -> Self:
        """One save: any changes, with or without a public note."""
        return self._add(at, by, "change", note=note, given=_plain(changes))

    def note(self, at: str, by: str, text: str) -> Self:
        return self._add(at, by, "change", note=text, given={})

    def private(self, at: str, by: str, text: str, **changes: Unpack[Changes]) -> Self:
        """A private note; Redmine puts changes of the same save into a journal of their own."""
        return self._add(at, by, "change", note=text, private=True, given=_plain(changes))

    def attach(self, at: str, by: str, filename: str, content: bytes, note: str = "") -> Self:
        encoded = base64.b64encode(content).decode()
        attached = [{"filename": filename, "content": encoded}]
        return self._add(at, by, "change", note=note, given={}, attached=attached)

    def relate(self, at: str, by: str, other: str, kind: str = "relates") -> Self:
        """A relation to another ticket, which has to be there by then; moves no `updated_on`."""
        return self._add(at, by, "relate", other=other, kind=kind)

    def unrelate(self, at: str, by: str, other: str) -> Self:
        return self._add(at, by, "unrelate", other=other)

    def edit_note(self, at: str, by: str, text: str) -> Self:
        """Rewrites the last note so far; moves no `updated_on`."""
        return self._add(at, by, "edit_note", note=text)

    def hide_note(self, at: str, by: str) -> Self:
        """Makes the last note so far private; moves no `updated_on`."""
        return self._add(at, by, "hide_note")

    def book(
        self,
        at: str,
        by: str,
        hours: float,
        activity: str = "Development",
        *,
        spent_on: date | None = None,
        comment: str = "",
        fields: dict[str, Any] | None = None,
    ) -> Self:
        """A time entry, spent on the day of booking unless said otherwise."""
        return self._add(
            at,
            by,
            "book",
            hours=hours,
            activity=activity,
            spent_on=spent_on.isoformat() if spent_on else None,
            comment=comment,
            fields=fields or {},
        )

    def rebook(self, at: str, by: str, hours: float) -> Self:
        """Corrects the hours of the last entry booked on this ticket."""
        return self._add(at, by, "rebook", hours=hours)

    def unbook(self, at: str, by: str) -> Self:
        """Deletes the last entry booked on this ticket."""
        return self._add(at, by, "unbook")

    def watch(self, at: str, by: str) -> Self:
        return self._add(at, by, "watch")

    def delete(self, at: str, by: str) -> Self:
        return self._add(at, by, "delete")

    def _add(self, at: str, by: str, do: str, **rest: Any) -> Self:
        self.now = _instant(at, self.now, self.zone, self.reference)
        utc = self.now.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.events.append({"ticket": self.reference, "at": utc, "by": by, "do": do, **rest})
        return self


def _instant(text: str, before: datetime | None, zone: ZoneInfo, ticket: str) -> datetime:
    """The moment `text` names, given the one before it. Raises ValueError naming the ticket."""
    relative = _TIME.fullmatch(text)
    if relative is None:
        naive = _full(text, ticket)
    elif before is None:
        raise ValueError(f"{ticket!r}: the first time needs a date, not only {text!r}")
    else:
        day = before.date() + timedelta(days=int(relative["days"] or 0))
        clock = relative["time"].zfill(8 if relative["time"].count(":") == 2 else 5)
        naive = datetime.fromisoformat(f"{day} {clock}")
    if naive.tzinfo is not None:
        raise ValueError(f"{ticket!r}: {text!r} must be local to {zone}, without an offset")
    moment = naive.replace(tzinfo=zone)
    if moment.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) != naive:
        raise ValueError(f"{ticket!r}: {text!r} does not exist in {zone}: the clocks went forward")
    if before is not None and moment.timestamp() < before.timestamp():
        raise ValueError(f"{ticket!r}: {text!r} is before {before:%Y-%m-%d %H:%M:%S}")
    return moment


def _full(text: str, ticket: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        meant = "10:05, +1d 10:05 or 2026-03-02 10:05"
        raise ValueError(f"{ticket!r}: {text!r} is not a time like {meant}") from None


def _plain(changes: Given) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in changes.items()
    }
