"""The mirror's tables from one version to the next, in numbered steps.

Each step runs in one transaction together with its own record, so a broken one leaves nothing
half done. The SQL is the part that SQLite and PostgreSQL share. Never change a step that has been
released: add one.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, inspect, text

from redmine_sla.mirror.address import Address
from redmine_sla.mirror.engine import READS
from redmine_sla.mirror.errors import A_CACHE, MirrorError


@dataclass(frozen=True, slots=True)
class Migration:
    """One step. Numbers run from 1 without a gap."""

    number: int
    name: str
    statements: tuple[str, ...]


MIGRATIONS = (
    Migration(
        1,
        "tickets, hours, words, cursors, absences",
        (
            "CREATE TABLE tickets ("
            " id INTEGER PRIMARY KEY, project INTEGER NOT NULL, created TEXT NOT NULL,"
            " updated TEXT NOT NULL, seen_at TEXT NOT NULL, read_at TEXT, closed BOOLEAN NOT NULL,"
            " stale BOOLEAN NOT NULL, pending BOOLEAN NOT NULL, body TEXT NOT NULL, journals TEXT)",
            "CREATE INDEX tickets_by_project ON tickets (project, id)",
            "CREATE INDEX tickets_by_update ON tickets (updated)",
            "CREATE INDEX tickets_open ON tickets (project, id) WHERE NOT closed",
            "CREATE INDEX tickets_stale ON tickets (project, id) WHERE stale",
            "CREATE INDEX tickets_pending ON tickets (id) WHERE pending",
            "CREATE INDEX tickets_unread ON tickets (project, closed, updated, id)"
            " WHERE journals IS NULL",
            "CREATE TABLE time_entries ("
            " id INTEGER PRIMARY KEY, project INTEGER NOT NULL, ticket INTEGER,"
            " spent_on DATE NOT NULL, body TEXT NOT NULL)",
            "CREATE INDEX time_entries_by_ticket ON time_entries (ticket)",
            "CREATE INDEX time_entries_by_day ON time_entries (spent_on)",
            "CREATE TABLE words ("
            " kind TEXT NOT NULL, project INTEGER NOT NULL, id INTEGER NOT NULL,"
            " body TEXT NOT NULL, PRIMARY KEY (kind, project, id))",
            "CREATE TABLE word_lists ("
            " kind TEXT NOT NULL, project INTEGER NOT NULL, readable BOOLEAN NOT NULL,"
            " PRIMARY KEY (kind, project))",
            "CREATE TABLE names ("
            " kind TEXT NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (kind, id))",
            "CREATE TABLE cursors ("
            " project INTEGER PRIMARY KEY, at TEXT NOT NULL, complete BOOLEAN NOT NULL)",
            "CREATE TABLE absences ("
            " ticket INTEGER PRIMARY KEY, kind TEXT NOT NULL, project INTEGER NOT NULL,"
            " noticed_at TEXT NOT NULL, pending BOOLEAN NOT NULL)",
            "CREATE TABLE remembered ("
            " ticket INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,"
            " PRIMARY KEY (ticket, key))",
            "CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
        ),
    ),
)

_ANY_TWO_RUNS = 0x5E_2A_11  # the key of PostgreSQL's advisory lock: any number, always this one


def migrate(
    engine: Engine, address: Address, migrations: tuple[Migration, ...] = MIGRATIONS
) -> None:
    """Brings a mirror to the newest version.

    Raises `MirrorError` if it was made by a newer program.
    """
    done = _version(engine)
    newest = migrations[-1].number
    if done > newest:
        raise MirrorError(
            f"mirror {address}: made by a newer redmine-sla (its tables are version {done}, "
            f"this program knows {newest})",
            hint=f"upgrade redmine-sla, or delete the mirror ({A_CACHE})",
        )
    for migration in migrations[done:]:
        _apply(engine, migration)


def _version(engine: Engine) -> int:
    """The last step done. Looking does not wait for a run that is writing."""
    with engine.connect() as plain:
        connection = plain.execution_options(**READS)
        if not inspect(connection).has_table("migrations"):
            return 0
        return connection.scalar(text("SELECT max(number) FROM migrations")) or 0


def _apply(engine: Engine, migration: Migration) -> None:
    with engine.begin() as connection:
        _one_at_a_time(connection)
        connection.execute(
            text("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT)")
        )
        found = connection.execute(
            text("SELECT 1 FROM migrations WHERE number = :number"), {"number": migration.number}
        )
        if found.scalar():
            return  # another process was faster
        for statement in migration.statements:
            connection.execute(text(statement))
        connection.execute(
            text("INSERT INTO migrations (number, name) VALUES (:number, :name)"),
            {"number": migration.number, "name": migration.name},
        )


def _one_at_a_time(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # SQLite's BEGIN IMMEDIATE does the same
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ANY_TWO_RUNS})
