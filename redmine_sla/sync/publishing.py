"""Versions and files, each published exactly once and never replaced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from redmine_sla.plan import Attachment, CreateVersion, PublishFile
from redmine_sla.sync.outcome import Attempt, Result, there_already
from redmine_sla.sync.ports import Row, StoredFile


class PublicationDesk(Protocol):
    """What publishing needs of a Redmine; see `redmine_sla.sync.ports`."""

    def versions(self, project: int) -> Sequence[Row]: ...

    def files(self, project: int) -> Sequence[StoredFile]: ...

    def create_version(
        self, project: int, name: str, *, description: str = "", due: date | None = None
    ) -> Row: ...

    def publish_file(self, project: int, version: int, file: Attachment) -> None: ...


class Publisher:
    """Publishes for one run. What stands is asked once for each project, before the first write
    there, and again after each: so a run after one that was cut off finds what that one left.

    Raises what Redmine raises.
    """

    def __init__(self, redmine: PublicationDesk) -> None:
        self._redmine = redmine
        self._versions: dict[int, dict[str, int]] = {}
        self._files: dict[int, Sequence[StoredFile]] = {}

    def version(self, change: CreateVersion) -> Attempt:
        """Found by its name, which Redmine keeps unique in a project."""
        standing = self.version_named(change.project, change.name)
        if standing is not None:
            return there_already(change, standing)
        self._versions.pop(change.project)
        made = self._redmine.create_version(
            change.project, change.name, description=change.description, due=change.due
        )
        return Attempt(change, Result.APPLIED, number=int(made["id"]))

    def version_named(self, project: int, name: str) -> int | None:
        """The number of the project's version of that name."""
        if project not in self._versions:
            rows = self._redmine.versions(project)
            self._versions[project] = {row["name"]: row["id"] for row in rows}
        return self._versions[project].get(name)

    def file(self, change: PublishFile) -> Attempt:
        """Found by its name and digest. Another file of that name is left as it is."""
        version = self.version_named(change.project, change.version_name)
        if version is None:
            return _without_version(change)
        namesakes = self._namesakes(change, version)
        same = _with_digest(namesakes, change.sha256)
        if same is not None:
            return there_already(change, same.id)
        if namesakes:
            return _conflict(change, namesakes[-1])
        self._files.pop(change.project)
        self._redmine.publish_file(change.project, version, change.attachment)
        return self._read_back(change, version)

    def _read_back(self, change: PublishFile, version: int) -> Attempt:
        namesakes = self._namesakes(change, version)
        same = _with_digest(namesakes, change.sha256)
        if same is not None:
            return Attempt(change, Result.APPLIED, number=same.id)
        if namesakes:
            message = (
                f"it stands with other bytes than were sent (SHA-256 {namesakes[-1].digest}): "
                "delete it by hand, it is sent again then"
            )
        else:
            message = "Redmine said yes, and does not list it"
        return Attempt(change, Result.IGNORED, message)

    def _namesakes(self, change: PublishFile, version: int) -> Sequence[StoredFile]:
        if change.project not in self._files:
            self._files[change.project] = self._redmine.files(change.project)
        return [
            file
            for file in self._files[change.project]
            if file.version == version and file.filename.casefold() == change.filename.casefold()
        ]


def _with_digest(files: Sequence[StoredFile], digest: str) -> StoredFile | None:
    return next((file for file in files if file.digest == digest), None)


def _without_version(change: PublishFile) -> Attempt:
    message = f'there is no version "{change.version_name}" in {change.where}'
    return Attempt(change, Result.REFUSED, message)


def _conflict(change: PublishFile, standing: StoredFile) -> Attempt:
    message = (
        f'another file "{standing.filename}" is published there already '
        f"(SHA-256 {standing.digest}, this one {change.sha256}): what is published is never "
        "replaced, publish it under another name"
    )
    return Attempt(change, Result.REFUSED, message)
