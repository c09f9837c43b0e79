"""The facts of one ticket through time: what people set on it, and what its words say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from redmine_sla.contract import Choice as Field
from redmine_sla.contract import Kind, ProblemClass, Severity, Terms
from redmine_sla.sla.classification import (
    Choice,
    Classification,
    ClassificationPolicy,
    IntakeHint,
    SeverityJudgement,
    TextReading,
    TicketFacts,
    classify,
    intake_hints,
    judge_severity,
    read_text,
)
from redmine_sla.sla.facts import Facts
from redmine_sla.sla.matrix import matrix_priority
from redmine_sla.sla.moments import Glossary
from redmine_sla.sla.policy import kinds_of, policy_of
from redmine_sla.ticket import Attribute, Party, Timeline, Track

_DECIDING_FIELDS = (
    "class",
    "severity",
    "kind",
    "tier",
    "impact",
    "urgency",
    "channel",
    "outage_service",
)
_WORDS = (Attribute.SUBJECT, Attribute.DESCRIPTION)
_DECIDING_ATTRIBUTES = (Attribute.TRACKER, Attribute.CATEGORY, Attribute.PRIORITY, *_WORDS)
_Word = TypeVar("_Word", bound=StrEnum)


class TicketFactFinder:
    """Implements `FactFinder` for a timeline under the terms given.

    `alike_reporters` is how many people reported alike at the time (see `count_alike`).
    """

    def __init__(
        self, timeline: Timeline, terms: Terms, glossary: Glossary, *, alike_reporters: int = 1
    ) -> None:
        self._timeline = timeline
        self._terms = terms
        self._glossary = glossary
        self._alike_reporters = alike_reporters
        self._found: dict[datetime, Facts] = {}
        self._classified: dict[datetime, Classification] = {}

    def at(self, instant: datetime) -> Facts:
        """The facts as they held at that instant."""
        turn = self._turn(instant)
        if turn not in self._found:
            self._found[turn] = self._weigh(turn)
        return self._found[turn]

    def under(self, terms: Terms) -> TicketFactFinder:
        """The facts of the same ticket by other terms."""
        if terms is self._terms:
            return self
        return TicketFactFinder(
            self._timeline, terms, self._glossary, alike_reporters=self._alike_reporters
        )

    @cached_property
    def turns(self) -> tuple[datetime, ...]:
        """The instants at which people changed something the facts depend on, in order."""
        tracks = [self._by_people(attribute) for attribute in _DECIDING_ATTRIBUTES]
        tracks += [track for role in _DECIDING_FIELDS if (track := self._field(role))]
        changes = {span.start for track in tracks for span in track.spans[1:]}
        return tuple(sorted({self._timeline.reported, *changes}))

    @cached_property
    def revisions(self) -> tuple[datetime, ...]:
        """The turns at which a value changed that a person had set before.

        What is set for the first time, at triage, is no such change; nor is it one of a value that
        a ticket has by default.
        """
        found: set[datetime] = set()
        for attribute in _DECIDING_ATTRIBUTES:
            track = self._by_people(attribute)
            found |= _revised(track, born_with_default=attribute is Attribute.PRIORITY)
        for role in _DECIDING_FIELDS:
            field = self._field(role)
            if field:
                default = self._glossary.field_defaults.get(role)
                found |= _revised(field, born_with_default=field.first.value == default)
        return tuple(sorted(found))

    def classification(self, instant: datetime) -> Classification:
        """How far the problem reaches, with the evidence."""
        turn = self._turn(instant)
        if turn not in self._classified:
            self._classified[turn] = classify(self._evidence(turn), self._class_policy)
        return self._classified[turn]

    def severity(self, instant: datetime) -> SeverityJudgement:
        """How bad it is where it strikes, with the evidence."""
        return judge_severity(self._evidence(instant), self._severity_policy)

    def hints(self, instant: datetime) -> tuple[IntakeHint, ...]:
        """What must be done with the ticket before work on it begins."""
        return intake_hints(self._evidence(instant), self._text(instant))

    def _turn(self, instant: datetime) -> datetime:
        """The latest turn by then: what has held since, holds at that instant."""
        return max((turn for turn in self.turns if turn <= instant), default=instant)

    def _weigh(self, instant: datetime) -> Facts:
        severity = self.severity(instant).severity
        return Facts(
            tier=self._tier(instant),
            problem_class=self.classification(instant).problem_class,
            severity=severity or "",
            kind=self._kind(instant),
            tracker=self._by_people(Attribute.TRACKER).at(instant) or "",
            priority=self._priority(instant),
            channel=self._value("channel", instant) or self._terms.default_channel or "",
        )

    def _evidence(self, instant: datetime) -> TicketFacts:
        channel = self._value("channel", instant) or ""
        subject, description = self._words(instant)
        return TicketFacts(
            subject=subject,
            description=description,
            class_choices=tuple(self._choices("class", ProblemClass, instant)),
            severity_choices=tuple(self._choices("severity", Severity, instant)),
            tracker=self._set(Attribute.TRACKER, instant),
            category=self._set(Attribute.CATEGORY, instant),
            priority=self._set(Attribute.PRIORITY, instant),
            monitoring=tuple(self._monitored(channel, instant)),
            alike_reporters=self._alike_reporters,
            by_phone=channel.casefold() == "phone",
        )

    @cached_property
    def _class_policy(self) -> ClassificationPolicy:
        return policy_of(self._terms, Field.CLASS)

    @cached_property
    def _severity_policy(self) -> ClassificationPolicy:
        return policy_of(self._terms, Field.SEVERITY)

    def _words(self, instant: datetime) -> tuple[str, str]:
        """Subject and description as they read then: who edits them later changes no past."""
        subject, description = (self._timeline.track(each).at(instant) or "" for each in _WORDS)
        return subject, description

    def _text(self, instant: datetime) -> TextReading:
        return read_text(*self._words(instant))

    def _by_people(self, attribute: Attribute) -> Track:
        """Without the bot's own changes: a priority it raised retargets nothing."""
        return self._timeline.track(attribute).set_by_people()

    def _field(self, role: str) -> Track | None:
        track = self._timeline.field(self._glossary.field_names.get(role))
        return track.set_by_people() if track else None

    def _value(self, role: str, instant: datetime) -> str | None:
        track = self._field(role)
        return track.at(instant) if track else None

    def _set(self, attribute: Attribute, instant: datetime) -> Choice[str]:
        track = self._by_people(attribute)
        span = track.span_at(instant)
        # What a ticket is born with is its form's default as often as anybody's choice.
        is_default = span == track.first and attribute is Attribute.PRIORITY
        return Choice(span.value, span.by.party, span.start, is_default)

    def _choices(self, role: str, words: type[_Word], instant: datetime) -> Iterator[Choice[_Word]]:
        track = self._field(role)
        default = self._glossary.field_defaults.get(role)
        for span in track.spans if track else ():
            if span.start > instant:
                return
            word = _word(span.value, words)
            if word is not None or span.value is None:
                is_default = span == track.first and span.value == default if track else False
                yield Choice(word, span.by.party, span.start, is_default)

    def _tier(self, instant: datetime) -> str:
        """The level chosen on the ticket, or the one bought. A customer's choice is a claim."""
        track = self._field("tier")
        for span in reversed(track.spans if track else ()):
            if span.start <= instant and self._may_choose(span.by.party, Field.TIER):
                return span.value if span.value in self._terms.tiers else self._terms.tier or ""
        return self._terms.tier or ""

    def _may_choose(self, party: Party, choice: Field) -> bool:
        return party is Party.PROVIDER or (
            party is Party.CUSTOMER and choice in self._terms.customer_may_set
        )

    def _kind(self, instant: datetime) -> Kind:
        """What the ticket is: chosen on it, said by tracker or category, or read in its words."""
        for choice in reversed(list(self._choices("kind", Kind, instant))):
            if choice.value is not None and self._may_choose(choice.party, Field.KIND):
                return choice.value
        section = self._terms.classification
        for labels, attribute in (
            (section.trackers, Attribute.TRACKER),
            (section.categories, Attribute.CATEGORY),
        ):
            name = self._by_people(attribute).at(instant)
            if name in (kinds := kinds_of(labels)):
                return kinds[name]
        text = self._text(instant) if section.text_rules else None
        if text is not None and text.kinds.shares:
            return text.kind.itil
        return section.default_kind

    def _priority(self, instant: datetime) -> str:
        """By impact and urgency where the contract has a matrix, or as people set it."""
        names = self._glossary.field_names
        by_matrix = matrix_priority(self._timeline, self._terms, names, instant)
        if by_matrix is not None:
            return by_matrix.name
        return self._by_people(Attribute.PRIORITY).at(instant) or ""

    def _monitored(self, channel: str, instant: datetime) -> Iterator[str]:
        """The service named on the ticket, and the words of an alert's subject."""
        service = self._value("outage_service", instant)
        if service:
            yield service
        if channel.casefold() == "alert":
            yield from re.findall(r"[\w.-]+", self._words(instant)[0])


def _revised(track: Track, *, born_with_default: bool) -> set[datetime]:
    """When a person's value became another."""
    of_people = (
        span.start
        for span in track.spans[1 if born_with_default else 0 :]
        if span.value and span.by.party is not Party.BOT
    )
    first = next(of_people, None)
    return {span.start for span in track.spans[1:] if first is not None and span.start > first}


def _word(value: str | None, words: type[_Word]) -> _Word | None:
    """A field's value as one of the closed list of words; its first word counts, any case."""
    try:
        return words((value or "").strip().casefold())
    except ValueError:
        return None
