"""The writing side: one request at a time, each naming its object, never repeated by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from redminelib import Redmine as PythonRedmine

from redmine_sla.connectors.redmine.asking import PAGE, Filter, object_of
from redmine_sla.connectors.redmine.identity import Identity
from redmine_sla.connectors.redmine.paging import ISSUES
from redmine_sla.connectors.redmine.private_notes import PrivateNotes
from redmine_sla.connectors.redmine.reading import Reader
from redmine_sla.connectors.redmine.wiki import Wiki
from redmine_sla.sync.failures import Forbidden, RedmineError
from redmine_sla.sync.ports import Ignored, IssueUpdate, Missing, Row

CLOSED_PROJECT = 5

# python-redmine makes the addresses of a whole process with one object, and reads the body of a
# write back from it: two writers at once would send one ticket's text to another ticket.
_one_writer = threading.Lock()


class Writer:
    """Issues and wiki pages, by python-redmine's managers.

    Only `create` and `update` with the number given are used. Its objects are never saved: they
    send back everything they read, or go where another one went.
    """

    def __init__(
        self,
        redmine: PythonRedmine,
        identity: Identity,
        reader: Reader,
        private: PrivateNotes,
        wiki: Wiki,
    ) -> None:
        self._redmine = redmine
        self._identity = identity
        self._reader = reader
        self._private = private
        self._wiki = wiki

    def update_issue(self, update: IssueUpdate) -> None:
        """See the port. What Redmine passed over in silence, `ignored` tells afterwards."""
        attributes = attributes_of(update)
        if not attributes:
            raise ValueError(f"an update of #{update.ticket} that changes nothing")
        self._identity.me()
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
        """The issue made of `fields`, named as in Redmine's API (`project_id`, `subject`, ...)."""
        self._identity.me()
        with _one_writer:
            row: Row = self._redmine.issue.create(**fields).raw()
        return row

    def save_wiki_page(
        self, project: int, title: str, text: str, *, comment: str, version: int | None
    ) -> None:
        """See the port. A page that stands already is a `Conflict` where none was expected."""
        self._identity.me()
        with _one_writer:
            if version is None:
                self._wiki.create(project, title, text, comment=comment)
            else:
                self._wiki.replace(project, title, text, comment=comment, version=version)

    def ignored(self, updates: Sequence[IssueUpdate]) -> Iterator[Ignored]:
        """See the port. Costs one request for each hundred tickets."""
        for start in range(0, len(updates), PAGE):
            bundle = updates[start : start + PAGE]
            numbers = ",".join(str(update.ticket) for update in bundle)
            question = ISSUES.where(Filter("issue_id", "=", (numbers,)), sort="id")
            rows = {row["id"]: row for row in question.ask(self._identity.ask).rows}
            for update in bundle:
                yield from ignored_of(update, rows.get(update.ticket))

    def _explained(self, error: Forbidden, ticket: int) -> Forbidden:
        """The same refusal, with the reason where one can be seen: Redmine gives none itself."""
        try:
            row = self._reader.issue(ticket)
            if isinstance(row, Missing):
                return error
            path = f"/projects/{row['project']['id']}.json"
            project = object_of(self._identity.ask(path), "project", path)
        except RedmineError:
            return error
        if project.get("status") == CLOSED_PROJECT:
            what = f'the project "{project["name"]}" is closed'
            hint = "reopen the project, or end the contract so that it is left alone"
        else:
            what = f'the key\'s user may not edit issues in the project "{project["name"]}"'
            hint = 'give his role the right "Edit issues"'
        return Forbidden(what, exchange=error.exchange, hint=hint)


def attributes_of(update: IssueUpdate) -> dict[str, Any]:
    """The update as Redmine's API takes it; nothing else is sent."""
    attributes: dict[str, Any] = {}
    if update.fields:
        attributes["custom_fields"] = [
            {"id": number, "value": value} for number, value in update.fields.items()
        ]
    if update.priority is not None:
        attributes["priority_id"] = update.priority
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


def _plain(value: object) -> object:
    return (value or "").replace("\r\n", "\n").strip() if isinstance(value, str | None) else value
