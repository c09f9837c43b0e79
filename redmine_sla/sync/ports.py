"""What a run needs from a Redmine, as protocols: connectors implement them, the run is given one.

Rows are JSON objects as Redmine's API gave them, with fractions as `Decimal` and times still as
text. They go into the mirror as they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from redmine_sla.plan.attachment import Attachment

Row = Mapping[str, Any]


class Absence(StrEnum):
    """Why a ticket asked for by number did not come."""

    DELETED = "deleted"  # 404
    FORBIDDEN = "forbidden"  # 403: moved out of sight, private, or its project archived


@dataclass(frozen=True, slots=True)
class Missing:
    """A ticket that could not be read, and why."""

    ticket: int
    absence: Absence


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that names things. `None` where the key may not read it: unknown, not empty."""

    statuses: Sequence[Row]
    trackers: Sequence[Row]
    priorities: Sequence[Row]
    activities: Sequence[Row]
    projects: Sequence[Row]
    roles: Sequence[Row]
    custom_fields: Sequence[Row] | None


@dataclass(frozen=True, slots=True)
class ProjectWords:
    """What belongs to one project. `None` where the key may not read it."""

    memberships: Sequence[Row] | None
    categories: Sequence[Row] | None
    versions: Sequence[Row] | None


@dataclass(frozen=True, slots=True)
class RequestCount:
    """How many requests were sent: reads, writes, and how many of the reads were retries."""

    reads: int = 0
    writes: int = 0
    retries: int = 0

    def __sub__(self, before: RequestCount) -> RequestCount:
        """What was sent since an earlier count."""
        return RequestCount(
            self.reads - before.reads, self.writes - before.writes, self.retries - before.retries
        )


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as Redmine keeps it: of a project, one of its versions, or a wiki page.

    `size` is in bytes, `address` that of its bytes. `digest` is the SHA-256 in hexadecimal, empty
    where Redmine does not tell it (wiki pages); `version` the number of the version it is under,
    `author` that of the user who uploaded it (`None`: gone, or not told), `created` when.
    """

    id: int
    filename: str
    size: int
    address: str
    digest: str = ""
    version: int | None = None
    description: str = ""
    author: int | None = None
    created: datetime | None = None


class RedmineFinder(Protocol):
    """What is looked for before something is made, so that nothing is made twice."""

    def wiki_attachments(self, project: int, title: str) -> Sequence[StoredFile]:
        """The files of a wiki page, oldest first; none where there is no such page.

        Old ones stay beside new ones of the same name; the page shows the newest.
        """

    def tickets_with(self, field: int, value: str) -> Sequence[Row]:
        """All tickets the key can see, of any status and project, with that very value in that
        custom field, oldest first. Each row is held against the question.

        Raises `FilterIgnored` where Redmine does not filter by the field: then nobody knows.
        """

    def versions(self, project: int) -> Sequence[Row]:
        """The project's own versions of any status; not those other projects share with it."""

    def files(self, project: int) -> Sequence[StoredFile]:
        """The Files of a project and of its versions, each with its digest, oldest first."""

    def download(self, file: StoredFile, *, at_most: int) -> bytes:
        """A file's bytes. Raises `WrongAnswer` where they are more than `at_most`, or are not of
        the size and digest told."""


