"""The tickets of obligations: for each occurrence one, found again by its key."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from redmine_sla.contract import ContactRole, Contract, Desk
from redmine_sla.duty import Occurrence
from redmine_sla.language import tongue_for
from redmine_sla.page import render
from redmine_sla.plan.changes import CreateTicket
from redmine_sla.plan.duty_description import duty_description, duty_subject
from redmine_sla.plan.ticket_plan import OPEN_PROJECT
from redmine_sla.ticket import Project, Vocabulary

KEY_ROLE = "sla_key"


class DutyTickets:
    """Makes the tickets of one contract's occurrences, and gathers what stands in the way.

    `members` are the numbers, by name, of those who belong to the contract's first project, where
    its tickets are made; `None` where the key may not read them. `without_key` are the trackers
    whose tickets there are known not to carry the key's field: a ticket that could not be found
    again is not made.
    """

    def __init__(
        self,
        contract: Contract,
        desk: Desk,
        words: Vocabulary,
        members: Mapping[str, int] | None,
        *,
        without_key: Collection[int] = (),
    ) -> None:
        self._contract = contract
        self._desk = desk
        self._words = words
        self._members = members
        self._without_key = without_key
        self._tongue = tongue_for(contract.language)
        self._noticed: dict[str, None] = {}

    @property
    def findings(self) -> tuple[str, ...]:
        """What stood in the way so far, each thing said once."""
        return tuple(f"contract {self._contract.name}: {what}" for what in self._noticed)

    def ticket(self, one: Occurrence) -> CreateTicket | None:
        """The ticket to be made; `None` where something stands in the way."""
        project, key, tracker = self._project(), self._key(), self._tracker(one)
        if project is None or key is None or tracker is None:
            return None
        if tracker in self._without_key:
            self._notice(
                f'field "{self._desk.fields[KEY_ROLE]}" does not stand on tickets of tracker '
                f'"{self._words.trackers[tracker]}" in {project.identifier}, and a ticket of an '
                "obligation is found again by it, so none is made: Administration, Custom fields: "
                "tick the tracker and the project, and let redmine-sla's role see the field"
            )
            return None
        markup = self._desk.surfaces.wiki_markup
        description = render(duty_description(one, self._contract, self._tongue), markup)
        return CreateTicket(
            key=one.key,
            key_field=key,
            project=project.id,
            where=project.identifier,
            contract=self._contract.name,
            tracker=tracker,
            subject=duty_subject(one, self._tongue),
            description=description,
            fields=dict(self._fields(tracker)),
            start=one.day,
            due=one.last_day,
            assignee=self._owner(one),
            watchers=tuple(self._watchers(one)),
            why=f"owed on {one.day} ({one.duty.clause}); its ticket is made from {one.ticket_from}",
        )

    def _notice(self, what: str) -> None:
        self._noticed[what] = None

    def _project(self) -> Project | None:
        """The contract's first project. What is closed takes no tickets."""
        wanted = self._contract.projects[0]
        projects = self._words.projects.values()
        project = next((each for each in projects if each.identifier == wanted), None)
        if project is None:
            self._notice(f"its project {wanted} is out of sight: no tickets for obligations")
        elif project.status != OPEN_PROJECT:
            self._notice(
                f"its project {wanted} is closed or archived, so no tickets for obligations are "
                "made: reopen it, or write when the contract ends"
            )
            return None
        return project

    def _key(self) -> int | None:
        name = self._desk.fields.get(KEY_ROLE)
        known = self._words.field_named(name) if name else None
        if name is None:
            self._notice(
                "no tickets for obligations without a field that marks them: write "
                f'{KEY_ROLE} = "SLA key" under [fields] in sla.toml, and make it (provision)'
            )
        elif known is None:
            self._notice(
                f'no custom field "{name}" is to be seen in Redmine, so no tickets for '
                "obligations: make it or tick its trackers and projects (provision does both), or "
                "correct [fields] in sla.toml"
            )
        return known.id if known else None

    def _tracker(self, one: Occurrence) -> int | None:
        """The obligation's, the desk's, or the first of those the contract is limited to."""
        required = self._desk.required_fields
        name = one.duty.tracker or required.tracker
        name = name or next(iter(self._contract.select.trackers), None)
        number = next((n for n, known in self._words.trackers.items() if known == name), None)
        if name is None:
            self._notice(
                f"obligation {one.duty.name} names no tracker: write tracker = under it, or under "
                "[required_fields] in sla.toml for all tickets that redmine-sla makes"
            )
        elif number is None:
            self._notice(
                f'Redmine has no tracker "{name}" for obligation {one.duty.name}: make it '
                "(provision --obligation-trackers), or name another"
            )
        return number

    def _fields(self, tracker: int) -> Iterator[tuple[int, str]]:
        """What Redmine requires, and what marks the ticket as this contract's."""
        required = self._desk.required_fields
        values = {
            self._desk.fields[role]: allowed[0]
            for role, allowed in self._contract.select.fields.items()
            if role in self._desk.fields
        }
        own = required.trackers.get(self._words.trackers[tracker], {})
        for name, value in {**values, **required.fields, **own}.items():
            known = self._words.field_named(name)
            if known is None:
                self._notice(
                    f'no custom field "{name}" is to be seen in Redmine: correct '
                    "[required_fields] in sla.toml"
                )
            else:
                yield known.id, value

    def _owner(self, one: Occurrence) -> int | None:
        """The owner by his part in [team], his name or his number; nobody is told logins."""
        owner = one.duty.owner
        if owner is None:
            return None
        name = self._contract.terms_on(one.nominal).team.get(owner, owner)
        if self._members is None:
            self._notice(
                "the members of its project cannot be read: tickets of obligations are assigned "
                "to nobody"
            )
            return None
        number = self._members.get(name)
        if number is None and name.isdigit() and int(name) in self._members.values():
            number = int(name)
        if number is None:
            called = f'"{name}"' if name != owner else f'"{owner}" (no part of [team])'
            self._notice(
                f"owner {called} of {one.duty.name} is not a member of "
                f"{self._contract.projects[0]}: its tickets are assigned to nobody; write the name "
                "as Redmine shows it"
            )
        return number

    def _watchers(self, one: Occurrence) -> Iterator[int]:
        """The contacts who may follow the schedule, where they are members of the project."""
        if one.duty.visible and self._members:
            for contact in self._contract.terms_on(one.nominal).contacts:
                number = contact.user or self._members.get(contact.name)
                is_member = number in self._members.values()
                if number and is_member and ContactRole.FOLLOW_SCHEDULE in contact.may:
                    yield number
