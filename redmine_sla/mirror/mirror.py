"""The mirror: what Redmine's API returned, kept beside the run. Deleting it loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import ColumnElement, and_, select, true

from redmine_sla.mirror.address import Address, address_of, default_url
from redmine_sla.mirror.batch import Batch
from redmine_sla.mirror.engine import READS, engine_for
from redmine_sla.mirror.errors import A_CACHE, MirrorError, told
from redmine_sla.mirror.held import Identity
from redmine_sla.mirror.json_text import loaded
from redmine_sla.mirror.migrations import migrate
from redmine_sla.mirror.schema import Projects, tickets, time_entries, within
from redmine_sla.mirror.statements import in_portions
from redmine_sla.mirror.view import View
from redmine_sla.ticket.reading import ReadingError, ticket_from_row, time_entry_from_row
from redmine_sla.ticket.ticket import Ticket, TimeEntry
from redmine_sla.ticket.vocabulary import Vocabulary
from redmine_sla.ticket.wording import Member

_AT_ONCE = 200  # tickets held in memory while streaming


class Mirror:
    """One Redmine as one user sees it. Open it with `Mirror.open`, use it as a context manager.

    All methods raise `MirrorError` when the database fails. Tickets are those whose history is
    held; what a list alone has told (closed, and unchanged since the pull's `since`) is known to
    `ticket` only.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self._engine = engine_for(address)

    @classmethod
    def open(cls, url: str | None = None, *, beside: Path = Path()) -> Self:
        """Opens the mirror at `url` (`default_url()` if none), made and migrated as needed.

        A relative SQLite file lies in `beside`.
        """
        mirror = cls(address_of(url or default_url(), beside))
        try:
            with told(mirror.address):
                migrate(mirror._engine, mirror.address)
        except BaseException:
            mirror.close()
            raise
        return mirror

    def close(self) -> None:
        """Gives the connections back. The mirror can be opened again."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Mirror {self.address}>"

    def claim(self, identity: Identity) -> None:
        """Binds a new mirror to a server and a user, or checks that it belongs to them."""
        with self.writing() as batch:
            owner = batch.claim(identity)
        if owner != identity:
            raise MirrorError(
                f"mirror {self.address}: holds {owner.server} as user {owner.user} sees it, "
                f"and this run asks {identity.server} as user {identity.user}",
                hint="give each Redmine and each key a mirror of its own; if the address or the "
                f"bot has changed for good, delete this one ({A_CACHE})",
            )

    @contextmanager
    def reading(self) -> Iterator[View]:
        """One moment of the mirror, to ask several questions about."""
        with told(self.address), self._engine.connect() as plain:
            connection = plain.execution_options(**READS)
            with connection.begin():
                yield View(connection)

    @contextmanager
    def writing(self) -> Iterator[Batch]:
        """One transaction: everything done in it is stored at its end, or nothing."""
        with told(self.address), self._engine.begin() as connection:
            yield Batch(connection)

    def tickets(
        self,
        projects: Projects = None,
        *,
        changed_after: datetime | None = None,
        numbers: Collection[int] | None = None,
        unreadable: Callable[[ReadingError], None] | None = None,
    ) -> Iterator[Ticket]:
        """Tickets with journals and time entries by id, a few hundred in memory at a time.

        `changed_after` compares `updated_on` (at or after), `numbers` asks for certain tickets.
        A row that cannot be read raises `ReadingError`, or is told to `unreadable` and left out.
        """
        wanted = [within(tickets, projects), tickets.c.journals.is_not(None)]
        if changed_after is not None:
            wanted.append(tickets.c.updated >= changed_after)
        for rows, hours in self._portions(wanted, numbers):
            for row in rows:
                try:
                    yield _ticket(row, hours.get(row.id, ()))
                except ReadingError as error:
                    if unreadable is None:
                        raise
                    unreadable(error)

    def ticket(self, number: int) -> Ticket | None:
        """One ticket as it is held; `journals` is `None` where its history was never needed."""
        for rows, hours in self._portions([true()], [number]):
            return _ticket(rows[0], hours.get(number, ()))
        return None

    def time_entries(
        self,
        projects: Projects = None,
        *,
        numbers: Collection[int | None] | None = None,
        spent_from: date | None = None,
        spent_before: date | None = None,
    ) -> Iterator[TimeEntry]:
        """Time entries by id, also those without a ticket.

        `numbers` asks for those of certain tickets, a few hundred tickets after the other, `None`
        among them for those without one.
        """
        wanted = [within(time_entries, projects)]
        if spent_from is not None:
            wanted.append(time_entries.c.spent_on >= spent_from)
        if spent_before is not None:
            wanted.append(time_entries.c.spent_on < spent_before)
        if numbers is None:
            yield from self._entries(wanted)
            return
        for some in in_portions(sorted(one for one in numbers if one is not None), _AT_ONCE):
            with self.reading() as view:
                found = view.time_entries(and_(*wanted, time_entries.c.ticket.in_(some)))
            for row in found:
                yield time_entry_from_row(loaded(row.body))
        if None in numbers:
            yield from self._entries([*wanted, time_entries.c.ticket.is_(None)])

    def vocabulary(self) -> Vocabulary:
        """The words last read, completed by names met in tickets."""
        with self.reading() as view:
            return view.vocabulary()

    def members(self, project: int) -> tuple[Member, ...] | None:
        """Who belongs to a project; `None` where that may not be read, or was not yet."""
        with self.reading() as view:
            return view.members(project)

    def _entries(self, wanted: Sequence[ColumnElement[bool]]) -> Iterator[TimeEntry]:
        last = 0
        while True:
            with self.reading() as view:
                page = view.time_entries(and_(*wanted, time_entries.c.id > last), _AT_ONCE)
            for row in page:
                yield time_entry_from_row(loaded(row.body))
            if len(page) < _AT_ONCE:
                return
            last = page[-1].id

    def _portions(
        self, wanted: Sequence[ColumnElement[bool]], numbers: Collection[int] | None
    ) -> Iterator[tuple[Sequence[Any], dict[int, list[TimeEntry]]]]:
        if numbers is not None:
            for some in in_portions(sorted(numbers), _AT_ONCE):
                yield from self._portion(and_(*wanted, tickets.c.id.in_(some)))
            return
        last = 0
        while portion := list(self._portion(and_(*wanted, tickets.c.id > last))):
            yield from portion
            last = portion[0][0][-1].id

    def _portion(
        self, wanted: ColumnElement[bool]
    ) -> Iterator[tuple[Sequence[Any], dict[int, list[TimeEntry]]]]:
        columns = tickets.c.id, tickets.c.body, tickets.c.journals
        with self.reading() as view:
            rows = view.all(select(*columns).where(wanted).order_by(tickets.c.id).limit(_AT_ONCE))
            of_these = time_entries.c.ticket.in_([row.id for row in rows])
            booked = view.time_entries(of_these) if rows else ()
        if not rows:
            return
        hours: dict[int, list[TimeEntry]] = {}
        for row in booked:
            hours.setdefault(row.ticket, []).append(time_entry_from_row(loaded(row.body)))
        yield rows, hours


def _ticket(row: Any, hours: Sequence[TimeEntry]) -> Ticket:
    body = loaded(row.body)
    if row.journals is not None:
        body["journals"] = loaded(row.journals)
    return ticket_from_row(body, hours)
