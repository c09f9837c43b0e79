"""Questions to the mirror at one moment: what a pull must know before it asks Redmine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from redmine_sla.mirror.held import Cursor, Departure, Gone, Held, Row
from redmine_sla.mirror.json_text import dumped
from redmine_sla.mirror.schema import (
    EVERYTHING,
    OPEN,
    PENDING,
    STALE,
    Projects,
    absences,
    cursors,
    facts,
    remembered,
    tickets,
    time_entries,
    within,
    words,
)
from redmine_sla.mirror.statements import in_portions
from redmine_sla.mirror.wordbook import vocabulary_of, words_of
from redmine_sla.ticket.vocabulary import Vocabulary
from redmine_sla.ticket.wording import Member, member_from_row

_HELD = (
    tickets.c.id,
    tickets.c.project,
    tickets.c.created,
    tickets.c.updated,
    tickets.c.closed,
    tickets.c.journals.is_not(None).label("has_history"),
    tickets.c.stale,
)


class View:
    """One moment of the mirror. Made by `Mirror.reading`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, query: Select[Any]) -> Sequence[Any]:
        """The rows of a query."""
        return self._connection.execute(query).all()

    def held(self, numbers: Iterable[int]) -> dict[int, Held]:
        """What is held of these tickets."""
        return {
            row.id: Held(*row)
            for some in in_portions(sorted(set(numbers)))
            for row in self.all(select(*_HELD).where(tickets.c.id.in_(some)))
        }

    def held_since(self, projects: Projects, time: datetime, limit: int) -> dict[int, Held]:
        """The tickets changed at or after a time, the latest ones if there are more."""
        query = (
            select(*_HELD)
            .where(within(tickets, projects), tickets.c.updated >= time)
            .order_by(tickets.c.updated.desc(), tickets.c.id.desc())
            .limit(limit)
        )
        return {row.id: Held(*row) for row in self.all(query)}

    def numbers(self, projects: Projects = None) -> set[int]:
        """The ids of all tickets held, with history or without."""
        return set(self._connection.scalars(select(tickets.c.id).where(within(tickets, projects))))

    def open_numbers(self, projects: Projects = None) -> set[int]:
        """The ids of tickets whose status is not a closed one."""
        query = select(tickets.c.id).where(within(tickets, projects), OPEN)
        return set(self._connection.scalars(query))

    def changed_numbers(self, since: datetime) -> set[int]:
        """The ids of tickets changed at or after a time."""
        return set(self._connection.scalars(select(tickets.c.id).where(tickets.c.updated >= since)))

    def booked_numbers(self, spent_from: date, spent_before: date | None) -> set[int]:
        """The ids of tickets with hours in a window."""
        wanted = [time_entries.c.ticket.is_not(None), time_entries.c.spent_on >= spent_from]
        if spent_before is not None:
            wanted.append(time_entries.c.spent_on < spent_before)
        query = select(time_entries.c.ticket).where(*wanted).distinct()
        return set(self._connection.scalars(query))

    def numbers_saying(self, words: str) -> set[int]:
        """The ids of tickets with that text anywhere in their rows: at least all those with it in
        one of their fields."""
        written = dumped(words)[1:-1]
        query = select(tickets.c.id).where(tickets.c.body.contains(written, autoescape=True))
        return set(self._connection.scalars(query))

    def reported_beside(self, numbers: Collection[int], window: timedelta) -> set[int]:
        """The ids of tickets created at most `window` before or after one of these."""
        beside: set[int] = set()
        for some in in_portions(sorted(numbers)):
            created = select(tickets.c.created).where(tickets.c.id.in_(some))
            for start, end in _stretches(sorted(self._connection.scalars(created)), window):
                near = tickets.c.created >= start, tickets.c.created <= end
                beside.update(self._connection.scalars(select(tickets.c.id).where(*near)))
        return beside

    def to_read(self, projects: Projects, since: datetime) -> list[int]:
        """Tickets whose history is wanted: marked ones, and those that never had it read.

        Wanted is the history of every ticket that is open or was changed at or after `since`.
        """
        unread = and_(
            tickets.c.journals.is_(None),
            or_(tickets.c.closed.is_(False), tickets.c.updated >= since),
        )
        found: set[int] = set()
        for wanted in (STALE, unread):
            query = select(tickets.c.id).where(within(tickets, projects), wanted)
            found.update(self._connection.scalars(query))
        return sorted(found)

    def count_by_project(self, projects: Projects = None) -> dict[int, int]:
        """How many tickets of each project are held."""
        query = (
            select(tickets.c.project, func.count())
            .where(within(tickets, projects))
            .group_by(tickets.c.project)
        )
        return {row[0]: row[1] for row in self.all(query)}

    def count_time_entries(self, projects: Projects, spent_from: date) -> int:
        """How many time entries of a window are held."""
        wanted = within(time_entries, projects), time_entries.c.spent_on >= spent_from
        return (
            self._connection.scalar(select(func.count()).select_from(time_entries).where(*wanted))
            or 0
        )

    def cursors(self) -> dict[int, Cursor]:
        """How far each project is read (`EVERYTHING` for a pull of all that can be seen)."""
        return {row.project: Cursor(row.at, row.complete) for row in self.all(select(cursors))}

    def pending(self) -> set[int]:
        """Tickets that changed since the last completed run."""
        return set(self._connection.scalars(select(tickets.c.id).where(PENDING)))

    def departures(self, *, all_of_them: bool = False) -> tuple[Departure, ...]:
        """Tickets that left, since the last completed run or ever."""
        query = select(absences).order_by(absences.c.ticket)
        return tuple(
            Departure(row.ticket, Gone(row.kind), row.project)
            for row in self.all(query if all_of_them else query.where(absences.c.pending))
        )

    def remembered(self, key: str) -> dict[int, str]:
        """The run's own notes of that key by ticket."""
        query = select(remembered.c.ticket, remembered.c.value).where(remembered.c.key == key)
        return {row.ticket: row.value for row in self.all(query)}

    def recorded(self, key: str) -> str | None:
        """A fact about the mirror itself."""
        return self._connection.scalar(select(facts.c.value).where(facts.c.key == key))

    def time_entries(self, wanted: ColumnElement[bool], limit: int | None = None) -> Sequence[Any]:
        """Stored time entries, by id."""
        return self.all(select(time_entries).where(wanted).order_by(time_entries.c.id).limit(limit))

    def word_ids(self, kind: str) -> set[int]:
        """The ids of one list of words, of Redmine and all its projects."""
        return set(self._connection.scalars(select(words.c.id).where(words.c.kind == kind)))

    def words(self, kind: str, project: int = EVERYTHING) -> list[Row] | None:
        """One list of words as it came; `None` if it was never read, or may not be."""
        return words_of(self._connection, kind, project)

    def members(self, project: int) -> tuple[Member, ...] | None:
        """Who belongs to a project; `None` where that may not be read, or was not yet."""
        rows = self.words("memberships", project)
        return None if rows is None else tuple(member_from_row(row) for row in rows)

    def vocabulary(self) -> Vocabulary:
        """All words, completed by names met in rows."""
        return vocabulary_of(self._connection)


def _stretches(
    instants: Sequence[datetime], window: timedelta
) -> Iterator[tuple[datetime, datetime]]:
    """The times around the instants, those that overlap joined. The instants are in order."""
    start = end = None
    for instant in instants:
        if start is None or end is None or instant - window > end:
            if start is not None and end is not None:
                yield start, end
            start = instant - window
        end = instant + window
    if start is not None and end is not None:
        yield start, end
