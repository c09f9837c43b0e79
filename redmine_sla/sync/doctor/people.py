"""Roles and people: everybody's side known, and everybody named found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redmine_sla.contract import Configuration, Contract
from redmine_sla.contract.desk.parties import Side
from redmine_sla.contract.explain import near
from redmine_sla.sync.doctor.finding import Finding, advice, error, named, ok, warning
from redmine_sla.sync.doctor.snapshot import MemberSeen, ServerSeen

MEMBERS = "the project's Settings, Members"


def check_people(server: ServerSeen, configuration: Configuration) -> Iterator[Finding]:
    yield from _mapped_roles(server, configuration)
    unread = [project.identifier for project in server.projects if project.members is None]
    if unread:
        yield warning(
            "members-hidden",
            f"the members of project {named(unread)} cannot be read: nobody's side is known there",
            f"add the key's user in {MEMBERS}",
        )
    people = people_of(server, configuration)
    yield from _unmapped_roles(people, configuration)
    yield from _nobody_to_serve(server, configuration)
    yield from _parties(people, configuration)
    yield from _roles_held(server, configuration)


def people_of(
    server: ServerSeen, configuration: Configuration, contract: Contract | None = None
) -> list[MemberSeen]:
    """Who is a member anywhere, or in the projects of that contract, without programs."""
    programs = {str(server.user.get("id")), *configuration.desk.bots.users}
    return [
        member
        for project in server.projects
        if contract is None or contract.name in project.contracts
        for member in project.members or ()
        if programs.isdisjoint({str(member.id), member.name})
    ]


def _mapped_roles(server: ServerSeen, configuration: Configuration) -> Iterator[Finding]:
    known = [row["name"] for row in server.words.roles]
    wanted = [(side, role) for side in Side for role in getattr(configuration.desk.roles, side)]
    unknown = [(side, role) for side, role in wanted if role not in known]
    for side, role in unknown:
        yield error(
            "role-unknown",
            f'[roles] {side}: Redmine has no role "{role}"',
            f"{near(role, known)}",
        )
    if not unknown:
        yield ok("roles", f"{len(wanted)} roles are mapped to a side")


def _unmapped_roles(
    people: Sequence[MemberSeen], configuration: Configuration
) -> Iterator[Finding]:
    mapped = {role for side in Side for role in getattr(configuration.desk.roles, side)}
    listed = {entry.user for entry in configuration.desk.parties}
    lost: dict[str, set[str]] = {}
    for member in people:
        if mapped.isdisjoint(member.roles) and not {member.name, str(member.id)} & listed:
            for role in member.roles:
                lost.setdefault(role, set()).add(member.name)
    for role, names in sorted(lost.items()):
        yield warning(
            "role-unmapped",
            f'role "{role}" stands for no side: what {named(sorted(names))} does is no evidence',
            f'add "{role}" to provider, customer or third_party under [roles], '
            "or the people to [[parties]]",
        )


def _nobody_to_serve(server: ServerSeen, configuration: Configuration) -> Iterator[Finding]:
    roles = configuration.desk.roles
    for side, names in (("customer", roles.customer), ("provider", roles.provider)):
        empty = [
            project.identifier
            for project in server.projects
            if project.members is not None
            and not any(set(names) & set(member.roles) for member in project.members)
        ]
        if empty and not configuration.desk.parties:
            yield advice(
                f"no-{side}",
                f"nobody in project {named(empty)} has a role of the {side}",
                f"see {MEMBERS}, and [roles] {side}",
            )


def _parties(people: Sequence[MemberSeen], configuration: Configuration) -> Iterator[Finding]:
    names = {member.name for member in people}
    numbers = {str(member.id) for member in people}
    for entry in configuration.desk.parties:
        if entry.user.isdigit():
            if entry.user not in numbers:
                yield advice(
                    "party-not-member",
                    f"[[parties]]: user #{entry.user} is in no project of the contracts today",
                    "leave it if he has left; else correct the number",
                )
        elif entry.user not in names:
            yield warning(
                "party-unknown",
                f'[[parties]]: nobody called "{entry.user}" is in the contracts\' projects',
                f"{near(entry.user, names)}; write the name as Redmine shows it, or the number in "
                "his page's address: logins are told to nobody",
            )


def _roles_held(server: ServerSeen, configuration: Configuration) -> Iterator[Finding]:
    known = [row["name"] for row in server.words.roles]
    held = [role for entry in configuration.desk.parties for role in entry.role]
    for role in dict.fromkeys(held):
        if role not in known:
            yield error(
                "party-role-unknown",
                f'[[parties]] role: Redmine has no role "{role}"',
                near(role, known),
            )
