"""Who stood for whom in a quarter, for which Redmine keeps no history.

A published quarter is judged again by the roles that its manifest has on record: who left since, or
holds others today, did then what he did in his role of then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from redmine_sla.contract import Contract
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.manifest import Manifest
from redmine_sla.quarter.reckoning import covered_period
from redmine_sla.sync.workbench import Workbench
from redmine_sla.ticket import Party, Ref

Roles = Mapping[str, Mapping[int, frozenset[str]]]
"""The names of the roles that each user holds, by the identifier of the project."""

_SIDES = (Party.PROVIDER, Party.CUSTOMER, Party.THIRD_PARTY)


@dataclass(frozen=True, slots=True)
class People:
    """The users of a contract's projects, by number: by side, as of a quarter's end, and by project
    with their roles.
    """

    sides: Mapping[str, Sequence[int]] = field(default_factory=dict)
    roles: Roles = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The roles of a manifest, and the side for which each stood."""

    roles: Roles = field(default_factory=dict)
    sides: Mapping[str, Party] = field(default_factory=dict)

    @classmethod
    def of(cls, manifest: Manifest | None) -> Recorded:
        """Nobody's, where nothing is published or no roles are on record."""
        recorded: Mapping[str, Any] = manifest.judged_by.get("sides", {}) if manifest else {}
        return cls(
            roles={
                project: {int(user): frozenset(roles) for user, roles in held.items()}
                for project, held in recorded.get("held", {}).items()
            },
            sides={
                role: side for side in _SIDES for role in recorded.get("roles", {}).get(side, ())
            },
        )

    def on(self, bench: Workbench) -> Workbench:
        """The bench with the people on record as they were. All others are who they are today; what
        is written under `[[parties]]` goes before both.
        """
        identifiers = {one.identifier: one.id for one in bench.words.projects.values()}
        members = dict(bench.parties.members)
        for project, held in self.roles.items():
            if project in identifiers:
                number = identifiers[project]
                members[number] = {**members.get(number, {}), **held}
        parties = replace(
            bench.parties,
            members=members,
            party_of_role={**self.sides, **bench.parties.party_of_role},
        )
        return replace(bench, parties=parties)

    def changed(self, bench: Workbench) -> Iterator[str]:
        """Whoever holds other roles today, as `Jan (Support then, no member today)`."""
        projects = {one.identifier: one.id for one in bench.words.projects.values()}
        for project, held in self.roles.items():
            today = bench.parties.members.get(projects.get(project, 0), {})
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
        roles: dict[str, Mapping[int, frozenset[str]]] = {}
        for project in bench.words.projects.values():
            if self.contract not in bench.reaching(project.id):
                continue
            held = bench.parties.members.get(project.id, {})
            roles[project.identifier] = held
            for user in held:
                named = Ref(user, bench.words.users.get(user, ""))
                side = bench.parties.party_of(named, project.id, day)
                sides.setdefault(str(side), set()).add(user)
        return People({side: sorted(users) for side, users in sorted(sides.items())}, roles)

    def findings(self, manifest: Manifest) -> Iterator[str]:
        """What is said where somebody on record holds other roles today."""
        changed = list(Recorded.of(manifest).changed(self.bench))
        if changed:
            yield (
                f"{manifest.edition}: judged by the roles on record with it, not by today's: "
                f"{', '.join(changed)}; where the record is wrong, write who was what under "
                "[[parties]] in sla.toml"
            )


def _told(roles: frozenset[str]) -> str:
    return " and ".join(sorted(roles)) or "no member"
