"""Finding a contract's triggers on a timeline: when did that happen, and how do we know?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from redmine_sla.contract import EventKind, Trigger
from redmine_sla.ticket import Attribute, Author, Party, Span, Timeline, read_instant

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


def first_moment(
    triggers: Iterable[Trigger],
    timeline: Timeline,
    glossary: Glossary,
    *,
    since: datetime,
    accepts: Accepts,
) -> Moment | None:
    """The first of the triggers at or after `since`; a known instant before an unknown one.

    `received` and `due_date:agreed` are not looked for here: they are worked out by the judge.
    """
    found = [
        moment
        for trigger in triggers
        for moment in [_first(trigger, timeline, glossary, since, accepts)]
        if moment is not None
    ]
    return min(found, key=lambda moment: (moment.at is None, moment.at or since), default=None)


def _first(
    trigger: Trigger, timeline: Timeline, glossary: Glossary, since: datetime, accepts: Accepts
) -> Moment | None:
    found = None
    match trigger.kind:
        case EventKind.NOTE:
            found = _note(Party(trigger.what), timeline, since, accepts)
        case EventKind.STATUS:
            found = _status(trigger.what, timeline, glossary, since, accepts)
        case EventKind.FIELD:
            found = _fields(trigger.what.split("+"), timeline, glossary, since, accepts)
        case EventKind.TIME:
            found = _booking(timeline, since)
        case EventKind.DUE_DATE if trigger.what == "proposed":
            found = _set(timeline.track(Attribute.DUE_DATE).spans, "due date", since)
        case EventKind.VERSION:
            found = _set(timeline.track(Attribute.VERSION).spans, "version", since)
    return found


def _note(party: Party, timeline: Timeline, since: datetime, accepts: Accepts) -> Moment | None:
    for note in timeline.notes:
        counts = note.public and note.author.party is party and accepts(note.author)
        if counts and note.at >= since:
            return Moment(note.at, note.recorded, f"public note by {note.author.name}", note.author)
    return None


def _status(
    role: str, timeline: Timeline, glossary: Glossary, since: datetime, accepts: Accepts
) -> Moment | None:
    for span in timeline.track(Attribute.STATUS).spans:
        if role not in glossary.roles_of(span.value) or (
            span.end is not None and span.end <= since
        ):
            continue
        if accepts(span.by):
            return Moment(max(span.start, since), span.recorded, f"status {span.value}", span.by)
    return None


def _fields(
    roles: list[str], timeline: Timeline, glossary: Glossary, since: datetime, accepts: Accepts
) -> Moment | None:
    """The last of several fields to be filled in; nothing while one is missing."""
    moments = [_field(role, timeline, glossary, since, accepts) for role in roles]
    found = [moment for moment in moments if moment is not None]
    if len(found) < len(roles):
        return None
    return max(found, key=lambda moment: (moment.at is None, moment.at or since))


def _field(
    role: str, timeline: Timeline, glossary: Glossary, since: datetime, accepts: Accepts
) -> Moment | None:
    name = glossary.field_names.get(role)
    track = timeline.field(name)
    if name is None or track is None:
        return None
    for span in track.spans:
        if not span.value or not accepts(span.by):
            continue
        if not role.endswith("_at"):
            if span.start >= since:
                return Moment(span.start, span.recorded, f"{name} filled in", span.by)
            continue
        at = read_instant(span.value, glossary.timezone)
        if at is None:
            return Moment(
                None, span.recorded, f"{name} {span.value!r} is no date with a time", span.by
            )
        if at >= since:
            return Moment(at, span.recorded, f"{name} {span.value}", span.by)
    return None


def _booking(timeline: Timeline, since: datetime) -> Moment | None:
    for booking in timeline.bookings:
        if booking.author.party is Party.PROVIDER and booking.at >= since:
            what = f"{booking.hours} h booked by {booking.author.name} for {booking.spent_on}"
            return Moment(booking.at, booking.at, what, booking.author)
    return None


def _set(spans: tuple[Span, ...], name: str, since: datetime) -> Moment | None:
    for span in spans:
        if span.value and span.by.party is Party.PROVIDER and span.start >= since:
            return Moment(span.start, span.recorded, f"{name} {span.value} set", span.by)
    return None
