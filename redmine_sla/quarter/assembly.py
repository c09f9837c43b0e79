"""From the evidence of a quarter to its deliverable: the sections the contract asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from redmine_sla.budget import Job, Work
from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.duty import Outcome
from redmine_sla.quarter.deliverable import Deliverable
from redmine_sla.quarter.evidence import Evidence
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.quarter import Quarter
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.sections.availability import availability_section
from redmine_sla.quarter.sections.breaches import breaches_section
from redmine_sla.quarter.sections.budget import budget_section
from redmine_sla.quarter.sections.changes import DeliveredFile, changes_section
from redmine_sla.quarter.sections.credits import credits_section
from redmine_sla.quarter.sections.exclusions import exclusions_section
from redmine_sla.quarter.sections.failure_reports import failure_reports_section
from redmine_sla.quarter.sections.hours import hours_section
from redmine_sla.quarter.sections.obligations import obligations_section
from redmine_sla.quarter.sections.open_tickets import open_tickets_section
from redmine_sla.quarter.sections.pauses import pauses_section
from redmine_sla.quarter.sections.satisfaction import satisfaction_section
from redmine_sla.quarter.sections.service_levels import service_levels_section
from redmine_sla.quarter.service_level_charts import TrendPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What is booked beside the tickets' histories.

    `work` gives all time of the contract since its start, anew each time it is asked; `jobs` are
    its tickets as they stood at the period's end. `obligations` are what came of each occurrence
    in the period, `made_up` those of periods before that were done in it; `files` were handed over
    in the period, `trend` are the quarters published before it, and `stated` is when the last of
    them was.
    """

    work: Callable[[], Iterable[Work]]
    jobs: Sequence[Job]
    obligations: Sequence[Outcome] = ()
    made_up: Sequence[Outcome] = ()
    files: Sequence[DeliveredFile] = ()
    trend: Sequence[TrendPoint] = ()
    stated: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Sources:
    """All that a section may be made of."""

    quarter: Quarter
    evidence: Evidence
    books: Books
    frame: Frame


def deliverable_of(quarter: Quarter, evidence: Evidence, books: Books, frame: Frame) -> Deliverable:
    """The quarter's deliverable. Without a `[quarter]` in the contract it has every section.

    A section that has nothing to say for the contract is left out.
    """
    promised = frame.terms.quarter
    sources = _Sources(quarter, evidence, books, frame)
    made = (_MADE[content](sources) for content in (promised.contents if promised else Content))
    return Deliverable(
        frame=frame,
        quarter=quarter,
        sections=tuple(section for section in made if section.blocks),
        trend=tuple(books.trend),
        stated=books.stated,
    )


def _service_levels(of: _Sources) -> Section:
    name = of.frame.tongue.quarter(of.quarter.year, of.quarter.number)
    promises, trend = of.evidence.promises, of.books.trend
    return service_levels_section(promises, of.frame, quarter=name, trend=trend)


def _budget(of: _Sources) -> Section:
    books = of.books
    return budget_section(of.frame, books.work(), books.jobs, stated=books.stated)


def _hours(of: _Sources) -> Section:
    books = of.books
    return hours_section(of.frame, books.work(), books.jobs, stated=books.stated)


_MADE: Mapping[Content, Callable[[_Sources], Section]] = MappingProxyType(
    {
        Content.CHANGES: lambda of: changes_section(of.evidence.finished, of.books.files, of.frame),
        Content.FAILURE_REPORTS: lambda of: failure_reports_section(of.evidence.failures, of.frame),
        Content.SERVICE_LEVELS: _service_levels,
        Content.BREACHES: lambda of: breaches_section(of.evidence.promises, of.frame),
        Content.PAUSES: lambda of: pauses_section(
            of.evidence.promises, of.evidence.courses, of.frame
        ),
        Content.AVAILABILITY: lambda of: availability_section(of.evidence.outages, of.frame),
        Content.OBLIGATIONS: lambda of: obligations_section(
            of.books.obligations, of.frame, of.books.made_up
        ),
        Content.BUDGET: _budget,
        Content.HOURS: _hours,
        Content.CREDITS: lambda of: credits_section(
            of.evidence.misses, of.evidence.outages, of.frame
        ),
        Content.EXCLUSIONS: lambda of: exclusions_section(
            of.evidence.promises, of.frame, of.evidence.hidden
        ),
        Content.OPEN_TICKETS: lambda of: open_tickets_section(of.evidence.open, of.frame),
        Content.SATISFACTION: lambda of: satisfaction_section(of.evidence.finished, of.frame),
    }
)
