"""A year of one contract's tickets in a mirror, and the quarters made of it at any instant.

`Story` is a ticket in Redmine's own rows, told act by act; `World` holds the stories and the time
booked, and assembles a quarter of them as known at an instant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from redmine_sla.contract import Configuration, Contract, load_folder
from redmine_sla.mirror import Arrival, Identity, Mirror
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.manifest import plain
from redmine_sla.sync.quarterly.assembling import Assembly
from redmine_sla.sync.workbench import lay_out

Row = dict[str, Any]
EXAMPLES = Path(__file__).parents[2] / "examples" / "contracts"
BOT, DANA, ANNA = 1, 2, 3
NAMES = {BOT: "Bot", DANA: "Dana Engineer", ANNA: "Anna Customer"}
STATUSES = ("New", "In Progress", "Feedback", "Resolved", "Closed", "Rejected")
TRACKERS = ("Bug", "Support", "Feature")
FIELDS = (
    "SLA key",
    "Outage began at",
    "Outage ended at",
    "Outage service",
    "Failure cause",
    "Failure measures",
    "Date agreed",
    "Kind",
)
REPORTER, DEVELOPER = {"id": 1, "name": "Reporter"}, {"id": 2, "name": "Developer"}


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did on a ticket at an instant (`2026-05-04T05:30:00Z`)."""

    at: str
    by: int
    status: str = ""
    note: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """A ticket from its report on; what happens to it, it says by `then`."""

    at: str
    by: int = ANNA
    tracker: str = "Bug"
    fields: Mapping[str, str] = field(default_factory=dict)
    acts: tuple[Act, ...] = ()

    def then(self, at: str, by: int, status: str = "", note: str = "", **fields: str) -> Story:
        """The same with one act more. A field is named by its words, joined by `_`."""
        named = {name.replace("_", " "): value for name, value in fields.items()}
        return replace(self, acts=(*self.acts, Act(at, by, status, note, named)))

    def row(self, number: int, project: Row) -> Row:
        status, values, journals = "New", dict(self.fields), []
        for place, act in enumerate(self.acts):
            details = [
                _detail("cf", _field(name), values.get(name, ""), new)
                for name, new in act.fields.items()
            ]
            if act.status:
                details.append(_detail("attr", "status_id", _status(status), _status(act.status)))
                status = act.status
            values |= act.fields
            journals.append(
                {
                    "id": number * 100 + place,
                    "user": _user(act.by),
                    "created_on": act.at,
                    "notes": act.note,
                    "private_notes": False,
                    "details": details,
                }
            )
        return {
            "id": number,
            "project": project,
            "tracker": {"id": TRACKERS.index(self.tracker) + 1, "name": self.tracker},
            "status": {"id": int(_status(status)), "name": status, "is_closed": _closes(status)},
            "priority": {"id": 2, "name": "Normal"},
            "author": _user(self.by),
            "subject": "Something",
            "description": "",
            "created_on": self.at,
            "updated_on": max([self.at, *(act.at for act in self.acts)]),
            "custom_fields": [
                {"id": int(_field(name)), "name": name, "value": values.get(name, "")}
                for name in FIELDS
            ],
            "journals": journals,
        }


def _detail(kind: str, name: str, old: str, new: str) -> Row:
    return {"property": kind, "name": name, "old_value": old, "new_value": new}


def _field(name: str) -> str:
    return str(FIELDS.index(name) + 1)


def _status(name: str) -> str:
    return str(STATUSES.index(name) + 1)


def _closes(status: str) -> bool:
    return status in ("Closed", "Rejected")


def _user(number: int) -> Row:
    return {"id": number, "name": NAMES[number]}


def booked(number: int, ticket: int, day: str, *, hours: str = "2") -> Row:
    """Time that Dana booked on a ticket for a day, on that day."""
    at = f"{day}T10:00:00Z"
    return {
        "id": number,
        "issue": {"id": ticket},
        "user": _user(DANA),
        "activity": {"id": 1, "name": "Development"},
        "hours": Decimal(hours),
        "comments": "",
        "spent_on": day,
        "created_on": at,
        "updated_on": at,
    }


def example(name: str) -> tuple[Configuration, Contract]:
    """The configuration of an example that ships with the project, and its contract."""
    found = load_folder(EXAMPLES / name)
    return found, found.contracts[0]


@dataclass(frozen=True, slots=True)
class World:
    """One example's Redmine."""

    configuration: Configuration
    stories: Mapping[int, Story]
    times: tuple[Row, ...] = ()

    def figures(self, folder: Path, quarter: str, instants: Iterable[str]) -> list[Row]:
        """The quarter's figures as known at each of the instants."""
        (contract, *_) = self.configuration.contracts
        with self.mirror(folder) as mirror:
            assembly = Assembly(bench=lay_out(self.configuration, mirror), mirror=mirror)
            made = (
                assembly.deliverable(contract, Quarter.parse(quarter), utc(at)) for at in instants
            )
            return [plain(one.figures) for one in made]

    def mirror(self, folder: Path) -> Mirror:
        """A mirror of all that is in it, as a sync would leave it."""
        identifier = self.configuration.contracts[0].projects[0]
        project = {"id": 1, "name": identifier}
        place = folder / f"mirror{len(list(folder.iterdir()))}.db"
        mirror = Mirror.open(f"sqlite:///{place}")
        mirror.claim(Identity(self.configuration.desk.redmine.url, BOT))
        members = {BOT: DEVELOPER, DANA: DEVELOPER, ANNA: REPORTER}
        rows = [story.row(number, project) for number, story in self.stories.items()]
        with mirror.writing() as batch:
            batch.store_words(
                "statuses",
                [
                    {"id": number, "name": name, "is_closed": _closes(name)}
                    for number, name in enumerate(STATUSES, start=1)
                ],
            )
            batch.store_words(
                "trackers",
                [{"id": number, "name": name} for number, name in enumerate(TRACKERS, start=1)],
            )
            batch.store_words("priorities", [{"id": 2, "name": "Normal"}])
            batch.store_words("activities", [{"id": 1, "name": "Development"}])
            batch.store_words("projects", [{**project, "identifier": identifier, "status": 1}])
            batch.store_words("roles", [REPORTER, DEVELOPER])
            batch.store_words(
                "memberships",
                [
                    {"id": number, "project": project, "user": _user(number), "roles": [role]}
                    for number, role in members.items()
                ],
                1,
            )
            batch.store_tickets(
                [Arrival(row, read=True, settled=True) for row in rows],
                datetime(2028, 1, 1, tzinfo=UTC),
            )
            batch.store_time_entries([{**time, "project": project} for time in self.times])
        return mirror


def utc(at: str) -> datetime:
    return datetime.fromisoformat(at).replace(tzinfo=UTC)
