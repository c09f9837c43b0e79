"""Versions and Files of projects: what is published, and publishing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from redminelib import Redmine as PythonRedmine

from redmine_sla.connectors.redmine.asking import Question, instant, object_of
from redmine_sla.connectors.redmine.denials import (
    MANAGE_FILES,
    MANAGE_VERSIONS,
    VIEW_FILES,
    Denials,
    Right,
)
from redmine_sla.connectors.redmine.engine import RedmineEngine
from redmine_sla.connectors.redmine.identity import Identity
from redmine_sla.connectors.redmine.paging import everything
from redmine_sla.plan.attachment import Attachment
from redmine_sla.sync.failures import Exchange, Forbidden, Refused, TooLarge, WrongAnswer
from redmine_sla.sync.ports import Row, StoredFile

UPLOADS = "/uploads.json"
SHA256 = 64  # hexadecimal digits; files stored before Redmine 3.4 have an MD5 of 32


class Files:
    """What is published in projects. Writing is for whoever holds the writer's lock."""

    def __init__(
        self, engine: RedmineEngine, redmine: PythonRedmine, identity: Identity, denials: Denials
    ) -> None:
        self._engine = engine
        self._redmine = redmine
        self._identity = identity
        self._denials = denials

    def versions(self, project: int) -> Sequence[Row]:
        """See the port. Redmine lists the shared ones of other projects too."""
        path = f"/projects/{project}/versions.json"
        rows = everything(self._identity.ask, Question(path, "versions"))
        return [row for row in rows if row["project"]["id"] == project]

    def create_version(self, project: int, name: str, *, description: str, due: date | None) -> Row:
        """See the port."""
        others: dict[str, Any] = {"description": description} if description else {}
        if due is not None:
            others["due_date"] = due.isoformat()
        try:
            made = self._redmine.version.create(
                project_id=project, name=name, status="open", sharing="none", **others
            )
        except Forbidden as error:
            raise self._denials.explained(error, project, MANAGE_VERSIONS) from error
        row: Row = made.raw()
        return row

    def files(self, project: int) -> Sequence[StoredFile]:
        """See the port. Redmine gives them all at once, however many."""
        path = f"/projects/{project}/files.json"
        try:
            rows = everything(self._identity.ask, Question(path, "files"))
        except Forbidden as error:
            raise self._denials.explained(error, project, VIEW_FILES) from error
        return sorted(map(stored_file, rows), key=lambda file: file.id)

    def publish(self, project: int, version: int, file: Attachment) -> None:
        """See the port."""
        content = self.sent(file, project, MANAGE_FILES) | {"version_id": version}
        url = f"{self._engine.connection.url}/projects/{project}/files.json"
        try:
            self._engine.request("post", url, data={"file": content})
        except Forbidden as error:
            raise self._denials.explained(error, project, MANAGE_FILES) from error

    def sent(self, file: Attachment, project: int, right: Right) -> dict[str, Any]:
        """Sends the bytes; what they belong to then takes them by the token given here.

        What nothing takes is removed by Redmine's own housekeeping.
        """
        try:
            answer = self._engine.request(
                "post",
                self._engine.connection.url + UPLOADS,
                params=[("filename", file.filename), ("content_type", file.content_type)],
                data=file.content,
            )
        except Forbidden as error:
            raise self._denials.explained(error, project, right) from error
        except TooLarge:
            raise
        except Refused as error:
            raise _refused(error, file) from error
        return {
            "token": str(object_of(answer, "upload", UPLOADS)["token"]),
            "filename": file.filename,
            "content_type": file.content_type,
            "description": file.description,
        }

    def download(self, file: StoredFile, *, at_most: int) -> bytes:
        """See the port. Asked for where Redmine is configured to be, not at the address told."""
        path = f"/attachments/download/{file.id}/{quote(file.filename)}"
        exchange = Exchange("GET", path)
        if file.size > at_most:
            raise WrongAnswer(
                f"{file.size} bytes, and no more than {at_most} are wanted", exchange=exchange
            )
        self._identity.me()
        content = self._engine.fetch(path, at_most=at_most)
        digest = hashlib.sha256(content).hexdigest()
        if len(content) != file.size or (len(file.digest) == SHA256 and digest != file.digest):
            raise WrongAnswer(
                f'the bytes of "{file.filename}" are not those Redmine lists '
                f"({len(content)} bytes, SHA-256 {digest})",
                exchange=exchange,
                hint="run again; if it stays, somebody changed the file on the server's disk",
            )
        return content


def stored_file(row: Mapping[str, Any]) -> StoredFile:
    """A file as Redmine's lists tell it."""
    return StoredFile(
        id=row["id"],
        filename=row["filename"],
        size=row["filesize"],
        address=row.get("content_url", ""),
        digest=str(row.get("digest") or "").lower(),
        version=row.get("version", {}).get("id"),
        description=row.get("description") or "",
        author=row.get("author", {}).get("id"),
        created=instant(row["created_on"]) if row.get("created_on") else None,
    )


def _refused(error: Refused, file: Attachment) -> Refused:
    """Redmine names the limit in bytes, in the language of the key's user."""
    limits = [int(number) for said in error.messages for number in re.findall(r"\d+", said)]
    passed = [limit for limit in limits if limit % 1024 == 0 and 0 < limit < file.size]
    if not passed:
        return Refused(
            f'the file "{file.filename}" is refused: ' + "; ".join(error.messages),
            exchange=error.exchange,
            messages=error.messages,
            hint="see Administration, Settings, Files",
        )
    what = f'"{file.filename}" has {file.size} bytes, Redmine takes {passed[0]} at most'
    return TooLarge(
        what,
        exchange=error.exchange,
        messages=(what,),
        hint='raise "Maximum attachment size" in Administration, Settings, Files, '
        f"to {-(-file.size // 1024)} KB or more",
    )
