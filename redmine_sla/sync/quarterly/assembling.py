"""From the mirror to a quarter's deliverable: its tickets in one look, and the hours booked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from redmine_sla.budget import Job, Work
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract
from redmine_sla.language import tongue_for
from redmine_sla.mirror import Mirror
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.assembly import Books, deliverable_of
from redmine_sla.quarter.deliverable import Deliverable
from redmine_sla.quarter.evidence import Evidence
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.reckoning import covered_period
from redmine_sla.quarter.sections.changes import DeliveredFile
from redmine_sla.quarter.service_level_charts import TrendPoint
from redmine_sla.sync.booked_time import BookedTime
from redmine_sla.sync.bursts import alike_reporters
from redmine_sla.sync.duties import DutyBook
from redmine_sla.sync.judging import telling_of
from redmine_sla.sync.named_tickets import hidden_names
from redmine_sla.sync.quarterly.people import Recorded
from redmine_sla.sync.workbench import Workbench
from redmine_sla.ticket.reading import ReadingError


@dataclass(frozen=True, slots=True)
class Archives:
    """What stands in Redmine beside the tickets: files handed over in a quarter, the quarters
    published before it, each with the instant it was published, and the people of its own latest
    edition.
    """

    files: Sequence[DeliveredFile] = ()
    trend: Sequence[TrendPoint] = ()
    stated: datetime | None = None
    people: Recorded = field(default_factory=Recorded)


def nothing_archived(contract: Contract, quarter: Quarter, period: Period) -> Archives:  # noqa: ARG001
    """For a draft, which names no files and no quarters before it."""
    return Archives()


ArchiveReader = Callable[[Contract, Quarter, Period], Archives]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """Puts quarters together for the contracts of a laid-out workbench.

    A ticket that cannot be read raises `ReadingError`, or is told to `unreadable` and left out.
    """

    bench: Workbench
    mirror: Mirror
    archives: ArchiveReader = nothing_archived
    unreadable: Callable[[ReadingError], None] | None = None

    def deliverable(self, contract: Contract, quarter: Quarter, as_of: datetime) -> Deliverable:
        """The quarter as known at an instant.

        Raises `QuarterError` where the contract does not cover it, `CalendarError`, `MirrorError`,
        `ReadingError`, and what reading the archives raises.
        """
        period = covered_period(contract, quarter)
        frame = Frame(
            contract=contract,
            period=period,
            as_of=as_of,
            tongue=tongue_for(contract.language),
            redmine=self.bench.desk.redmine.url,
        )
        archived = self.archives(contract, quarter, period)
        then = replace(self, bench=archived.people.on(self.bench))
        evidence, jobs = then.look_through(frame)
        duties = DutyBook(then.bench, self.mirror)
        books = Books(
            work=lambda: then.work(contract, jobs),
            jobs=tuple(jobs.values()),
            obligations=duties.outcomes_at_the_end(contract, period, as_of),
            made_up=duties.made_up(contract, period, as_of),
            files=archived.files,
            trend=archived.trend,
            stated=archived.stated,
        )
        return deliverable_of(quarter, evidence, books, frame)

    def look_through(self, frame: Frame) -> tuple[Evidence, dict[int, Job]]:
        """Each ticket once: judged if the period can have seen it, else asked for its hours."""
        contract, as_of = frame.contract, frame.as_of
        recent = telling_of(self.mirror, frame.period)
        bench = replace(
            self.bench,
            contracts=(contract,),
            alike=alike_reporters(self.bench.contracts, self.mirror, recent, as_of),
        )
        evidence = Evidence(
            glossary=bench.glossary(contract),
            period=frame.period,
            as_of=as_of,
            hidden=hidden_names(bench, self.mirror, contract, as_of),
        )
        jobs: dict[int, Job] = {}
        time = BookedTime(self.bench, self.mirror, contract)
        known = min(frame.period.end, as_of)
        accepted = time.accepted(known)
        numbers = recent | time.numbers()
        for ticket in self.mirror.tickets(numbers=numbers, unreadable=self.unreadable):
            found = bench.fitting(ticket, contract, as_of)
            if found is None:
                continue
            timeline, match = found
            job = time.job(timeline, match, accepted, known)
            if job is not None:
                jobs[ticket.id] = job
            if ticket.id not in recent:
                continue
            if contract.covers(contract.day_of(timeline.reported)):
                judged = bench.judged(timeline, match, as_of)
                evidence.add(judged, partial(bench.judge, ticket))
            else:
                evidence.add_outages(timeline, hidden=bench.hides(ticket, match))
        return evidence, time.with_parents(jobs, accepted, known, self.unreadable)

    def work(self, contract: Contract, jobs: Mapping[int, Job]) -> Iterator[Work]:
        """All time booked for the contract since its start, also on no ticket at all."""
        return BookedTime(self.bench, self.mirror, contract).work(jobs)
