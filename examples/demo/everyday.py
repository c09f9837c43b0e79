"""The everyday tickets between the told ones: believable, and all over by now.

Engineers work in the contract's hours, customers answer when they get to it. The same contract
always has the same everyday: it is drawn from a seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from examples.demo.story import Story
from tests.harness.past import Past

SINCE = timedelta(days=150)
UNTIL = timedelta(days=24)
"""How long ago the first and the last of them are reported."""


@dataclass(frozen=True)
class Topic:
    """What a ticket can be about. `fields` are what the engineer fills in when he takes it."""

    subject: str
    tracker: str = "Bug"
    category: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Voice:
    """How the people of a contract speak."""

    looking: str
    question: str
    answer: str
    done: str
    thanks: str
    again: str
    inside: str


def everyday(story: Story, topics: Sequence[Topic], voice: Voice, *, tickets: int) -> None:
    """Adds that many, spread over five months of working days."""
    random = Random(story.contract.name)
    first = story.now - SINCE
    served = story.office.elapsed(first, story.now - UNTIL)
    for number in range(tickets):
        share = (number + random.random()) / tickets
        opened = story.office.add(first, share * served)
        _Everyday(story, voice, random, opened).tell(random.choice(topics))


class _Everyday:
    """One of them, from its report to its end."""

    def __init__(self, story: Story, voice: Voice, random: Random, opened: datetime) -> None:
        self.story = story
        self.voice = voice
        self.random = random
        self.clock = opened
        self.customer = random.choice(story.house.customers)
        self.engineer = random.choice(story.house.engineers)

    def tell(self, topic: Topic) -> None:
        ticket = self.story.ticket(
            topic.subject,
            by=self.customer,
            at=self._at(),
            tracker=topic.tracker,
            category=topic.category,
        )
        ticket.step(
            self._later(0.1, 7),
            self.engineer,
            self.voice.looking,
            status="In Progress",
            assigned_to=self.engineer,
            fields=dict(topic.fields),
        )
        if self._happens(0.3):
            ticket.private(self._later(0.1, 1), self.engineer, self.voice.inside)
        if self._happens(0.35):
            self._ask(ticket)
        if self._happens(0.04):
            ticket.step(self._later(0.2, 6), self.engineer, status="Rejected")
            return
        self._finish(ticket)
        if self._happens(0.1):
            ticket.step(self._later(4, 20), self.customer, self.voice.again, status="In Progress")
            self._finish(ticket)

    def _ask(self, ticket: Past) -> None:
        ticket.step(
            self._later(0.2, 3), self.engineer, self.voice.question, status="Waiting for customer"
        )
        ticket.note(self._later(0.5, 16), self.customer, self.voice.answer)
        ticket.step(self._later(0.1, 3), self.engineer, status="In Progress")

    def _finish(self, ticket: Past) -> None:
        end = self._later(0.5, 30)
        ticket.book(end, self.engineer, self.random.randrange(1, 13) / 4, activity="Development")
        ticket.step(end, self.engineer, self.voice.done, status="Resolved", done_ratio=100)
        ticket.step(self._later(0.5, 16), self.customer, self.voice.thanks, status="Closed")

    def _happens(self, share: float) -> bool:
        return self.random.random() < share

    def _later(self, least: float, most: float) -> str:
        """So many served hours later, seldom the most."""
        hours = least + (most - least) * self.random.random() ** 3
        self.clock = self.story.office.add(self.clock, timedelta(seconds=int(hours * 3600)))
        return self._at()

    def _at(self) -> str:
        return self.story.local(self.clock)
