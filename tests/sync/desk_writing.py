"""Both sides of a desk's REST API: what a plan needs to be carried out, in memory.

It keeps the habits that writing must live with: a field the ticket does not have is passed over
in silence, a filter nobody may use is told, uploads nobody takes lie about, a file's number is not
answered, a page keeps all files of one name, a name of a version stands once in a project.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from redmine_sla.plan import Attachment
from redmine_sla.sync.failures import (
    Conflict,
    Exchange,
    Forbidden,
    NotFound,
    Refused,
)
from redmine_sla.sync.ports import Ignored, IssueUpdate
from tests.sync.desk import Desk, DeskReader, Row, stamp, values_of


class DeskRedmine(DeskReader):
    """Implements `redmine_sla.sync.ports.Redmine`. `after` is told each request carried out,
    before its answer arrives: what it raises stands for an answer that got lost."""

    def __init__(
        self, desk: Desk, *, after: Callable[[str], None] = lambda _request: None, **options: Any
    ) -> None:
        super().__init__(desk, **options)
        self.after = after

    def update_issue(self, update: IssueUpdate) -> None:
        self._send(f"update {update.ticket}")
        issue = self.desk.content.issues.get(update.ticket)
        if issue is None:
            raise NotFound("not found", exchange=Exchange("PUT", f"/issues/{update.ticket}", 404))
        self._open(issue["project"]["id"])
        if update.status is not None and update.status not in self.desk.statuses:
            raise _refused("the workflow does not lead there")
        self._set_fields(issue, update.fields)
        if update.status is not None:
            self.desk.set_status(update.ticket, update.status)
        self.desk.note(update.ticket, update.note)
        self._done(f"update {update.ticket}")

    def ignored(self, updates: Sequence[IssueUpdate]) -> Iterator[Ignored]:
        self._send("read back")
        for update in updates:
            values = values_of(self.desk.content.issues[update.ticket])
            for field, value in update.fields.items():
                if values.get(field) != value:
                    yield Ignored(update.ticket, f"field {field} was not taken")

    def create_issue(self, fields: Mapping[str, Any]) -> Row:
        self._send(f"new ticket {fields['subject']}")
        self._open(fields["project_id"])
        number = self.desk.create(
            fields["project_id"],
            subject=fields["subject"],
            description=fields.get("description", ""),
            tracker={"id": fields.get("tracker_id", 1), "name": "Bug"},
            start_date=fields.get("start_date") or None,
            due_date=fields.get("due_date"),
            watchers=[{"id": user} for user in fields.get("watcher_user_ids", ())],
            custom_fields=[
                {"id": field, "name": name, "value": ""} for field, name in self.desk.fields.items()
            ],
            **{
                name: {"id": fields[f"{name}_id"]}
                for name in ("assigned_to", "fixed_version", "status", "priority")
                if f"{name}_id" in fields
            },
        )
        issue = self.desk.content.issues[number]
        given = {each["id"]: each["value"] for each in fields.get("custom_fields", ())}
        self._set_fields(issue, given)
        self._done(f"new ticket {fields['subject']}")
        return copy.deepcopy(issue)

    def create_version(
        self, project: int, name: str, *, description: str = "", due: date | None = None
    ) -> Row:
        self._send(f"new version {name}")
        self._open(project)
        rows = self.desk.content.versions.values()
        if any(row["project"]["id"] == project and row["name"] == name for row in rows):
            raise _refused("Name has already been taken")
        number = self.desk.number()
        self.desk.content.versions[number] = {
            "id": number,
            "project": {"id": project},
            "name": name,
            "description": description,
            "status": "open",
            "due_date": due and due.isoformat(),
        }
        self._done(f"new version {name}")
        return copy.deepcopy(self.desk.content.versions[number])

    def publish_file(self, project: int, version: int, file: Attachment) -> None:
        self._upload(file)
        self._send(f"publish {file.filename}")
        self._open(project)
        row = self._row(file) | {"project": project, "version": {"id": version}}
        self.desk.content.files[row["id"]] = row
        self._done(f"publish {file.filename}")

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
        for file in attachments:
            self._upload(file)
        self._send(f"save {title}")
        self._open(project)
        page = self.desk.content.pages.get((project, title))
        if (page and page["version"]) != version:
            raise Conflict("stale", exchange=Exchange("PUT", title, 409))
        new = page is None or page["text"] != text
        self.desk.content.pages[project, title] = {
            "text": text,
            "version": (version or 0) + new,
            "comment": comment,
            "files": [*(page["files"] if page else ()), *map(self._row, attachments)],
        }
        self._done(f"save {title}")

    def _upload(self, file: Attachment) -> None:
        self._send(f"upload {file.filename}")
        if file.size > self.desk.largest_file:
            raise _refused(f"it exceeds {self.desk.largest_file} bytes")
        self._done(f"upload {file.filename}")

    def _open(self, project: int) -> None:
        if project in self.desk.content.closed:
            raise Forbidden("the project is closed", exchange=Exchange("POST", "", 403))

    def _set_fields(self, issue: Row, wanted: Mapping[int, str]) -> None:
        for each in issue["custom_fields"]:
            if each["id"] in wanted and each["id"] not in self.desk.unwritable:
                each["value"] = wanted[each["id"]]

    def _row(self, file: Attachment) -> Row:
        return {
            "id": self.desk.number(),
            "filename": file.filename,
            "content": file.content,
            "description": file.description,
            "created_on": stamp(self.desk.now),
            "author": self._user,
        }

    def _done(self, request: str) -> None:
        self.after(request)


def _refused(message: str) -> Refused:
    return Refused("refused", exchange=Exchange("POST", "", 422), messages=(message,))
