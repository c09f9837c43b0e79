"""Writing into the mirror: one `with mirror.writing()` is stored in full, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    delete,
    or_,
    select,
    true,
    update,
)

from redmine_sla.mirror.held import Arrival, Departure, Identity, Row
from redmine_sla.mirror.json_text import dumped, loaded
from redmine_sla.mirror.names import names_in
from redmine_sla.mirror.schema import (
    EVERYTHING,
    Projects,
    absences,
    cursors,
    facts,
    names,
    remembered,
    tickets,
    time_entries,
    within,
    word_lists,
    words,
)
from redmine_sla.mirror.statements import in_portions, upsert
from redmine_sla.mirror.stored import stored_ticket, stored_time_entry


class Batch:
    """One transaction. Made by `Mirror.writing`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, identity: Identity) -> Identity:
        """Whose mirror it is: from now on this one's, if it was nobody's."""
        held = dict(self._connection.execute(select(facts.c.key, facts.c.value)).all())
        if "server" in held and "user" in held:
            return Identity(held["server"], int(held["user"]))
        self.record("server", identity.server)
        self.record("user", str(identity.user))
        return identity

    def journals_of(self, numbers: Collection[int]) -> dict[int, set[tuple[int, str]]]:
        """Number and time of each journal that is held, by ticket."""
        columns = tickets.c.id, tickets.c.journals
        return {
            row.id: {(one["id"], one["created_on"]) for one in loaded(row.journals or "[]")}
            for row in self._connection.execute(select(*columns).where(tickets.c.id.in_(numbers)))
        }

    def store_tickets(self, arrivals: Sequence[Arrival], at: datetime) -> None:
        """Stores tickets as they came; those that differ from what was held become pending."""
        arrivals = list({arrival.row["id"]: arrival for arrival in arrivals}.values())
        columns = tickets.c.id, tickets.c.body, tickets.c.journals, tickets.c.pending
        numbers = [arrival.row["id"] for arrival in arrivals]
        held = {
            row.id: row
            for row in self._connection.execute(select(*columns).where(tickets.c.id.in_(numbers)))
        }
        self._upsert(tickets, [stored_ticket(one, held.get(one.row["id"]), at) for one in arrivals])
        self._delete(absences, absences.c.ticket.in_(numbers))
        self._learn(arrival.row for arrival in arrivals)

    def remove_tickets(self, departures: Sequence[Departure], at: datetime) -> None:
        """Takes tickets out and keeps a record of why."""
        numbers = [departure.ticket for departure in departures]
        self._delete(tickets, tickets.c.id.in_(numbers))
        self._delete(remembered, remembered.c.ticket.in_(numbers))
        self._upsert(
            absences,
            [
                {
                    "ticket": departure.ticket,
                    "kind": departure.kind.value,
                    "project": departure.project,
                    "noticed_at": at,
                    "pending": True,
                }
                for departure in departures
            ],
        )

    def read_again(
        self, projects: Projects, *, changed_from: datetime | None, read_before: datetime
    ) -> None:
        """Marks tickets for the next reading of histories.

        These are the open ones and those changed since `changed_from` (`None`: all), unless they
        have been read by themselves at or after `read_before`.
        """
        wanted = (
            true()
            if changed_from is None
            else or_(tickets.c.closed.is_(False), tickets.c.updated >= changed_from)
        )
        outdated = or_(tickets.c.read_at.is_(None), tickets.c.read_at < read_before)
        self._connection.execute(
            update(tickets)
            .where(and_(within(tickets, projects), wanted, outdated))
            .values(stale=True)
        )

    def start_again(self, projects: Projects) -> None:
        """Trusts nothing any more: every ticket is to be read again, from the first page on."""
        self._connection.execute(
            update(tickets).where(within(tickets, projects)).values(stale=True)
        )
        self._delete(cursors, true())

    def keep_only(self, projects: Projects) -> None:
        """Forgets projects that are no longer watched."""
        if projects is None:
            return
        for table in (tickets, time_entries):
            self._delete(table, ~within(table, projects))
        self._delete(cursors, ~within(cursors, projects))

    def move_cursor(self, projects: Projects, at: datetime, *, complete: bool) -> None:
        """Says how far the projects are read. Belongs into the batch that stores the page."""
        self._upsert(
            cursors,
            [
                {"project": project, "at": at, "complete": complete}
                for project in ([EVERYTHING] if projects is None else sorted(projects))
            ],
        )

    def store_words(self, kind: str, rows: Sequence[Row] | None, project: int = EVERYTHING) -> None:
        """Replaces one list of words; `None` records that the key may not read it."""
        self._delete(words, and_(words.c.kind == kind, words.c.project == project))
        self._upsert(
            words,
            [
                {"kind": kind, "project": project, "id": row["id"], "body": dumped(row)}
                for row in rows or ()
            ],
        )
        self._upsert(word_lists, [{"kind": kind, "project": project, "readable": rows is not None}])
        self._learn(rows or ())

    def store_time_entries(self, rows: Sequence[Row]) -> None:
        """Stores entries; the tickets of those that are new or different become pending."""
        incoming = {row["id"]: stored_time_entry(row) for row in rows}
        held = {
            row.id: row
            for row in self._connection.execute(
                select(time_entries).where(time_entries.c.id.in_(incoming))
            )
        }
        changed = [
            entry
            for number, entry in incoming.items()
            if number not in held or held[number].body != entry["body"]
        ]
        self._upsert(time_entries, changed)
        self._touch(entry["ticket"] for entry in changed)
        self._touch(held[entry["id"]].ticket for entry in changed if entry["id"] in held)
        self._learn(rows)

    def replace_time_entries(
        self, pages: Iterable[Sequence[Row]], *, spent_from: date, projects: Projects
    ) -> None:
        """Puts the entries of a window in the place of those held; reads `pages` as it goes."""
        window = and_(within(time_entries, projects), time_entries.c.spent_on >= spent_from)
        left = set(self._connection.scalars(select(time_entries.c.id).where(window)))
        for page in pages:
            self.store_time_entries(page)
            left.difference_update(row["id"] for row in page)
        for some in in_portions(sorted(left)):
            gone = time_entries.c.id.in_(some)
            self._touch(self._connection.scalars(select(time_entries.c.ticket).where(gone)))
            self._delete(time_entries, gone)

    def settle(self, numbers: Collection[int]) -> None:
        """The run has dealt with these tickets, changed or gone: no longer pending."""
        for some in in_portions(sorted(numbers)):
            self._connection.execute(
                update(tickets).where(tickets.c.id.in_(some)).values(pending=False)
            )
            self._connection.execute(
                update(absences).where(absences.c.ticket.in_(some)).values(pending=False)
            )

    def remember(self, key: str, values: Mapping[int, str]) -> None:
        """Notes of the run by ticket. A convenience: losing them must lose nothing."""
        self._upsert(
            remembered,
            [{"ticket": ticket, "key": key, "value": value} for ticket, value in values.items()],
        )

    def record(self, key: str, value: str) -> None:
        """A fact about the mirror itself."""
        self._upsert(facts, [{"key": key, "value": value}])

    def erase(self, beginning: str) -> None:
        """Forgets the facts whose keys begin so."""
        self._delete(facts, facts.c.key.startswith(beginning, autoescape=True))

    def _touch(self, numbers: Iterable[int | None]) -> None:
        wanted = sorted({number for number in numbers if number is not None})
        for some in in_portions(wanted):
            self._connection.execute(
                update(tickets).where(tickets.c.id.in_(some)).values(pending=True)
            )

    def _learn(self, rows: Iterable[Row]) -> None:
        self._upsert(
            names,
            [
                {"kind": kind.value, "id": number, "name": name}
                for (kind, number), name in sorted(names_in(rows).items())
            ],
        )

    def _delete(self, table: Table, condition: ColumnElement[bool]) -> None:
        self._connection.execute(delete(table).where(condition))

    def _upsert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        upsert(self._connection, table, rows)
