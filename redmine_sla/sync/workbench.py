"""The workbench: configuration and this Redmine's words brought together, ready to judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from redmine_sla.contract import Configuration, Contract, Desk
from redmine_sla.contract.checks.together import ProjectTree
from redmine_sla.mirror import Mirror
from redmine_sla.plan import Judged
from redmine_sla.sla.assess import assess
from redmine_sla.sla.fact_finder import TicketFactFinder
from redmine_sla.sla.matching import Match, contract_for, fitting, project_line
from redmine_sla.sla.moments import Glossary
from redmine_sla.sync.pull import slow_beat
from redmine_sla.sync.reach import homes_of, project_tree
from redmine_sla.sync.readership import readers_of
from redmine_sla.ticket import (
    Appointment,
    Attribute,
    HappenedAt,
    Parties,
    Party,
    Ref,
    Ticket,
    Timeline,
    Vocabulary,
    timeline_of,
)
from redmine_sla.ticket.naming import key_of
from redmine_sla.ticket.readers import Readers
from redmine_sla.ticket.wording import Member


@dataclass(frozen=True, slots=True)
class Workbench:
    """Judges tickets of this Redmine by the contracts of this folder. Pure once it is laid out.

    `glossaries` is what the role names mean, by time zone. `alike` is how many people reported
    alike, by ticket; a ticket not in it stands alone. `readers` are those of each project.
    """

    contracts: tuple[Contract, ...]
    desk: Desk
    words: Vocabulary
    parties: Parties
    above: ProjectTree
    glossaries: Mapping[str, Glossary]
    alike: Mapping[int, int] = field(default_factory=dict)
    readers: Readers = field(default_factory=Readers)

    def judge(self, ticket: Ticket, as_of: datetime) -> Judged | None:
        """The ticket judged by its contract as of that instant, by what was known then.

        `None` where it has no contract, or was not there yet.
        """
        found = self.match(ticket, as_of) if ticket.created <= as_of else None
        return None if found is None else self.judged(*found, as_of)

    def judged(self, timeline: Timeline, match: Match, as_of: datetime) -> Judged:
        """A ticket whose contract is found already, judged as of that instant."""
        finder = self.fact_finder(timeline, match.contract)
        assessment = assess(timeline, match.contract, self.glossary(match.contract), finder, as_of)
        return Judged(
            contract=match.contract,
            timeline=timeline,
            assessment=assessment,
            moved_to=match.moved_to,
            is_hidden=self.hides(timeline.ticket, match),
            needs_triage=not assessment.silent and finder.classification(as_of).needs_triage,
        )

    def hides(self, ticket: Ticket, match: Match) -> bool:
        """Whether the contract's pages count the ticket and do not name it."""
        return bool(match.moved_to) or not self.is_for_all(ticket, match.contract)

    def is_for_all(self, ticket: Ticket, contract: Contract) -> bool:
        """Whether all who may read the contract's pages and files may read the ticket."""
        return self.readers.may_all_read(ticket, self._homes(contract))

    def names_those_of(self, project: int, contract: Contract) -> bool:
        """Whether the contract's pages name the project's tickets, but for private ones."""
        return self.readers.let_all_in(project, self._homes(contract))

    def _homes(self, contract: Contract) -> frozenset[int]:
        return homes_of(contract, self.desk, self.words.projects.values())

    def match(self, ticket: Ticket, as_of: datetime | None = None) -> tuple[Timeline, Match] | None:
        """The ticket's timeline and the contract it was reported under, as known then or now."""
        timelines: dict[HappenedAt, Timeline] = {}
        for contract in self.contracts:
            if not self._may_take(contract, ticket):
                continue
            happened_at = self.happened_at(contract)
            if happened_at not in timelines:
                told = timeline_of(ticket, self.words, self.parties, happened_at)
                timelines[happened_at] = told.as_of(as_of) if as_of else told
            timeline = timelines[happened_at]
            match = contract_for(timeline, [contract], self.above, self.glossary(contract))
            if match is not None:
                return timeline, match
        return None

    def fitting(
        self, ticket: Ticket, contract: Contract, as_of: datetime
    ) -> tuple[Timeline, Match] | None:
        """The ticket's timeline as known then, if the contract's projects and selection take it,
        whatever contract it was reported under; `None` if not, or if it was not there yet.
        """
        if ticket.created > as_of or not self._may_take(contract, ticket):
            return None
        told = timeline_of(ticket, self.words, self.parties, self.happened_at(contract))
        timeline = told.as_of(as_of)
        match = fitting(timeline, contract, self.above, self.glossary(contract))
        return None if match is None else (timeline, match)

    def reaching(self, project: int) -> Iterator[Contract]:
        """The contracts that take in that project, itself or by one above it, whenever in force."""
        return (one for one in self.contracts if self._reaches(one, project))

    def _may_take(self, contract: Contract, ticket: Ticket) -> bool:
        """Whether the ticket ever was in a project of the contract: it was reported in one of those
        it was in. Cheap, so asked before its history is made.
        """
        return any(self._reaches(contract, project) for project in _projects_of(ticket))

    def _reaches(self, contract: Contract, project: int) -> bool:
        known = self.words.projects.get(project)
        if known is None:
            return False
        line = project_line(known.identifier, self.above)
        return any(one in contract.projects for one in line[: None if contract.subprojects else 1])

    def fact_finder(self, timeline: Timeline, contract: Contract) -> TicketFactFinder:
        """What class, severity, kind and tier the ticket had, and why."""
        return TicketFactFinder(
            timeline,
            contract.terms_at(timeline.reported),
            self.glossary(contract),
            alike_reporters=self.alike.get(timeline.number, 1),
        )

    def glossary(self, contract: Contract) -> Glossary:
        """What the configuration's role names mean, in the contract's time zone."""
        return self.glossaries[contract.timezone]

    def happened_at(self, contract: Contract) -> HappenedAt:
        """How people tell on the contract's tickets when a thing really happened."""
        return HappenedAt(
            field=self.desk.fields.get("happened_at"),
            phrase="happened at" if contract.terms.happened_at_phrases else None,
            timezone=ZoneInfo(contract.timezone),
        )


