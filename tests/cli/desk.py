"""A desk for the command line: a configuration folder, and a mirror as a sync would leave it.

It is Friday, 2026-11-20 15:00 in Budapest, and the office is open from 8 to 17. Of the tickets,
one is late, one at risk, one on track, one waits for the customer, one cannot be measured; one is
closed and one is the provider's own.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from redmine_sla.cli import main
from redmine_sla.mirror import Arrival, Mirror
from redmine_sla.sync.run import PULLED

Row = dict[str, Any]

NOW = datetime(2026, 11, 20, 14, tzinfo=UTC)
AS_OF = "2026-11-20T15:00+01:00"
KEY = "5ec7e7" * 6 + "abcd"

DESK = """
[redmine]
url = "{url}"
http_retries = 0
connect_timeout = 2
[mirror]
url = "sqlite:///{folder}/mirror.db"
[roles]
provider = "Developer"
customer = "Reporter"
[statuses]
working = "In Progress"
waiting_customer = "Waiting for customer"
resolved = ["Resolved", "Closed"]
[fields]
class = "Problem class"
sla_status = "SLA status"
work_started_at = "Work started at"
[surfaces]
mode = "fields"
wiki_markup = "common_mark"
"""
CONTRACT = """
extends = "help-desk"
title = "Help desk for Delta Zrt."
customer = "Delta Zrt."
provider = "Our Company Kft."
projects = "delta"
language = "en"
starts = 2026-01-01
accepted_warnings = ["nobody-may"]
[[targets]]
clock = "resolution"
within = "8bh"
clause = "Contract 4.2"
[[exclusions]]
from = 2026-11-16T10:00:00+01:00
to = 2026-11-16T12:00:00+01:00
reason = "power cut"
author = "E. Manager"
agreed_in = 17
clocks = "resolution"
"""

ANNA = {"id": 11, "name": "Anna Kiss"}
EVA = {"id": 21, "name": "Eva Engineer"}
STATUSES = {1: "New", 2: "In Progress", 3: "Resolved", 4: "Waiting for customer", 5: "Closed"}


def folder_at(folder: Path, url: str = "http://127.0.0.1:9") -> Path:
    """The configuration folder. Nothing listens at the default address."""
    (folder / "contracts").mkdir(parents=True)
    (folder / "sla.toml").write_text(DESK.format(url=url, folder=folder))
    (folder / "contracts" / "delta.toml").write_text(CONTRACT)
    return folder


def fill(folder: Path) -> None:
    """Puts the tickets into the folder's mirror."""
    with Mirror.open(f"sqlite:///{folder}/mirror.db") as mirror, mirror.writing() as batch:
        batch.store_words("statuses", [status(number) for number in STATUSES])
        batch.store_words("trackers", [{"id": 1, "name": "Bug"}])
        batch.store_words("priorities", [{"id": 2, "name": "Normal"}])
        project = {"id": 1, "name": "Delta", "identifier": "delta", "status": 1}
        batch.store_words("projects", [project])
        members = [member(1, ANNA, "Reporter"), member(2, EVA, "Developer")]
        batch.store_words("memberships", members, 1)
        batch.store_tickets([Arrival(row, read=True, settled=True) for row in TICKETS], NOW)
        batch.record(PULLED, datetime(2026, 11, 20, 13, 48, tzinfo=UTC).isoformat())


def status(number: int) -> Row:
    return {"id": number, "name": STATUSES[number], "is_closed": number == 5}


def member(number: int, user: Row, role: str) -> Row:
    roles = [{"id": number, "name": role}]
    return {"id": number, "project": {"id": 1, "name": "Delta"}, "user": user, "roles": roles}


def ticket(
    number: int,
    subject: str,
    at: str,
    *changes: Row,
    by: Row = ANNA,
    chosen: str = "",
    started: str = "",
) -> Row:
    """A ticket that went through the changes; its class is `chosen` by the last of them.

    `started` is what Eva writes, when it is opened, of when work started.
    """
    present = 1
    journals = []
    for place, change in enumerate(changes, start=number * 10):
        to = change["to"]
        detail = _detail("attr", "status_id", str(present), str(to))
        journals.append(_journal(place, change["by"], change["at"], detail))
        present = to
    if chosen:
        detail = _detail("cf", "1", "", chosen)
        journals.append(_journal(number * 10 + 9, EVA, journals[-1]["created_on"], detail))
    if started:
        detail = _detail("cf", "3", "", started)
        journals.insert(0, _journal(number * 10 + 8, EVA, _utc(at), detail))
    return {
        "id": number,
        "project": {"id": 1, "name": "Delta"},
        "tracker": {"id": 1, "name": "Bug"},
        "status": status(present),
        "priority": {"id": 2, "name": "Normal"},
        "author": by,
        "subject": subject,
        "description": "",
        "created_on": _utc(at),
        "updated_on": journals[-1]["created_on"] if journals else _utc(at),
        "custom_fields": [
            {"id": 1, "name": "Problem class", "value": chosen},
            {"id": 2, "name": "SLA status", "value": ""},
            {"id": 3, "name": "Work started at", "value": started},
        ],
        "journals": journals,
    }


def to(number: int, at: str, by: Row = EVA) -> Row:
    """The status becomes that at a local time."""
    return {"to": number, "at": _utc(at), "by": by}


def _journal(number: int, by: Row, at: str, detail: Row) -> Row:
    shared = {"notes": "", "private_notes": False}
    return {"id": number, "user": by, "created_on": at, "details": [detail], **shared}


def _detail(kind: str, name: str, old: str, new: str) -> Row:
    return {"property": kind, "name": name, "old_value": old, "new_value": new}


def _utc(local: str) -> str:
    at = datetime.fromisoformat(f"{local}+01:00").astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


TICKETS = [
    ticket(1, "Nobody can print", "2026-11-16 09:00", to(2, "2026-11-16 09:30"), chosen="system"),
    ticket(2, "VPN drops", "2026-11-20 08:30", to(2, "2026-11-20 08:45"), chosen="user"),
    ticket(3, "A new [bold]colour[/bold]", "2026-11-20 13:00", to(2, "2026-11-20 13:05")),
    ticket(
        4,
        "Invoice wrong",
        "2026-11-19 16:00",
        to(2, "2026-11-19 16:10"),
        to(4, "2026-11-20 09:00:30"),
    ),
    ticket(
        5,
        "Mouse is broken",
        "2026-11-18 16:00",
        to(3, "2026-11-20 10:00"),
        started="2026-11-18",
    ),
    ticket(
        6, "Old story", "2026-11-10 10:00", to(2, "2026-11-10 11:00"), to(5, "2026-11-10 12:00")
    ),
    ticket(7, "Order toner", "2026-11-19 10:00", by=EVA),
]


def run(*words: str, folder: Path | None = None, stdin: str | None = None) -> Result:
    """`redmine-sla` with these words, on that folder."""
    config = ["--config", str(folder)] if folder else []
    return CliRunner().invoke(main, [*config, *words], input=stdin)
