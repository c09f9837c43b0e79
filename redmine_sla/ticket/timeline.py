"""What happened to a ticket, in the order it happened: spans of each attribute, notes, bookings.

Instants are when a thing *happened*: a provider who notes a morning's phone call in the afternoon
fills the "happened at" field, and the journal's own time is kept beside it as `recorded`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from enum import StrEnum

from redmine_sla.ticket.party import Author, Party
from redmine_sla.ticket.ticket import Relation, Ticket

_DAY = timedelta(days=1)


class Attribute(StrEnum):
    """The attributes of a ticket whose history is followed."""

    STATUS = "status"
    PRIORITY = "priority"
    TRACKER = "tracker"
    PROJECT = "project"
    ASSIGNEE = "assignee"
    CATEGORY = "category"
    VERSION = "version"
    DUE_DATE = "due_date"
    ESTIMATE = "estimate"
    PARENT = "parent"
    SUBJECT = "subject"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Span:
    """One value of an attribute over `[start, end)`; `end` is `None` for the present one."""

    value: str | None
    start: datetime
    end: datetime | None
    by: Author
    recorded: datetime


@dataclass(frozen=True, slots=True)
class Track:
    """The values of one attribute, without gaps, oldest first; never empty."""

    spans: tuple[Span, ...]

    @property
    def now(self) -> Span:
        return self.spans[-1]

    @property
    def first(self) -> Span:
        return self.spans[0]

    def span_at(self, instant: datetime) -> Span:
        """The span holding at that instant (before the first one: the first)."""
        for span in reversed(self.spans):
            if span.start <= instant:
                return span
        return self.spans[0]

    def at(self, instant: datetime) -> str | None:
        return self.span_at(instant).value

    def before(self, instant: datetime) -> str | None:
        """The value just before that instant."""
        earlier = (span.value for span in reversed(self.spans) if span.start < instant)
        return next(earlier, self.first.value)

    def set_by_people(self) -> Track:
        """The same track as if the bot had changed nothing: its marks are no evidence.

        What a program opened the ticket with stays: that is how the ticket began.
        """
        kept = [self.first, *(s for s in self.spans[1:] if s.by.party is not Party.BOT)]
        if len(kept) == len(self.spans):
            return self
        ends = [span.start for span in kept[1:]]
        return Track(
            tuple(replace(span, end=end) for span, end in zip(kept, [*ends, None], strict=True))
        )


@dataclass(frozen=True, slots=True)
class Note:
    """A comment on the ticket."""

    at: datetime
    author: Author
    text: str
    public: bool
    recorded: datetime
    journal: int


@dataclass(frozen=True, slots=True)
class Booking:
    """Time booked on the ticket: `at` is when it was booked, `spent_on` the day it was for."""

    at: datetime
    author: Author
    spent_on: date
    hours: Decimal


@dataclass(frozen=True, slots=True)
class AddedFile:
    """A file put on the ticket after it was opened; `removed` is when it was taken off again."""

    at: datetime
    author: Author
    name: str
    recorded: datetime
    removed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the history a person should know: a gap, an impossible instant."""

    what: str
    journal: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A ticket's history, ready to be judged.

    `reported` is when the customer reported it (the creation, or what "happened at" says of it);
    `history_read` is false where Redmine's journals were not read; `remarks` tell what in the
    history does not fit together.
    """

    ticket: Ticket
    opened_by: Author
    reported: datetime
    tracks: Mapping[Attribute, Track]
    fields: Mapping[str, Track]
    notes: tuple[Note, ...] = ()
    bookings: tuple[Booking, ...] = ()
    files: tuple[AddedFile, ...] = ()
    relations: tuple[tuple[datetime, Relation], ...] = ()
    history_read: bool = True
    remarks: tuple[Remark, ...] = ()

    @property
    def number(self) -> int:
        return self.ticket.id

    def track(self, attribute: Attribute) -> Track:
        return self.tracks[attribute]

    def field(self, name: str | None) -> Track | None:
        """The track of the custom field of that name, if the ticket ever had it."""
        return self.fields.get(name) if name else None

    def as_of(self, instant: datetime) -> Timeline:
        """The timeline as it was known then: whatever was recorded later is left out."""
        later = {journal.id for journal in self.ticket.journals or () if journal.at > instant}
        return replace(
            self,
            tracks={name: _known_at(track, instant) for name, track in self.tracks.items()},
            fields={name: _known_at(track, instant) for name, track in self.fields.items()},
            notes=tuple(note for note in self.notes if note.recorded <= instant),
            bookings=tuple(booking for booking in self.bookings if booking.at <= instant),
            files=tuple(
                file
                if file.removed is None or file.removed <= instant
                else replace(file, removed=None)
                for file in self.files
                if file.recorded <= instant
            ),
            relations=tuple(pair for pair in self.relations if pair[0] <= instant),
            remarks=tuple(remark for remark in self.remarks if remark.journal not in later),
        )

    def happened_by(self, last: date, zone: tzinfo) -> Timeline:
        """What had happened by the end of that local day, whenever it was recorded.

        Together with `as_of` it tells how things stood then, by what is known now. Time booked
        happened on the day it was spent on.
        """
        end = datetime.combine(last + _DAY, time(), zone).astimezone(UTC)
        return replace(
            self,
            tracks={name: _happened_before(track, end) for name, track in self.tracks.items()},
            fields={name: _happened_before(track, end) for name, track in self.fields.items()},
            notes=tuple(note for note in self.notes if note.at < end),
            bookings=tuple(booking for booking in self.bookings if booking.spent_on <= last),
            files=tuple(
                file if file.removed is None or file.removed < end else replace(file, removed=None)
                for file in self.files
                if file.at < end
            ),
            relations=tuple(pair for pair in self.relations if pair[0] < end),
        )


def _known_at(track: Track, instant: datetime) -> Track:
    if track.now.recorded <= instant:
        return track
    known = [span for span in track.spans if span.recorded <= instant] or [track.first]
    return Track((*known[:-1], replace(known[-1], end=None)))


def _happened_before(track: Track, end: datetime) -> Track:
    if track.now.start < end:
        return track
    happened = [span for span in track.spans if span.start < end] or [track.first]
    return Track((*happened[:-1], replace(happened[-1], end=None)))
