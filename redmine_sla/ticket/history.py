"""From a ticket's journals to its timeline.

Redmine tells the present state and the changes, not the beginning. So the state is walked *back*
from the present through the journals, which yields the initial values and shows where the history
does not fit together (a hidden journal, a change made in the database).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType

from redmine_sla.ticket.party import Author, Parties, Party
from redmine_sla.ticket.ticket import (
    Detail,
    DetailKind,
    FieldValue,
    Journal,
    Ref,
    Relation,
    RelationKind,
    Ticket,
)
from redmine_sla.ticket.timeline import (
    Attribute,
    Booking,
    Note,
    Remark,
    Span,
    Timeline,
    Track,
)
from redmine_sla.ticket.vocabulary import Vocabulary

_ATTRIBUTE_OF = MappingProxyType(
    {
        "status_id": Attribute.STATUS,
        "priority_id": Attribute.PRIORITY,
        "tracker_id": Attribute.TRACKER,
        "project_id": Attribute.PROJECT,
        "assigned_to_id": Attribute.ASSIGNEE,
        "category_id": Attribute.CATEGORY,
        "fixed_version_id": Attribute.VERSION,
        "due_date": Attribute.DUE_DATE,
        "parent_id": Attribute.PARENT,
    }
)
# Redmine changes these on a parent without a journal when its subtasks change.
_CHANGED_SILENTLY = frozenset({Attribute.PRIORITY, Attribute.DUE_DATE})


@dataclass(frozen=True, slots=True)
class HappenedAt:
    """How people tell when a thing really happened.

    `field` is the custom field's name; `phrase`, if given, is the text in a provider's note before
    the instant (`"happened at"` reads `happened at 2026-03-02 08:30`). Instants without an offset
    are in `timezone`.
    """

    field: str | None = None
    phrase: str | None = None
    timezone: tzinfo = UTC


@dataclass(frozen=True, slots=True)
class _Step:
    """One journal with the instants and the author made out."""

    journal: Journal
    author: Author
    happened: datetime


def timeline_of(
    ticket: Ticket,
    vocabulary: Vocabulary,
    parties: Parties,
    happened_at: HappenedAt | None = None,
) -> Timeline:
    """Build the timeline of a ticket. Never raises on odd history: it remarks on it."""
    happened_at = happened_at or HappenedAt()
    return _Historian(ticket, vocabulary, parties, happened_at).timeline()


def read_instant(text: str | None, timezone: tzinfo) -> datetime | None:
    """An instant as people write it into a text field: ISO 8601, date and time, offset optional.

    `None` where there is no time of day: a date alone is no instant.
    """
    if not text or not re.search(r"\d[T ]\d{1,2}:\d{2}", text):
        return None
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=timezone)
    return instant.astimezone(UTC)


class _Historian:
    """Holds what the parts of one timeline have in common while it is built."""

    def __init__(
        self, ticket: Ticket, vocabulary: Vocabulary, parties: Parties, happened_at: HappenedAt
    ) -> None:
        self.ticket = ticket
        self.words = vocabulary
        self.parties = parties
        self.happened_at = happened_at
        self.remarks: list[Remark] = []

    def timeline(self) -> Timeline:
        opened_by = self._author(self.ticket.author, self.ticket.created)
        values = self._present()
        changes = self._walk_back(values)
        reported = self._reported(opened_by, values)
        steps = [self._step(journal) for journal in self.ticket.journals or ()]
        tracks = {
            key: self._track(key, (initial, reported, opened_by), changes.get(key, {}), steps)
            for key, initial in values.items()
        }
        return Timeline(
            ticket=self.ticket,
            opened_by=opened_by,
            reported=reported,
            tracks={key: track for key, track in tracks.items() if isinstance(key, Attribute)},
            fields={
                self._field_name(key): track
                for key, track in tracks.items()
                if isinstance(key, int)
            },
            notes=tuple(_notes(steps)),
            bookings=self._bookings(),
            relations=self._relations(steps),
            history_read=self.ticket.journals is not None,
            remarks=tuple(self.remarks),
        )

    def _author(self, user: Ref, at: datetime) -> Author:
        return self.parties.author(user, self.ticket.project.id, at)

    def _present(self) -> dict[Attribute | int, FieldValue]:
        """The state as Redmine shows it now, in Redmine's raw values."""
        ticket = self.ticket
        present: dict[Attribute | int, FieldValue] = {
            Attribute.STATUS: str(ticket.status.id),
            Attribute.PRIORITY: str(ticket.priority.id),
            Attribute.TRACKER: str(ticket.tracker.id),
            Attribute.PROJECT: str(ticket.project.id),
            Attribute.ASSIGNEE: str(ticket.assignee.id) if ticket.assignee else None,
            Attribute.CATEGORY: str(ticket.category.id) if ticket.category else None,
            Attribute.VERSION: str(ticket.version.id) if ticket.version else None,
            Attribute.DUE_DATE: ticket.due_date.isoformat() if ticket.due_date else None,
            Attribute.PARENT: str(ticket.parent) if ticket.parent else None,
        }
        present |= dict(ticket.fields.items())
        for journal in ticket.journals or ():
            for detail in journal.details:
                if (key := _key(detail)) is not None:
                    present.setdefault(key, None)
        return present

    def _walk_back(
        self, values: dict[Attribute | int, FieldValue]
    ) -> Mapping[Attribute | int, Mapping[int, FieldValue]]:
        """Undo the journals, newest first. Leaves the initial values in `values` and gives each
        attribute's new value by journal."""
        changes: dict[Attribute | int, dict[int, FieldValue]] = {}
        for journal in reversed(self.ticket.journals or ()):
            for detail in journal.details:
                key = _key(detail)
                if key is None:
                    continue
                present = values[key]
                changes.setdefault(key, {}).setdefault(journal.id, present)
                if isinstance(present, tuple):
                    values[key] = _undone(present, detail)
                    continue
                if (detail.new or None) != (present or None):
                    self._remark_gap(key, journal, detail, present)
                    changes[key][journal.id] = detail.new
                values[key] = detail.old
        return changes

    def _remark_gap(
        self, key: Attribute | int, journal: Journal, detail: Detail, found: str | None
    ) -> None:
        if key in _CHANGED_SILENTLY:
            return
        name = str(key) if isinstance(key, Attribute) else self._field_name(key)
        self.remarks.append(
            Remark(
                f"{name} was {self._shown(key, detail.new)} after journal {journal.id} but "
                f"{self._shown(key, found)} before the next: a change is missing from the history",
                journal.id,
            )
        )

    def _reported(
        self, opened_by: Author, initial: Mapping[Attribute | int, FieldValue]
    ) -> datetime:
        told = self._told_by_field(initial, opened_by)
        if told is None or told > self.ticket.created:
            return self.ticket.created
        return told

    def _told_by_field(
        self, values: Mapping[Attribute | int, FieldValue], author: Author
    ) -> datetime | None:
        known = self.words.field_named(self.happened_at.field or "")
        value = values.get(known.id) if known else None
        if author.party is Party.CUSTOMER or not isinstance(value, str):
            return None
        return read_instant(value, self.happened_at.timezone)

    def _step(self, journal: Journal) -> _Step:
        author = self._author(journal.author, journal.at)
        set_here = {
            key: detail.new for detail in journal.details if (key := _key(detail)) is not None
        }
        told = self._told_by_field(set_here, author) or self._told_by_phrase(journal, author)
        if told is not None and told > journal.at:
            self.remarks.append(
                Remark(f"journal {journal.id} tells of an instant after its own", journal.id)
            )
            told = None
        return _Step(journal, author, told or journal.at)

    def _told_by_phrase(self, journal: Journal, author: Author) -> datetime | None:
        if not self.happened_at.phrase or author.party is not Party.PROVIDER:
            return None
        match = re.search(
            re.escape(self.happened_at.phrase) + r"\s*:?\s*(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}\S*)",
            journal.note,
            re.IGNORECASE,
        )
        return read_instant(match[1].rstrip(".,;)"), self.happened_at.timezone) if match else None

    def _track(
        self,
        key: Attribute | int,
        beginning: tuple[FieldValue, datetime, Author],
        changes: Mapping[int, FieldValue],
        steps: list[_Step],
    ) -> Track:
        initial, reported, opened_by = beginning
        starts = [(self._shown(key, initial), reported, opened_by, self.ticket.created)]
        for step in steps:
            if step.journal.id in changes:
                value = self._shown(key, changes[step.journal.id])
                # A change cannot happen before the state it changes.
                at = max(step.happened, starts[-1][1])
                starts.append((value, at, step.author, step.journal.at))
        ends = [start[1] for start in starts[1:]]
        return Track(
            tuple(
                Span(value, at, end, author, recorded)
                for (value, at, author, recorded), end in zip(starts, [*ends, None], strict=True)
            )
        )

    def _shown(self, key: Attribute | int, value: FieldValue) -> str | None:
        """A raw value as people know it; what no longer exists keeps its number."""
        if value is None or value in ("", ()):
            return None
        if isinstance(key, int):
            known = self.words.fields.get(key)
            parts = value if isinstance(value, tuple) else (value,)
            return ", ".join(known.label(part) if known else part for part in parts)
        text = str(value)
        names: Mapping[int, str] = {
            Attribute.PRIORITY: self.words.priorities,
            Attribute.TRACKER: self.words.trackers,
            Attribute.ASSIGNEE: self.words.users,
            Attribute.CATEGORY: self.words.categories,
            Attribute.VERSION: self.words.versions,
        }.get(key, {})
        if key is Attribute.STATUS:
            return self.words.status_name(int(text))
        if key is Attribute.PROJECT:
            project = self.words.projects.get(int(text))
            return project.identifier if project else f"#{text}"
        if key in (Attribute.DUE_DATE, Attribute.PARENT):
            return text
        return names.get(int(text), f"#{text}")

    def _field_name(self, field: int) -> str:
        known = self.words.fields.get(field)
        return known.name if known else f"#{field}"

    def _bookings(self) -> tuple[Booking, ...]:
        return tuple(
            Booking(
                entry.created, self._author(entry.user, entry.created), entry.spent_on, entry.hours
            )
            for entry in sorted(
                self.ticket.time_entries, key=lambda entry: (entry.created, entry.id)
            )
        )

    def _relations(self, steps: list[_Step]) -> tuple[tuple[datetime, Relation], ...]:
        """Each present relation with the instant it was made (the creation where none is told)."""
        made: dict[tuple[str, str], datetime] = {}
        for step in steps:
            for detail in step.journal.details:
                if detail.kind is DetailKind.RELATION and detail.new:
                    made[detail.name, detail.new] = step.happened
        return tuple(
            (made.get(_seen_from(relation, self.ticket.id), self.ticket.created), relation)
            for relation in self.ticket.relations
        )


