"""The one door to a Redmine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import TracebackType
from typing import Any, Self

from redminelib import Redmine as PythonRedmine

from redmine_sla.connectors.redmine.asking import object_of
from redmine_sla.connectors.redmine.connection import Connection
from redmine_sla.connectors.redmine.denials import Denials
from redmine_sla.connectors.redmine.engine import Attempt, RedmineEngine, log_attempt
from redmine_sla.connectors.redmine.files import Files
from redmine_sla.connectors.redmine.identity import Identity
from redmine_sla.connectors.redmine.private_notes import PrivateNotes
from redmine_sla.connectors.redmine.reading import Reader
from redmine_sla.connectors.redmine.rights import Rights
from redmine_sla.connectors.redmine.wiki import Wiki
from redmine_sla.connectors.redmine.writing import Writer
from redmine_sla.plan.attachment import Attachment
from redmine_sla.sync.ports import (
    Ignored,
    IssueUpdate,
    Missing,
    ProjectWords,
    RequestCount,
    Row,
    StoredFile,
    Words,
)


class RedmineGateway:
    """Implements `redmine_sla.sync.ports.Redmine`, where the methods are described.

    No request is made before the first question. `hook` is told of each request as it went.

        with RedmineGateway(Connection(url="https://redmine.example.com", key=key)) as redmine:
            for row in redmine.issues([12, 13]):
                ...
    """

    def __init__(
        self, connection: Connection, *, hook: Callable[[Attempt], None] = log_attempt
    ) -> None:
        redmine = PythonRedmine(
            connection.url, engine=RedmineEngine, connection=connection, hook=hook
        )
        self.connection = connection
        self._engine: RedmineEngine = redmine.engine
        self._identity = Identity(self._engine)
        self._reader = Reader(self._identity, workers=connection.parallel)
        self._rights = Rights(self._identity)
        denials = Denials(self._identity)
        self._files = Files(self._engine, redmine, self._identity, denials)
        self._wiki = Wiki(self._engine, self._identity, denials)
        private = PrivateNotes(self._engine, self._identity, self._reader, self._rights)
        self._writer = Writer(
            redmine,
            self._identity,
            reader=self._reader,
            private=private,
            denials=denials,
            wiki=self._wiki,
            files=self._files,
        )

    # --- what it costs, who and when ---------------------------------------------------------

    @property
    def requests_made(self) -> RequestCount:
        return self._engine.requests_made

    def me(self) -> Row:
        return self._identity.me()

    def server_time(self) -> datetime | None:
        return self._engine.clock.time

    def clock_skew(self) -> timedelta | None:
        """The server's clock minus ours in whole seconds, by a request of its own.

        `None` where the server lets nobody see its clock.
        """
        self._engine.ask_clock()
        return self._engine.clock.skew

    def may(self, project: int, permission: str) -> bool | None:
        """Whether the key's user has a right of Redmine (`"add_issue_notes"`) in a project.

        `None` where that cannot be known; see `Rights`.
        """
        return self._rights.may(project, permission)

    def may_set_private_notes(self, project: int) -> bool | None:
        """Whether a private note of ours is proved to stay private there."""
        return self._rights.may_set_private_notes(project)

    def modules(self, project: int) -> frozenset[str]:
        path = f"/projects/{project}.json"
        answer = self._identity.ask(path, [("include", "enabled_modules")])
        row = object_of(answer, "project", path)
        return frozenset(str(module["name"]) for module in row.get("enabled_modules", ()))

    # --- reading -----------------------------------------------------------------------------

    def words(self) -> Words:
        return self._reader.words()

    def project_words(self, project: int) -> ProjectWords:
        return self._reader.project_words(project)

    def issue_pages(
        self, *, changed_since: datetime | None, projects: Sequence[int] | None
    ) -> Iterator[Sequence[Row]]:
        return self._reader.issue_pages(changed_since=changed_since, projects=projects)

    def issue_count(self, projects: Sequence[int] | None) -> int:
        return self._reader.issue_count(projects)

    def issues(self, numbers: Iterable[int]) -> Iterator[Row | Missing]:
        return self._reader.issues(numbers)

    def time_entry_pages(
        self, *, spent_from: date | None, projects: Sequence[int] | None
    ) -> Iterator[Sequence[Row]]:
        return self._reader.time_entry_pages(spent_from=spent_from, projects=projects)

    def newest_time_entries(self, projects: Sequence[int] | None) -> Sequence[Row]:
        return self._reader.newest_time_entries(projects)

    def time_entry_count(self, *, spent_from: date | None, projects: Sequence[int] | None) -> int:
        return self._reader.time_entry_count(spent_from=spent_from, projects=projects)

    def wiki_page(self, project: int, title: str) -> Row | None:
        return self._wiki.page(project, title)

    def wiki_attachments(self, project: int, title: str) -> Sequence[StoredFile]:
        return self._wiki.attachments(project, title)

    def tickets_with(self, field: int, value: str) -> Sequence[Row]:
        return self._reader.tickets_with(field, value)

    def versions(self, project: int) -> Sequence[Row]:
        return self._files.versions(project)

    def files(self, project: int) -> Sequence[StoredFile]:
        return self._files.files(project)

    def download(self, file: StoredFile, *, at_most: int) -> bytes:
        return self._files.download(file, at_most=at_most)

    # --- writing -----------------------------------------------------------------------------

    def update_issue(self, update: IssueUpdate) -> None:
        self._writer.update_issue(update)

    def ignored(self, updates: Sequence[IssueUpdate]) -> Iterator[Ignored]:
        return self._writer.ignored(updates)

    def create_issue(self, fields: Mapping[str, Any]) -> Row:
        return self._writer.create_issue(fields)

    def create_version(
        self, project: int, name: str, *, description: str = "", due: date | None = None
    ) -> Row:
        return self._writer.create_version(project, name, description=description, due=due)

    def publish_file(self, project: int, version: int, file: Attachment) -> None:
        self._writer.publish_file(project, version, file)

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
        self._writer.save_wiki_page(
            project, title, text, comment=comment, version=version, attachments=attachments
        )

    # --- end ---------------------------------------------------------------------------------

    def __repr__(self) -> str:
        return f"<RedmineGateway {self.connection.url}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._engine.session.close()
