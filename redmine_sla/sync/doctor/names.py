"""Statuses, trackers, priorities and categories that the configuration names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redmine_sla.contract import Configuration, Contract
from redmine_sla.contract.explain import near
from redmine_sla.sync.doctor.finding import Finding, advice, error, named, ok, warning
from redmine_sla.sync.doctor.reach import PROVISION
from redmine_sla.sync.doctor.snapshot import ServerSeen


def check_names(
    server: ServerSeen, configuration: Configuration, contracts: Sequence[Contract]
) -> Iterator[Finding]:
    yield from _statuses(server, configuration)
    yield from _trackers(server, contracts)
    yield from _priorities(server, contracts)
    yield from _categories(server, contracts)


def _statuses(server: ServerSeen, configuration: Configuration) -> Iterator[Finding]:
    known = {row["name"]: bool(row.get("is_closed")) for row in server.words.statuses}
    roles = configuration.desk.statuses.roles
    mapped = {name: role for role, names in roles.items() for name in names}
    unknown = [name for name in mapped if name not in known]
    for name in unknown:
        yield error(
            "status-unknown",
            f'[statuses] {mapped[name]}: Redmine has no status "{name}"',
            f"{near(name, known)}; or {PROVISION}",
        )
    if not unknown:
        yield ok("statuses", f"{len(mapped)} statuses have a meaning")
    unmapped = [name for name, closed in known.items() if name not in mapped and not closed]
    if unmapped:
        yield advice(
            "status-unmapped",
            f"status {named(unmapped)} has no role: time runs on in it",
            "name it under [statuses] if it means working, waiting or resolved",
        )
    closing = [name for name, closed in known.items() if name not in mapped and closed]
    if closing:
        yield advice(
            "closed-status-unmapped",
            f"closed status {named(closing)} has no role: it counts as resolved",
            "name it under [statuses] rejected or duplicate if no service was owed",
        )


def _trackers(server: ServerSeen, contracts: Sequence[Contract]) -> Iterator[Finding]:
    known = [row["name"] for row in server.words.trackers]
    for contract in contracts:
        promised = {*contract.select.trackers}
        hinted: set[str] = set()
        for _, terms in contract.versions:
            promised |= {name for rule in terms.targets for name in rule.tracker}
            hinted |= terms.classification.trackers.keys()
        for name in sorted(promised - set(known)):
            yield warning(
                "tracker-unknown",
                f'contract {contract.name}: Redmine has no tracker "{name}", so what is promised '
                "for it holds for no ticket",
                f"{near(name, known)}; or {PROVISION}",
            )
        absent = sorted(hinted - promised - set(known))
        if absent:
            yield advice(
                "tracker-hint-unknown",
                f"contract {contract.name}: [classification] names no tracker with {named(absent)}",
                f"known: {named(known)}; nothing is lost if you have no such tracker",
            )


def _priorities(server: ServerSeen, contracts: Sequence[Contract]) -> Iterator[Finding]:
    known = [row["name"] for row in server.words.priorities]
    for contract in contracts:
        wanted: set[str] = set()
        for _, terms in contract.versions:
            wanted |= {
                name for row in terms.classification.matrix.values() for name in row.values()
            }
            wanted |= {name for rule in terms.targets for name in rule.priority}
            wanted |= terms.classification.priorities.keys()
        for name in sorted(wanted - set(known)):
            yield error(
                "priority-unknown",
                f'contract {contract.name}: Redmine has no priority "{name}"',
                f"{near(name, known)}; or make it in Administration, Enumerations",
            )


def _categories(server: ServerSeen, contracts: Sequence[Contract]) -> Iterator[Finding]:
    for contract in contracts:
        projects = [p for p in server.projects if contract.name in p.contracts]
        if any(project.categories is None for project in projects):
            continue
        known = {name for project in projects for name in project.categories or ()}
        for name in sorted(set(contract.select.categories) - known):
            yield warning(
                "category-unknown",
                f'contract {contract.name}: its projects have no category "{name}"',
                f"{near(name, known)}; or make it in the project's Settings, Issue categories",
            )
