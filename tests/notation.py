"""A ticket's past in the words people would use, for tests that read as the specification.

    ticket('''
        2026-03-02 09:12  anna opens: Printer prints blanks
                   09:40  eva  status: In Progress
                   10:05  eva  says: We are looking into it; status: Waiting for customer
        2026-03-03 08:00  anna says: It is the one on the second floor
    ''')

A line is `[date] time who action; action`. A date left out is the line before's; times are local to
Europe/Budapest unless `zone` says otherwise, or given with an offset. The cast: `anna` and `bela`
are customers, `eva` and `ivan` the provider's engineers, `vera` works for a vendor, `bot` is
redmine-sla itself, and `dora` is nobody we know.

Actions: `opens: subject` (with `Tracker`, `priority`, fields before it as further actions),
`says: text` (public note), `whispers: text` (private note), `attaches: file`, `status: name`,
`priority: name`, `tracker: name`, `category: name`, `project: name`, `version: name`, `due: date`,
`assigns: who`, `subject: text`, `describes: text`, `field Name = value`, `books 0.5`,
`duplicates #7`, `under #7`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from zoneinfo import ZoneInfo

from redmine_sla.ticket import (
    CustomField,
    Detail,
    DetailKind,
    Journal,
    Parties,
    Party,
    Project,
    Ref,
    Relation,
    RelationKind,
    Status,
    Ticket,
    TimeEntry,
    Vocabulary,
)

BUDAPEST = ZoneInfo("Europe/Budapest")

CAST = MappingProxyType(
    {
        "anna": (11, "Anna Kiss", Party.CUSTOMER),
        "bela": (12, "Béla Nagy", Party.CUSTOMER),
        "eva": (21, "Éva Engineer", Party.PROVIDER),
        "ivan": (22, "Ivan Engineer", Party.PROVIDER),
        "vera": (31, "Vera Vendor", Party.THIRD_PARTY),
        "bot": (41, "SLA Bot", Party.BOT),
        "dora": (51, "Dora Stranger", Party.UNKNOWN),
    }
)

_STATUSES = ("New", "In Progress", "Waiting for customer", "Waiting for vendor", "Confirmed")
_CLOSED = ("Resolved", "Closed", "Rejected", "Duplicate")
_FIELDS = (
    "SLA class",
    "SLA severity",
    "SLA kind",
    "Impact",
    "Urgency",
    "Channel",
    "Customer",
    "SLA tier",
    "Happened at",
    "Work started at",
    "Visit ordered at",
    "Arrived at",
    "Device taken at",
    "Replacement handed at",
    "Outage began at",
    "Outage ended at",
    "Service",
    "Failure cause",
    "Failure measures",
    "Date agreed",
    "SLA key",
    "Accepted",
)


def _numbered(names: tuple[str, ...]) -> dict[int, str]:
    return dict(enumerate(names, start=1))


WORDS = Vocabulary(
    statuses={
        number: Status(number, name, name in _CLOSED and name != "Resolved")
        for number, name in enumerate(_STATUSES + _CLOSED, start=1)
    },
    trackers=_numbered(("Bug", "Feature", "Support", "Visit")),
    priorities=_numbered(("Low", "Normal", "High", "Urgent", "Immediate")),
    categories=_numbered(("Printing", "Network", "ERP")),
    versions=_numbered(("1.0", "1.1")),
    fields={number: CustomField(number, name) for number, name in _numbered(_FIELDS).items()},
    users={number: name for number, name, _ in CAST.values()},
    projects={1: Project(1, "acme", "Acme"), 2: Project(2, "globex", "Globex")},
)

PARTIES = Parties(
    members={
        project: {number: frozenset({party.value}) for number, _, party in CAST.values()}
        for project in WORDS.projects
    },
    party_of_role={
        party.value: party for party in (Party.CUSTOMER, Party.PROVIDER, Party.THIRD_PARTY)
    },
    bots=frozenset({CAST["bot"][0]}),
)

_LINE = re.compile(
    r"^(?:(?P<day>\d{4}-\d{2}-\d{2})\s+)?(?P<time>\d{2}:\d{2}(?::\d{2})?)(?P<offset>[+-]\d{2}:\d{2})?"
    r"\s+(?P<who>\w+)\s+(?P<actions>.+)$"
)
_ATTRIBUTES = MappingProxyType(
    {
        "status": ("status_id", {status.name: number for number, status in WORDS.statuses.items()}),
        "priority": ("priority_id", {name: key for key, name in WORDS.priorities.items()}),
        "tracker": ("tracker_id", {name: key for key, name in WORDS.trackers.items()}),
        "category": ("category_id", {name: key for key, name in WORDS.categories.items()}),
        "version": ("fixed_version_id", {name: key for key, name in WORDS.versions.items()}),
        "project": ("project_id", {p.identifier: key for key, p in WORDS.projects.items()}),
        "assigns": ("assigned_to_id", {name: cast[0] for name, cast in CAST.items()}),
        "under": ("parent_id", {}),
        "due": ("due_date", {}),
        "subject": ("subject", {}),
        "describes": ("description", {}),
    }
)


def instant(text: str, zone: ZoneInfo = BUDAPEST) -> datetime:
    """`2026-03-02 09:12` as an instant in UTC."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


