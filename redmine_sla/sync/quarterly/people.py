"""Who stood for whom in a quarter and who read its pages: Redmine keeps no history of either.

A published quarter is judged again by the roles that its manifest has on record: who left since, or
holds others today, did then what he did in his role of then. It names the tickets of the projects
that it named, whoever may read them today.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from redmine_sla.contract import Contract
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.manifest import Manifest
from redmine_sla.quarter.reckoning import covered_period
from redmine_sla.sync.workbench import Workbench
from redmine_sla.ticket import Party, Ref

Roles = Mapping[int, Mapping[int, frozenset[str]]]
"""The names of the roles that each user holds, by project."""

_SIDES = (Party.PROVIDER, Party.CUSTOMER, Party.THIRD_PARTY)


@dataclass(frozen=True, slots=True)
class People:
    """The users of a contract's projects, by number: by side, as of a quarter's end, and by project
    with their roles. `bearers` are those whose names are told apart there: the members when the
    quarter was first published. `named` are the projects whose tickets the contract's pages name.
    """

    sides: Mapping[str, Sequence[int]] = field(default_factory=dict)
    roles: Roles = field(default_factory=dict)
    bearers: Mapping[int, Sequence[int]] = field(default_factory=dict)
    named: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """The roles of a manifest and the side for which each stood, whose names were told apart, and
    whether a project's tickets were named.
    """

    roles: Roles = field(default_factory=dict)
    sides: Mapping[str, Party] = field(default_factory=dict)
    bearers: Mapping[int, Sequence[int]] = field(default_factory=dict)
    named: Mapping[int, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, manifest: Manifest | None) -> Recorded:
        """Nobody's, where nothing is published or no roles are on record."""
        recorded: Mapping[str, Any] = manifest.judged_by if manifest else {}
        sides: Mapping[str, Any] = recorded.get("sides", {})
        roles = {
            int(project): {int(user): frozenset(roles) for user, roles in held.items()}
            for project, held in sides.get("held", {}).items()
        }
        named = recorded.get("named_projects", ())
        return cls(
            roles=roles,
            sides={role: side for side in _SIDES for role in sides.get("roles", {}).get(side, ())},
            bearers={int(one): users for one, users in sides.get("bearers", {}).items()},
            named={project: project in named for project in roles},
        )

    def on(self, bench: Workbench) -> Workbench:
        """The bench with the people on record as they were. All others are who they are today; what
        is written under `[[parties]]` goes before both. Names are told apart among those on record
        alone: who joins later takes nobody's name from him.
        """
        today, users = bench.parties, bench.words.users
        held = {
            project: {**today.members.get(project, {}), **roles}
            for project, roles in self.roles.items()
        }
        parties = replace(
            today,
            members={**today.members, **held},
            party_of_role={**self.sides, **today.party_of_role},
            names={
                **today.names,
                **{project: _by_name(those, users) for project, those in self.bearers.items()},
            },
        )
        return replace(bench, parties=parties, readers=replace(bench.readers, on_record=self.named))

    def changed(self, bench: Workbench) -> Iterator[str]:
        """Whoever holds other roles today, as `Jan (Support then, no member today)`."""
        for project, held in self.roles.items():
            today = bench.parties.members.get(project, {})
            for user, roles in sorted(held.items()):
                now = today.get(user, frozenset())
                if now != roles:
                    name = bench.words.users.get(user, f"user {user}")
                    yield f"{name} ({_told(roles)} then, {_told(now)} today)"


@dataclass(frozen=True, slots=True)
class Staff:
    """A contract's people in a quarter, today's or those on record."""

    bench: Workbench
    contract: Contract
    quarter: Quarter

    def people(self, before: Manifest | None = None) -> People:
        """As they are judged: those that the edition before has on record as they are there."""
        bench = Recorded.of(before).on(self.bench)
        end = covered_period(self.contract, self.quarter).end
        day = end.astimezone(ZoneInfo(self.contract.timezone))
        sides: dict[str, set[int]] = {}
        roles: dict[int, Mapping[int, frozenset[str]]] = {}
        for project in bench.words.projects.values():
            if self.contract not in bench.reaching(project.id):
                continue
            held = bench.parties.members.get(project.id, {})
            roles[project.id] = held
            for user in held:
                named = Ref(user, bench.words.users.get(user, ""))
                side = bench.parties.party_of(named, project.id, day)
                sides.setdefault(str(side), set()).add(user)
        return People(
            sides={side: sorted(users) for side, users in sorted(sides.items())},
            roles=roles,
            bearers={
                one: sorted(frozenset[int]().union(*bench.parties.names.get(one, {}).values()))
                for one in roles
            },
            named=[one for one in roles if bench.names_those_of(one, self.contract)],
        )

    def remarks(self, manifest: Manifest) -> Iterator[str]:
        """What is said where somebody on record holds other roles today."""
        changed = list(Recorded.of(manifest).changed(self.bench))
        if changed:
            yield (
                f"{manifest.edition}: judged by the roles on record with it, not by today's: "
                f"{', '.join(changed)}; where the record is wrong, write who was what under "
                "[[parties]] in sla.toml"
            )


def _by_name(people: Iterable[int], names: Mapping[int, str]) -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for person in people:
        if name := names.get(person):
            found[name] = found.get(name, frozenset()) | {person}
    return found


def _told(roles: frozenset[str]) -> str:
    return " and ".join(sorted(roles)) or "no member"
