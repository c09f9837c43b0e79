"""A small honest Redmine in memory: it has a past, forgets, moves, hides, and can be restored.

It keeps the habits a pull must live with: whole seconds, `updated_on` that does not move for a
note edited or hours booked, lists without histories, 404 against 403, numbers given twice after a
restore.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from redmine_sla.sync.failures import Exchange, FilterIgnored, Forbidden, NotFound, WrongAnswer
from redmine_sla.sync.ports import (
    Absence,
    Missing,
    ProjectWords,
    RequestCount,
    StoredFile,
    Words,
)
from redmine_sla.ticket.reading import parse_time

Row = dict[str, Any]
START = datetime(2026, 11, 2, 8, tzinfo=UTC)


def stamp(time: datetime) -> str:
    return f"{time:%Y-%m-%dT%H:%M:%SZ}"


@dataclass
class Content:
    """What a backup holds."""

    issues: dict[int, Row] = field(default_factory=dict)
    hours: dict[int, Row] = field(default_factory=dict)
    archived: set[int] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)
    versions: dict[int, Row] = field(default_factory=dict)
    files: dict[int, Row] = field(default_factory=dict)
    pages: dict[tuple[int, str], Row] = field(default_factory=dict)
    last_number: int = 0


@dataclass
class Desk:
    """The server. Every change bears the time `now`; `tick` moves it.

    Custom `fields` are on the tickets that come by REST (`tests.sync.desk_writing`). What is
    written into `unwritable` ones is passed over, by `unfilterable` ones nobody may ask.
    The key has every right but the `lacking`, every module is on but the `switched_off` ones.
    """

    projects: tuple[int, ...] = (1, 2, 9)
    now: datetime = START
    content: Content = field(default_factory=Content)
    statuses: dict[int, str] = field(default_factory=lambda: {1: "New", 2: "Doing", 5: "Closed"})
    fields: dict[int, str] = field(default_factory=dict)
    unwritable: set[int] = field(default_factory=set)
    unfilterable: set[int] = field(default_factory=set)
    lacking: set[tuple[int, str]] = field(default_factory=set)
    switched_off: set[tuple[int, str]] = field(default_factory=set)
    largest_file: int = 5 * 1024 * 1024

    def tick(self, seconds: float = 60) -> None:
        self.now += timedelta(seconds=seconds)

    def backup(self) -> Content:
        return copy.deepcopy(self.content)

    def restore(self, backup: Content) -> None:
        self.content = copy.deepcopy(backup)

    def create(self, project: int = 1, **others: object) -> int:
        number = self.number()
        self.content.issues[number] = {
            "id": number,
            "project": self._project(project),
            "tracker": {"id": 1, "name": "Bug"},
            "status": self._status(1),
            "priority": {"id": 2, "name": "Normal"},
            "author": {"id": 7, "name": "Éva"},
            "subject": f"Ticket {number}",
            "description": "",
            "is_private": False,
            "custom_fields": [],
            "created_on": stamp(self.now),
            "updated_on": stamp(self.now),
            "journals": [],
            **others,
        }
        return number

    def note(self, number: int, text: str = "…", details: Sequence[Row] = ()) -> None:
        issue = self.content.issues[number]
        issue["journals"].append(
            {
                "id": self.number(),
                "user": {"id": 8, "name": "Jan"},
                "notes": text,
                "private_notes": False,
                "created_on": stamp(self.now),
                "details": list(details),
            }
        )
        issue["updated_on"] = stamp(self.now)

    def set_status(self, number: int, status: int) -> None:
        issue = self.content.issues[number]
        old = issue["status"]["id"]
        issue["status"] = self._status(status)
        self.note(number, "", [_change("status_id", old, status)])

    def move(self, number: int, project: int) -> None:
        issue = self.content.issues[number]
        old = issue["project"]["id"]
        issue["project"] = self._project(project)
        for entry in self.content.hours.values():
            if entry["issue"]["id"] == number:
                entry["project"] = self._project(project)
        self.note(number, "", [_change("project_id", old, project)])

    def make_private(self, number: int) -> None:
        """Takes it out of the bot's sight."""
        self.content.issues[number]["is_private"] = True
        self.note(number, "")

    def hide_notes(self, number: int) -> None:
        """Makes the notes private: Redmine leaves `updated_on` alone."""
        for journal in self.content.issues[number]["journals"]:
            journal["private_notes"] = True

    def delete(self, number: int) -> None:
        del self.content.issues[number]
        for entry in [e for e in self.content.hours.values() if e["issue"]["id"] == number]:
            del self.content.hours[entry["id"]]

    def book(self, number: int, hours: str = "0.25", on: date | None = None) -> int:
        entry = self.number()
        self.content.hours[entry] = {
            "id": entry,
            "project": self.content.issues[number]["project"],
            "issue": {"id": number},
            "user": {"id": 8, "name": "Jan"},
            "activity": {"id": 9, "name": "Development"},
            "hours": Decimal(hours),
            "comments": "",
            "spent_on": str(on or self.now.date()),
            "created_on": stamp(self.now),
            "updated_on": stamp(self.now),
        }
        return entry

    def rebook(self, entry: int, hours: str) -> None:
        self.content.hours[entry]["hours"] = Decimal(hours)
        self.content.hours[entry]["updated_on"] = stamp(self.now)

    def unbook(self, entry: int) -> None:
        del self.content.hours[entry]

    def sees(self, issue: Row) -> bool:
        """Whether the bot does."""
        return not issue["is_private"] and issue["project"]["id"] not in self.content.archived

    def number(self) -> int:
        """The next one."""
        self.content.last_number += 1
        return self.content.last_number

    def _project(self, number: int) -> Row:
        return {"id": number, "name": f"Project {number}"}

    def _status(self, number: int) -> Row:
        return {"id": number, "name": self.statuses[number], "is_closed": number == 5}


