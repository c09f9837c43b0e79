"""The facts of one ticket through time, from what people set on it and what its words say."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from redmine_sla.contract import Terms
from redmine_sla.sla.facts import Facts
from redmine_sla.sla.moments import Glossary
from redmine_sla.ticket import Attribute, Party, Timeline, Track

_CHOICES = ("class", "severity", "kind", "tier", "impact", "urgency")


class TicketFacts:
    """Implements `FactFinder`. Holds what several questions about one ticket have in common."""

    def __init__(self, timeline: Timeline, terms: Terms, glossary: Glossary) -> None:
        self._timeline = timeline
        self._terms = terms
        self._glossary = glossary

    def at(self, instant: datetime) -> Facts:
        terms = self._terms
        return Facts(
            tier=self._chosen("tier", instant) or terms.tier or "",
            problem_class=self._chosen("class", instant)
            or terms.classification.default_class.value,
            severity=self._chosen("severity", instant)
            or (terms.classification.default_severity or ""),
            kind=self._chosen("kind", instant) or terms.classification.default_kind.value,
            tracker=self._timeline.track(Attribute.TRACKER).at(instant) or "",
            priority=self._priorities.at(instant) or "",
            channel=self._chosen("channel", instant) or terms.default_channel or "",
        )

    @cached_property
    def turns(self) -> tuple[datetime, ...]:
        tracks = [self._timeline.track(Attribute.TRACKER), self._priorities]
        tracks += [track for role in _CHOICES if (track := self._field(role)) is not None]
        return tuple(sorted({span.start for track in tracks for span in track.spans[1:]}))

    @cached_property
    def _priorities(self) -> Track:
        """A priority raised by our own escalation retargets nothing."""
        return self._timeline.track(Attribute.PRIORITY).set_by_people()

    def _field(self, role: str) -> Track | None:
        track = self._timeline.field(self._glossary.field_names.get(role))
        return track.set_by_people() if track else None

    def _chosen(self, role: str, instant: datetime) -> str | None:
        track = self._field(role)
        if track is None:
            return None
        span = track.span_at(instant)
        counts = span.by.party is Party.PROVIDER or role in ("tier", "channel")
        return span.value if counts else None
