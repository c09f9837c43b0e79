"""Who may read what in this Redmine, from its projects, members and roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from redmine_sla.contract import Desk
from redmine_sla.contract.desk.parties import Side
from redmine_sla.sync.ports import Row
from redmine_sla.ticket import Project, Ref
from redmine_sla.ticket.readers import Readers

People = Iterable[tuple[Ref, frozenset[str]]]
"""Members, each with the names of his roles."""


def readers_of(
    desk: Desk,
    projects: Iterable[Project],
    members: Mapping[int, People],
    roles: Iterable[Row],
    bots: frozenset[int],
    *,
    day: date,
) -> Readers:
    """The readers of each project on the day that `members` were read: by project, where they can
    be.

    Memberships have no history: whoever acts for the provider that day, by [[parties]] or else by
    his role, is the provider's. A role that Redmine tells nothing of is taken to show tickets.
    """
    known = {project: list(found) for project, found in members.items()}
    return Readers(
        public={one.id: one.is_public for one in projects if one.is_public is not None},
        members={
            project: {user.id: held for user, held in found} for project, found in known.items()
        },
        guests={
            project: frozenset(
                user.id
                for user, held in found
                if user.id not in bots and not _is_provider(user, held, desk, day)
            )
            for project, found in known.items()
        },
        own_issues=frozenset(str(row.get("name")) for row in roles if shows_own_issues(row)),
    )


def shows_own_issues(role: Row) -> bool:
    """Whether the role shows a person his own tickets alone, or none.

    Redmine's other two visibilities differ in private tickets, which no page names.
    """
    if role.get("issues_visibility") == "own":
        return True
    permissions = role.get("permissions")
    return permissions is not None and "view_issues" not in permissions


def _is_provider(user: Ref, roles: frozenset[str], desk: Desk, day: date) -> bool:
    for entry in desk.parties:
        if entry.covers(day) and entry.user in (str(user.id), user.name):
            return entry.party is Side.PROVIDER
    return bool(roles & set(desk.roles.provider))
