"""A mirror full of made-up tickets with their journals, always the same ones.

They speak in the words of the labelled tickets, in six languages, and each names a person, a host
and a number that no other does: what is learnt from one ticket's words helps little with the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from redmine_sla.mirror import Arrival, Identity, Mirror
from redmine_sla.mirror.statements import in_portions
from tests.classification.labelled import tickets as labelled

BEGAN = datetime(2024, 1, 8, 7, 0, tzinfo=UTC)
EVERY = timedelta(minutes=13)

CUSTOMERS, ENGINEERS = range(1, 8), range(8, 11)
STATUSES = ("New", "In Progress", "Waiting for customer", "Resolved", "Closed")
STORY = (
    ("In Progress", ENGINEERS, "We are looking into it."),
    ("Waiting for customer", ENGINEERS, "Does it still happen after a restart?"),
    ("In Progress", CUSTOMERS, "Yes, it does."),
    ("Resolved", ENGINEERS, "Done."),
    ("Closed", CUSTOMERS, ""),
)
SYLLABLES = ("ba", "ri", "szo", "ke", "lun", "dor", "mi", "tav", "ola", "jec", "gyu", "pan")

Row = dict[str, Any]


def fill(
    path: Path, tickets: int, *, began: datetime = BEGAN, every: timedelta = EVERY, entries: int = 0
) -> None:
    """Store so many tickets in a new mirror at `path`, one reported after the other from `began`
    on, each with so many time entries.
    """
    dice = Random(20261121)  # noqa: S311 - no secret
    with Mirror.open(f"sqlite:///{path}") as mirror:
        mirror.claim(Identity("http://127.0.0.1", 99))
        with mirror.writing() as batch:
            for kind, words in _words().items():
                batch.store_words(kind, words)
            batch.store_words("memberships", [_member(user) for user in range(1, 11)], 1)
        for numbers in in_portions(range(1, tickets + 1), 1000):
            with mirror.writing() as batch:
                rows = [_ticket(number, began + number * every, dice) for number in numbers]
                batch.store_tickets([Arrival(row, read=True, settled=True) for row in rows], began)
                batch.store_time_entries(
                    [_time_entry(row, at, dice) for row in rows for at in range(entries)]
                )


def _words() -> dict[str, list[Row]]:
    statuses = [_status(name) for name in STATUSES]
    names = {"trackers": "Bug", "priorities": "Normal", "activities": "Development"}
    return {
        "statuses": statuses,
        "projects": [{"id": 1, "identifier": "desk1", "name": "Desk 1", "status": 1}],
        "roles": [{"id": 1, "name": "Reporter"}, {"id": 2, "name": "Developer"}],
        **{kind: [{"id": 1, "name": name}] for kind, name in names.items()},
    }


def _member(user: int) -> Row:
    role = {"id": 1, "name": "Reporter"} if user in CUSTOMERS else {"id": 2, "name": "Developer"}
    return {
        "id": user,
        "project": {"id": 1, "name": "Desk 1"},
        "user": _user(user),
        "roles": [role],
    }


def _ticket(number: int, at: datetime, dice: Random) -> Row:
    words = dice.choice(labelled("dev"))
    journals = list(_journals(number, at, dice))
    closed = journals[-1]["created_on"]
    return {
        "id": number,
        "project": {"id": 1, "name": "Desk 1"},
        "tracker": {"id": 1, "name": "Bug"},
        "status": _status("Closed"),
        "priority": {"id": 1, "name": "Normal"},
        "author": _user(dice.choice(CUSTOMERS)),
        "subject": words.subject,
        "description": f"{words.body}\n{_name(dice)}, {_name(dice)}-{number}, {number * 7919}",
        "created_on": _text(at),
        "updated_on": closed,
        "closed_on": closed,
        "custom_fields": [],
        "journals": journals,
    }


def _journals(ticket: int, at: datetime, dice: Random) -> Iterator[Row]:
    before = "New"
    for step, (status, people, note) in enumerate(STORY):
        at += timedelta(minutes=dice.randrange(5, 900))
        old, new = (str(STATUSES.index(name) + 1) for name in (before, status))
        change = {"property": "attr", "name": "status_id", "old_value": old, "new_value": new}
        yield {
            "id": ticket * 10 + step,
            "user": _user(dice.choice(people)),
            "notes": note,
            "private_notes": False,
            "created_on": _text(at),
            "details": [change],
        }
        before = status


def _time_entry(ticket: Row, at: int, dice: Random) -> Row:
    return {
        "id": ticket["id"] * 10 + at,
        "project": ticket["project"],
        "issue": {"id": ticket["id"]},
        "user": _user(dice.choice(ENGINEERS)),
        "activity": {"id": 1, "name": "Development"},
        "hours": Decimal(dice.randrange(1, 16)) / 4,
        "comments": "",
        "spent_on": ticket["created_on"][:10],
        "created_on": ticket["closed_on"],
        "updated_on": ticket["closed_on"],
    }


def _status(name: str) -> Row:
    return {"id": STATUSES.index(name) + 1, "name": name, "is_closed": name == "Closed"}


def _user(number: int) -> Row:
    return {"id": number, "name": f"User {number}"}


def _name(dice: Random) -> str:
    return "".join(dice.choices(SYLLABLES, k=4)).capitalize()


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
