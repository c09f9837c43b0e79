"""Private notes: sent only where they are proved to stay private, and looked at again after.

Without the right, Redmine answers `private_notes` with success and stores a public note.
"""

from __future__ import annotations

from collections.abc import Collection

from redmine_sla.connectors.redmine.engine import RedmineEngine
from redmine_sla.connectors.redmine.identity import Identity
from redmine_sla.connectors.redmine.reading import Reader
from redmine_sla.connectors.redmine.rights import Rights
from redmine_sla.sync.failures import Exchange, NoteShown, PrivacyUnproved, RedmineError
from redmine_sla.sync.ports import Missing, Row

RIGHT = '"Set notes as private"'


class PrivateNotes:
    """The guard around an update with a private note: `permit` before, `confirm` after."""

    def __init__(
        self, engine: RedmineEngine, identity: Identity, reader: Reader, rights: Rights
    ) -> None:
        self._engine = engine
        self._identity = identity
        self._reader = reader
        self._rights = rights

    def permit(self, ticket: int) -> frozenset[int]:
        """The numbers of the notes that stand now. Raises `PrivacyUnproved`."""
        row = self._reader.issue(ticket)
        if isinstance(row, Missing):
            raise self._unproved(ticket, f"#{ticket} cannot be read ({row.absence})")
        project = row["project"]
        may = self._rights.may_set_private_notes(project["id"])
        if may is None:
            raise self._unproved(
                ticket,
                f'whether notes stay private in project "{project["name"]}" cannot be known',
                f"make the key's user a member of the project in a role with the right {RIGHT}",
            )
        if not may:
            raise self._unproved(
                ticket,
                f'the key\'s user may not keep notes private in project "{project["name"]}"',
                f"give his role the right {RIGHT}",
            )
        return frozenset(journal["id"] for journal in row["journals"])

    def confirm(self, ticket: int, before: Collection[int]) -> None:
        """Hold the notes written since against their privacy.

        Raises `NoteShown` where one stands in public, after trying to hide or empty it: by then
        somebody may have read it, or have it in his mail.
        """
        ours = [note for note in self._notes_of(ticket) if note["id"] not in before]
        if not ours:
            raise self._shown(ticket, "was not found again, so nobody knows who reads it")
        public = [note["id"] for note in ours if not note.get("private_notes")]
        if public:
            raise self._shown(ticket, f"stood in public; {self._hidden(ticket, public)}")

    def _hidden(self, ticket: int, notes: list[int]) -> str:
        """Hide the notes, or else empty them; says what came of it."""
        for attempt, outcome in (
            ({"private_notes": True}, "it is private now"),
            ({"notes": ""}, "its text is removed now"),
        ):
            try:
                for note in notes:
                    url = f"{self._engine.connection.url}/journals/{note}.json"
                    self._engine.request("put", url, data={"journal": attempt})
                standing = {note["id"]: note for note in self._notes_of(ticket)}
            except RedmineError:
                continue
            if all(standing.get(n, {"private_notes": True}).get("private_notes") for n in notes):
                return outcome
        return "it could neither be hidden nor emptied: do so by hand, at once"

    def _notes_of(self, ticket: int) -> list[Row]:
        row = self._reader.issue(ticket)
        if isinstance(row, Missing):
            return []
        mine = self._identity.me()["id"]
        return [
            journal
            for journal in row["journals"]
            if journal.get("notes") and journal.get("user", {}).get("id") == mine
        ]

    def _unproved(self, ticket: int, why: str, hint: str = "") -> PrivacyUnproved:
        return PrivacyUnproved(
            f"the private note was not written: {why}",
            exchange=Exchange("PUT", f"/issues/{ticket}.json"),
            hint=hint,
        )

    def _shown(self, ticket: int, what: str) -> NoteShown:
        return NoteShown(
            f"the note meant to be private {what}",
            exchange=Exchange("PUT", f"/issues/{ticket}.json"),
            hint=f"look at the ticket; see who reads it; check the right {RIGHT}",
        )
