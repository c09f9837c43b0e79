"""The mirror's tables as SQLAlchemy sees them. `migrations` makes them; a test holds them equal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    text,
    true,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """A time in UTC and whole seconds, kept as `2026-11-21T09:00:00Z`: sortable, and readable."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.fromisoformat(value)


EVERYTHING = 0
"""Stands for a project where something holds for all of Redmine."""

Projects = Collection[int] | None
"""Some projects by id; `None` means all that the key can see."""

metadata = MetaData()

tickets = Table(
    "tickets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project", Integer, nullable=False),
    Column("created", Instant, nullable=False),
    Column("updated", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("read_at", Instant),  # null: known from a list only
    Column("closed", Boolean, nullable=False),
    Column("stale", Boolean, nullable=False),  # to be read again by the next pull
    Column("pending", Boolean, nullable=False),  # changed since the last run that was completed
    Column("body", String, nullable=False),  # the row as it came, without its journals
    Column("journals", String),  # null: its history was never needed
)

# Written as in the partial indexes, which SQLite uses only for the very same words.
STALE = text("stale")
PENDING = text("pending")
OPEN = text("NOT closed")

time_entries = Table(
    "time_entries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project", Integer, nullable=False),
    Column("ticket", Integer),
    Column("spent_on", Date, nullable=False),
    Column("body", String, nullable=False),
)

words = Table(
    "words",
    metadata,
    Column("kind", String, primary_key=True),
    Column("project", Integer, primary_key=True),  # 0: of the whole Redmine
    Column("id", Integer, primary_key=True),
    Column("body", String, nullable=False),
)

word_lists = Table(
    "word_lists",
    metadata,
    Column("kind", String, primary_key=True),
    Column("project", Integer, primary_key=True),
    Column("readable", Boolean, nullable=False),  # false: the key may not read it
)

names = Table(
    "names",
    metadata,
    Column("kind", String, primary_key=True),
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
)

cursors = Table(
    "cursors",
    metadata,
    Column("project", Integer, primary_key=True),  # 0: everything the key can see
    Column("at", Instant, nullable=False),
    Column("complete", Boolean, nullable=False),  # false: its first listing was broken off
)

absences = Table(
    "absences",
    metadata,
    Column("ticket", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("project", Integer, nullable=False),  # where it was, or for a moved one: where it is
    Column("noticed_at", Instant, nullable=False),
    Column("pending", Boolean, nullable=False),
)

remembered = Table(
    "remembered",
    metadata,
    Column("ticket", Integer, primary_key=True),
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)


def within(table: Table, projects: Projects) -> ColumnElement[bool]:
    """Rows of these projects."""
    return true() if projects is None else table.c.project.in_(sorted(projects))
