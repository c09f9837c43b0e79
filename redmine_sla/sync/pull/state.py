"""A pull on its way: what its steps share, and the one way in which they read histories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from redmine_sla.errors import SlaError
from redmine_sla.mirror import Arrival, Batch, Departure, Gone, Held, Identity, Mirror
from redmine_sla.sync.ports import Absence, Missing, RedmineReader, Row
from redmine_sla.sync.pull.scope import Progress, PullScope
from redmine_sla.ticket.reading import outline_from_row

SETTLING = timedelta(seconds=2)
"""How long after a change the same second of a server's clock may still bring another one."""

UNKNOWN_SKEW = timedelta(minutes=2)
"""How far a clock may be ahead of that of a server which does not tell its time.

Most do, in the `Date` header of their web server; bare Puma does not. Further ahead, two changes
in the second of our reading could pass for one until the slow beat; behind costs requests only.
"""

AT_ONCE = 100

_WORDS = {"statuses": "status", "trackers": "tracker", "priorities": "priority"}
_TIME = "%Y-%m-%d %H:%M:%S"

WENT_BACK = "server went back"

DOUBT = "doubt"
"""Recorded when notes are missing that were there: one was deleted, or a backup was put back."""


class ServerWentBackError(Exception):
    """Redmine tells an older story than it did: it was restored from a backup."""


@dataclass(slots=True)
class Pulling:
    """One pull.

    `clock` is a time that the server's clock has surely passed, `expected` how many tickets
    Redmine says there are, `restored` how it was seen that Redmine went back in time (empty: it
    did not), kept until everything has been read again.
    """

    reader: RedmineReader
    mirror: Mirror
    scope: PullScope
    as_of: datetime
    progress: Progress
    clock: datetime = field(init=False)
    expected: int = field(init=False)
    restored: str = field(init=False)
    new: set[int] = field(default_factory=set)
    read: set[int] = field(default_factory=set)
    hidden: dict[int, bool] = field(default_factory=dict)
    words_used: dict[str, set[int]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Asks who we are and how many tickets there are. Raises `MirrorError` for a stranger."""
        if self.as_of.tzinfo is None:
            raise SlaError(
                f"`as_of` is {self.as_of.isoformat()}, a time without a zone",
                hint="give it one: datetime.now(UTC)",
            )
        self.mirror.claim(Identity(self.scope.server.rstrip("/"), self.reader.me()["id"]))
        self.expected = self.reader.issue_count(self.scope.projects)
        time = self.reader.server_time()
        self.clock = time - SETTLING if time else self.as_of - UNKNOWN_SKEW
        with self.mirror.reading() as view:
            self.restored = view.recorded(WENT_BACK) or ""

    def arrival(self, row: Row, *, read: bool) -> Arrival:
        """A row on its way into the mirror, without a history that nobody wants."""
        now = outline_from_row(row)
        settled = now.updated < self.clock
        if self.scope.wants_history(closed=now.closed, updated=now.updated):
            return Arrival(row, read=read, settled=settled)
        bare = {key: value for key, value in row.items() if key != "journals"}
        return Arrival(bare, read=False, settled=settled)

    def histories(self, numbers: Sequence[int]) -> Findings:
        """Reads tickets by number, and tells for each what became of it."""
        found = Findings()
        for number, answer in zip(numbers, self.reader.issues(numbers), strict=True):
            if isinstance(answer, Missing):
                kind = Gone.DELETED if answer.absence is Absence.DELETED else Gone.FORBIDDEN
                found.absent[number] = kind
            elif self.scope.watches(project := outline_from_row(answer).project):
                found.arrivals.append(self.arrival(answer, read=True))
            else:
                found.moved[number] = project
        self.read.update(numbers)
        self.progress("histories", len(self.read), None)
        return found

    def refuse_the_past(self, row: Row, held: Held | None) -> None:
        """Raises `ServerWentBackError` if a row is older than what was read before.

        `updated_on` only grows and `created_on` never changes, until a backup is put back;
        numbers are then given a second time.
        """
        if held is None or self.restored:
            return
        now = outline_from_row(row)
        if now.created != held.created or now.updated < held.updated:
            raise ServerWentBackError(
                f"ticket #{held.id} was created {held.created:{_TIME}} and changed "
                f"{held.updated:{_TIME}}; now Redmine says {now.created:{_TIME}} and "
                f"{now.updated:{_TIME}}"
            )

    def store(
        self, batch: Batch, arrivals: Sequence[Arrival], departures: Iterable[Departure]
    ) -> None:
        """Stores what came and takes out what left, in the caller's transaction."""
        numbers = {arrival.row["id"] for arrival in arrivals}
        held = batch.journals_of(numbers)
        for arrival in arrivals:
            number, journals = arrival.row["id"], arrival.row.get("journals")
            now = {(one["id"], one["created_on"]) for one in journals or ()}
            if journals is not None and held.get(number, set()) - now:
                batch.record(DOUBT, f"ticket #{number} has lost notes")
        self.new |= numbers - held.keys()
        batch.store_tickets(arrivals, self.as_of)
        batch.remove_tickets(list(departures), self.as_of)
        for kind, key in _WORDS.items():
            used = self.words_used.setdefault(kind, set())
            used.update(arrival.row[key]["id"] for arrival in arrivals)


@dataclass(slots=True)
class Findings:
    """What reading tickets by number brought."""

    arrivals: list[Arrival] = field(default_factory=list)
    absent: dict[int, Gone] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)

    def departures(self, held: dict[int, Held]) -> list[Departure]:
        """The departures of those that were held."""
        absent = [
            Departure(number, kind, held[number].project)
            for number, kind in self.absent.items()
            if number in held
        ]
        return absent + [
            Departure(number, Gone.MOVED, project)
            for number, project in self.moved.items()
            if number in held
        ]
