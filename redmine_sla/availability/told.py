"""What tickets tell of outages, one by one: the fields' values replayed as they were written.

The fields play the roles `outage_began_at`, `outage_ended_at`, `outage_service`, `failure_cause`
and `failure_measures` in `sla.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from redmine_sla.sla.moments import Glossary
from redmine_sla.ticket import Timeline, read_instant


class _Role(IntEnum):
    """In the order in which values written at once are read."""

    BEGAN = 0
    ENDED = 1
    SERVICE = 2
    CAUSE = 3
    MEASURES = 4


_FIELDS = {
    _Role.BEGAN: "outage_began_at",
    _Role.ENDED: "outage_ended_at",
    _Role.SERVICE: "outage_service",
    _Role.CAUSE: "failure_cause",
    _Role.MEASURES: "failure_measures",
}


@dataclass(frozen=True, slots=True)
class OutageNote:
    """What a ticket says of one outage, in the words that stand there; empty where it is silent."""

    began: str = ""
    ended: str = ""
    service: str = ""
    cause: str = ""
    measures: str = ""


def told_by(timeline: Timeline, glossary: Glossary) -> Iterator[OutageNote]:
    """At least one, silent where the ticket tells of no outage.

    A ticket may tell of several, one after the other: a begin written later than an end that
    already stands is the next outage's, and what is said from then on is said of that one.
    Anything else written over a value corrects it.
    """
    written = sorted(
        (span.recorded, role, (span.value or "").strip())
        for role, field in _FIELDS.items()
        if (track := timeline.field(glossary.field_names.get(field))) is not None
        for span in track.spans
    )
    told = OutageNote()
    for _, role, value in written:
        match role:
            case _Role.BEGAN:
                if _is_next(told, value, glossary):
                    yield told
                    told = OutageNote(service=told.service)
                told = replace(told, began=value)
            case _Role.ENDED:
                told = replace(told, ended=value)
            case _Role.SERVICE:
                told = replace(told, service=value)
            case _Role.CAUSE:
                told = replace(told, cause=value)
            case _:
                told = replace(told, measures=value)
    yield told


def _is_next(told: OutageNote, began: str, glossary: Glossary) -> bool:
    last_end, begin = (read_instant(text, glossary.timezone) for text in (told.ended, began))
    return last_end is not None and begin is not None and begin >= last_end and bool(told.began)
