"""What must agree between several files: contracts that share projects, and the desk under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from redmine_sla.contract.contract import Contract
from redmine_sla.contract.desk import Desk
from redmine_sla.contract.findings import Finding, listed
from redmine_sla.contract.promises.clocks import Clock, EventKind, Trigger

ProjectTree = Mapping[str, str | None]
"""Identifier of every project, and that of the project above it."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two contracts that could both claim a ticket of `project`."""

    first: Contract
    second: Contract
    project: str

    @property
    def finding(self) -> Finding:
        """Told of the second contract's projects."""
        return Finding(
            ("projects",),
            f'project "{self.project}" is covered by contract {self.first.name} at the same time',
            "end one before the other starts, part them by [select], or write subprojects = false",
        )


def overlaps(contracts: Sequence[Contract], projects: ProjectTree | None = None) -> list[Overlap]:
    """Contracts that could claim the same ticket.

    Subprojects are only known with Redmine's tree of projects; without it only projects named
    twice are found.
    """
    covered = {id(contract): projects_of(contract, projects) for contract in contracts}
    return [
        Overlap(first, second, min(shared))
        for first, second in combinations(contracts, 2)
        if (shared := covered[id(first)] & covered[id(second)])
        and _at_the_same_time(first, second)
        and first.select.overlaps(second.select)
    ]


def projects_of(contract: Contract, projects: ProjectTree | None = None) -> frozenset[str]:
    """The identifiers of all projects a contract covers, as far as the tree tells."""
    named = frozenset(contract.projects)
    if not contract.subprojects or projects is None:
        return named
    return named | {
        identifier for identifier in projects if named & set(_above(identifier, projects))
    }


def unknown_projects(contract: Contract, projects: ProjectTree) -> Iterator[Finding]:
    """Projects the contract names and Redmine does not have (or the key may not see)."""
    for number, identifier in enumerate(contract.projects):
        if identifier not in projects:
            yield Finding(
                ("projects", number),
                f'Redmine shows no project "{identifier}"',
                "write the identifier from the project's address, and let the bot see it",
            )


def _above(identifier: str, projects: ProjectTree) -> Iterator[str]:
    seen = {identifier}
    parent = projects.get(identifier)
    while parent is not None and parent not in seen:
        yield parent
        seen.add(parent)
        parent = projects.get(parent)


def _at_the_same_time(first: Contract, second: Contract) -> bool:
    begun = max(first.starts, second.starts)
    return all(
        contract.last_day is None or begun <= contract.last_day for contract in (first, second)
    )


def unmapped_statuses(desk: Desk, contract: Contract) -> Iterator[Finding]:
    """Status roles of clocks in use that `sla.toml` does not map. Paths are those of sla.toml."""
    for name, clock in _clocks_in_use(contract):
        for trigger in (*clock.starts, *clock.stops):
            if trigger.kind is EventKind.STATUS and trigger.what not in desk.statuses.roles:
                yield Finding(
                    ("statuses", trigger.what),
                    "is missing",
                    f'clock "{name}" of contract {contract.name} needs it: name the statuses, or '
                    "[] if Redmine has none",
                )


def unmeasurable_clocks(desk: Desk, contract: Contract) -> Iterator[Finding]:
    """Clocks in use that this desk gives no way to start or stop. Paths are those of sla.toml.

    They are reported as unmeasured; without custom fields some promises cannot be seen.
    """
    assents = [version.agreement.assent for _, version in contract.versions]
    for name, clock in _clocks_in_use(contract):
        needed = [(clock.starts, "start"), (clock.stops, "stop")]
        if any(str(trigger) == "due_date:agreed" for trigger in clock.starts):
            needed += [(assent, "start") for assent in assents]
        for triggers, verb in needed:
            if not any(_can_happen(desk, trigger) for trigger in triggers):
                missing = [part for t in triggers for part in _fields(t) if part not in desk.fields]
                yield Finding(
                    ("fields", *missing[:1]),
                    "is missing" if missing else "none is mapped",
                    f'clock "{name}" of contract {contract.name} can only {verb} by '
                    f"{listed(map(str, triggers))}: it stays unmeasured",
                )


def unmeasurable_availability(desk: Desk, contract: Contract) -> Iterator[Finding]:
    """Availability that is promised where nobody can record an outage. Paths are of sla.toml."""
    missing = [name for name in ("outage_began_at", "outage_ended_at") if name not in desk.fields]
    if missing and any(terms.availability for _, terms in contract.versions):
        yield Finding(
            ("fields", missing[0]),
            "is missing",
            f"contract {contract.name} promises availability, and without "
            f"{' and '.join(missing)} nobody can say when something was down: it stays unmeasured",
        )


def _clocks_in_use(contract: Contract) -> Iterator[tuple[str, Clock]]:
    for _, terms in contract.versions:
        for name in terms.clocks_in_use:
            yield name, terms.clocks[name]


def _can_happen(desk: Desk, trigger: Trigger) -> bool:
    if trigger.kind is EventKind.STATUS:
        return bool(desk.statuses.named(trigger.what))
    return all(part in desk.fields for part in _fields(trigger))


def _fields(trigger: Trigger) -> list[str]:
    """The field roles of a trigger; with `+` all of them must be filled in."""
    return trigger.what.split("+") if trigger.kind is EventKind.FIELD else []
