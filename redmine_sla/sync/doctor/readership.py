"""Readers: which tickets are counted and not named, as not all who read a page may read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from redmine_sla.contract import Configuration, Contract, Desk
from redmine_sla.sync.doctor.finding import Finding, advice, named, warning
from redmine_sla.sync.doctor.people import MEMBERS
from redmine_sla.sync.doctor.snapshot import ProjectSeen, ServerSeen
from redmine_sla.sync.reach import homes_of
from redmine_sla.sync.readership import readers_of
from redmine_sla.ticket import Project, Ref
from redmine_sla.ticket.readers import Readers
from redmine_sla.ticket.wording import vocabulary_from_rows

ROLES = "Administration, Roles and permissions"


def check_readers(
    server: ServerSeen,
    configuration: Configuration,
    contracts: Sequence[Contract],
    day: date,
) -> Iterator[Finding]:
    """Projects with fewer readers than the pages of their contracts, and roles that see little, on
    that day.
    """
    projects = vocabulary_from_rows(projects=server.words.projects).projects
    readers = _readers(server, configuration.desk, list(projects.values()), day)
    for contract in contracts:
        homes = sorted(homes_of(contract, configuration.desk, projects.values()))
        for seen in server.projects:
            if contract.name not in seen.contracts:
                continue
            for home in homes:
                yield from _narrower(readers, seen, projects[home], contract, server)
                yield from _confined(readers, seen, home, contract)


def _narrower(
    readers: Readers, seen: ProjectSeen, home: Project, contract: Contract, server: ServerSeen
) -> Iterator[Finding]:
    if readers.is_open_to(seen.id, home.id):
        return
    missing = readers.shut_out(seen.id, home.id) if seen.members is not None else frozenset()
    names = [one.name for found in _all(server) for one in found.members or () if one.id in missing]
    if home.is_public is not False:
        why, step = "is public", f'untick "Public" in the Settings of {home.identifier}'
    elif names:
        why, step = f"is read by {named(names)} too", f"add them in {MEMBERS}"
    else:
        why, step = "may have others", f"add the key's user in {MEMBERS} of both"
    yield advice(
        "project-not-for-all",
        f'contract {contract.name}: its page\'s project "{home.identifier}" {why}, so tickets of '
        f'project "{seen.identifier}" are counted on its pages, not named',
        f"leave it, if they are not for everybody; else {step}",
    )


def _confined(
    readers: Readers, seen: ProjectSeen, home: int, contract: Contract
) -> Iterator[Finding]:
    people = readers.confined(seen.id, home)
    roles = sorted({role for one in seen.members or () if one.id in people for role in one.roles})
    if roles:
        yield warning(
            "role-sees-own-issues",
            f"contract {contract.name}: role {named(roles)} does not show customers each other's "
            f'tickets, so those of project "{seen.identifier}" are counted on its pages, not named',
            f"leave it, if that is meant; else {ROLES}, {named(roles)}: set Issues visibility to "
            '"All non private issues", and tick "View Issues"',
        )


def _readers(server: ServerSeen, desk: Desk, projects: Sequence[Project], day: date) -> Readers:
    bots = {str(server.user.get("id")), *desk.bots.users}
    people = {
        seen.id: [one for one in seen.members if not one.is_group]
        for seen in _all(server)
        if seen.members is not None
    }
    return readers_of(
        desk,
        projects,
        {
            project: [(Ref(one.id, one.name), frozenset(one.roles)) for one in found]
            for project, found in people.items()
        },
        server.words.roles,
        frozenset(
            one.id for found in people.values() for one in found if {str(one.id), one.name} & bots
        ),
        day=day,
    )


def _all(server: ServerSeen) -> Sequence[ProjectSeen]:
    return [*server.projects, *([server.elsewhere] if server.elsewhere else ())]
