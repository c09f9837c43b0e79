"""All time booked for one contract, and the tickets its budgets look at.

Hours are of the contract in force on the day they were spent, whichever contract their ticket was
reported under: a contract that is renewed hands its open tickets on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from redmine_sla.budget import Job, Work, job_of
from redmine_sla.budget.prices import agreed_price
from redmine_sla.budget.work import ticket_counts
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract, Money
from redmine_sla.contract.promises.people import Selection
from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.mirror import Mirror
from redmine_sla.sla.matching import Match, fitting
from redmine_sla.sync.quarterly.settling import accepted_versions, sign_offs_of
from redmine_sla.sync.workbench import Workbench
from redmine_sla.ticket import Timeline
from redmine_sla.ticket.reading import ReadingError

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BookedTime:
    """Reads from the mirror, a few hundred tickets or entries in memory at a time.

    All methods raise `MirrorError`.
    """

    bench: Workbench
    mirror: Mirror
    contract: Contract

    def numbers(self) -> set[int]:
        """Tickets that may stand in the contract's budgets or its hours booked: those with hours
        since its start, and where there is a development budget, the open ones; all, where prices
        are agreed on them.
        """
        terms = [terms for _, terms in self.contract.versions]
        if not any(
            one.development or one.allowance or one.time or one.hands_over(Content.HOURS)
            for one in terms
        ):
            return set()
        rules = [one.development for one in terms if one.development]
        with self.mirror.reading() as view:
            found = view.booked_numbers(self.contract.starts, self._day_after())
            if rules:
                found |= view.open_numbers()
            if any(one.fixed_price_field for one in rules):
                found |= view.changed_numbers(self._begin())
        return found

    def jobs(
        self, as_of: datetime, unreadable: Callable[[ReadingError], None] | None = None
    ) -> dict[int, Job]:
        """Those of them that are the contract's, as known at the instant.

        A row that cannot be read raises `ReadingError`, or is told to `unreadable` and left out.
        """
        (found,) = jobs_of([self], self.mirror, as_of, unreadable)
        return found

    def accepted(self, as_of: datetime) -> Mapping[str, datetime]:
        """The versions whose quarter the customer had accepted by then, and when."""
        found = sign_offs_of(self.bench, self.mirror, self.contract, as_of)
        return accepted_versions(found)

    def job(
        self, timeline: Timeline, match: Match, accepted: Mapping[str, datetime], known: datetime
    ) -> Job | None:
        """The ticket as known at an instant, with the versions accepted by then.

        Out of the contract's days nothing is to come on it; what others worked on it is taken off
        its estimate. `None` where its agreed price is another contract's: it is booked once.
        """
        then = timeline.as_of(known)
        job = job_of(
            then,
            self.contract,
            self.bench.glossary(self.contract),
            self._assignee_roles(then, known),
            hidden=self.bench.hides(timeline.ticket, match),
            accepted_versions=accepted,
        )
        if self._is_priced_elsewhere(then, job):
            return None
        return replace(
            job,
            estimated=self._estimated(then, job.estimated),
            is_open=job.is_open and self._begin() <= known <= self._end(known),
        )

    def with_parents(
        self,
        jobs: Mapping[int, Job],
        accepted: Mapping[str, datetime],
        known: datetime,
        unreadable: Callable[[ReadingError], None] | None = None,
    ) -> dict[int, Job]:
        """With the tickets above them, where those speak for their subtasks."""
        found, met = dict(jobs), set(jobs)
        if not any(one.parent_speaks_for_subtasks for _, one in self.contract.versions):
            return found
        while wanted := {job.parent for job in found.values() if job.parent} - met:
            met |= wanted
            for ticket in self.mirror.tickets(numbers=wanted, unreadable=unreadable):
                fitting = self.bench.fitting(ticket, self.contract, known)
                job = self.job(*fitting, accepted, known) if fitting else None
                if job is not None:
                    found[ticket.id] = job
        return found

    def work(self, jobs: Mapping[int, Job]) -> Iterator[Work]:
        """All time booked on those tickets since the contract's start, and on no ticket at all."""
        entries = self.mirror.time_entries(
            numbers={None, *jobs},
            spent_from=self.contract.starts,
            spent_before=self._day_after(),
        )
        for entry in entries:
            roles = self.bench.parties.roles_of(entry.user, entry.project.id, entry.spent_on)
            if entry.ticket is not None:
                yield jobs[entry.ticket].work(entry, roles)
            elif self._covers(entry.project.id, entry.spent_on):
                yield Work(entry=entry, roles=roles)

    def _day_after(self) -> date | None:
        last = self.contract.last_day
        return last + _DAY if last else None

    def _begin(self) -> datetime:
        first = self.contract.starts
        return Period(first, first, ZoneInfo(self.contract.timezone)).begin

    def _end(self, known: datetime) -> datetime:
        """Of the contract; of one that is open-ended nobody knows it."""
        last = self.contract.last_day
        return Period(last, last, ZoneInfo(self.contract.timezone)).end if last else known

    def _estimated(self, timeline: Timeline, hours: Decimal | None) -> Decimal | None:
        if hours is None:
            return None
        elsewhere = (
            booking.hours
            for booking in timeline.bookings
            if not self.contract.covers(booking.spent_on)
        )
        return max(hours - sum(elsewhere), Decimal(0))

    def _is_priced_elsewhere(self, timeline: Timeline, job: Job) -> bool:
        """Whether the ticket's agreed price is booked by the contract of its first hour, or of its
        acceptance if that came before, and that is not this one.
        """
        days = [booking.spent_on for booking in timeline.bookings if booking.hours]
        first = min([*days, *([job.accepted] if job.accepted else [])], default=None)
        if first is None or job.is_dropped or self.contract.covers(first):
            return False
        for other in self.bench.contracts:
            glossary, rules = self.bench.glossary(other), other.terms_on(first).development
            if (
                rules is not None
                and other.covers(first)
                and fitting(timeline, other, self.bench.above, glossary)
                and ticket_counts(rules.counts, job.tracker, job.fields)
            ):
                return isinstance(agreed_price(job.fields, rules, other.currency), Money)
        return False

    def _covers(self, number: int, day: date) -> bool:
        """Whether hours on no ticket of that project are the contract's: it shares it with no
        other that is in force that day.
        """
        if self.contract.select != Selection():
            return False
        owners = {one.name for one in self.bench.reaching(number) if one.covers(day)}
        return owners == {self.contract.name}

    def _assignee_roles(self, timeline: Timeline, known: datetime) -> frozenset[str]:
        ticket = timeline.ticket
        if ticket.assignee is None:
            return frozenset()
        day = self.contract.day_of(known)
        return self.bench.parties.roles_of(ticket.assignee, ticket.project.id, day)


def jobs_of(
    times: Sequence[BookedTime],
    mirror: Mirror,
    as_of: datetime,
    unreadable: Callable[[ReadingError], None] | None = None,
) -> list[dict[int, Job]]:
    """The tickets of each contract's budgets as `BookedTime.jobs` gives them, read once for all."""
    wanted = [time.numbers() for time in times]
    accepted = [time.accepted(as_of) for time in times]
    jobs: list[dict[int, Job]] = [{} for _ in times]
    for ticket in mirror.tickets(numbers=set[int]().union(*wanted), unreadable=unreadable):
        for time, numbers, versions, own in zip(times, wanted, accepted, jobs, strict=True):
            if ticket.id not in numbers:
                continue
            found = time.bench.fitting(ticket, time.contract, as_of)
            job = time.job(*found, versions, as_of) if found is not None else None
            if job is not None:
                own[ticket.id] = job
    return [
        time.with_parents(own, versions, as_of, unreadable)
        for time, own, versions in zip(times, jobs, accepted, strict=True)
    ]
