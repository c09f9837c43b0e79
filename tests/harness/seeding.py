"""Sends a desk to a server and reads back what became of it there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RUBY = Path(__file__).parent / "ruby"


@dataclass(frozen=True)
class Person:
    """A user of the server, with what he needs to come in by REST and by browser."""

    id: int
    login: str
    password: str
    key: str


@dataclass(frozen=True)
class Seeded:
    """The ids Redmine gave, by the names the desk used."""

    tickets: dict[str, int]
    users: dict[str, Person]
    projects: dict[str, int]
    statuses: dict[str, int]
    trackers: dict[str, int]
    priorities: dict[str, int]
    activities: dict[str, int]
    roles: dict[str, int]
    fields: dict[str, int]


def replay_script() -> str:
    """Does every event through Redmine's models, at its time: exact, about 100 events a second."""
    return _script("scene", "replay", "seed")


def bulk_script() -> str:
    """Has the models say what the rows are and inserts them all at once; not for every event."""
    return _script("scene", "replay", "bulk", "seed")


def read(answer: str, description: Mapping[str, Any]) -> Seeded:
    """What a seeding script printed, with the passwords the description gave."""
    facts = json.loads(answer)
    passwords = {user["login"]: user["password"] for user in description["users"]}
    users = {
        login: Person(given["id"], login, passwords[login], given["key"])
        for login, given in facts.pop("users").items()
    }
    return Seeded(users=users, **facts)


def _script(*names: str) -> str:
    return "\n".join((RUBY / "seed" / f"{name}.rb").read_text() for name in names)
