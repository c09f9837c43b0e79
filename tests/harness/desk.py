"""A support desk to be seeded: people, projects, and tickets with their past.

    desk = Desk(zone="Europe/Budapest")
    desk.customer("anna")
    desk.engineer("eva")
    desk.project("acme", categories=["Network"])
    desk.ticket("Printer prints blanks", by="anna", at="2026-03-02 09:12").step(…)
    seeded = redmine.seed(desk)

What Redmine has of the same name already is used as it is, so several desks may be seeded on one
server, and a desk on one that has been provisioned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Unpack
from zoneinfo import ZoneInfo

from tests.harness.past import Given, Past

CATEGORIES = ("Network", "Workplace", "Business software")
MANAGER, ENGINEER, CUSTOMER, VENDOR = "Manager", "Developer", "Reporter", "Vendor"


@dataclass(frozen=True)
class Role:
    """A role made after another: its permissions and workflow, more or less."""

    name: str
    like: str
    grants: tuple[str, ...] = ()
    revokes: tuple[str, ...] = ()


@dataclass(frozen=True)
class User:
    """A person; `role` is what he is in a project that does not say otherwise."""

    login: str
    role: str | None
    firstname: str
    lastname: str
    mail: str
    language: str = "en"
    zone: str = ""
    is_admin: bool = False

    @property
    def password(self) -> str:
        return f"password-of-{self.login}"


@dataclass(frozen=True)
class Group:
    """People a ticket can be given to together; as a member of projects it has this role."""

    name: str
    logins: tuple[str, ...]
    role: str


@dataclass(frozen=True)
class Status:
    name: str
    is_closed: bool = False


@dataclass(frozen=True)
class Field:
    """A custom field of tickets, or of what `on` says (`time_entry`, `project`, `version`)."""

    name: str
    format: str = "string"
    on: str = "issue"
    values: tuple[str, ...] = ()
    default: str = ""
    is_required: bool = False
    is_multiple: bool = False
    is_filter: bool = True
    visible_to: tuple[str, ...] = ()  # roles; everybody when none is named


@dataclass(frozen=True)
class Project:
    identifier: str
    name: str
    parent: str | None
    members: dict[str, list[str]]  # login or group: roles
    categories: tuple[str, ...]
    versions: tuple[str, ...]
    trackers: tuple[str, ...]  # all when none is named
    is_public: bool
    inherits_members: bool


STATUSES = (Status("Confirmed"), Status("Waiting for customer"), Status("Waiting for vendor"))
VENDOR_ROLE = Role(VENDOR, like=ENGINEER, revokes=("view_private_notes", "set_notes_private"))


@dataclass
class Desk:
    """Built up by its methods; `description()` is what the server is given."""

    zone: str = "UTC"
    roles: list[Role] = field(default_factory=lambda: [VENDOR_ROLE])
    users: list[User] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=lambda: list(STATUSES))
    trackers: list[str] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    tickets: list[Past] = field(default_factory=list)

    def customer(self, login: str, **given: Any) -> User:
        return self.user(login, CUSTOMER, **given)

    def engineer(self, login: str, **given: Any) -> User:
        return self.user(login, ENGINEER, **given)

    def manager(self, login: str, **given: Any) -> User:
        return self.user(login, MANAGER, **given)

    def vendor(self, login: str, **given: Any) -> User:
        return self.user(login, VENDOR, **given)

    def user(self, login: str, role: str | None, **given: Any) -> User:
        """A person; `given` is of User: firstname, lastname, mail, language, zone, is_admin."""
        names = {
            "firstname": login.capitalize(),
            "lastname": (role or "Nobody").capitalize(),
            "mail": f"{login}@example.net",
        }
        user = User(login, role, **(names | given))
        self.users.append(user)
        return user

    def group(self, name: str, logins: Iterable[str], role: str = ENGINEER) -> Group:
        group = Group(name, tuple(logins), role)
        self.groups.append(group)
        return group

    def project(
        self,
        identifier: str,
        *,
        name: str = "",
        parent: str | None = None,
        members: Mapping[str, Iterable[str]] | Iterable[str] | None = None,
        categories: Iterable[str] = (),
        versions: Iterable[str] = (),
        trackers: Iterable[str] = (),
        is_public: bool = False,
        inherits_members: bool = False,
    ) -> Project:
        """A project. Members are roles by login or group, or logins in their usual role.

        When none are given, all people and groups there are by now belong to it.
        """
        usual = {user.login: [user.role] for user in self.users if user.role}
        usual |= {group.name: [group.role] for group in self.groups}
        if members is None:
            roles = {} if inherits_members else usual
        elif isinstance(members, Mapping):
            roles = {who: list(in_roles) for who, in_roles in members.items()}
        else:
            roles = {login: usual[login] for login in members}
        project = Project(
            identifier=identifier,
            name=name or identifier.capitalize(),
            parent=parent,
            members=roles,
            categories=tuple(categories),
            versions=tuple(versions),
            trackers=tuple(trackers),
            is_public=is_public,
            inherits_members=inherits_members,
        )
        self.projects.append(project)
        return project

    def ticket(
        self,
        subject: str,
        *,
        by: str,
        at: str,
        reference: str = "",
        **given: Unpack[Given],
    ) -> Past:
        """A ticket in the first project or the one given, known by its subject or reference."""
        reference = reference or subject
        if any(ticket.reference == reference for ticket in self.tickets):
            raise ValueError(f"two tickets are called {reference!r}: give one a reference")
        given.setdefault("project", self.projects[0].identifier)
        past = Past(reference, ZoneInfo(self.zone)).opened(at, by, subject, **given)
        self.tickets.append(past)
        return past

    def description(self) -> dict[str, Any]:
        """The desk as JSON can hold it: the scene, and all events in the order of their time."""
        scene = {
            name: [asdict(entry) for entry in getattr(self, name)]
            for name in ("roles", "groups", "statuses", "fields", "projects")
        }
        users = [{**asdict(user), "password": user.password} for user in self.users]
        events = [event for ticket in self.tickets for event in ticket.events]
        return {
            **scene,
            "users": users,
            "trackers": self.trackers,
            "activities": self.activities,
            "events": sorted(events, key=lambda event: str(event["at"])),
        }


def support_desk(*, projects: int = 1, zone: str = "Europe/Budapest") -> Desk:
    """A provider with a manager, three engineers and a vendor, and two customers per project."""
    desk = Desk(zone=zone)
    desk.manager("mark")
    engineers = [desk.engineer(login).login for login in ("eva", "emil", "erik")]
    desk.vendor("victor")
    desk.group("Helpdesk", engineers)
    provider = {user.login: [str(user.role)] for user in desk.users}
    for number in range(1, projects + 1):
        customers = [desk.customer(f"{name}{number}") for name in ("anna", "andras")]
        desk.project(
            f"desk{number}",
            members=provider | {user.login: [str(user.role)] for user in customers},
            categories=CATEGORIES,
            versions=["1.0", "1.1"],
        )
    return desk
