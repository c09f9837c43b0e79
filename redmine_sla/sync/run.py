"""The run: pull, judge, plan, apply. Each stage can be looked at alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from redmine_sla.contract import Configuration
from redmine_sla.mirror import Mirror
from redmine_sla.plan import Plan, SaveWikiPage
from redmine_sla.sync.apply import PUT_OFF, Applied, Attempt, Result, apply
from redmine_sla.sync.crossed_thresholds import REACHED
from redmine_sla.sync.moment import moment
from redmine_sla.sync.pages import PageMemory
from redmine_sla.sync.planning import Planner
from redmine_sla.sync.ports import Redmine, RequestCount
from redmine_sla.sync.pull import pull, slow_beat
from redmine_sla.sync.pull.scope import Beat, Progress, PullReport
from redmine_sla.sync.quarterly.drafts import Drafts
from redmine_sla.sync.reach import scope_of
from redmine_sla.sync.workbench import lay_out

PULLED = "pulled"
"""Recorded: when the mirror was last brought up to date."""

DRAFTED = "drafts kept"
"""Recorded: the slow beat after which the drafts of quarters were last brought up to date."""

COMPLETED = "run completed"
"""Recorded: when a run last went through to its end."""


def _silently(*_: object) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Watcher:
    """Whom a run tells how far it is: of each stage of reading, and of each write."""

    reading: Progress = _silently
    writing: Callable[[Attempt], None] = _silently


@dataclass(frozen=True, slots=True)
class Prepared:
    """A run up to the moment before the first write. `drafted` is the slow beat after which the
    drafts of quarters stand, `reached` are the thresholds that are told, once the plan is carried
    out.
    """

    pulled: PullReport
    plan: Plan
    drafted: str = ""
    reached: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What a run did and what it cost. `findings` are for people; an empty run has none."""

    as_of: datetime
    pulled: PullReport
    plan: Plan
    applied: Applied
    requests: RequestCount
    seconds: float
    findings: tuple[str, ...] = field(default=())

    @property
    def went_well(self) -> bool:
        """Was everything planned written, with nothing for a person to look at?"""
        done = (Result.APPLIED, Result.SKIPPED)
        return self.applied.stopped_by is None and all(
            outcome.result in done for outcome in self.applied.outcomes
        )


def prepare(
    configuration: Configuration,
    redmine: Redmine,
    mirror: Mirror,
    *,
    as_of: datetime,
    beat: Beat = Beat.WHEN_DUE,
    watcher: Watcher | None = None,
) -> Prepared:
    """Pull and plan; write nothing into Redmine.

    Raises `ConfigurationError`, `RedmineError`, `MirrorError`, `CalendarError`.
    """
    watcher = watcher or Watcher()
    scope = scope_of(configuration, mirror, redmine)
    pulled = pull(redmine, mirror, scope, as_of=as_of, beat=beat, progress=watcher.reading)
    with mirror.writing() as batch:
        batch.record(PULLED, as_of.isoformat())
    pages, bench = PageMemory(redmine, mirror), lay_out(configuration, mirror)
    if pulled.slow_beat:
        pages.forget_all()
    with mirror.reading() as view:
        beat_done, drafted = view.recorded(slow_beat.DONE), view.recorded(DRAFTED)
    drafts = Drafts(bench, mirror, pages, as_of) if drafted != beat_done else None
    planner = Planner(bench, mirror, pages, as_of, drafts)
    plan = planner.plan()
    return Prepared(pulled, plan, drafted=beat_done or "", reached=planner.reached)


def sync(
    configuration: Configuration,
    redmine: Redmine,
    mirror: Mirror,
    *,
    as_of: datetime | None = None,
    beat: Beat = Beat.WHEN_DUE,
    watcher: Watcher | None = None,
) -> RunReport:
    """One whole run. A second one over an unchanged world writes nothing.

    What Redmine refuses is in the report and stops nothing; raises what `prepare` raises.
    """
    started = time.monotonic()
    before = redmine.requests_made
    watcher = watcher or Watcher()
    as_of = moment(as_of)
    prepared = prepare(configuration, redmine, mirror, as_of=as_of, beat=beat, watcher=watcher)
    applied = apply(prepared.plan, redmine, progress=watcher.writing)
    _settle(mirror, redmine, prepared, applied)
    return RunReport(
        as_of=as_of,
        pulled=prepared.pulled,
        plan=prepared.plan,
        applied=applied,
        requests=redmine.requests_made - before,
        seconds=time.monotonic() - started,
        findings=(*prepared.pulled.warnings, *prepared.plan.findings),
    )


def _settle(mirror: Mirror, redmine: Redmine, prepared: Prepared, applied: Applied) -> None:
    """Remember what the next run need not find out again."""
    pages = PageMemory(redmine, mirror)
    for outcome in applied.outcomes:
        if isinstance(outcome.change, SaveWikiPage):
            pages.forget(outcome.change)
    pulled = prepared.pulled
    with mirror.writing() as batch:
        batch.remember(
            PUT_OFF, {ticket: note.encoded() for ticket, note in applied.put_off.items()}
        )
        if applied.stopped_by is None:
            batch.settle(pulled.changed | {departure.ticket for departure in pulled.gone})
            batch.record(DRAFTED, prepared.drafted)
            batch.record(REACHED, prepared.reached)
            batch.record(COMPLETED, prepared.plan.as_of.isoformat())
