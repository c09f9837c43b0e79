"""Every write to Redmine as a value of its own, with what was, what shall be, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from redmine_sla.plan.attachment import Attachment


@dataclass(frozen=True, slots=True)
class Edit:
    """One value of a ticket, named as people know it."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateTicket:
    """One PUT to one ticket; there is never more than one a run.

    `edits` tell people, `fields` (by id), `priority` and `status` (their ids) tell Redmine.
    `place` names what decides whether Redmine takes them: project, tracker and status.

    `deliverable`, here as in the other changes, names the publication this is a part of: once a
    part of it could not be brought to stand, the later ones wait for the next run.
    """

    ticket: int
    subject: str
    contract: str
    edits: tuple[Edit, ...]
    fields: Mapping[int, str] = field(default_factory=dict)
    priority: int | None = None
    status: int | None = None
    note: str = ""
    private_note: bool = False
    why: str = ""
    place: str = ""
    deliverable: str = ""

    @property
    def tells(self) -> bool:
        """Whether it says or settles something, instead of showing how the ticket stands."""
        return bool(self.note) or self.status is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveWikiPage:
    """One wiki page, new (`version` and `before` are `None`) or replaced.

    `project` is Redmine's number, `where` the identifier people know. Of `attachments` those are
    sent whose newest namesake on the page has other bytes: the page shows the newest of a name.
    """

    project: int
    where: str
    title: str
    contract: str
    before: str | None
    after: str
    version: int | None
    why: str
    attachments: tuple[Attachment, ...] = ()
    deliverable: str = ""

    @property
    def comment(self) -> str:
        """What Redmine's page history shows beside the version."""
        return f"redmine-sla: {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateVersion:
    """One new version of a project, found again by its name there."""

    project: int
    where: str
    name: str
    description: str = ""
    due: date | None = None
    contract: str
    why: str
    deliverable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishFile:
    """One file into a project's Files, under the version of that name in the same project.

    It stands once a file of that name and digest does. One of that name with other bytes is a
    conflict: what is published is never replaced. A name that Redmine would alter raises
    `ValueError`.
    """

    project: int
    where: str
    version_name: str
    filename: str
    content: bytes = field(repr=False)
    content_type: str
    description: str = ""
    contract: str
    why: str
    deliverable: str = ""

    def __post_init__(self) -> None:
        _ = self.attachment

    @property
    def attachment(self) -> Attachment:
        return Attachment(self.filename, self.content, self.content_type, self.description)

    @property
    def sha256(self) -> str:
        """The digest of the bytes, 64 hexadecimal digits."""
        return self.attachment.sha256

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTicket:
    """One new ticket of the tool's own: an obligation's occurrence, a sign-off.

    `key` is what it is found by again, in the field of number `key_field` (role `sla_key`): it is
    made only where no ticket that the tool's user can see carries it, wherever it was moved to.
    `project`, `tracker`, `status`, `priority`, `assignee` and `watchers` are Redmine's numbers,
    `where` the project's identifier. `version_name` is that of a version of the project, which
    may come into being in the same run. `fields` by id hold what else the desk requires, not the
    key; `description` is markup.
    """

    key: str
    key_field: int
    project: int
    where: str
    contract: str
    tracker: int
    subject: str
    description: str
    fields: Mapping[int, str] = field(default_factory=dict)
    status: int | None = None
    priority: int | None = None
    start: date | None = None
    due: date | None = None
    assignee: int | None = None
    version_name: str = ""
    watchers: tuple[int, ...] = ()
    why: str
    deliverable: str = ""


Change = UpdateTicket | SaveWikiPage | CreateVersion | PublishFile | CreateTicket
