"""The words in the mirror: lists as Redmine gave them, and names learnt where it gave none."""

from __future__ import annotations

from sqlalchemy import Connection, select

from redmine_sla.mirror.held import Row
from redmine_sla.mirror.json_text import loaded
from redmine_sla.mirror.names import Named
from redmine_sla.mirror.schema import EVERYTHING, names, word_lists, words
from redmine_sla.ticket.vocabulary import Vocabulary
from redmine_sla.ticket.wording import vocabulary_from_rows


def words_of(connection: Connection, kind: str, project: int = EVERYTHING) -> list[Row] | None:
    """One list of words; `None` if it was never read, or the key may not read it."""
    readable = connection.scalar(
        select(word_lists.c.readable).where(
            word_lists.c.kind == kind, word_lists.c.project == project
        )
    )
    if not readable:
        return None
    query = select(words.c.body).where(words.c.kind == kind, words.c.project == project)
    return [loaded(body) for body in connection.scalars(query.order_by(words.c.id))]


def vocabulary_of(connection: Connection) -> Vocabulary:
    """All words of all projects, completed by the names met in tickets and time entries."""
    read: dict[str, list[Row]] = {}
    for row in connection.execute(select(words).order_by(words.c.project, words.c.id)):
        read.setdefault(row.kind, []).append(loaded(row.body))
    learnt: dict[str, dict[int, str]] = {kind: {} for kind in Named}
    for row in connection.execute(select(names).order_by(names.c.id)):
        learnt[row.kind][row.id] = row.name
    learnt[Named.FIELD] = _latest(learnt[Named.FIELD])

    def rows(kind: str, names_of: Named | None = None) -> list[Row]:
        met = learnt[names_of].items() if names_of else ()
        return [{"id": number, "name": name} for number, name in met] + read.get(kind, [])

    return vocabulary_from_rows(
        statuses=rows("statuses"),
        trackers=rows("trackers"),
        priorities=rows("priorities"),
        projects=rows("projects"),
        custom_fields=rows("custom_fields"),
        activities=rows("activities", Named.ACTIVITY),
        categories=rows("categories", Named.CATEGORY),
        versions=rows("versions", Named.VERSION),
        field_names=learnt[Named.FIELD],
        users=learnt[Named.USER],
    )


def _latest(fields: dict[int, str]) -> dict[int, str]:
    """A field that was deleted and made again under its name lives on under the later number."""
    number_of = {name: number for number, name in sorted(fields.items())}
    return {number: name for name, number in number_of.items()}
