"""Obligations in this Redmine: the tickets that stand for them, and those that are to be made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract
from redmine_sla.duty import (
    DutyTicket,
    Outcome,
    made_up,
    occurrences,
    outcomes,
    outcomes_at_the_end,
    ticketed_by,
)
from redmine_sla.mirror import Mirror
from redmine_sla.plan import CreateTicket
from redmine_sla.plan.duty_ticket import KEY_ROLE, DutyTickets
from redmine_sla.quarter import Quarter
from redmine_sla.sla.moments import Glossary
from redmine_sla.sync.named_tickets import hidden_names
from redmine_sla.sync.workbench import Workbench
from redmine_sla.ticket import Attribute, Ticket, timeline_of
from redmine_sla.ticket.reading import ReadingError

_NEWEST = 200  # tickets looked at to see what fields they carry

JudgeOccurrences = Callable[
    [Contract, Period, Mapping[str, DutyTicket], Glossary, datetime], tuple[Outcome, ...]
]
"""One of the ways of judging the occurrences of a period."""


@dataclass(slots=True)
class DutyBook:
    """What the mirror knows of the obligations of this desk's contracts."""

    bench: Workbench
    mirror: Mirror
    findings: list[str] = field(default_factory=list)
    _standing: dict[str, dict[str, Ticket]] = field(default_factory=dict)

    def outcomes(self, contract: Contract, period: Period, as_of: datetime) -> tuple[Outcome, ...]:
        """What came of each occurrence of the period, by what was recorded up to `as_of`.

        Raises `CalendarError`, `MirrorError`.
        """
        return self._found_by(outcomes, contract, period, as_of)

    def outcomes_at_the_end(
        self, contract: Contract, period: Period, as_of: datetime
    ) -> tuple[Outcome, ...]:
        """What had come of each when the period ended, by what was recorded up to `as_of`.

        Raises `CalendarError`, `MirrorError`.
        """
        return self._found_by(outcomes_at_the_end, contract, period, as_of)

    def made_up(self, contract: Contract, period: Period, as_of: datetime) -> tuple[Outcome, ...]:
        """What was owed before the period and done in it, by what was recorded up to `as_of`.

        Raises `CalendarError`, `MirrorError`.
        """
        tickets = self._of(contract, self.tickets(contract))
        found = made_up(contract, period, tickets, self.bench.glossary(contract), as_of)
        return tuple(self._unnamed(found, contract, as_of))

    def _found_by(
        self, judging: JudgeOccurrences, contract: Contract, period: Period, as_of: datetime
    ) -> tuple[Outcome, ...]:
        wanted = occurrences(contract, period)
        standing = self.tickets(contract) if wanted else {}
        tickets = self._of(contract, {one.key for one in wanted} & standing.keys())
        found = judging(contract, period, tickets, self.bench.glossary(contract), as_of)
        return tuple(self._unnamed(found, contract, as_of))

    def new_tickets(self, contract: Contract, as_of: datetime) -> Iterator[CreateTicket]:
        """The tickets that should stand by now and do not, oldest first.

        From the first day of the quarter before on, so that missed runs are made up for; not
        before `tickets_from` of `[obligations]` in `sla.toml`. In wiki mode, without a field to
        mark them by, none are wanted. One deleted in Redmine is made again: deleting excuses
        nobody. Raises `CalendarError`, `MirrorError`.
        """
        desk = self.bench.desk
        if desk.surfaces.mode == "wiki" and KEY_ROLE not in desk.fields:
            return
        today = contract.day_of(as_of)
        owed = ticketed_by(contract, today, since=self._since(contract, today))
        standing = self.tickets(contract) if owed else {}
        wanted = [one for one in owed if one.key not in standing]
        if not wanted:
            return
        maker = self._maker(contract)
        yield from filter(None, map(maker.ticket, wanted))
        self.findings += maker.findings

    def tickets(self, contract: Contract) -> dict[str, Ticket]:
        """The tickets that carry a key of the contract's obligations, by key.

        Each key is read off the ticket itself. Of several with the same (a copy made in Redmine
        has it too) the first made counts. The mirror is asked once.
        """
        if contract.name not in self._standing:
            self._standing[contract.name] = self._found(contract)
        return self._standing[contract.name]

    def _found(self, contract: Contract) -> dict[str, Ticket]:
        beginning = f"{contract.name}/"
        with self.mirror.reading() as view:
            numbers = view.numbers_saying(beginning)
        found: dict[str, Ticket] = {}
        for ticket in self._read(numbers):
            key = self._key_on(ticket)
            if key.startswith(beginning):
                first = found.setdefault(key, ticket)
                if first is not ticket:
                    self._notice(
                        f"#{first.id} and #{ticket.id} both stand for {key}: #{first.id} counts; "
                        "empty the field on the other"
                    )
        return found

    def _read(self, numbers: set[int]) -> Iterator[Ticket]:
        """In order of number, also those of which only a list has told."""

        def unreadable(error: ReadingError) -> None:
            self._notice(str(error))

        read = {
            ticket.id: ticket
            for ticket in self.mirror.tickets(numbers=numbers, unreadable=unreadable)
        }
        for number in sorted(numbers):
            ticket = read.get(number) or self._listed(number)
            if ticket is not None:
                yield ticket

    def _listed(self, number: int) -> Ticket | None:
        try:
            return self.mirror.ticket(number)
        except ReadingError:
            return None

    def _key_on(self, ticket: Ticket) -> str:
        known = self.bench.words.field_named(self.bench.desk.fields.get(KEY_ROLE, ""))
        value = ticket.fields.get(known.id) if known else None
        return value.strip() if isinstance(value, str) else ""

    def _unnamed(
        self, found: Iterable[Outcome], contract: Contract, as_of: datetime
    ) -> Iterator[Outcome]:
        """Where doing without was agreed in a ticket not everybody may see, it is not named."""
        hidden = hidden_names(self.bench, self.mirror, contract, as_of)
        for one in found:
            if one.excuse is not None and one.excuse.agreed_in in hidden:
                yield replace(one, excuse=replace(one.excuse, agreed_in=None))
            else:
                yield one

    def _of(self, contract: Contract, keys: Iterable[str]) -> dict[str, DutyTicket]:
        """The tickets of these keys, as they tell their past."""
        standing = self.tickets(contract)
        return {key: self._told(standing[key], contract) for key in keys}

    def _told(self, ticket: Ticket, contract: Contract) -> DutyTicket:
        bench = self.bench
        told = timeline_of(ticket, bench.words, bench.parties, bench.happened_at(contract))
        project = told.track(Attribute.PROJECT)
        moved = project.first.value != project.now.value
        return DutyTicket(told, hidden=moved or not bench.is_for_all(ticket, contract))

    def _since(self, contract: Contract, today: date) -> date:
        begun = self.bench.desk.obligations.tickets_from or contract.starts
        return max(Quarter.of(today).previous.first_day, contract.starts, begun)

    def _maker(self, contract: Contract) -> DutyTickets:
        bench = self.bench
        wanted = contract.projects[0]
        projects = bench.words.projects.values()
        project = next((one.id for one in projects if one.identifier == wanted), None)
        return DutyTickets(
            contract,
            bench.desk,
            bench.words,
            self._members(project),
            without_key=self._without_key(project),
        )

    def _members(self, project: int | None) -> Mapping[str, int] | None:
        members = self.mirror.members(project) if project is not None else None
        if members is None:
            return None
        whos = (member.user or member.group for member in members)
        return {who.name: who.id for who in whos if who is not None}

    def _without_key(self, project: int | None) -> set[int]:
        """The trackers whose newest tickets in the project do not carry the key's field."""
        known = self.bench.words.field_named(self.bench.desk.fields.get(KEY_ROLE, ""))
        if project is None or known is None:
            return set()
        with self.mirror.reading() as view:
            newest = sorted(view.numbers([project]))[-_NEWEST:]
        carrying: dict[int, bool] = {}
        for ticket in self._read(set(newest)):
            tracker = ticket.tracker.id
            carrying[tracker] = carrying.get(tracker, False) or known.id in ticket.fields
        return {tracker for tracker, carries in carrying.items() if not carries}

    def _notice(self, what: str) -> None:
        if what not in self.findings:
            self.findings.append(what)


def duty_changes(
    bench: Workbench, mirror: Mirror, as_of: datetime
) -> tuple[tuple[CreateTicket, ...], tuple[str, ...]]:
    """The tickets of all contracts' obligations to be made, and what a person should look at.

    Raises `CalendarError`, `MirrorError`.
    """
    book = DutyBook(bench, mirror)
    made = [change for one in bench.contracts for change in book.new_tickets(one, as_of)]
    return tuple(made), tuple(book.findings)
