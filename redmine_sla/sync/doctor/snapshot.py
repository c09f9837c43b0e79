"""What was seen of the server and of this machine, once: all checks are made on this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from redmine_sla.errors import SlaError
from redmine_sla.sync.failures import RedmineError
from redmine_sla.sync.ports import Row, Words


@dataclass(frozen=True, slots=True)
class MemberSeen:
    """A user or group in a project."""

    id: int
    name: str
    roles: tuple[str, ...]
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class RoleSeen:
    """A role, and how much of a project's tickets and hours it shows. `permissions` are empty
    where Redmine does not tell them; `assignable` says whether tickets can be given to it.
    """

    name: str
    issues: str  # all, default (no private ones of others), own
    hours: str  # all, own
    permissions: frozenset[str] = frozenset()
    assignable: bool = True

    @property
    def sees_booked_hours(self) -> bool:
        """Those of others, too."""
        return "view_time_entries" in self.permissions and self.hours == "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSeen:
    """A project that a running contract covers, as the key sees it.

    `fields` are the custom fields by name that the project tells of; `tickets` the newest ones.
    `rights` are those the key's user was asked about: `None` where Redmine does not tell. What
    the key may not read is `None`.
    """

    id: int
    identifier: str
    is_closed: bool = False
    contracts: tuple[str, ...] = ()
    modules: frozenset[str] = frozenset()
    trackers: frozenset[str] = frozenset()
    fields: Mapping[str, int] = field(default_factory=dict)
    categories: frozenset[str] | None = None
    members: Sequence[MemberSeen] | None = None
    rights: Mapping[str, bool | None] = field(default_factory=dict)
    tickets: Sequence[Row] = ()

    def shows(self, name: str) -> bool:
        """Whether a custom field of that name is in the project, as far as can be seen."""
        return name in self.fields or any(name in fields_on(ticket) for ticket in self.tickets)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSeen:
    """What Redmine told the key. `filters` says of each field asked whether its filter works.

    `customer_roles` are the roles that stand for customers; `elsewhere` is the project of the
    contracts' pages, where no contract covers it.
    """

    user: Row
    own_roles: Sequence[RoleSeen]
    skew: timedelta | None
    words: Words
    projects: Sequence[ProjectSeen]
    elsewhere: ProjectSeen | None = None
    filters: Mapping[str, bool | None] = field(default_factory=dict)
    customer_roles: Sequence[RoleSeen] = ()

    @property
    def is_admin(self) -> bool:
        return bool(self.user.get("admin"))

    def listing(self, name: str) -> Row | None:
        """The field as an administrator's key is told of it."""
        rows = self.words.custom_fields or ()
        tickets = (row for row in rows if row.get("customized_type") == "issue")
        return next((row for row in tickets if row["name"] == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """This machine. `mirror_trouble` is why the mirror could not be opened, `unpriced` the hours in
    it that no rate fits, by contract and person, `unprintable` why quarters cannot be printed in
    their contracts' formats.
    """

    mirror_trouble: SlaError | None = None
    unpriced: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    almaty: timedelta = timedelta(hours=5)
    zones: str = ""
    unprintable: tuple[SlaError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything seen. Without a server the `failure` says why."""

    as_of: datetime
    server: ServerSeen | None = None
    failure: RedmineError | None = None
    here: Here = field(default_factory=Here)


def fields_on(ticket: Row) -> dict[str, int]:
    """The custom fields of a ticket that the key sees: number by name."""
    return {row["name"]: row["id"] for row in ticket.get("custom_fields") or ()}
