"""All time booked for one contract, and the tickets its budgets look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from redmine_sla.budget import Job, Work, job_of
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract
from redmine_sla.contract.promises.people import Selection
from redmine_sla.mirror import Mirror
from redmine_sla.sla.matching import Match
from redmine_sla.sync.quarterly.settling import accepted_versions, sign_offs_of
from redmine_sla.sync.workbench import Workbench
from redmine_sla.ticket import TimeEntry, Timeline
from redmine_sla.ticket.reading import ReadingError


@dataclass(frozen=True, slots=True)
class BookedTime:
    """Reads from the mirror, a few hundred tickets or entries in memory at a time.

    All methods raise `MirrorError`.
    """

    bench: Workbench
    mirror: Mirror
    contract: Contract

    def numbers(self) -> set[int]:
        """Tickets that may stand in the contract's budgets: those with hours since its start, and
        where there is a development budget, the open ones; all, where prices are agreed on them.
        """
        terms = [terms for _, terms in self.contract.versions]
        if not any(one.development or one.allowance or one.time for one in terms):
            return set()
        found = {entry.ticket for entry in self._entries() if entry.ticket is not None}
        rules = [one.development for one in terms if one.development]
        with self.mirror.reading() as view:
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
        narrow = replace(self.bench, contracts=(self.contract,))
        accepted = self.accepted(as_of)
        jobs = {}
        for ticket in self.mirror.tickets(numbers=self.numbers(), unreadable=unreadable):
            found = narrow.match(ticket, as_of) if ticket.created <= as_of else None
            if found is not None:
                jobs[ticket.id] = self.job(*found, accepted)
        return jobs

    def accepted(self, as_of: datetime) -> Mapping[str, date]:
        """The versions whose quarter the customer had accepted by then, and when."""
        found = sign_offs_of(self.bench, self.mirror, self.contract, as_of)
        return accepted_versions(found)

    def job(self, timeline: Timeline, match: Match, accepted: Mapping[str, date]) -> Job:
        """The ticket as its timeline tells it, with the versions accepted by then."""
        return job_of(
            timeline,
            self.contract,
            self.bench.glossary(self.contract),
            self._roles(timeline.ticket.project.id),
            moved=bool(match.moved_to),
            accepted_versions=accepted,
        )

    def work(self, jobs: Mapping[int, Job]) -> Iterator[Work]:
        """All time booked on those tickets since the contract's start, and on no ticket at all."""
        for entry in self._entries():
            roles = self._roles(entry.project.id)
            if entry.ticket is None:
                if self._covers(entry.project.id):
                    yield Work(entry=entry, roles=roles.get(entry.user.id, frozenset()))
            elif entry.ticket in jobs:
                yield from jobs[entry.ticket].work([entry], roles)

    def _entries(self) -> Iterator[TimeEntry]:
        return self.mirror.time_entries(spent_from=self.contract.starts)

    def _begin(self) -> datetime:
        first = self.contract.starts
        return Period(first, first, ZoneInfo(self.contract.timezone)).begin

    def _covers(self, number: int) -> bool:
        """Whether hours on no ticket of that project are the contract's: it shares it with none."""
        project = self.bench.words.projects.get(number)
        if project is None or self.contract.select != Selection():
            return False
        reached = [project.identifier]
        while self.contract.subprojects and (above := self.bench.above.get(reached[-1])):
            if above in reached:
                break
            reached.append(above)
        owners = {
            other.name for other in self.bench.contracts for one in reached if one in other.projects
        }
        return owners == {self.contract.name}

    def _roles(self, project: int) -> Mapping[int, frozenset[str]]:
        return self.bench.parties.members.get(project, {})
