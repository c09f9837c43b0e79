"""Time entries: Redmine cannot be asked for changed ones, so the run looks at the newest."""

from __future__ import annotations

from datetime import date

from redmine_sla.sync.failures import Forbidden
from redmine_sla.sync.pull.state import Pulling

HELD_FROM = "hours held from"
"""Recorded when all entries from that day on have been read."""


def pull_hours(pull: Pulling, *, look_back: bool) -> None:
    """Brings the hours up to date: two requests if nothing happened.

    New entries are seen among the newest, deleted ones by the count. `look_back` (the slow beat)
    reads the last two quarters again, because an edited entry leaves no trace. Each window is
    replaced as a whole, or stays as it was.
    """
    try:
        _pull_hours(pull, look_back=look_back)
    except Forbidden:
        pull.warnings.append(
            "the key may not see time entries: hours, and work that starts with a booking, are "
            'unknown (give its role the right "View spent time")'
        )


def _pull_hours(pull: Pulling, *, look_back: bool) -> None:
    first = pull.scope.first_day()
    with pull.mirror.reading() as view:
        complete = view.recorded(HELD_FROM) == str(first)
    if not complete:
        _read_from(pull, first)
        return
    recent = pull.scope.hours_again_from(pull.as_of)
    if look_back or not _newest_are_enough(pull, first):
        _read_from(pull, recent)
        if not _counts_agree(pull, first):
            _read_from(pull, first)


def _newest_are_enough(pull: Pulling, first: date) -> bool:
    rows = pull.reader.newest_time_entries(pull.scope.projects)
    rows = [row for row in rows if date.fromisoformat(row["spent_on"]) >= first]
    with pull.mirror.writing() as batch:
        batch.store_time_entries(rows)
    return _counts_agree(pull, first)


def _counts_agree(pull: Pulling, first: date) -> bool:
    with pull.mirror.reading() as view:
        held = view.count_time_entries(pull.scope.projects, first)
    count = pull.reader.time_entry_count(spent_from=first, projects=pull.scope.projects)
    return held == count


def _read_from(pull: Pulling, day: date) -> None:
    projects = pull.scope.projects
    pages = pull.reader.time_entry_pages(spent_from=day, projects=projects)
    with pull.mirror.writing() as batch:
        batch.replace_time_entries(pages, spent_from=day, projects=projects)
        if day == pull.scope.first_day():
            batch.record(HELD_FROM, str(day))