@dataclass
class _State:
    """The ticket while its past is told."""

    number: int
    zone: ZoneInfo
    day: str = ""
    opened: tuple[Ref, datetime] | None = None
    attributes: dict[str, str | None] = field(
        default_factory=lambda: {
            "status_id": "1",
            "priority_id": "2",
            "tracker_id": "1",
            "project_id": "1",
        }
    )
    fields: dict[int, str | None] = field(default_factory=dict)
    journals: list[Journal] = field(default_factory=list)
    entries: list[TimeEntry] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


def ticket(story: str, *, number: int = 1, zone: ZoneInfo = BUDAPEST) -> Ticket:
    """Read a story into the ticket Redmine would give at its end."""
    state = _State(number, zone)
    for line in story.strip().splitlines():
        if line.strip():
            _tell(state, line.strip())
    return _as_redmine_gives_it(state)


def _tell(state: _State, line: str) -> None:
    match = _LINE.match(line)
    if match is None:
        raise ValueError(f"not a line of the notation: {line!r}")
    state.day = match["day"] or state.day
    at = instant(f"{state.day}T{match['time']}{match['offset'] or ''}", state.zone)
    number, name, _ = CAST[match["who"]]
    who = Ref(number, name)
    details: list[Detail] = []
    note, private = "", False
    for action in re.split(r"\s*;\s*", match["actions"]):
        word, _, rest = action.partition(":" if ":" in action.split(" ")[0] else " ")
        rest = rest.strip()
        if word == "opens":
            state.opened = (who, at)
            state.attributes["subject"] = rest
        elif word in ("says", "whispers"):
            note, private = rest, word == "whispers"
        elif word == "books":
            state.entries.append(_entry(state, who, at, rest))
        elif word == "attaches":
            file = str(len(state.journals) + 1)
            details.append(Detail(DetailKind.ATTACHMENT, file, None, rest))
        elif word == "duplicates":
            other = int(rest.lstrip("#"))
            state.relations.append(Relation(state.number, other, RelationKind.DUPLICATES))
            details.append(Detail(DetailKind.RELATION, "duplicates", None, str(other)))
        else:
            details.append(_change(state, word, rest))
    born_here = state.opened is not None and state.opened == (who, at) and not state.journals
    if (details or note) and not born_here:
        journal = Journal(len(state.journals) + 1, who, at, note, private, tuple(details))
        state.journals.append(journal)


def _change(state: _State, word: str, rest: str) -> Detail:
    if word == "field":
        name, _, value = rest.partition("=")
        key = next(key for key, known in WORDS.fields.items() if known.name == name.strip())
        old, new = state.fields.get(key), value.strip() or None
        state.fields[key] = new
        return Detail(DetailKind.FIELD, str(key), old, new)
    attribute, numbers = _ATTRIBUTES[word]
    shown = rest.lstrip("#")
    value = str(numbers[shown]) if numbers and shown else shown
    old = state.attributes.get(attribute)
    state.attributes[attribute] = value or None
    return Detail(DetailKind.ATTRIBUTE, attribute, old, value or None)


def _entry(state: _State, who: Ref, at: datetime, hours: str) -> TimeEntry:
    return TimeEntry(
        id=len(state.entries) + 1,
        project=Ref(1, "Acme"),
        user=who,
        activity=Ref(1, "Development"),
        spent_on=at.astimezone(state.zone).date(),
        hours=Decimal(hours.removesuffix("h").strip()),
        created=at,
        updated=at,
        ticket=state.number,
    )


def _as_redmine_gives_it(state: _State) -> Ticket:
    if state.opened is None:
        raise ValueError("the story does not begin with somebody who opens the ticket")
    author, created = state.opened

    def ref(attribute: str, names: dict[int, str]) -> Ref | None:
        value = state.attributes.get(attribute)
        return Ref(int(value), names[int(value)]) if value else None

    def given(attribute: str, names: dict[int, str]) -> Ref:
        found = ref(attribute, names)
        assert found is not None
        return found

    due = state.attributes.get("due_date")
    parent = state.attributes.get("parent_id")
    return Ticket(
        id=state.number,
        project=given("project_id", {key: p.name for key, p in WORDS.projects.items()}),
        tracker=given("tracker_id", dict(WORDS.trackers)),
        status=given("status_id", {key: s.name for key, s in WORDS.statuses.items()}),
        priority=given("priority_id", dict(WORDS.priorities)),
        author=author,
        subject=state.attributes.get("subject") or "",
        description=state.attributes.get("description") or "",
        created=created,
        updated=state.journals[-1].at if state.journals else created,
        category=ref("category_id", dict(WORDS.categories)),
        assignee=ref("assigned_to_id", dict(WORDS.users)),
        version=ref("fixed_version_id", dict(WORDS.versions)),
        parent=int(parent) if parent else None,
        due_date=date.fromisoformat(due) if due else None,
        fields=dict(state.fields),
        relations=tuple(state.relations),
        journals=tuple(state.journals),
        time_entries=tuple(state.entries),
    )
