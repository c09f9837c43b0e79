"""Opening a database for a mirror: folders, file modes, transactions."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import NoSuchModuleError

from redmine_sla.mirror.address import Address
from redmine_sla.mirror.errors import MirrorError

PATIENCE = 10  # seconds to wait for a database that is locked or does not answer


def engine_for(address: Address) -> Engine:
    """An engine whose transactions take the write lock at once (`reads` ones excepted).

    Raises `MirrorError` where the file cannot be made or the driver is not installed.
    """
    if address.path is not None:
        _prepare(address.path)
        engine = create_engine(
            address.url, hide_parameters=True, connect_args={"timeout": PATIENCE}
        )
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        return engine
    try:
        return create_engine(
            address.url, hide_parameters=True, connect_args={"connect_timeout": PATIENCE}
        )
    except (ModuleNotFoundError, NoSuchModuleError):
        raise MirrorError(
            f"mirror {address}: the driver for PostgreSQL is not installed",
            hint="pip install 'redmine-sla[postgres]'",
        ) from None


READS = {"redmine_sla_reads": True}
"""Execution option of a connection that only reads and must not wait for a writer."""


def _prepare(path: Path) -> None:
    """The folder, 0700 if it has to be made, and the file, 0600: tickets are private."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        raise MirrorError(
            f"mirror {path}: cannot be made or written ({error.strerror})",
            hint="give this user the right to write there, or set another place for the mirror",
        ) from None


def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say so, not where sqlite3 does
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get("redmine_sla_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