class RedmineReader(RedmineFinder, Protocol):
    """The reading side. All methods raise `RedmineError`s of `redmine_sla.sync.failures`."""

    @property
    def requests_made(self) -> RequestCount:
        """What the requests so far have cost."""

    def me(self) -> Row:
        """The user behind the key (`/users/current.json`)."""

    def server_time(self) -> datetime | None:
        """The server's clock from its latest answer (`Date` header), in UTC."""

    def may(self, project: int, permission: str) -> bool | None:
        """Whether the key has a right of Redmine (`view_time_entries`) in a project; `None` where
        that cannot be known."""

    def modules(self, project: int) -> frozenset[str]:
        """What is switched on in a project, by Redmine's names (`time_tracking`)."""

    def words(self) -> Words: ...

    def project_words(self, project: int) -> ProjectWords: ...

    def issue_pages(
        self, *, changed_since: datetime | None, projects: Sequence[int] | None
    ) -> Iterator[Sequence[Row]]:
        """Issues of any status with their relations, oldest change first, a page at a time.

        (`sort=updated_on,id`, `include=relations`, inclusive.) Pages follow the last `updated_on`
        seen instead of a growing offset, so tickets changing underneath are neither skipped nor
        lost; one may come twice. `projects=None` means all the key can see. Lazy: a page is asked
        for when the one before has been dealt with, and the run may stop in between.
        """

    def issue_count(self, projects: Sequence[int] | None) -> int:
        """How many issues of any status there are (`total_count`, one request)."""

    def issues(self, numbers: Iterable[int]) -> Iterator[Row | Missing]:
        """Issues with journals and relations, read in parallel, yielded in the order asked."""

    def time_entry_pages(
        self, *, spent_from: date | None, projects: Sequence[int] | None
    ) -> Iterator[Sequence[Row]]:
        """Time entries by `spent_on`; Redmine offers no way to ask for changed ones.

        This and the next two raise `Forbidden` where the key may see no time entries anywhere;
        those of projects where it may not are left out in silence, by Redmine.
        """

    def newest_time_entries(self, projects: Sequence[int] | None) -> Sequence[Row]:
        """The latest time entries booked, newest first, at most 100 (`sort=created_on:desc`).

        One request: what a run looks at to see that hours were booked since the last one.
        """

    def time_entry_count(
        self, *, spent_from: date | None, projects: Sequence[int] | None
    ) -> int: ...

    def wiki_page(self, project: int, title: str) -> Row | None:
        """A wiki page with its text and version; `None` where there is none."""


@dataclass(frozen=True, slots=True)
class IssueUpdate:
    """One PUT: custom fields by id, priority, status, note. Nothing else is touched."""

    ticket: int
    fields: Mapping[int, str] = field(default_factory=dict)
    priority: int | None = None
    status: int | None = None
    note: str = ""
    private_note: bool = False


@dataclass(frozen=True, slots=True)
class Ignored:
    """What of an update Redmine passed over in silence, answering success."""

    ticket: int
    what: str


class RedmineWriter(Protocol):
    """The writing side: serial, each request naming its object by id, none sent twice.

    An error with `outcome_unknown` may stand for a write that was carried out: the next run sees.
    """

    def update_issue(self, update: IssueUpdate) -> None:
        """Raises `Refused` or `Forbidden` where Redmine says no.

        A private note raises `PrivacyUnproved` before anything is sent unless it is proved to stay
        private, and `NoteShown` where it did not. What Redmine ignores in silence, see `ignored`.
        """

    def ignored(self, updates: Sequence[IssueUpdate]) -> Iterator[Ignored]:
        """Read back what was written, a hundred tickets a request: what Redmine did not take."""

    def create_issue(self, fields: Mapping[str, Any]) -> Row:
        """The issue made with its watchers, as Redmine answers it. `fields` are named as in its
        API; what it passed over in silence is not in the answer."""

    def create_version(
        self, project: int, name: str, *, description: str = "", due: date | None = None
    ) -> Row:
        """The version made, open and not shared with other projects.

        Raises `Refused` where one of that name stands, `Forbidden` naming the right that lacks.
        """

    def publish_file(self, project: int, version: int, file: Attachment) -> None:
        """A file into the project's Files under one of its versions, in two requests.

        Redmine answers without a number: `files` has it afterwards. Raises `TooLarge` naming
        Redmine's setting, `Forbidden` naming the right.
        """

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
        """Create (`version=None`) or replace a page; a stale version raises `Conflict`.

        `attachments` are sent first and come to stand with the page, in the one request that
        saves it. A text saved as it is makes no version, and still takes them.
        """


class Redmine(RedmineReader, RedmineWriter, Protocol):
    """Both sides."""
