"""Following the lists of tickets: what changed since the cursor, and at first everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from redmine_sla.mirror import Arrival, Cursor, Held
from redmine_sla.mirror.schema import EVERYTHING
from redmine_sla.mirror.statements import in_portions
from redmine_sla.sync.ports import Row
from redmine_sla.sync.pull.presence import ask_for
from redmine_sla.sync.pull.state import AT_ONCE, Findings, Pulling
from redmine_sla.ticket.reading import outline_from_row

OVERLAP = timedelta(minutes=1)
"""How far a list is read again before its cursor: a slow transaction shows its change late."""

_WITNESSES = 100


def follow(pull: Pulling) -> set[int] | None:
    """Reads on from where each watched project stands, a page and its histories at a time.

    Each page is stored in one transaction with its histories and its cursor. Returns the numbers
    of all tickets if everything was listed, otherwise `None`. Raises `ServerWentBackError`.
    """
    listed: set[int] = set()
    whole = True
    for projects, cursor in _groups(pull):
        listed |= _follow(pull, projects, cursor)
        whole = whole and cursor is None
    return listed if whole else None


def list_all(pull: Pulling) -> set[int]:
    """Looks at every ticket there is, and takes in what differs; the cursors stay."""
    listed: set[int] = set()
    for page in pull.reader.issue_pages(changed_since=None, projects=pull.scope.projects):
        listed |= _take_in(pull, page, pull.scope.projects, None)
        pull.progress("tickets", len(listed), pull.expected)
    return listed


def read_marked(pull: Pulling) -> None:
    """Reads the histories that an earlier pull, the slow beat or an earlier `since` asked for."""
    with pull.mirror.reading() as view:
        wanted = view.to_read(pull.scope.projects, pull.scope.since)
    for numbers in in_portions([n for n in wanted if n not in pull.read], AT_ONCE):
        ask_for(pull, numbers)


def _groups(pull: Pulling) -> Iterator[tuple[tuple[int, ...] | None, Cursor | None]]:
    """Projects that can be followed together: those read once, those begun, those never read."""
    with pull.mirror.reading() as view:
        cursors = view.cursors()
    if pull.scope.projects is None:
        yield None, cursors.get(EVERYTHING)
        return
    groups: dict[bool | None, list[int]] = {True: [], False: [], None: []}
    for project in sorted(set(pull.scope.projects)):
        cursor = cursors.get(project)
        groups[cursor.complete if cursor else None].append(project)
    for complete, projects in groups.items():
        if projects:
            times = [cursors[project].at for project in projects if project in cursors]
            yield tuple(projects), Cursor(min(times), bool(complete)) if times else None


def _follow(pull: Pulling, projects: tuple[int, ...] | None, cursor: Cursor | None) -> set[int]:
    since = cursor.at - OVERLAP if cursor else None
    witnesses: dict[int, Held] = {}
    if since is not None:
        with pull.mirror.reading() as view:
            witnesses = view.held_since(projects, since, _WITNESSES)
    complete = cursor is not None and cursor.complete
    reached = cursor.at if cursor else None
    listed: set[int] = set()
    for page in pull.reader.issue_pages(changed_since=since, projects=projects):
        reached = _furthest(pull, page, reached)
        listed |= _take_in(pull, page, projects, Cursor(reached, complete))
        pull.progress("tickets", len(listed), None if cursor else pull.expected)
    if not complete or reached is None:
        with pull.mirror.writing() as batch:
            batch.move_cursor(projects, reached or pull.clock, complete=True)
    # What was last seen must be there again. Where it is not, it was deleted, or Redmine is no
    # longer the one it was.
    ask_for(pull, sorted(witnesses.keys() - listed))
    return listed


def _furthest(pull: Pulling, page: Sequence[Row], reached: datetime | None) -> datetime:
    """The cursor after a page: never ahead of the server's clock, whatever an import wrote."""
    last = min(max(outline_from_row(row).updated for row in page), pull.clock)
    return last if reached is None else max(reached, last)


def _take_in(
    pull: Pulling,
    page: Sequence[Row],
    projects: tuple[int, ...] | None,
    cursor: Cursor | None,
) -> set[int]:
    rows = {row["id"]: row for row in page}
    with pull.mirror.reading() as view:
        held = view.held(rows)
    to_read: list[int] = []
    arrivals: list[Arrival] = []
    for number, row in rows.items():
        pull.refuse_the_past(row, held.get(number))
        if _is_held(pull, row, held.get(number)):
            continue
        if arrival := _complete_as_listed(pull, row, held.get(number), cursor):
            arrivals.append(arrival)
        else:
            to_read.append(number)
    found = pull.histories(to_read) if to_read else Findings()
    if arrivals or to_read or cursor:
        with pull.mirror.writing() as batch:
            pull.store(batch, [*arrivals, *found.arrivals], found.departures(held))
            if cursor:
                batch.move_cursor(projects, cursor.at, complete=cursor.complete)
    return set(rows)


def _is_held(pull: Pulling, row: Row, held: Held | None) -> bool:
    now = outline_from_row(row)
    if held is None or held.updated != now.updated:
        return False
    if held.stale and now.id not in pull.read:
        return False
    return held.has_history or not pull.scope.wants_history(closed=now.closed, updated=now.updated)


def _complete_as_listed(
    pull: Pulling, row: Row, held: Held | None, cursor: Cursor | None
) -> Arrival | None:
    """A ticket of which the list tells enough: an old one, or at first one that nobody touched.

    Later a new ticket is always read by itself: a robot that files and notes in one second leaves
    `updated_on` equal to `created_on`. At first the slow beat sees to those that matter.
    """
    now = outline_from_row(row)
    if not pull.scope.wants_history(closed=now.closed, updated=now.updated):
        return pull.arrival(row, read=False)
    at_first = cursor is not None and not cursor.complete
    if at_first and held is None and now.updated == now.created:
        return pull.arrival({**row, "journals": []}, read=False)
    return None
