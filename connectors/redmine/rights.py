"""What the key may do, as far as Redmine lets it know."""

from __future__ import annotations

import threading

from redmine_sla.connectors.redmine.asking import object_of
from redmine_sla.connectors.redmine.identity import Identity
from redmine_sla.sync.failures import Forbidden, NotFound

SET_PRIVATE = "set_notes_private"


class Rights:
    """Answers from the memberships of the key's user and the permissions of his roles.

    Asked once and kept. A right that comes from Redmine's "Non member" role is not seen here:
    for a project without membership the answer is `None`, not known.
    """

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._asking = threading.Lock()
        self._permissions: dict[int, frozenset[str] | None] = {}

    def may(self, project: int, permission: str) -> bool | None:
        """Whether the key's user has Redmine's `permission` (such as `add_issue_notes`) there.

        `None` where that cannot be known: no membership, or roles that the key may not read.
        Project modules and closed projects are not considered.
        """
        me = self._identity.me()
        if me.get("admin"):
            return True
        roles = [
            role["id"]
            for membership in me.get("memberships", ())
            if membership["project"]["id"] == project
            for role in membership["roles"]
        ]
        granted = [self._of_role(role) for role in sorted(set(roles))]
        if any(permissions and permission in permissions for permissions in granted):
            return True
        return None if not granted or None in granted else False

    def may_set_private_notes(self, project: int) -> bool | None:
        """Whether a private note of ours stays private; our own we see without a further right."""
        return self.may(project, SET_PRIVATE)

    def _of_role(self, role: int) -> frozenset[str] | None:
        with self._asking:
            if role not in self._permissions:
                self._permissions[role] = self._read(role)
            return self._permissions[role]

    def _read(self, role: int) -> frozenset[str] | None:
        path = f"/roles/{role}.json"
        try:
            found = object_of(self._identity.ask(path), "role", path)
        except (Forbidden, NotFound):
            return None
        return frozenset(map(str, found.get("permissions", ())))