def _projects_of(ticket: Ticket) -> Iterator[int]:
    """The project it is in, and those its journals say it was in."""
    yield ticket.project.id
    for journal in ticket.journals or ():
        for detail in journal.details:
            if key_of(detail) is Attribute.PROJECT and detail.old:
                yield int(detail.old)


def lay_out(configuration: Configuration, mirror: Mirror) -> Workbench:
    """Bring the configuration together with what the mirror knows of names and members."""
    with mirror.reading() as view:
        words = view.vocabulary()
        read = {number: view.members(number) for number in words.projects}
        roles = view.words("roles") or ()
        user, read_at = view.recorded("user"), view.recorded(slow_beat.DONE)
    members = {number: found or () for number, found in read.items()}
    bots = frozenset({int(user)}) if user else frozenset()
    desk = configuration.desk
    parties = parties_of(desk, members, words, bots)
    zones = {contract.timezone for contract in configuration.contracts}
    return Workbench(
        contracts=configuration.contracts,
        desk=desk,
        words=words,
        parties=parties,
        above=project_tree(words.projects.values()),
        glossaries={zone: glossary_of(desk, words, zone) for zone in zones},
        readers=readers_of(
            desk,
            words.projects.values(),
            {number: _people(found) for number, found in read.items() if found is not None},
            roles,
            parties.bots,
            # A mirror that was never filled knows no members, whatever the day.
            day=datetime.fromisoformat(read_at).date() if read_at else date.max,
        ),
    )


def glossary_of(desk: Desk, words: Vocabulary, timezone: str) -> Glossary:
    """The glossary of this desk. A closed status without a role counts as resolved."""
    roles = {status.name: desk.statuses.roles_of(status.name) for status in words.statuses.values()}
    for status in words.statuses.values():
        if status.closed and not roles[status.name]:
            roles[status.name] = frozenset({"resolved"})
    defaults = {
        role: known.default
        for role, name in desk.fields.items()
        if (known := words.field_named(name)) and known.default
    }
    return Glossary(
        status_roles=roles,
        field_names=desk.fields,
        field_defaults=defaults,
        timezone=ZoneInfo(timezone),
    )


def parties_of(
    desk: Desk,
    members: Mapping[int, Iterable[Member]],
    words: Vocabulary,
    own_user: frozenset[int],
) -> Parties:
    """Who is who: the dated list first, then today's roles by project."""
    named = {number for number, name in words.users.items() if name in desk.bots.users}
    numbered = {int(user) for user in desk.bots.users if user.isdigit()}
    return Parties(
        appointments=tuple(
            Appointment(
                entry.user,
                Party(entry.party),
                entry.since,
                entry.until + timedelta(days=1) if entry.until else None,
                frozenset(entry.role),
            )
            for entry in desk.parties
        ),
        members={project: dict(_roles(found)) for project, found in members.items()},
        party_of_role={
            role: party
            for party in (Party.CUSTOMER, Party.PROVIDER, Party.THIRD_PARTY)
            for role in getattr(desk.roles, party)
        },
        bots=own_user | named | numbered,
        names={project: _names(found) for project, found in members.items()},
    )


def _people(members: Iterable[Member]) -> Iterator[tuple[Ref, frozenset[str]]]:
    for member in members:
        if member.user is not None:
            yield member.user, frozenset(role.name for role in member.roles)


def _roles(members: Iterable[Member]) -> Iterator[tuple[int, frozenset[str]]]:
    for user, roles in _people(members):
        yield user.id, roles


def _names(members: Iterable[Member]) -> dict[str, frozenset[int]]:
    names: dict[str, frozenset[int]] = {}
    for member in members:
        if member.user is not None:
            known = names.get(member.user.name, frozenset())
            names[member.user.name] = known | {member.user.id}
    return names
