"""Stretches of time, and what is left when they are joined or taken from each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `begin` to `end`, half-open: `[begin, end)`. Nothing where it ends before it begins."""

    begin: datetime
    end: datetime


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time without overlaps, in order; spans that touch are one."""
    joined: list[Span] = []
    for span in sorted(span for span in spans if span.begin < span.end):
        if joined and span.begin <= joined[-1].end:
            joined[-1] = Span(joined[-1].begin, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def without(spans: Iterable[Span], holes: Iterable[Span]) -> tuple[Span, ...]:
    """What of the spans lies in none of the holes."""
    left = union(spans)
    for hole in union(holes):
        left = tuple(
            part
            for span in left
            for part in (
                Span(span.begin, min(span.end, hole.begin)),
                Span(max(span.begin, hole.end), span.end),
            )
            if part.begin < part.end
        )
    return left


def clipped(spans: Iterable[Span], limits: Span) -> tuple[Span, ...]:
    """What of the spans lies within the limits."""
    return union(Span(max(span.begin, limits.begin), min(span.end, limits.end)) for span in spans)
