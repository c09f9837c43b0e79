"""Carrying a plan out: serially, each change by itself, nothing sent twice.

What Redmine refuses is that change's misfortune and stops nobody else, but for what speaks of it:
the parts of a deliverable that come after. What says that Redmine is not well stops the run where
it is: the next one reads Redmine anew and heals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from redmine_sla.plan import (
    Change,
    CreateTicket,
    CreateVersion,
    Plan,
    PublishFile,
    PutOff,
    SaveWikiPage,
    UpdateTicket,
)
from redmine_sla.plan.render import name_of
from redmine_sla.sync.failures import (
    Conflict,
    CutShort,
    FilterIgnored,
    Forbidden,
    NotFound,
    PrivacyUnproved,
    RedmineError,
    Refused,
    ServerFault,
    TimedOut,
)
from redmine_sla.sync.outcome import Attempt, Result, said
from redmine_sla.sync.page_saving import WikiDesk, page_saved
from redmine_sla.sync.ports import Ignored, IssueUpdate
from redmine_sla.sync.publishing import PublicationDesk, Publisher
from redmine_sla.sync.ticket_making import TicketDesk, TicketMaker

__all__ = ["PUT_OFF", "Applied", "Attempt", "Result", "WriteSide", "apply"]

PUT_OFF = "put_off"
"""The key of the mirror's notes that hold what Redmine did not take."""

_PASSING = (ServerFault, TimedOut, CutShort)
"""Troubles that one ticket may have and the next one not."""

_PATIENCE = 3  # of them in a row, before Redmine is left in peace


@dataclass(frozen=True, slots=True)
class Applied:
    """What a run did. `put_off` belongs into the mirror's notes under `PUT_OFF`.

    `stopped_by` is the failure that ended it early; `not_tried` counts what was left.
    """

    outcomes: tuple[Attempt, ...] = ()
    put_off: dict[int, PutOff] = field(default_factory=dict)
    stopped_by: RedmineError | None = None
    not_tried: int = 0

    def count(self, result: Result) -> int:
        return sum(outcome.result is result for outcome in self.outcomes)


class WriteSide(WikiDesk, PublicationDesk, TicketDesk, Protocol):
    """What applying a plan needs of a Redmine; see `redmine_sla.sync.ports`."""

    def update_issue(self, update: IssueUpdate) -> None: ...

    def ignored(self, updates: Sequence[IssueUpdate]) -> Iterator[Ignored]: ...


Progress = Callable[[Attempt], None]


def apply(plan: Plan, redmine: WriteSide, *, progress: Progress = lambda _: None) -> Applied:
    """Write the plan. Raises nothing that Redmine may cause: see `Applied`.

    `progress` hears of each change as it is done. What is new is read back at once; at the end
    the tickets written are, a hundred a request: Redmine may answer success and pass over what it
    does not allow.
    """
    run = _Run(redmine, plan.as_of)
    outcomes: list[Attempt] = []
    stopped_by: RedmineError | None = None
    failures = 0
    for change in plan.changes:
        try:
            outcome = run.carried_out(change)
            failures = 0
        except RedmineError as error:
            outcome = Attempt(change, Result.FAILED, str(error))
            failures += 1
            if not isinstance(error, _PASSING) or failures == _PATIENCE:
                stopped_by = error
        run.remember(outcome)
        outcomes.append(outcome)
        progress(outcome)
        if stopped_by is not None:
            break
    if stopped_by is None:
        outcomes, stopped_by = _read_back(outcomes, redmine)
    return Applied(
        tuple(outcomes),
        _put_off(outcomes, plan.as_of) | run.tickets.put_off,
        stopped_by,
        not_tried=len(plan.changes) - len(outcomes),
    )


class _Run:
    """Carries out one change after the other, knowing of those before."""

    def __init__(self, redmine: WriteSide, as_of: datetime) -> None:
        self._redmine = redmine
        self._publisher = Publisher(redmine)
        self._broken: dict[str, Attempt] = {}
        self.tickets = TicketMaker(redmine, as_of)

    def remember(self, outcome: Attempt) -> None:
        """The first part of each deliverable that does not stand."""
        if outcome.change.deliverable and not outcome.stands:
            self._broken.setdefault(outcome.change.deliverable, outcome)

    def carried_out(self, change: Change) -> Attempt:
        """What became of it. Raises what is not this change's own misfortune."""
        broken = self._broken.get(change.deliverable)
        if broken is not None:
            message = f"it waits for {name_of(broken.change)}: {broken.message}"
            return Attempt(change, Result.WAITING, message)
        try:
            return self._done(change)
        except (Refused, Forbidden, NotFound, PrivacyUnproved, FilterIgnored) as error:
            return Attempt(change, Result.REFUSED, said(error))
        except Conflict:
            return Attempt(change, Result.SKIPPED, "somebody changed it at that moment")

    def _done(self, change: Change) -> Attempt:
        match change:
            case UpdateTicket():
                self._redmine.update_issue(issue_update(change))
                return Attempt(change, Result.APPLIED)
            case SaveWikiPage():
                return page_saved(change, self._redmine)
            case CreateVersion():
                return self._publisher.version(change)
            case PublishFile():
                return self._publisher.file(change)
            case CreateTicket():
                return self._new_ticket(change)

    def _new_ticket(self, change: CreateTicket) -> Attempt:
        version = None
        if change.version_name:
            version = self._publisher.version_named(change.project, change.version_name)
            if version is None:
                message = f'there is no version "{change.version_name}" in {change.where}'
                return Attempt(change, Result.REFUSED, message)
        return self.tickets.ticket(change, version)


def issue_update(change: UpdateTicket) -> IssueUpdate:
    """The change as a connector takes it."""
    return IssueUpdate(
        ticket=change.ticket,
        fields=change.fields,
        priority=change.priority,
        status=change.status,
        note=change.note,
        private_note=change.private_note,
    )


def _read_back(
    outcomes: Sequence[Attempt], redmine: WriteSide
) -> tuple[list[Attempt], RedmineError | None]:
    """The outcomes with those marked that Redmine passed over in silence."""
    written = [
        issue_update(outcome.change)
        for outcome in outcomes
        if outcome.result is Result.APPLIED and isinstance(outcome.change, UpdateTicket)
    ]
    ignored: dict[int, list[str]] = {}
    try:
        for one in redmine.ignored(written) if written else ():
            ignored.setdefault(one.ticket, []).append(one.what)
    except RedmineError as error:
        return list(outcomes), error
    return [_marked(outcome, ignored) for outcome in outcomes], None


def _marked(outcome: Attempt, ignored: dict[int, list[str]]) -> Attempt:
    change = outcome.change
    if not isinstance(change, UpdateTicket) or change.ticket not in ignored:
        return outcome
    return replace(outcome, result=Result.IGNORED, message="; ".join(ignored[change.ticket]))


def _put_off(outcomes: Sequence[Attempt], tried: datetime) -> dict[int, PutOff]:
    """What must not be tried again at once."""
    return {
        outcome.change.ticket: PutOff.of(outcome.change, tried, outcome.message)
        for outcome in outcomes
        if outcome.result in (Result.IGNORED, Result.REFUSED)
        and isinstance(outcome.change, UpdateTicket)
    }
