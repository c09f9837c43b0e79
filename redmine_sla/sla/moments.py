"""Finding a contract's triggers on a timeline: when did that happen, and how do we know?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from redmine_sla.contract import EventKind, Trigger
from redmine_sla.language import Saying, marked
from redmine_sla.ticket import Attribute, Author, Party, Span, Timeline, read_instant

_NO_DATE = marked("{field} {value} is not a date with a time")
_TOO_EARLY = marked("{field} {value} is before the promise began")

Accepts = Callable[[Author], bool]
"""Whose acts count."""


def anybody(author: Author) -> bool:
    """A promise can be started by anybody; what the bot writes is no evidence."""
    return author.party is not Party.BOT


def provider_side(author: Author) -> bool:
    """A promise is kept by the provider, or by a third party for it."""
    return author.party in (Party.PROVIDER, Party.THIRD_PARTY)


@dataclass(frozen=True, slots=True)
class Moment:
    """An event found. `at` is `None` where it happened at an instant that nobody recorded."""

    at: datetime | None
    recorded: datetime
    what: str
    by: Author | None = None


@dataclass(frozen=True, slots=True)
class Glossary:
    """What the configuration's role names mean in this Redmine.

    `status_roles` gives the roles of each status name, `field_names` the custom field's name of
    each field role, `field_defaults` its default value, `timezone` the zone of instants people
    type without one.
    """

    status_roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    field_names: Mapping[str, str] = field(default_factory=dict)
    field_defaults: Mapping[str, str] = field(default_factory=dict)
    timezone: tzinfo = UTC

    def roles_of(self, status: str | None) -> frozenset[str]:
        return self.status_roles.get(status or "", frozenset())


@dataclass(frozen=True, slots=True)
class Reach:
    """From when on events count.

    Acts count from `since`; what was set at or after `begun` and still stands then counts at
    `since`. Instants that people write count from `told_from`, if given: before it they are
    unreadable, unless they were written before `since` and so tell of something else.
    """

    since: datetime
    begun: datetime
    told_from: datetime | None = None

    @classmethod
    def start(cls, since: datetime) -> Reach:
        """What starts a promise. A visit may be ordered, an outage end, before it is reported."""
        return cls(since, since)

    @classmethod
    def stop(cls, since: datetime, begun: datetime) -> Reach:
        """What keeps a promise that began at `since`, in the cycle that began at `begun`."""
        return cls(since, begun, since)

    def of(self, span: Span) -> datetime | None:
        """When setting that value counts; `None` if it does not."""
        if span.start < self.begun or (span.end is not None and span.end <= self.since):
            return None
        return max(span.start, self.since)


def first_moment(
    triggers: Iterable[Trigger],
    timeline: Timeline,
    glossary: Glossary,
    *,
    reach: Reach,
    accepts: Accepts,
) -> Moment | None:
    """The first of the triggers within reach; a known instant before an unknown one.

    `received` and `due_date:agreed` are not looked for here: they are worked out by the judge.
    """
    look = _Look(timeline, glossary, reach, accepts)
    found = [moment for trigger in triggers if (moment := look.first(trigger)) is not None]
    return min(found, key=lambda one: (one.at is None, one.at or reach.since), default=None)


@dataclass(frozen=True, slots=True)
class _Look:
    """One look along a timeline."""

    timeline: Timeline
    glossary: Glossary
    reach: Reach
    accepts: Accepts

    def first(self, trigger: Trigger) -> Moment | None:
        found = None
        match trigger.kind:
            case EventKind.NOTE:
                found = self._note(Party(trigger.what))
            case EventKind.STATUS:
                found = self._status(trigger.what)
            case EventKind.FIELD:
                found = self._fields(trigger.what.split("+"))
            case EventKind.TIME:
                found = self._booking()
            case EventKind.DUE_DATE if trigger.what == "proposed":
                found = self._set(Attribute.DUE_DATE, marked("due date {value} set"))
            case EventKind.VERSION:
                found = self._set(Attribute.VERSION, marked("version {value} set"))
        return found

    def _note(self, party: Party) -> Moment | None:
        for note in self.timeline.notes:
            counts = note.public and note.author.party is party and self.accepts(note.author)
            if counts and note.at >= self.reach.since:
                what = Saying("public note by {author}", author=note.author.name)
                return Moment(note.at, note.recorded, what, note.author)
        return None

    def _status(self, role: str) -> Moment | None:
        for span in self.timeline.track(Attribute.STATUS).spans:
            if role in self.glossary.roles_of(span.value) and self.accepts(span.by):
                at = self.reach.of(span)
                if at is not None:
                    what = Saying("status {status}", status=span.value)
                    return Moment(at, span.recorded, what, span.by)
        return None

    def _fields(self, roles: list[str]) -> Moment | None:
        """The last of several fields to be filled in; nothing while one is missing."""
        found = [moment for role in roles if (moment := self._field(role)) is not None]
        if len(found) < len(roles):
            return None
        return max(found, key=lambda one: (one.at is None, one.at or self.reach.since))

    def _field(self, role: str) -> Moment | None:
        name = self.glossary.field_names.get(role)
        track = self.timeline.field(name)
        if name is None or track is None:
            return None
        spans = [span for span in track.spans if _is_filled(span) and self.accepts(span.by)]
        if role.endswith("_at"):
            return self._told(name, spans)
        for span in spans:
            at = self.reach.of(span)
            if at is not None:
                what = Saying("{field} filled in", field=name)
                return Moment(at, span.recorded, what, span.by)
        return None

    def _told(self, name: str, spans: list[Span]) -> Moment | None:
        """The first instant that people wrote and that can be; else what they wrote instead."""
        told_from, unreadable = self.reach.told_from, None
        for span in spans:
            at = read_instant(span.value, self.glossary.timezone)
            written_in_time = span.start >= self.reach.since
            if at is not None and (at >= told_from if told_from else written_in_time):
                what = Saying("{field} {value}", field=name, value=span.value)
                return Moment(at, span.recorded, what, span.by)
            if written_in_time:
                what = Saying(
                    _NO_DATE if at is None else _TOO_EARLY, field=name, value=repr(span.value)
                )
                unreadable = Moment(None, span.recorded, what, span.by)
        return unreadable

    def _booking(self) -> Moment | None:
        for booking in self.timeline.bookings:
            if booking.author.party is Party.PROVIDER and booking.at >= self.reach.since:
                what = Saying(
                    "{hours} h booked by {name} for {day}",
                    hours=booking.hours,
                    name=booking.author.name,
                    day=booking.spent_on,
                )
                return Moment(booking.at, booking.at, what, booking.author)
        return None

    def _set(self, attribute: Attribute, message: str) -> Moment | None:
        for span in self.timeline.track(attribute).spans:
            if span.value and span.by.party is Party.PROVIDER:
                at = self.reach.of(span)
                if at is not None:
                    return Moment(at, span.recorded, Saying(message, value=span.value), span.by)
        return None


def _is_filled(span: Span) -> bool:
    """Redmine keeps a box that is not ticked as `0`."""
    return span.value not in (None, "", "0")
