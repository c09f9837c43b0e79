"""Pages of lists that change while they are read.

Redmine pages by offset: a ticket changed underneath moves to the end of `sort=updated_on`, the
rows after it move up, and one is skipped. So each page starts where the last one ended, by
value: `updated_on >= last seen`, without an offset.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from redmine_sla.connectors.redmine.asking import PAGE, Ask, Filter, Question, instant, stamp
from redmine_sla.sync.ports import Row

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
TRIES = 3

ISSUES = Question(
    path="/issues.json", key="issues", filters=(Filter("status_id", "*"),), include="relations"
)
TIME_ENTRIES = Question(path="/time_entries.json", key="time_entries")


def by_change(
    ask: Ask, question: Question, since: datetime | None, projects: Sequence[int] | None
) -> Iterator[Sequence[Row]]:
    """Rows of `question`, oldest `updated_on` first. A row changed underneath comes again."""
    parts = [_by_change(ask, part, since) for part in question.parts(projects)]
    if len(parts) == 1:
        yield from parts[0]
        return
    rows = heapq.merge(*(_each(pages) for pages in parts), key=_change)
    yield from _bundled(rows)


def by_day(
    ask: Ask, question: Question, since: date | None, projects: Sequence[int] | None
) -> Iterator[Sequence[Row]]:
    """Rows of `question` by `spent_on`."""
    for part in question.parts(projects):
        yield from _by_day(ask, part, since)


def everything(ask: Ask, question: Question) -> Sequence[Row]:
    """All rows of a list that can only be paged by offset.

    Each page begins with the last row of the one before: if it does not, rows went or came in
    between, and all is read again.
    """
    for _ in range(TRIES):
        rows = _overlapping(ask, question)
        if rows is not None:
            return rows
    raise question.wrong(f"changed each time it was read, {TRIES} times", hint="run again")


def _overlapping(ask: Ask, question: Question) -> Sequence[Row] | None:
    rows: list[Row] = []
    while True:
        page = question.ask(ask, offset=max(0, len(rows) - 1))
        if rows and (not page.rows or page.rows[0]["id"] != rows[-1]["id"]):
            return None
        rows += page.rows[1:] if rows else page.rows
        if len(rows) >= page.total or len(page.rows) < PAGE:
            return rows if len(rows) == page.total else None


def _by_change(ask: Ask, question: Question, since: datetime | None) -> Iterator[Sequence[Row]]:
    seen: set[tuple[int, str]] = set()
    at = since.replace(microsecond=0) if since else None
    while True:
        rows = _changed_from(ask, question, at)
        fresh = [row for row in rows if _version(row) not in seen]
        if fresh:
            yield fresh
        if len(rows) < PAGE:
            return
        seen = set(map(_version, rows))
        last = _change(rows[-1])
        if at is not None and last <= at:
            for crowd in _within_second(ask, question, at):
                fresh = [row for row in crowd if _version(row) not in seen]
                seen.update(map(_version, fresh))
                if fresh:
                    yield fresh
            last = at + SECOND
        at = last


def _changed_from(ask: Ask, question: Question, at: datetime | None) -> Sequence[Row]:
    """A page from `at` on. Redmine turns `>=` into "later than a second before", so that rows of
    the second before `at` may come, where its database keeps fractions.
    """
    wanted = question if at is None else question.where(Filter("updated_on", ">=", (stamp(at),)))
    rows = wanted.where(sort="updated_on,id").ask(ask).rows
    changes = [_change(row) for row in rows]
    if at is not None and any(change < at - SECOND for change in changes):
        raise question.wrong(
            f"asked for changes since {stamp(at)}, got one of {stamp(min(changes))}",
            hint="a plugin or proxy drops the filter updated_on; nothing was taken over",
        )
    if changes != sorted(changes):
        raise question.wrong("the rows are not in the order asked (updated_on,id)")
    return rows


def _within_second(ask: Ask, question: Question, at: datetime) -> Iterator[Sequence[Row]]:
    """All rows changed in the second `at` and the one before, when a page cannot hold them.

    A script that touched thousands at once makes such seconds. They are followed by number.
    """
    span = Filter("updated_on", "><", (stamp(at - SECOND), stamp(at)))
    after = 0
    while True:
        beyond = Filter("issue_id", ">=", (str(after + 1),))
        rows = question.where(span, beyond, sort="id").ask(ask).rows
        numbers = [row["id"] for row in rows]
        if any(not at - 2 * SECOND <= _change(row) <= at for row in rows):
            raise question.wrong(f"asked for changes of {stamp(at)}, got others")
        if numbers != sorted(set(numbers)) or (numbers and numbers[0] <= after):
            raise question.wrong(f"asked for numbers after {after} in order, got others")
        yield rows
        if len(rows) < PAGE:
            return
        after = numbers[-1]


def _by_day(ask: Ask, question: Question, since: date | None) -> Iterator[Sequence[Row]]:
    seen: set[tuple[int, str]] = set()
    at = since
    while True:
        wanted = question if at is None else question.where(Filter("spent_on", ">=", (str(at),)))
        rows = wanted.where(sort="spent_on").ask(ask).rows
        days = [date.fromisoformat(row["spent_on"]) for row in rows]
        if days != sorted(days) or (at is not None and days and days[0] < at):
            raise question.wrong(f"asked for days from {at} on in order, got others")
        fresh = [row for row in rows if _version(row) not in seen]
        if fresh:
            yield fresh
        if len(rows) < PAGE:
            return
        seen = set(map(_version, rows))
        last = days[-1]
        if last == at:
            that_day = question.where(Filter("spent_on", "=", (str(at),)), sort="spent_on")
            crowd = everything(ask, that_day)
            yield from _bundled(row for row in crowd if _version(row) not in seen)
            last = at + DAY
        at = last


def _change(row: Row) -> datetime:
    return instant(row["updated_on"])


def _version(row: Row) -> tuple[int, str]:
    return row["id"], row["updated_on"]


def _each(pages: Iterator[Sequence[Row]]) -> Iterator[Row]:
    for page in pages:
        yield from page


def _bundled(rows: Iterator[Row]) -> Iterator[Sequence[Row]]:
    bundle: list[Row] = []
    for row in rows:
        bundle.append(row)
        if len(bundle) == PAGE:
            yield bundle
            bundle = []
    if bundle:
        yield bundle
