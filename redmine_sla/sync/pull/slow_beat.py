"""The slow beat: what moves no `updated_on`, looked at once a day and before a quarter closes."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from redmine_sla.sync.failures import NotFound
from redmine_sla.sync.ports import ProjectWords
from redmine_sla.sync.pull.scope import Beat
from redmine_sla.sync.pull.state import Pulling

DONE = "slow beat done"
"""Recorded: when the last slow beat was over."""

_BEGUN = "slow beat begun"
_CLOSED = 5
_ARCHIVED = 9


def begin_if_due(pull: Pulling, beat: Beat) -> bool:
    """Whether the slow beat belongs to this pull. One that was killed is taken up again."""
    done, begun = _times(pull)
    due = done is None or begun is not None or pull.as_of - done >= pull.scope.beat_every
    if beat is Beat.NEVER or (beat is Beat.WHEN_DUE and not due):
        return False
    too_old = begun is not None and pull.as_of - begun >= pull.scope.beat_every
    if begun is None or too_old or (beat is Beat.NOW and done is not None):
        with pull.mirror.writing() as batch:
            batch.record(_BEGUN, pull.as_of.isoformat())
    return True


def mark_histories(pull: Pulling) -> None:
    """Marks open tickets and recent ones that have not been read since the beat began."""
    _, begun = _times(pull)
    with pull.mirror.writing() as batch:
        batch.read_again(
            pull.scope.projects,
            changed_from=pull.scope.again_from(pull.as_of),
            read_before=begun or pull.as_of,
        )


def end(pull: Pulling) -> None:
    """Everything was read."""
    with pull.mirror.writing() as batch:
        batch.record(DONE, pull.as_of.isoformat())
        batch.record(_BEGUN, "")


def read_words(pull: Pulling) -> None:
    """Statuses, trackers, fields, projects… of all Redmine."""
    read = pull.reader.words()
    with pull.mirror.writing() as batch:
        for kind in fields(read):
            batch.store_words(kind.name, getattr(read, kind.name))


def read_project_words(pull: Pulling) -> None:
    """Memberships, categories and versions of the watched projects, and of those with pages."""
    with pull.mirror.reading() as view:
        known = view.vocabulary().projects
    watched = known if pull.scope.projects is None else pull.scope.projects
    for project in sorted({*watched, *pull.scope.pages}):
        if project in known and known[project].status == _CLOSED:
            pull.warnings.append(
                f"project {known[project].name} is closed: its tickets are read, and Redmine "
                "refuses to write on them"
            )
        if project in known and known[project].status == _ARCHIVED:
            continue
        try:
            read = pull.reader.project_words(project)
        except NotFound:
            pull.warnings.append(
                f"there is no project #{project} any more, or the key cannot see it"
            )
            read = ProjectWords(None, None, None)
        with pull.mirror.writing() as batch:
            for kind in fields(read):
                batch.store_words(kind.name, getattr(read, kind.name), project)


def words_are_missing(pull: Pulling) -> bool:
    """Whether tickets stored by this pull use a status, tracker or priority never heard of."""
    with pull.mirror.reading() as view:
        return not all(ids <= view.word_ids(kind) for kind, ids in pull.words_used.items())


def _times(pull: Pulling) -> tuple[datetime | None, datetime | None]:
    with pull.mirror.reading() as view:
        done, begun = view.recorded(DONE), view.recorded(_BEGUN)
    return (
        datetime.fromisoformat(done) if done else None,
        datetime.fromisoformat(begun) if begun else None,
    )
