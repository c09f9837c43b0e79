"""Outages told by tickets: one is flagged by the fields of its begin and its end.

The fields play the roles `outage_began_at`, `outage_ended_at` and `outage_service` in `sla.toml`.
They hold the instants as they happened, whoever noted them and whenever: a person, or the
monitoring that opened the ticket. When they were typed plays no part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from redmine_sla.availability.outage import Outage, Unmeasured, WhyUnmeasured
from redmine_sla.availability.told import OutageNote, told_by
from redmine_sla.sla.judged import Judged
from redmine_sla.sla.moments import Glossary
from redmine_sla.ticket import Attribute, Timeline, read_instant


def unrecorded(glossary: Glossary) -> Iterator[Unmeasured]:
    """What speaks for the outages of a Redmine without a field for their begin: nobody can say
    that there were none. Nothing where there is one.
    """
    if "outage_began_at" not in glossary.field_names:
        always = datetime.min.replace(tzinfo=UTC)
        yield Unmeasured(
            ticket=None, service="", gap=WhyUnmeasured.NO_FIELD, since=always, until=None
        )


def outages_of(
    judged: Judged, glossary: Glossary, then: datetime | None = None
) -> Iterator[Outage | Unmeasured]:
    """The outages a ticket tells of, as its timeline knows them.

    A ticket may tell of several, one after the other (see `told_by`). A duplicate that lacks an
    instant tells nothing: the ticket it doubles speaks for it.

    Whether its ticket was done is asked as of `then` (now), the end of what is stated: an outage
    that lasted then did last, whatever its ticket fails to tell afterwards. Whether it was no
    outage at all (rejected, a duplicate) is as known now: that is agreed afterwards, and states a
    period anew.
    """
    return outages_told(judged.timeline, glossary, hidden=judged.is_hidden, then=then)


def outages_told(
    timeline: Timeline, glossary: Glossary, *, hidden: bool, then: datetime | None = None
) -> Iterator[Outage | Unmeasured]:
    """The same of a ticket that is another contract's, and need not be judged."""
    statuses = timeline.track(Attribute.STATUS)
    roles = glossary.roles_of(statuses.now.value)
    status = statuses.span_at(then) if then else statuses.now
    is_done = glossary.roles_of(status.value) & {"resolved", "rejected", "duplicate"}
    done = status.start if is_done else None
    for told in told_by(timeline, glossary):
        found = _outage(told, timeline, glossary, done)
        if found is None or ("duplicate" in roles and isinstance(found, Unmeasured)):
            continue
        yield replace(found, rejected="rejected" in roles, hidden=hidden)


def _outage(
    told: OutageNote, timeline: Timeline, glossary: Glossary, done: datetime | None
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
        gap=gap or WhyUnmeasured.NO_BEGIN,
        since=since,
        until=max(until, since) if until else None,
    )


def _gap(
    told: OutageNote, began: datetime | None, ended: datetime | None, done: datetime | None
) -> WhyUnmeasured | None:
    if (told.began and began is None) or (told.ended and ended is None):
        return WhyUnmeasured.UNREADABLE
    if began is None:
        return WhyUnmeasured.NO_BEGIN
    if ended is None:
        return WhyUnmeasured.NO_END if done else None
    return WhyUnmeasured.BACKWARDS if ended < began else None
