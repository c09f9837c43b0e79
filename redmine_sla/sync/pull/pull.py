"""Bringing the mirror up to date with Redmine: only what changed, and nothing lost on the way."""

from __future__ import annotations

import time
from datetime import datetime

from redmine_sla.mirror import Mirror
from redmine_sla.sync.ports import RedmineReader, RequestCount
from redmine_sla.sync.pull import slow_beat
from redmine_sla.sync.pull.hours import HELD_FROM, pull_hours
from redmine_sla.sync.pull.listing import follow, list_all, read_marked
from redmine_sla.sync.pull.presence import believe, counts_agree, sweep
from redmine_sla.sync.pull.scope import Beat, Progress, PullReport, PullScope
from redmine_sla.sync.pull.state import DOUBT, WENT_BACK, Pulling, ServerWentBackError


def pull(
    reader: RedmineReader,
    mirror: Mirror,
    scope: PullScope,
    *,
    as_of: datetime,
    beat: Beat = Beat.WHEN_DUE,
    progress: Progress = lambda _stage, _done, _total: None,
) -> PullReport:
    """Pulls. Nothing changed costs five requests, whatever the size.

    May be killed at any moment: every page is stored in one transaction with its histories and
    its cursor, and the next pull goes on from there. A first pull is the same thing with no
    cursor yet.

    Raises `RedmineError`, `TicketsLostError` (nothing where thousands were: nothing is touched),
    `MirrorError`, `ReadingError`.
    """
    began, before = time.monotonic(), reader.requests_made
    run = Pulling(reader, mirror, scope, as_of, progress)
    with mirror.writing() as batch:
        batch.keep_only(scope.projects)
    believe(run)
    beats = slow_beat.begin_if_due(run, beat)
    try:
        _read_tickets(run, beats=beats)
    except ServerWentBackError as evidence:
        _start_again(run, str(evidence))
        _read_tickets(run, beats=beats)
    pull_hours(run, look_back=beats)
    if beats or slow_beat.words_are_missing(run):
        slow_beat.read_words(run)
    if beats:
        slow_beat.read_project_words(run)
        slow_beat.end(run)
    return _report(run, began, before, beats=beats)


def _read_tickets(run: Pulling, *, beats: bool) -> None:
    listed = follow(run)
    if beats:
        slow_beat.mark_histories(run)
    read_marked(run)
    with run.mirror.reading() as view:
        doubt = view.recorded(DOUBT)
    if doubt or not counts_agree(run):
        sweep(run, list_all(run) if listed is None else listed)
        with run.mirror.writing() as batch:
            batch.record(DOUBT, "")


def _start_again(run: Pulling, evidence: str) -> None:
    run.restored = evidence
    run.read.clear()
    with run.mirror.writing() as batch:
        batch.start_again(run.scope.projects)
        batch.record(WENT_BACK, evidence)
        batch.record(HELD_FROM, "")


def _report(run: Pulling, began: float, before: RequestCount, *, beats: bool) -> PullReport:
    if run.restored:
        run.warnings.append(
            f"Redmine went back in time, as after restoring a backup ({run.restored}): everything "
            "was read again; what the lost days had brought has to be entered again by people"
        )
        with run.mirror.writing() as batch:
            batch.record(WENT_BACK, "")
    requests = run.reader.requests_made - before
    with run.mirror.reading() as view:
        return PullReport(
            changed=frozenset(view.pending()),
            new=frozenset(run.new),
            gone=view.departures(),
            histories_read=len(run.read),
            slow_beat=beats,
            restored=run.restored or None,
            requests=requests,
            seconds=time.monotonic() - began,
            server_time=run.reader.server_time(),
            warnings=tuple(run.warnings),
        )