def _change(name: str, old: int, new: int) -> Row:
    return {"property": "attr", "name": name, "old_value": str(old), "new_value": str(new)}


class Killed(BaseException):
    """The process ends here."""


class DeskReader:
    """The REST API of a desk: `RedmineReader`. `before` is told each request before it is sent."""

    def __init__(
        self,
        desk: Desk,
        *,
        page: int = 100,
        user: int = 5,
        tells_time: bool = True,
        sees_hours: bool = True,
        before: Callable[[str], None] = lambda _request: None,
    ) -> None:
        self.desk = desk
        self.before = before
        self.requests: list[str] = []
        self._page = page
        self._user = user
        self._tells_time = tells_time
        self._sees_hours = sees_hours

    @property
    def requests_made(self) -> RequestCount:
        return RequestCount(reads=len(self.requests))

    def me(self) -> Row:
        self._send("me")
        return {"id": self._user, "login": "sla-bot"}

    def server_time(self) -> datetime | None:
        return self.desk.now if self._tells_time else None

    def words(self) -> Words:
        for _ in range(7):
            self._send("words")
        content = self.desk.content
        return Words(
            statuses=[
                {"id": number, "name": name, "is_closed": number == 5}
                for number, name in self.desk.statuses.items()
            ],
            trackers=[{"id": 1, "name": "Bug"}],
            priorities=[{"id": 2, "name": "Normal"}],
            activities=[{"id": 9, "name": "Development"}],
            projects=[
                {
                    "id": number,
                    "name": f"Project {number}",
                    "identifier": f"p{number}",
                    "status": 5 if number in content.closed else 1,
                }
                for number in self.desk.projects
                if number not in content.archived
            ],
            roles=[{"id": 3, "name": "Support"}],
            custom_fields=None,
        )

    def project_words(self, project: int) -> ProjectWords:
        for _ in range(3):
            self._send(f"words of {project}")
        if project not in self.desk.projects:
            raise NotFound("no such project", exchange=Exchange("GET", f"/projects/{project}", 404))
        if project in self.desk.content.archived:
            return ProjectWords(None, None, None)
        return ProjectWords(memberships=[], categories=None, versions=[])

    def issue_pages(
        self, *, changed_since: datetime | None, projects: Sequence[int] | None
    ) -> Iterator[Sequence[Row]]:
        after = (changed_since or datetime.min.replace(tzinfo=UTC), 0)
        while True:
            self._send("issues")
            rows = sorted(
                (row for row in self._issues(projects) if _place(row) >= after), key=_place
            )[: self._page]
            if rows:
                yield [_listed(row) for row in rows]
                time, number = _place(rows[-1])
                after = (time, number + 1)
            if len(rows) < self._page:
                return

    def issue_count(self, projects: Sequence[int] | None) -> int:
        self._send("count")
        return len(self._issues(projects))

    def issues(self, numbers: Iterable[int]) -> Iterator[Row | Missing]:
        for number in numbers:
            self._send(f"issue {number}")
            issue = self.desk.content.issues.get(number)
            if issue is None:
                yield Missing(number, Absence.DELETED)
            elif self.desk.sees(issue):
                yield copy.deepcopy(issue)
            else:
                yield Missing(number, Absence.FORBIDDEN)

    def time_entry_pages(
        self, *, spent_from: date | None, projects: Sequence[int] | None
    ) -> Iterator[Sequence[Row]]:
        rows = sorted(
            self._hours(spent_from, projects), key=lambda row: (row["spent_on"], row["id"])
        )
        for start in range(0, len(rows) + 1, self._page):
            self._send("hours")
            yield copy.deepcopy(rows[start : start + self._page])

    def newest_time_entries(self, projects: Sequence[int] | None) -> Sequence[Row]:
        self._send("newest hours")
        rows = sorted(
            self._hours(None, projects),
            key=lambda row: (row["created_on"], row["id"]),
            reverse=True,
        )
        return copy.deepcopy(rows[: self._page])

    def time_entry_count(self, *, spent_from: date | None, projects: Sequence[int] | None) -> int:
        self._send("hours count")
        return len(self._hours(spent_from, projects))

    def wiki_page(self, project: int, title: str) -> Row | None:
        self._send(f"page {title}")
        page = self.desk.content.pages.get((project, title))
        if page is None:
            return None
        return {"title": title, "text": page["text"], "version": page["version"]}

    def may(self, project: int, permission: str) -> bool | None:
        return (project, permission) not in self.desk.lacking

    def modules(self, project: int) -> frozenset[str]:
        every = ("issue_tracking", "time_tracking")
        return frozenset(one for one in every if (project, one) not in self.desk.switched_off)

    def wiki_attachments(self, project: int, title: str) -> Sequence[StoredFile]:
        self._send(f"files of page {title}")
        page = self.desk.content.pages.get((project, title), {"files": []})
        return [_stored(row, digest="") for row in page["files"]]

    def tickets_with(self, field: int, value: str) -> Sequence[Row]:
        self._send(f"tickets with {value}")
        if field not in self.desk.fields or field in self.desk.unfilterable:
            raise FilterIgnored("all came", exchange=Exchange("GET", "/issues.json"))
        return [
            copy.deepcopy(issue)
            for issue in self._issues(None)
            if values_of(issue).get(field) == value
        ]

    def versions(self, project: int) -> Sequence[Row]:
        self._send(f"versions of {project}")
        found = self.desk.content.versions.values()
        return [copy.deepcopy(row) for row in found if row["project"]["id"] == project]

    def files(self, project: int) -> Sequence[StoredFile]:
        self._send(f"files of {project}")
        return [
            _stored(row, digest=_digest(row["content"]))
            for row in self.desk.content.files.values()
            if row["project"] == project
        ]

    def download(self, file: StoredFile, *, at_most: int) -> bytes:
        self._send(f"download {file.filename}")
        pages = [row for page in self.desk.content.pages.values() for row in page["files"]]
        rows = {row["id"]: row for row in (*self.desk.content.files.values(), *pages)}
        content: bytes = rows[file.id]["content"]
        if len(content) > at_most:
            raise WrongAnswer("too much", exchange=Exchange("GET", file.filename))
        return content

    def _send(self, request: str) -> None:
        self.before(request)
        self.requests.append(request)

    def _issues(self, projects: Sequence[int] | None) -> list[Row]:
        return [
            issue
            for issue in self.desk.content.issues.values()
            if self.desk.sees(issue) and (projects is None or issue["project"]["id"] in projects)
        ]

    def _hours(self, spent_from: date | None, projects: Sequence[int] | None) -> list[Row]:
        if not self._sees_hours:
            raise Forbidden("not allowed", exchange=Exchange("GET", "/time_entries.json", 403))
        return [
            entry
            for entry in self.desk.content.hours.values()
            if self.desk.sees(self.desk.content.issues[entry["issue"]["id"]])
            and (projects is None or entry["project"]["id"] in projects)
            and (spent_from is None or entry["spent_on"] >= str(spent_from))
        ]


def _listed(row: Row) -> Row:
    return copy.deepcopy({key: value for key, value in row.items() if key != "journals"})


def _place(row: Row) -> tuple[datetime, int]:
    return parse_time(row["updated_on"]), row["id"]


def _stored(row: Row, *, digest: str) -> StoredFile:
    return StoredFile(
        id=row["id"],
        filename=row["filename"],
        size=len(row["content"]),
        address=f"https://redmine.example.com/attachments/download/{row['id']}/{row['filename']}",
        digest=digest,
        version=row.get("version", {}).get("id"),
        description=row["description"],
        author=row.get("author"),
        created=parse_time(row["created_on"]) if "created_on" in row else None,
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def values_of(issue: Row) -> dict[int, str]:
    return {each["id"]: each["value"] for each in issue["custom_fields"]}
