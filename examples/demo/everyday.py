"""The everyday tickets between the told ones: believable, and all over by now.

Engineers work in the contract's hours, customers answer when they get to it. The same contract
always has the same everyday: it is drawn from a seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from random import Random
from types import MappingProxyType

from examples.demo.people import PUBLISHED_BEFORE
from examples.demo.story import Story
from redmine_sla.calendar import ServiceCalendar
from redmine_sla.contract.promises.quarterly import Content
from tests.harness.past import Past

UNTIL = timedelta(days=24)
"""How long ago the last of them is reported."""
_MONTH = timedelta(days=30)
_ACTIVITIES = MappingProxyType(
    {"Bug": "Support", "Support": "Consultation", "Feature": "Development"}
)


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


@dataclass(frozen=True)
class Pace:
    """How fast engineers are: hours until one takes a ticket, and until it is done, at the most.

    They count in the contract's calendar of that name; without one, in office hours.
    """

    take: float = 7
    finish: float = 30
    on_duty: str = ""


_OFFICE_HOURS = Pace()


def everyday(
    story: Story,
    topics: Sequence[Topic],
    voice: Voice,
    *,
    monthly: int,
    pace: Pace = _OFFICE_HOURS,
) -> None:
    """Adds that many a month, spread over working days since the last quarter began, or the first
    one that is published."""
    random = Random(story.contract.name)
    last = story.last_quarter
    begun = last.previous.previous if story.house in PUBLISHED_BEFORE else last
    first_day = max(begun.first_day, story.contract.starts)
    first = datetime.combine(first_day, time(), story.zone).astimezone(UTC)
    tickets = round(monthly * ((story.now - UNTIL - first) / _MONTH))
    served = story.office.elapsed(first, story.now - UNTIL)
    for number in range(tickets):
        share = (number + random.random()) / tickets
        opened = story.office.add(first, share * served)
        _Everyday(story, voice, pace, random, opened).tell(random.choice(topics))


class _Everyday:
    """One of them, from its report to its end."""

    def __init__(
        self, story: Story, voice: Voice, pace: Pace, random: Random, opened: datetime
    ) -> None:
        self.story = story
        self.voice = voice
        self.pace = pace
        self.on_duty = story.calendars[pace.on_duty] if pace.on_duty else story.office
        self.random = random
        self.clock = opened
        self.customer = random.choice(story.house.customers)
        self.engineer = random.choice(story.house.engineers)
        promised = story.contract.terms_at(opened).quarter
        self.is_asked = promised is not None and Content.SATISFACTION in promised.contents

    def tell(self, topic: Topic) -> None:
        ticket = self.story.ticket(
            topic.subject,
            by=self.customer,
            at=self._at(),
            tracker=topic.tracker,
            category=topic.category,
        )
        ticket.step(
            self._at_work(0.1, self.pace.take),
            self.engineer,
            self.voice.looking,
            status="In Progress",
            assigned_to=self.engineer,
            fields=dict(topic.fields),
        )
        if self._happens(0.3):
            ticket.private(self._at_work(0.1, 1), self.engineer, self.voice.inside)
        if self._happens(0.35):
            self._ask(ticket)
        if self._happens(0.04):
            ticket.step(self._at_work(0.2, 6), self.engineer, status="Rejected")
            return
        self._finish(ticket, topic)
        if self._happens(0.1):
            ticket.step(self._later(4, 20), self.customer, self.voice.again, status="In Progress")
            self._finish(ticket, topic)

    def _ask(self, ticket: Past) -> None:
        ticket.step(
            self._at_work(0.2, 3), self.engineer, self.voice.question, status="Waiting for customer"
        )
        ticket.note(self._later(0.5, 16), self.customer, self.voice.answer)
        ticket.step(self._at_work(0.1, 3), self.engineer, status="In Progress")

    def _finish(self, ticket: Past, topic: Topic) -> None:
        end = self._at_work(0.5, self.pace.finish)
        hours = self.random.randrange(1, 13) / 4
        ticket.book(end, self.engineer, hours, activity=_ACTIVITIES[topic.tracker])
        ticket.step(end, self.engineer, self.voice.done, status="Resolved", done_ratio=100)
        ticket.step(
            self._later(0.5, 16),
            self.customer,
            self.voice.thanks,
            status="Closed",
            fields=self._opinion(),
        )

    def _opinion(self) -> dict[str, str]:
        """Every second one who is asked says what he thought of it, 5 is best."""
        if not self.is_asked or self._happens(0.5):
            return {}
        return {"Satisfaction": self.random.choice("5554443")}

    def _happens(self, share: float) -> bool:
        return self.random.random() < share

    def _later(self, least: float, most: float) -> str:
        """So many office hours later, seldom the most."""
        return self._after(least, most, self.story.office)

    def _at_work(self, least: float, most: float) -> str:
        """The same in the hours of those on duty."""
        return self._after(least, most, self.on_duty)

    def _after(self, least: float, most: float, calendar: ServiceCalendar) -> str:
        hours = least + (most - least) * self.random.random() ** 3
        self.clock = calendar.add(self.clock, timedelta(seconds=int(hours * 3600)))
        return self._at()

    def _at(self) -> str:
        return self.story.local(self.clock)
