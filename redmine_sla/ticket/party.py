"""Who is who: customer, provider, third party or bot.

Redmine keeps no history of memberships, so the dated list in the configuration is asked first and
the roles somebody holds today only after it. Who has left a project holds none there today.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from redmine_sla.ticket.ticket import Ref


class Party(StrEnum):
    """The side a person acts for. `UNKNOWN` is said openly: such a person's acts prove nothing."""

    CUSTOMER = "customer"
    PROVIDER = "provider"
    THIRD_PARTY = "third_party"
    BOT = "bot"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Author:
    """A person as the author of something, with the side taken at that moment.

    `has_namesake` where somebody else of the project is called the same: then the name tells
    nothing.
    """

    id: int
    name: str
    party: Party
    has_namesake: bool = False


@dataclass(frozen=True, slots=True)
class Appointment:
    """One line of the dated list: this user acts for this party from `since` to before `until`,
    and holds these roles then, where it names any.
    """

    user: str
    party: Party
    since: date | None = None
    until: date | None = None
    roles: frozenset[str] = frozenset()

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


_ROLE_ORDER = (Party.PROVIDER, Party.THIRD_PARTY, Party.CUSTOMER)


@dataclass(frozen=True, slots=True)
class Parties:
    """Resolves a user to a party.

    `appointments` name users by id or by name as Redmine shows it. `members` holds the role names
    of each user by project, `names` the users of each name there, `party_of_role` what each role
    stands for. `bots` are the tool's own users. A user with roles of several parties is taken for
    the provider first, then for a third party; one who is no member of the project is taken by the
    roles held elsewhere, if these agree.
    """

    appointments: tuple[Appointment, ...] = ()
    members: Mapping[int, Mapping[int, frozenset[str]]] = field(default_factory=dict)
    party_of_role: Mapping[str, Party] = field(default_factory=dict)
    bots: frozenset[int] = frozenset()
    names: Mapping[int, Mapping[str, frozenset[int]]] = field(default_factory=dict)

    def author(self, user: Ref, project: int, at: datetime) -> Author:
        """`user` as author of something that happened in `project` at that instant.

        Appointments go by the date of `at` in its own zone: give it in the contract's.
        """
        return Author(
            user.id,
            user.name,
            self.party_of(user, project, at),
            has_namesake=bool(self.called(user.name, project) - {user.id}),
        )

    def called(self, name: str, project: int) -> frozenset[int]:
        """The members of the project whom Redmine shows by that name today."""
        return self.names.get(project, {}).get(name, frozenset())

    def party_of(self, user: Ref, project: int, at: datetime) -> Party:
        if user.id in self.bots:
            return Party.BOT
        for appointment in self._appointments(user, at.date()):
            return appointment.party
        here = self._by_roles(self.members.get(project, {}).get(user.id, frozenset()))
        return here if here is not Party.UNKNOWN else self._elsewhere(user.id)

    def roles_of(self, user: Ref, project: int, day: date) -> frozenset[str]:
        """The roles a person held in the project that day: those of the first appointment that
        names any, else the ones held today.
        """
        for appointment in self._appointments(user, day):
            if appointment.roles:
                return appointment.roles
        return self.members.get(project, {}).get(user.id, frozenset())

    def _appointments(self, user: Ref, day: date) -> Iterator[Appointment]:
        known_as = {str(user.id), user.name}
        return (one for one in self.appointments if one.user in known_as and one.covers(day))

    def _by_roles(self, roles: frozenset[str]) -> Party:
        sides = {self.party_of_role.get(role, Party.UNKNOWN) for role in roles}
        return next((side for side in _ROLE_ORDER if side in sides), Party.UNKNOWN)

    def _elsewhere(self, user: int) -> Party:
        sides = {
            self._by_roles(members[user]) for members in self.members.values() if user in members
        } - {Party.UNKNOWN}
        return sides.pop() if len(sides) == 1 else Party.UNKNOWN