def _key(detail: Detail) -> Attribute | int | None:
    if detail.kind is DetailKind.FIELD:
        return int(detail.name)
    if detail.kind is DetailKind.ATTRIBUTE:
        return _ATTRIBUTE_OF.get(detail.name)
    return None


def _undone(present: tuple[str, ...], detail: Detail) -> tuple[str, ...]:
    """A field of several values before that detail: Redmine writes one detail for each value."""
    before = tuple(value for value in present if value != detail.new)
    return (*before, detail.old) if detail.old else before


def _notes(steps: list[_Step]) -> Iterator[Note]:
    for step in steps:
        if step.journal.note.strip():
            yield Note(
                step.happened,
                step.author,
                step.journal.note,
                not step.journal.private,
                step.journal.at,
                step.journal.id,
            )


_REVERSED = MappingProxyType(
    {
        RelationKind.DUPLICATES: RelationKind.DUPLICATED,
        RelationKind.BLOCKS: RelationKind.BLOCKED,
        RelationKind.PRECEDES: RelationKind.FOLLOWS,
        RelationKind.COPIED_TO: RelationKind.COPIED_FROM,
        RelationKind.RELATES: RelationKind.RELATES,
    }
)


def _seen_from(relation: Relation, ticket: int) -> tuple[str, str]:
    """The relation as this ticket's journal writes it: its kind from here, the other's number."""
    if relation.source == ticket:
        return relation.kind.value, str(relation.target)
    return _REVERSED.get(relation.kind, relation.kind).value, str(relation.source)
