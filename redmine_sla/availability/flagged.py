"""Outages told by tickets: one is flagged by the fields of its begin and its end.

The fields play the roles `outage_began_at`, `outage_ended_at` and `outage_service` in `sla.toml`.
They hold the instants as they happened, whoever noted them and whenever: a person, or the
monitoring that opened the ticket. When they were typed plays no part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum

from redmine_sla.availability.outage import Gap, Outage, Unmeasured
from redmine_sla.sla.judged import Judged
from redmine_sla.sla.moments import Glossary
from redmine_sla.ticket import Attribute, Timeline, read_instant


class _Role(IntEnum):
    """In the order in which values written at once are read."""

    BEGAN = 0
    ENDED = 1
    SERVICE = 2


_FIELDS = {
    _Role.BEGAN: "outage_began_at",
    _Role.ENDED: "outage_ended_at",
    _Role.SERVICE: "outage_service",
}


@dataclass(frozen=True, slots=True)
class _Told:
    """What a ticket says of one outage, in the words that stand there."""

    began: str = ""
    ended: str = ""
    service: str = ""


def outages_of(judged: Judged, glossary: Glossary) -> Iterator[Outage | Unmeasured]:
    """The outages a ticket tells of, as its timeline knows them.

    A ticket may tell of several, one after the other: a begin written later than an end that
    already stands is the next outage's. Anything else written over a value corrects it. A
    duplicate that lacks an instant tells nothing: the ticket it doubles speaks for it.
    """
    return outages_told(judged.timeline, glossary, hidden=judged.is_hidden)


def outages_told(
    timeline: Timeline, glossary: Glossary, *, hidden: bool
) -> Iterator[Outage | Unmeasured]:
    """The same of a ticket that is another contract's, and need not be judged."""
    status = timeline.track(Attribute.STATUS).now
    roles = glossary.roles_of(status.value)
    done = status.start if roles & {"resolved", "rejected", "duplicate"} else None
    for told in _told(timeline, glossary):
        found = _outage(told, timeline, glossary, done)
        if found is None or ("duplicate" in roles and isinstance(found, Unmeasured)):
            continue
        yield replace(found, rejected="rejected" in roles, hidden=hidden)


def _told(timeline: Timeline, glossary: Glossary) -> Iterator[_Told]:
    """What was written, replayed in the order in which Redmine was told."""
    written = sorted(
        (span.recorded, role, span.value or "")
        for role, field in _FIELDS.items()
        if (track := timeline.field(glossary.field_names.get(field))) is not None
        for span in track.spans
    )
    told = _Told()
    for _, role, value in written:
        match role:
            case _Role.BEGAN:
                if _is_next(told, value, glossary):
                    yield told
                    told = replace(told, ended="")
                told = replace(told, began=value)
            case _Role.ENDED:
                told = replace(told, ended=value)
            case _:
                told = replace(told, service=value)
    yield told


def _is_next(told: _Told, began: str, glossary: Glossary) -> bool:
    last_end, begin = (read_instant(text, glossary.timezone) for text in (told.ended, began))
    return last_end is not None and begin is not None and begin >= last_end and bool(told.began)


def _outage(
    told: _Told, timeline: Timeline, glossary: Glossary, done: datetime | None
) -> Outage | Unmeasured | None:
    if not told.began and not told.ended:
        return None
    began, ended = (read_instant(text, glossary.timezone) for text in (told.began, told.ended))
    gap = _gap(told, began, ended, done)
    if gap is None and began is not None:
        return Outage(ticket=timeline.number, service=told.service, began=began, ended=ended)
    known = [instant for instant in (began, ended) if instant is not None]
    since = min(known) if began else min([timeline.reported, *known])
    until = max(known) if ended else done
    return Unmeasured(
        ticket=timeline.number,
        service=told.service,
        gap=gap or Gap.NO_BEGIN,
        since=since,
        until=max(until, since) if until else None,
    )


def _gap(
    told: _Told, began: datetime | None, ended: datetime | None, done: datetime | None
) -> Gap | None:
    if (told.began and began is None) or (told.ended and ended is None):
        return Gap.UNREADABLE
    if began is None:
        return Gap.NO_BEGIN
    if ended is None:
        return Gap.NO_END if done else None
    return Gap.BACKWARDS if ended < began else None
