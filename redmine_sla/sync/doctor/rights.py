"""What the key's user may do in the contracts' projects, and what is lost where he may not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from redmine_sla.contract import Configuration, Contract, EventKind
from redmine_sla.sync.doctor.finding import Finding, Level, error, named, ok, warning
from redmine_sla.sync.doctor.projects import page_project
from redmine_sla.sync.doctor.reach import PROVISION
from redmine_sla.sync.doctor.snapshot import ProjectSeen, ServerSeen


@dataclass(frozen=True, slots=True)
class Need:
    """A permission, Redmine's own words for it, and what a project is without.

    `level` is how bad that is for a project under these contracts; `None`: not needed there.
    """

    permission: str
    shown: str
    without: str
    level: Callable[[Configuration, Sequence[Contract], ProjectSeen], Level | None]


def _always(level: Level) -> Callable[[Configuration, object, object], Level]:
    return lambda _configuration, _contracts, _project: level


def _for_fields(configuration: Configuration, _contracts: object, _project: object) -> Level | None:
    return Level.ERROR if configuration.desk.surfaces.mode == "fields" else None


def _for_private_notes(
    configuration: Configuration, _contracts: object, _project: object
) -> Level | None:
    return Level.ERROR if configuration.desk.surfaces.private_notes else None


def _for_pages(
    configuration: Configuration, contracts: Sequence[Contract], project: ProjectSeen
) -> Level | None:
    pages = {page_project(configuration, contract) for contract in contracts}
    if project.identifier not in pages or "wiki" not in project.modules:
        return None
    return Level.ERROR if configuration.desk.surfaces.mode == "wiki" else Level.WARNING


def _for_hours(_configuration: object, contracts: Sequence[Contract], _: object) -> Level | None:
    if any(contract.counts_hours or _stopped_by_hours(contract) for contract in contracts):
        return Level.WARNING
    return None


def _for_own_tickets(
    _configuration: object, contracts: Sequence[Contract], _: object
) -> Level | None:
    makes = any(terms.obligations or terms.quarter for c in contracts for _, terms in c.versions)
    return Level.WARNING if makes else None


def _for_handover(_configuration: object, contracts: Sequence[Contract], _: object) -> Level | None:
    hands_over = any(terms.quarter for contract in contracts for _, terms in contract.versions)
    return Level.ADVICE if hands_over else None


def _stopped_by_hours(contract: Contract) -> bool:
    return any(
        trigger.kind is EventKind.TIME
        for _, terms in contract.versions
        for clock in terms.clocks_in_use
        for trigger in terms.clocks[clock].stops
    )


NEEDS: tuple[Need, ...] = (
    Need("view_issues", "View issues", "its tickets are not seen", _always(Level.ERROR)),
    Need(
        "view_private_notes",
        "View private notes",
        "histories are read with gaps, without any error",
        _always(Level.WARNING),
    ),
    Need("edit_issues", "Edit issues", "nothing can be written on tickets", _for_fields),
    Need("add_issue_notes", "Add notes", "no warning can be written", _for_private_notes),
    Need(
        "set_notes_private",
        "Set notes as private",
        "warnings would stand in public, so none is written",
        _for_private_notes,
    ),
    Need("add_issues", "Add issues", "tickets of obligations cannot be made", _for_own_tickets),
    Need("view_time_entries", "View spent time", "booked hours are not seen", _for_hours),
    Need("view_wiki_pages", "View wiki", "the contract's page is not read", _for_pages),
    Need("edit_wiki_pages", "Edit wiki pages", "the contract's page is not kept", _for_pages),
    Need("manage_versions", "Manage versions", "no version for the handover", _for_handover),
    Need("manage_files", "Manage files", "no files can be handed over", _for_handover),
)
PERMISSIONS = tuple(need.permission for need in NEEDS)


def check_rights(
    server: ServerSeen, configuration: Configuration, contracts: Sequence[Contract]
) -> Iterator[Finding]:
    if server.is_admin:
        yield ok("rights", "an administrator may do everything")
        return
    strangers = [project for project in server.projects if _unknown(project)]
    if strangers:
        yield warning(
            "rights-unknown",
            f"what the key's user may do in project {named(p.identifier for p in strangers)} "
            "cannot be known: he is not a member there, or his roles are hidden",
            f"{PROVISION}, or add him in the project's Settings, Members",
        )
    members = [project for project in server.projects if not _unknown(project)]
    wants = [(project, _contracts_of(project, contracts)) for project in members]
    lacking = [finding for need in NEEDS for finding in _lack(need, configuration, wants)]
    if server.elsewhere is not None:
        pages = [need for need in NEEDS if need.level is _for_pages]
        for need in pages:
            lacking += _lack(need, configuration, [(server.elsewhere, contracts)])
    yield from lacking
    yield from _visibilities(server)
    if members and not lacking:
        yield ok("rights", f"the key's user has the rights needed in {len(members)} projects")


def _unknown(project: ProjectSeen) -> bool:
    return all(right is None for right in project.rights.values())


def _contracts_of(project: ProjectSeen, contracts: Sequence[Contract]) -> list[Contract]:
    return [contract for contract in contracts if contract.name in project.contracts]


def _lack(
    need: Need,
    configuration: Configuration,
    wants: Sequence[tuple[ProjectSeen, Sequence[Contract]]],
) -> Iterator[Finding]:
    """One finding for a permission, whatever the number of projects."""
    found: dict[str, Level] = {}
    for project, contracts in wants:
        level = need.level(configuration, contracts, project)
        if level is not None and not project.rights.get(need.permission):
            found[project.identifier] = level
    if found:
        worst = max(found.values(), key=list(Level).index)
        yield Finding(
            worst,
            f"no-right-{need.permission.replace('_', '-')}",
            f'the key\'s user lacks "{need.shown}" in project {named(found)}: {need.without}',
            f"{PROVISION}, or tick it in Administration, Roles and permissions, for his role",
        )


def _visibilities(server: ServerSeen) -> Iterator[Finding]:
    """A user sees as much as the most generous of his roles lets him."""
    roles = server.own_roles
    if roles and all(role.issues != "all" for role in roles):
        only = "his own tickets" if all(r.issues == "own" for r in roles) else "no private tickets"
        yield error(
            "sees-not-all-tickets",
            f"the key's user sees {only}: the others are judged by nobody",
            f"Administration, Roles and permissions, {named(role.name for role in roles)}: "
            'set "Issues visibility" to "All issues"',
        )
    if roles and all(role.hours != "all" for role in roles):
        yield warning(
            "sees-not-all-hours",
            "the key's user sees only the hours that he booked himself",
            f"Administration, Roles and permissions, {named(role.name for role in roles)}: "
            'set "Time logs visibility" to "All time entries"',
        )
