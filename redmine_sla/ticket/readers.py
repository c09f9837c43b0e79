"""Who may read which tickets: a page names only those that all its readers may read in Redmine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from redmine_sla.ticket.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """The people of each project, and what Redmine shows them. Projects and people are ids.

    `public` says whether everybody may read a project; `members` are the role names of each member,
    inherited ones too, and `guests` those of them who are not the provider's. What the key could
    not read is in none of them, and unknown is never taken for allowed. `own_issues` are the roles
    that show a person his own tickets alone, or none. `on_record` says of projects whether the
    pages of a published quarter named their tickets; it goes before all of them.
    """

    public: Mapping[int, bool] = field(default_factory=dict)
    members: Mapping[int, Mapping[int, frozenset[str]]] = field(default_factory=dict)
    guests: Mapping[int, frozenset[int]] = field(default_factory=dict)
    own_issues: frozenset[str] = frozenset()
    on_record: Mapping[int, bool] = field(default_factory=dict)

    def may_all_read(self, ticket: Ticket, homes: Iterable[int]) -> bool:
        """Whether a page in each of these projects may name the ticket: it is not private, and all
        who may read the page may read it.
        """
        return not ticket.private and self.let_all_in(ticket.project.id, homes)

    def let_all_in(self, project: int, homes: Iterable[int]) -> bool:
        """Whether pages in each of these projects may name the project's public tickets."""
        if project in self.on_record:
            return self.on_record[project]
        return all(self.lets_in(project, home) for home in homes)

    def lets_in(self, project: int, home: int) -> bool:
        """Whether all who may read the pages of `home` may read the project's public tickets."""
        return self.is_open_to(project, home) and not self.confined(project, home)

    def shut_out(self, project: int, home: int) -> frozenset[int]:
        """The guests of `home` who are no members of the project, as far as members are known."""
        return self.guests.get(home, frozenset()) - self.members.get(project, {}).keys()

    def confined(self, project: int, home: int) -> frozenset[int]:
        """The guests of `home` whom the project shows their own tickets alone, or none."""
        there = self.members.get(project, {})
        return frozenset(
            person
            for person in self.guests.get(home, frozenset())
            if (roles := there.get(person)) and roles <= self.own_issues
        )

    def is_open_to(self, project: int, home: int) -> bool:
        """Whether all who may read the pages of `home` are let into the project."""
        if project == home or self.public.get(project):
            return True
        if self.public.get(home) is not False or not {home, project} <= self.members.keys():
            return False
        return not self.shut_out(project, home)
