"""A configuration read without a mistake, and what can only be checked with Redmine at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from redmine_sla.contract.checks.together import ProjectTree, overlaps, unknown_projects
from redmine_sla.contract.contract import Contract
from redmine_sla.contract.desk import Desk
from redmine_sla.contract.problems import Problem
from redmine_sla.errors import SlaError

Place = tuple[str, int]


@dataclass(frozen=True)
class Configuration:
    """The desk and its contracts. `places` are file and line of each contract's `projects`."""

    desk: Desk
    contracts: tuple[Contract, ...]
    folder: Path = Path()
    places: Mapping[str, Place] = field(default_factory=dict)
    look_again: Callable[[], tuple[Problem, ...]] = field(default=tuple, repr=False, compare=False)

    @cached_property
    def warnings(self) -> tuple[Problem, ...]:
        """What is allowed but hardly meant. Looked for when first asked, as a run needs none."""
        return self.look_again()

    def contract_named(self, name: str) -> Contract:
        """The contract of that name. Raises `SlaError` naming those there are."""
        for contract in self.contracts:
            if contract.name == name:
                return contract
        names = ", ".join(contract.name for contract in self.contracts) or "none"
        raise SlaError(f'there is no contract "{name}"', hint=f"contracts here: {names}")

    def problems_with(self, projects: ProjectTree) -> tuple[Problem, ...]:
        """What shows only against Redmine's own projects: unknown ones, shared subprojects."""
        found = [
            (contract, finding)
            for contract in self.contracts
            for finding in unknown_projects(contract, projects)
        ]
        found += [(shared.second, shared.finding) for shared in overlaps(self.contracts, projects)]
        return tuple(
            Problem(
                *self.places.get(contract.name, (contract.name, 0)),
                "projects",
                said.what,
                said.right,
            )
            for contract, said in found
        )
