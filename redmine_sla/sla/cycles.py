"""Cycles: a ticket that is resolved, reopened soon and resolved again is one promise; one reopened
late is a new one.

`closed_on` is never consulted: Redmine keeps it after a reopening.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from redmine_sla.language import Saying
from redmine_sla.sla.stopwatch import Wait
from redmine_sla.ticket import Span, Track


class Ending(StrEnum):
    """How a ticket came to rest."""

    RESOLVED = "resolved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Rest:
    """The ticket lay at rest over `[start, end)`; `end` is `None` while it does."""

    start: datetime
    end: datetime | None
    ending: Ending
    status: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """One life of a ticket. `rests` are the times it was closed in between, within the cycle.

    `first_resolved` is when it was resolved for the first time, reopened afterwards or not.
    """

    number: int
    start: datetime
    end: Rest | None
    rests: tuple[Wait, ...]
    first_resolved: datetime | None = None


def rests_of(statuses: Track, roles_of: Callable[[str | None], frozenset[str]]) -> list[Rest]:
    """The times in which the ticket was resolved or cancelled.

    Straight from one into the other nobody worked: the first says how the ticket came to rest. So
    a rejected ticket that is closed stays cancelled, and a late repair cannot be rejected away.
    """
    rests: list[Rest] = []
    for span in statuses.spans:
        ending = _ending(span, roles_of)
        if ending is None:
            continue
        if rests and rests[-1].end == span.start:
            rests[-1] = replace(rests[-1], end=span.end)
        else:
            rests.append(Rest(span.start, span.end, ending, span.value or ""))
    return rests


def _ending(span: Span, roles_of: Callable[[str | None], frozenset[str]]) -> Ending | None:
    roles = roles_of(span.value)
    if roles & {"rejected", "duplicate"}:
        return Ending.CANCELLED
    return Ending.RESOLVED if "resolved" in roles else None


def cycles_of(
    start: datetime, rests: list[Rest], resumes_until: Callable[[datetime], datetime]
) -> list[Cycle]:
    """Cut a ticket's life into cycles.

    `resumes_until` gives, for the instant a ticket came to rest, until when a reopening resumes the
    old cycle; the time at rest is then a pause. A later reopening begins a new cycle.
    """
    cycles: list[Cycle] = []
    pauses: list[Rest] = []
    for rest in rests:
        if rest.end is None:
            return [*cycles, _cycle(cycles, start, rest, pauses)]
        if rest.end <= resumes_until(rest.start):
            pauses.append(rest)
        else:
            cycles.append(_cycle(cycles, start, rest, pauses))
            start, pauses = rest.end, []
    return [*cycles, _cycle(cycles, start, None, pauses)]


def _cycle(before: list[Cycle], start: datetime, end: Rest | None, pauses: list[Rest]) -> Cycle:
    ends = [*pauses, *([end] if end else [])]
    resolved = (rest.start for rest in ends if rest.ending is Ending.RESOLVED)
    rests = tuple(map(_pause, pauses))
    return Cycle(len(before) + 1, start, end, rests, next(resolved, None))


def _pause(rest: Rest) -> Wait:
    return Wait(rest.start, rest.end, None, Saying("at rest as {status}", status=rest.status))
