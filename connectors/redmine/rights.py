"""What the key may do, as far as Redmine lets it know."""

from __future__ import annotations

import threading

from redmine_sla.connectors.redmine.asking import object_of
from redmine_sla.connectors.redmine.reading import Reader
from redmine_sla.sync.failures import Forbidden, NotFound

SET_PRIVATE = "set_notes_private"
VIEW_PRIVATE = "view_private_notes"
EDIT_NOTES = "edit_issue_notes"
EDIT_OWN_NOTES = "edit_own_issue_notes"


class Rights:
    """Answers from the memberships of the key's user and the permissions of his roles.

    Asked once and kept. A right that comes from Redmine's "Non member" role is not seen here:
    for a project without membership the answer is `None`, not known.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._asking = threading.Lock()
        self._permissions: dict[int, frozenset[str] | None] = {}

    def may(self, project: int, permission: str) -> bool | None:
        """Whether the key's user has Redmine's `permission` (such as `add_issue_notes`) there.

        `None` where that cannot be known: no membership, or roles that the key may not read.
        Project modules and closed projects are not considered.
        """
        me = self._reader.me()
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
        """Whether a private note of ours stays private, and we can see that it did."""
        answers = [self.may(project, SET_PRIVATE), self.may(project, VIEW_PRIVATE)]
        if False in answers:
            return False
        return None if None in answers else True

    def _of_role(self, role: int) -> frozenset[str] | None:
        with self._asking:
            if role not in self._permissions:
                self._permissions[role] = self._read(role)
            return self._permissions[role]

    def _read(self, role: int) -> frozenset[str] | None:
        path = f"/roles/{role}.json"
        try:
            found = object_of(self._reader.ask(path), "role", path)
        except (Forbidden, NotFound):
            return None
        return frozenset(map(str, found.get("permissions", ())))
