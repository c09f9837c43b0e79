"""Looks once, harmlessly: only reads are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from redmine_sla.contract import Configuration, Contract, Desk
from redmine_sla.contract.checks.together import projects_of
from redmine_sla.sync.doctor.fields import LISTED_BY
from redmine_sla.sync.doctor.local import look_here
from redmine_sla.sync.doctor.rights import PERMISSIONS
from redmine_sla.sync.doctor.snapshot import (
    MemberSeen,
    ProjectSeen,
    RoleSeen,
    ServerSeen,
    Snapshot,
    fields_on,
)
from redmine_sla.sync.failures import RedmineError
from redmine_sla.sync.ports import ProjectWords, Row, Words
from redmine_sla.sync.reach import project_tree
from redmine_sla.ticket.wording import vocabulary_from_rows

CLOSED = 5


class Examined(Protocol):
    """What the doctor asks of a Redmine beside what a run asks."""

    def me(self) -> Row: ...

    def clock_skew(self) -> timedelta | None: ...

    def words(self) -> Words: ...

    def project_words(self, project: int) -> ProjectWords: ...

    def may(self, project: int, permission: str) -> bool | None: ...

    def project_details(self, project: int) -> Row:
        """A project with its modules, trackers and custom fields."""

    def role(self, role: int) -> Row | None:
        """A role with its visibilities; `None` where the key may not read it."""

    def newest_issues(self, project: int) -> Sequence[Row]:
        """The newest tickets of a project, a few of them."""

    def working_filters(self, fields: Iterable[int]) -> Mapping[int, bool | None]:
        """Whether lists can be filtered by custom fields; `None` where no ticket can show it."""


def look(redmine: Examined, configuration: Configuration, as_of: datetime) -> Snapshot:
    """Everything the checks need. Never raises for what Redmine answers: that is a finding."""
    here = look_here(configuration, as_of)
    try:
        return Snapshot(as_of=as_of, server=_server(redmine, configuration, as_of), here=here)
    except RedmineError as failure:
        return Snapshot(as_of=as_of, failure=failure, here=here)


def running(configuration: Configuration, as_of: datetime) -> list[Contract]:
    """The contracts that have not ended."""
    return [
        contract
        for contract in configuration.contracts
        if contract.last_day is None or contract.day_of(as_of) <= contract.last_day
    ]


def _server(redmine: Examined, configuration: Configuration, as_of: datetime) -> ServerSeen:
    user = redmine.me()
    words = redmine.words()
    covered = _covered(running(configuration, as_of), words.projects)
    projects = [
        _project(redmine, row, covered[row["identifier"]])
        for row in words.projects
        if row["identifier"] in covered
    ]
    page = configuration.desk.surfaces.wiki_project
    apart = [row for row in words.projects if row["identifier"] == page and page not in covered]
    numbers = [number for row in user.get("memberships") or () for number in _role_ids(row)]
    roles = [redmine.role(number) for number in dict.fromkeys(numbers)]
    return ServerSeen(
        user=user,
        own_roles=[_role(row) for row in roles if row is not None],
        skew=redmine.clock_skew(),
        words=words,
        projects=projects,
        elsewhere=_project(redmine, apart[0], ()) if apart else None,
        filters=_filters(redmine, configuration.desk, projects),
        customer_roles=[
            _role(row)
            for known in words.roles
            if known["name"] in configuration.desk.roles.customer
            and (row := redmine.role(known["id"])) is not None
        ],
    )


def _covered(contracts: Iterable[Contract], rows: Sequence[Row]) -> Mapping[str, tuple[str, ...]]:
    """The names of the contracts that cover each project, by its identifier."""
    tree = project_tree(vocabulary_from_rows(projects=rows).projects.values())
    covered: dict[str, tuple[str, ...]] = {}
    for contract in contracts:
        for identifier in projects_of(contract, tree):
            covered[identifier] = (*covered.get(identifier, ()), contract.name)
    return covered


def _project(redmine: Examined, row: Row, contracts: tuple[str, ...]) -> ProjectSeen:
    number = row["id"]
    words = redmine.project_words(number)
    details = redmine.project_details(number)
    return ProjectSeen(
        id=number,
        identifier=row["identifier"],
        is_closed=row.get("status") == CLOSED,
        contracts=contracts,
        modules=frozenset(_names(details.get("enabled_modules"))),
        trackers=frozenset(_names(details.get("trackers"))),
        fields={one["name"]: one["id"] for one in details.get("issue_custom_fields") or ()},
        categories=None if words.categories is None else frozenset(_names(words.categories)),
        members=None if words.memberships is None else [_member(one) for one in words.memberships],
        rights={permission: redmine.may(number, permission) for permission in PERMISSIONS},
        tickets=redmine.newest_issues(number),
    )


def _filters(
    redmine: Examined, desk: Desk, projects: Iterable[ProjectSeen]
) -> Mapping[str, bool | None]:
    numbers: dict[str, int] = {}
    for project in projects:
        numbers |= project.fields
        for ticket in project.tickets:
            numbers |= fields_on(ticket)
    listed_by = [desk.fields[role] for role in LISTED_BY if role in desk.fields]
    known = {name: numbers[name] for name in listed_by if name in numbers}
    working = redmine.working_filters(known.values())
    return {name: working[number] for name, number in known.items()}


def _member(row: Row) -> MemberSeen:
    who = row.get("user") or row.get("group") or {}
    return MemberSeen(
        who.get("id", 0),
        str(who.get("name", "")),
        tuple(_names(row["roles"])),
        is_group=not row.get("user"),
    )


def _role(row: Row) -> RoleSeen:
    return RoleSeen(
        row["name"],
        str(row.get("issues_visibility", "all")),
        str(row.get("time_entries_visibility", "all")),
        frozenset(row.get("permissions") or ()),
        bool(row.get("assignable", True)),
    )


def _role_ids(membership: Row) -> list[int]:
    return [role["id"] for role in membership["roles"]]


def _names(rows: Sequence[Row] | None) -> list[str]:
    return [str(row["name"]) for row in rows or ()]
