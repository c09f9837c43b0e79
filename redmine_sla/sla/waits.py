"""Who was waited for, and when: from the statuses that say so and the answers that end it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from redmine_sla.language import Saying
from redmine_sla.sla.stopwatch import Wait
from redmine_sla.ticket import Attribute, Party, Span, Timeline

_AWAITED = MappingProxyType(
    {"waiting_customer": Party.CUSTOMER, "waiting_third_party": Party.THIRD_PARTY}
)


def waits_of(
    timeline: Timeline,
    roles_of: Callable[[str | None], frozenset[str]],
    *,
    answer_ends_it: bool,
) -> list[Wait]:
    """The times the ticket stood in a waiting status.

    A wait for the customer ends when the status changes or, if `answer_ends_it`, when the customer
    answers publicly before that; it does not begin anew until the status is set again.
    """
    waits = []
    for span in timeline.track(Attribute.STATUS).spans:
        for role, party in _AWAITED.items():
            if role in roles_of(span.value):
                wait = Wait(span.start, span.end, party, f"{span.value}")
                if party is Party.CUSTOMER and answer_ends_it:
                    wait = _ended_by_answer(wait, span, timeline)
                waits.append(wait)
    return waits


def _ended_by_answer(wait: Wait, span: Span, timeline: Timeline) -> Wait:
    for note in timeline.notes:
        answers = note.public and note.author.party is Party.CUSTOMER and note.at > wait.start
        if answers and (span.end is None or note.at < span.end):
            return replace(
                wait,
                end=note.at,
                reason=Saying("{status}, ended by the answer", status=wait.reason),
            )
    return wait


def merged(waits: Iterable[Wait]) -> tuple[Wait, ...]:
    """The same waits in order and without overlap; the earlier one keeps its whole length."""
    result: list[Wait] = []
    for wait in sorted(waits, key=lambda wait: wait.start):
        reached = result[-1].end if result else wait.start
        if reached is None:
            break
        start = max(wait.start, reached)
        if wait.end is None or wait.end > start:
            result.append(replace(wait, start=start))
    return tuple(result)


def overlap(waits: Iterable[Wait], start: datetime, end: datetime) -> list[Wait]:
    """The parts of the waits within `[start, end)`, each closed."""
    parts = (wait.clipped(start, end) for wait in waits)
    return [replace(part, end=part.end or end) for part in parts if part is not None]
