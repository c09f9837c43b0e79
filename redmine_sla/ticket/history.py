"""From a ticket's journals to its timeline.

Redmine tells the present state and the changes, not the beginning. So the state is walked *back*
from the present through the journals, which yields the initial values and shows where the history
does not fit together (a hidden journal, a change made in the database).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from redmine_sla.ticket.happened import HappenedAt
from redmine_sla.ticket.naming import Key, key_of, name_of, shown
from redmine_sla.ticket.party import Author, Parties
from redmine_sla.ticket.relations import relations_of
from redmine_sla.ticket.ticket import (
    Detail,
    DetailKind,
    FieldValue,
    Journal,
    Ref,
    Ticket,
)
from redmine_sla.ticket.timeline import (
    AddedFile,
    Attribute,
    Booking,
    Note,
    Remark,
    Span,
    Timeline,
    Track,
)
from redmine_sla.ticket.vocabulary import Vocabulary

# Redmine changes the first two on a parent without a journal when its subtasks change; it may keep
# the line ends of texts, and the digits of hours, otherwise than it tells them.
_CHANGED_SILENTLY = frozenset(
    {
        Attribute.PRIORITY,
        Attribute.DUE_DATE,
        Attribute.SUBJECT,
        Attribute.DESCRIPTION,
        Attribute.ESTIMATE,
    }
)


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
        steps = [self._step(journal, reported) for journal in self.ticket.journals or ()]
        tracks = {
            key: self._track(key, (initial, reported, opened_by), changes.get(key, {}), steps)
            for key, initial in values.items()
        }
        made = {step.journal.id: step.happened for step in steps}
        return Timeline(
            ticket=self.ticket,
            opened_by=opened_by,
            reported=reported,
            tracks={key: track for key, track in tracks.items() if isinstance(key, Attribute)},
            fields={
                name_of(key, self.words): track
                for key, track in tracks.items()
                if isinstance(key, int)
            },
            notes=tuple(_notes(steps)),
            bookings=self._bookings(),
            files=_files(steps),
            relations=relations_of(self.ticket, made),
            history_read=self.ticket.journals is not None,
            remarks=tuple(self.remarks),
        )

    def _author(self, user: Ref, at: datetime) -> Author:
        """The author, whose side may be a matter of the contract's local day."""
        local = at.astimezone(self.happened_at.timezone)
        return self.parties.author(user, self.ticket.project.id, local)

    def _present(self) -> dict[Key, FieldValue]:
        """The state as Redmine shows it now, in Redmine's raw values."""
        ticket = self.ticket
        present: dict[Key, FieldValue] = {
            Attribute.STATUS: str(ticket.status.id),
            Attribute.PRIORITY: str(ticket.priority.id),
            Attribute.TRACKER: str(ticket.tracker.id),
            Attribute.PROJECT: str(ticket.project.id),
            Attribute.ASSIGNEE: str(ticket.assignee.id) if ticket.assignee else None,
            Attribute.CATEGORY: str(ticket.category.id) if ticket.category else None,
            Attribute.VERSION: str(ticket.version.id) if ticket.version else None,
            Attribute.DUE_DATE: ticket.due_date.isoformat() if ticket.due_date else None,
            Attribute.ESTIMATE: _hours(ticket.estimated_hours),
            Attribute.PARENT: str(ticket.parent) if ticket.parent else None,
            Attribute.SUBJECT: ticket.subject,
            Attribute.DESCRIPTION: ticket.description,
        }
        present |= dict(ticket.fields.items())
        for journal in ticket.journals or ():
            for detail in journal.details:
                if (key := key_of(detail)) is not None:
                    present.setdefault(key, None)
        return present

    def _walk_back(self, values: dict[Key, FieldValue]) -> Mapping[Key, Mapping[int, FieldValue]]:
        """Undo the journals, newest first. Leaves the initial values in `values` and gives each
        attribute's new value by journal."""
        changes: dict[Key, dict[int, FieldValue]] = {}
        for journal in reversed(self.ticket.journals or ()):
            for detail in journal.details:
                key = key_of(detail)
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

    def _remark_gap(self, key: Key, journal: Journal, detail: Detail, found: str | None) -> None:
        if key in _CHANGED_SILENTLY:
            return
        name = name_of(key, self.words)
        self.remarks.append(
            Remark(
                f"{name} was {shown(key, detail.new, self.words)} after journal {journal.id} "
                f"but {shown(key, found, self.words)} before the next: "
                "a change is missing from the history",
                journal.id,
            )
        )

    def _reported(self, opened_by: Author, initial: Mapping[Key, FieldValue]) -> datetime:
        told = self._told_by_field(initial, opened_by)
        if told is None or told > self.ticket.created:
            return self.ticket.created
        return told

    def _told_by_field(self, values: Mapping[Key, FieldValue], author: Author) -> datetime | None:
        known = self.words.field_named(self.happened_at.field or "")
        return self.happened_at.told_by_field(values.get(known.id), author) if known else None

    def _step(self, journal: Journal, reported: datetime) -> _Step:
        author = self._author(journal.author, journal.at)
        set_here = {
            key: detail.new for detail in journal.details if (key := key_of(detail)) is not None
        }
        told = self._told_by_field(set_here, author)
        told = told or self.happened_at.told_by_note(journal.note, author)
        if told is not None and told > journal.at:
            self.remarks.append(
                Remark(f"journal {journal.id} tells of an instant after its own", journal.id)
            )
            told = None
        # Nothing can happen to a ticket before its report.
        return _Step(journal, author, max(told, reported) if told else journal.at)

    def _track(
        self,
        key: Key,
        beginning: tuple[FieldValue, datetime, Author],
        changes: Mapping[int, FieldValue],
        steps: list[_Step],
    ) -> Track:
        initial, reported, opened_by = beginning
        starts = [(shown(key, initial, self.words), reported, opened_by, self.ticket.created)]
        for step in steps:
            if step.journal.id in changes:
                value = shown(key, changes[step.journal.id], self.words)
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

    def _bookings(self) -> tuple[Booking, ...]:
        return tuple(
            Booking(
                entry.created, self._author(entry.user, entry.created), entry.spent_on, entry.hours
            )
            for entry in sorted(
                self.ticket.time_entries, key=lambda entry: (entry.created, entry.id)
            )
        )


def _undone(present: tuple[str, ...], detail: Detail) -> tuple[str, ...]:
    """A field of several values before that detail: Redmine writes one detail for each value."""
    before = tuple(value for value in present if value != detail.new)
    return (*before, detail.old) if detail.old else before


def _hours(hours: Decimal | None) -> str | None:
    return None if hours is None else str(hours)


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


def _files(steps: list[_Step]) -> tuple[AddedFile, ...]:
    """Redmine names a file by its number when it comes and when it goes."""
    found: dict[str, AddedFile] = {}
    for step in steps:
        for detail in step.journal.details:
            if detail.kind is not DetailKind.ATTACHMENT:
                continue
            if detail.new:
                at, recorded = step.happened, step.journal.at
                found[detail.name] = AddedFile(at, step.author, detail.new, recorded)
            elif detail.name in found:
                found[detail.name] = replace(found[detail.name], removed=step.journal.at)
    return tuple(found.values())
