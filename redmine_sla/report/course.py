"""The course of a ticket: from whom something was awaited, from its report to its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from redmine_sla.calendar import ServiceCalendar
from redmine_sla.sla.cycles import rests_of
from redmine_sla.sla.facts import Facts
from redmine_sla.sla.judged import Judged
from redmine_sla.sla.moments import Glossary
from redmine_sla.sla.stopwatch import Wait
from redmine_sla.sla.waits import merged, waits_of
from redmine_sla.ticket import Attribute, Party, Timeline


class WhoseTurn(StrEnum):
    """From whom something was awaited."""

    PROVIDER = "provider"
    CUSTOMER = "customer"
    THIRD_PARTY = "third_party"
    NOBODY = "nobody"  # the ticket lay resolved or closed


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in which one side was awaited: `[since, until)`; `until` is `None` while it lasts."""

    side: WhoseTurn
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Work:
    """Hours booked on a ticket, as Redmine gives them (two decimals)."""

    day: date
    person: str
    hours: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One ticket from its report on. `stays` follow each other without a gap.

    `calendar` is its service time; `None` for a ticket without clocks (internal, a subtask).
    `assignee` is who has it at the instant of judging, or had it last.
    """

    ticket: int
    hidden: bool
    contract: str
    project: str
    subject: str
    assignee: str
    facts: Facts
    reported: datetime
    stays: tuple[Stay, ...]
    calendar: ServiceCalendar | None
    work: tuple[Work, ...] = ()

    @property
    def tracker(self) -> str:
        return self.facts.tracker

    @property
    def problem_class(self) -> str:
        return self.facts.problem_class

    @property
    def severity(self) -> str:
        return self.facts.severity

    def open_at(self, instant: datetime) -> bool:
        """Was it reported before that instant, and not at rest up to it?"""
        if self.reported >= instant:
            return False
        return not any(
            stay.since < instant and (stay.until is None or stay.until >= instant)
            for stay in self.rests
        )

    @property
    def rests(self) -> Iterator[Stay]:
        """The times it lay resolved or closed."""
        return (stay for stay in self.stays if stay.side is WhoseTurn.NOBODY)


_SIDE = {
    Party.CUSTOMER: WhoseTurn.CUSTOMER,
    Party.THIRD_PARTY: WhoseTurn.THIRD_PARTY,
    None: WhoseTurn.NOBODY,
}


def course_of(judged: Judged, glossary: Glossary, as_of: datetime) -> Course:
    """The course of a judged ticket, as known at `as_of`. `glossary` says what statuses mean."""
    timeline = judged.timeline.as_of(as_of)
    readings = judged.assessment.readings
    return Course(
        ticket=judged.number,
        hidden=judged.is_hidden,
        contract=judged.contract.name,
        project=timeline.track(Attribute.PROJECT).first.value or "",
        subject=judged.ticket.subject,
        assignee=timeline.track(Attribute.ASSIGNEE).now.value or "",
        facts=judged.assessment.facts or Facts(),
        reported=timeline.reported,
        stays=tuple(_stays(timeline, judged, glossary)),
        calendar=readings[0].calendar if readings else None,
        work=tuple(
            Work(booking.spent_on, booking.author.name, booking.hours)
            for booking in timeline.bookings
        ),
    )


def _stays(timeline: Timeline, judged: Judged, glossary: Glossary) -> Iterator[Stay]:
    terms = judged.contract.terms_at(timeline.reported)
    waits = waits_of(timeline, glossary.roles_of, answer_ends_it=terms.customer_answer_ends_pause)
    rests = rests_of(timeline.track(Attribute.STATUS), glossary.roles_of)
    reached: datetime | None = timeline.reported
    for wait in merged([*waits, *(Wait(rest.start, rest.end, None, "") for rest in rests)]):
        if reached is not None and reached < wait.start:
            yield Stay(WhoseTurn.PROVIDER, reached, wait.start)
        yield Stay(_SIDE[wait.party], wait.start, wait.end)
        reached = wait.end
    if reached is not None:
        yield Stay(WhoseTurn.PROVIDER, reached, None)
