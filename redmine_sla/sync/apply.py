"""Carrying a plan out: serially, each change by itself, nothing sent twice.

What Redmine refuses is that change's misfortune and stops nobody else. What says that Redmine is
not well stops the run where it is: the next one reads Redmine anew and heals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from redmine_sla.plan import Change, Plan, PutOff, SaveWikiPage, UpdateTicket
from redmine_sla.plan.stamp import without_stamp
from redmine_sla.sync.failures import (
    Conflict,
    CutShort,
    Forbidden,
    NotFound,
    PrivacyUnproved,
    RedmineError,
    Refused,
    ServerFault,
    TimedOut,
)
from redmine_sla.sync.ports import IssueUpdate, RedmineWriter, Row

PUT_OFF = "put_off"
"""The key of the mirror's notes that hold what Redmine did not take."""

_PASSING = (ServerFault, TimedOut, CutShort)
"""Troubles that one ticket may have and the next one not."""

_PATIENCE = 3  # of them in a row, before Redmine is left in peace


class Result(StrEnum):
    """What became of a change."""

    APPLIED = "applied"
    IGNORED = "ignored"  # Redmine answered success and did not take all of it
    REFUSED = "refused"
    SKIPPED = "skipped"  # no longer needed, or somebody else was faster: the next run sees
    FAILED = "failed"  # no good answer: done or not, the next run sees


@dataclass(frozen=True, slots=True)
class Outcome:
    """A change and what became of it, in Redmine's own words where it said any."""

    change: Change
    result: Result
    message: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """What a run did. `put_off` belongs into the mirror's notes under `PUT_OFF`.

    `stopped_by` is the failure that ended it early; `not_tried` counts what was left.
    """

    outcomes: tuple[Outcome, ...] = ()
    put_off: dict[int, PutOff] = field(default_factory=dict)
    stopped_by: RedmineError | None = None
    not_tried: int = 0

    def count(self, result: Result) -> int:
        return sum(outcome.result is result for outcome in self.outcomes)


class WikiReader(Protocol):
    """The one question that writing asks back."""

    def wiki_page(self, project: int, title: str) -> Row | None: ...


class WriteSide(RedmineWriter, WikiReader, Protocol):
    """What applying a plan needs of a Redmine."""


Progress = Callable[[Outcome], None]


def apply(plan: Plan, redmine: WriteSide, *, progress: Progress = lambda _: None) -> Applied:
    """Write the plan. Raises nothing that Redmine may cause: see `Applied`.

    `progress` hears of each change as it is done. At the end what was written is read back, a
    hundred tickets a request: Redmine may answer success and pass over what it does not allow.
    """
    outcomes: list[Outcome] = []
    stopped_by: RedmineError | None = None
    failures = 0
    for change in plan.changes:
        try:
            outcome = _carried_out(change, redmine)
            failures = 0
        except RedmineError as error:
            outcome = Outcome(change, Result.FAILED, str(error))
            failures += 1
            if not isinstance(error, _PASSING) or failures == _PATIENCE:
                stopped_by = error
        outcomes.append(outcome)
        progress(outcome)
        if stopped_by is not None:
            break
    if stopped_by is None:
        outcomes, stopped_by = _read_back(outcomes, redmine)
    return Applied(
        tuple(outcomes),
        _put_off(outcomes, plan.as_of),
        stopped_by,
        not_tried=len(plan.changes) - len(outcomes),
    )


def _carried_out(change: Change, redmine: WriteSide) -> Outcome:
    try:
        if isinstance(change, UpdateTicket):
            redmine.update_issue(issue_update(change))
            return Outcome(change, Result.APPLIED)
        return _saved(change, redmine)
    except (Refused, Forbidden, NotFound, PrivacyUnproved) as error:
        return Outcome(change, Result.REFUSED, _said(error))
    except Conflict:
        return Outcome(change, Result.SKIPPED, "somebody changed it at that moment")


def issue_update(change: UpdateTicket) -> IssueUpdate:
    """The change as a connector takes it."""
    return IssueUpdate(
        ticket=change.ticket,
        fields=change.fields,
        priority=change.priority,
        note=change.note,
        private_note=change.private_note,
    )


def _saved(change: SaveWikiPage, redmine: WriteSide) -> Outcome:
    """A page that somebody saved in between is read and compared again, and tried once more."""
    try:
        _save(change, redmine)
    except Conflict:
        row = redmine.wiki_page(change.project, change.title)
        if row is not None and without_stamp(row["text"]) == without_stamp(change.after):
            return Outcome(change, Result.SKIPPED, "it says so already")
        _save(replace(change, version=row["version"] if row else None), redmine)
    return Outcome(change, Result.APPLIED)


def _save(change: SaveWikiPage, redmine: WriteSide) -> None:
    redmine.save_wiki_page(
        change.project,
        change.title,
        change.after,
        comment=change.comment,
        version=change.version,
    )


def _read_back(
    outcomes: Sequence[Outcome], redmine: WriteSide
) -> tuple[list[Outcome], RedmineError | None]:
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


def _marked(outcome: Outcome, ignored: dict[int, list[str]]) -> Outcome:
    change = outcome.change
    if not isinstance(change, UpdateTicket) or change.ticket not in ignored:
        return outcome
    return replace(outcome, result=Result.IGNORED, message="; ".join(ignored[change.ticket]))


def _put_off(outcomes: Sequence[Outcome], tried: datetime) -> dict[int, PutOff]:
    """What must not be tried again at once."""
    return {
        outcome.change.ticket: PutOff.of(outcome.change, tried, outcome.message)
        for outcome in outcomes
        if outcome.result in (Result.IGNORED, Result.REFUSED)
        and isinstance(outcome.change, UpdateTicket)
    }


def _said(error: RedmineError) -> str:
    """Redmine's own messages where it gave any."""
    messages = error.messages if isinstance(error, Refused) else ()
    return "; ".join(messages) or error.what
