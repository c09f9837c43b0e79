"""The writing side: one request at a time, each naming its object, never repeated by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from redminelib import Redmine as PythonRedmine

from redmine_sla.connectors.redmine.asking import PAGE, Filter, object_of
from redmine_sla.connectors.redmine.denials import ADD_ISSUES, EDIT_ISSUES, EDIT_WIKI, Denials
from redmine_sla.connectors.redmine.files import Files
from redmine_sla.connectors.redmine.identity import Identity
from redmine_sla.connectors.redmine.paging import ISSUES
from redmine_sla.connectors.redmine.private_notes import PrivateNotes
from redmine_sla.connectors.redmine.reading import Reader
from redmine_sla.connectors.redmine.wiki import Wiki
from redmine_sla.plan.attachment import Attachment
from redmine_sla.sync.failures import Exchange, Forbidden, RedmineError, Refused
from redmine_sla.sync.ports import Ignored, IssueUpdate, Missing, Row

# python-redmine makes the addresses of a whole process with one object, and reads the body of a
# write back from it: two writers at once would send one ticket's text to another ticket.
_one_writer = threading.Lock()


class Writer:
    """Issues, versions, files and wiki pages.

    Of python-redmine only `create` and `update` with the number given are used. Its objects are
    never saved: they send back everything they read, or go where another one went.
    """

    def __init__(
        self,
        redmine: PythonRedmine,
        identity: Identity,
        *,
        reader: Reader,
        private: PrivateNotes,
        denials: Denials,
        wiki: Wiki,
        files: Files,
    ) -> None:
        self._redmine = redmine
        self._identity = identity
        self._reader = reader
        self._private = private
        self._denials = denials
        self._wiki = wiki
        self._files = files

    def update_issue(self, update: IssueUpdate) -> None:
        """See the port. What Redmine passed over in silence, `ignored` tells afterwards."""
        attributes = attributes_of(update)
        if not attributes:
            raise ValueError(f"an update of #{update.ticket} that changes nothing")
        self._identity.me()
        if update.status is not None:
            self._permit_status(update.ticket, update.status)
        secret = bool(update.note and update.private_note)
        before = self._private.permit(update.ticket) if secret else frozenset()
        try:
            with _one_writer:
                self._redmine.issue.update(update.ticket, **attributes)
        except Forbidden as error:
            raise self._explained(error, update.ticket) from error
        if secret:
            self._private.confirm(update.ticket, before)

    def create_issue(self, fields: Mapping[str, Any]) -> Row:
        """See the port. `fields` are `project_id`, `subject`, ..."""
        self._identity.me()
        try:
            with _one_writer:
                return self._with_watchers(self._redmine.issue.create(**fields).raw())
        except Forbidden as error:
            raise self._denials.explained(error, fields["project_id"], ADD_ISSUES) from error

    def create_version(
        self, project: int, name: str, *, description: str = "", due: date | None = None
    ) -> Row:
        self._identity.me()
        with _one_writer:
            return self._files.create_version(project, name, description=description, due=due)

    def publish_file(self, project: int, version: int, file: Attachment) -> None:
        self._identity.me()
        with _one_writer:
            self._files.publish(project, version, file)

    def save_wiki_page(
        self,
        project: int,
        title: str,
        text: str,
        *,
        comment: str,
        version: int | None,
        attachments: Sequence[Attachment] = (),
    ) -> None:
        """See the port. A page that stands already is a `Conflict` where none was expected."""
        self._identity.me()
        with _one_writer:
            uploads = [self._files.sent(file, project, EDIT_WIKI) for file in attachments]
            if version is None:
                self._wiki.create(project, title, text, comment=comment, uploads=uploads)
            else:
                self._wiki.replace(
                    project, title, text, comment=comment, version=version, uploads=uploads
                )

    def ignored(self, updates: Sequence[IssueUpdate]) -> Iterator[Ignored]:
        """See the port. Costs one request for each hundred tickets."""
        for start in range(0, len(updates), PAGE):
            bundle = updates[start : start + PAGE]
            numbers = ",".join(str(update.ticket) for update in bundle)
            question = ISSUES.where(Filter("issue_id", "=", (numbers,)), sort="id")
            rows = {row["id"]: row for row in question.ask(self._identity.ask).rows}
            for update in bundle:
                yield from ignored_of(update, rows.get(update.ticket))

    def _permit_status(self, ticket: int, status: int) -> None:
        """Raises `Refused` where the workflow forbids it: Redmine would take the note alone, and
        the next run would write it again."""
        path = f"/issues/{ticket}.json"
        answer = self._identity.ask(path, [("include", "allowed_statuses")])
        row = object_of(answer, "issue", path)
        allowed = {each["id"]: each["name"] for each in row.get("allowed_statuses", ())}
        if status in allowed or row["status"]["id"] == status:
            return
        what = (
            f'the workflow does not lead #{ticket} from "{row["status"]["name"]}" to status '
            f"{status} (to {', '.join(allowed.values()) or 'none'} it does)"
        )
        raise Refused(
            what,
            exchange=Exchange("PUT", path),
            messages=(what,),
            hint="allow the step to the role of the key's user: Administration, Workflow",
        )

    def _with_watchers(self, made: Row) -> Row:
        """What stands, read again; the answer to the creation where that fails: it is made."""
        path = f"/issues/{made['id']}.json"
        try:
            answer = self._identity.ask(path, [("include", "watchers")])
            return object_of(answer, "issue", path)
        except RedmineError:
            return made

    def _explained(self, error: Forbidden, ticket: int) -> RedmineError:
        row = self._reader.issue(ticket)
        if isinstance(row, Missing):
            return error
        return self._denials.explained(error, row["project"]["id"], EDIT_ISSUES)


def attributes_of(update: IssueUpdate) -> dict[str, Any]:
    """The update as Redmine's API takes it; nothing else is sent."""
    attributes: dict[str, Any] = {}
    if update.fields:
        attributes["custom_fields"] = [
            {"id": number, "value": value} for number, value in update.fields.items()
        ]
    if update.priority is not None:
        attributes["priority_id"] = update.priority
    if update.status is not None:
        attributes["status_id"] = update.status
    if update.note:
        attributes["notes"] = update.note
        if update.private_note:
            attributes["private_notes"] = True
    return attributes


def ignored_of(update: IssueUpdate, row: Row | None) -> Iterator[Ignored]:
    """What of `update` does not stand in `row`, the ticket as it is afterwards."""
    if row is None:
        yield Ignored(update.ticket, "it cannot be read any more")
        return
    values = {field["id"]: field for field in row.get("custom_fields", ())}
    for number, wanted in update.fields.items():
        if number not in values:
            yield Ignored(update.ticket, f"field {number} is not on the ticket")
        elif _plain(values[number].get("value")) != _plain(wanted):
            name = values[number].get("name", number)
            yield Ignored(update.ticket, f'field "{name}" was not taken: workflow or field rights')
    if update.priority is not None and row["priority"]["id"] != update.priority:
        yield Ignored(update.ticket, "the priority was not taken: workflow, or it has subtasks")
    if update.status is not None and row["status"]["id"] != update.status:
        yield Ignored(
            update.ticket,
            "the status was not taken: the workflow does not let the key's user set it",
        )


def _plain(value: object) -> object:
    return (value or "").replace("\r\n", "\n").strip() if isinstance(value, str | None) else value
