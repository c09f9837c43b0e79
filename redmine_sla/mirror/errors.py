"""What can be wrong with a mirror, told so that a person knows the next step."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from redmine_sla.errors import ExitCode, SlaError
from redmine_sla.mirror.address import Address

A_CACHE = "it is a cache: the next run pulls everything again"


class MirrorError(SlaError):
    """The mirror cannot be opened, read or written. The message names it, without password."""

    exit_code = ExitCode.STORE


# Parts of SQLite's own messages, what they mean here, and what to do.
_SQLITE = (
    (
        ("database or disk is full", "disk i/o error"),
        "there is no room left, or the disk fails",
        "make room on the disk (or raise the quota), then run again; nothing in Redmine is lost",
    ),
    (
        ("database is locked", "database table is locked"),
        "another process is writing to it",
        "wait until the other run has ended, then run again",
    ),
    (
        ("not a database", "malformed", "file is encrypted", "unsupported file format"),
        "the file is damaged, or no mirror at all",
        "delete {place}; " + A_CACHE,
    ),
    (
        ("unable to open database file", "readonly database", "read-only"),
        "the file or its folder cannot be written",
        "give this user the right to write there, or set another place for the mirror",
    ),
)

# Classes and codes of PostgreSQL's SQLSTATE.
_POSTGRES = (
    ("53100", "its disk is full", "make room on the database server, then run again"),
    ("53", "the server is out of resources", "look at the database server, then run again"),
    ("55P03", "another process holds it", "wait until the other run has ended, then run again"),
    ("28", "the server refuses the user", "check user and password in the mirror's URL"),
    ("3D", "there is no such database", "create it (`createdb`), then run again"),
    ("42501", "the user lacks a right", "grant the mirror's user the right to create tables"),
    ("25006", "the server only reads", "point the mirror's URL to the primary server"),
    ("08", "the connection broke", "look whether the database server runs, then run again"),
    ("57P", "the server is going down", "start the database server, then run again"),
)


@contextmanager
def told(address: Address) -> Iterator[None]:
    """Turns whatever the database says into a `MirrorError` with the next step."""
    try:
        yield
    except DBAPIError as error:
        raise _explained(error.orig or error, address) from error
    except (sqlite3.Error, SQLAlchemyError) as error:
        raise _explained(error, address) from error


def _explained(error: BaseException, address: Address) -> MirrorError:
    words = " ".join(str(error).split()) or type(error).__name__
    if address.path is not None:
        for parts, meaning, step in _SQLITE:
            if any(part in words.lower() for part in parts):
                return MirrorError(
                    f"mirror {address}: {meaning} ({words})", hint=step.format(place=address)
                )
        return MirrorError(f"mirror {address}: {words}", hint=f"delete {address}; {A_CACHE}")
    words = address.censored(words)
    state = getattr(error, "sqlstate", None) or _state_at_the_door(words)
    if state is None:
        return MirrorError(
            f"mirror {address}: the database server cannot be reached ({words})",
            hint="look whether it runs and the mirror's URL is right, then run again",
        )
    for code, meaning, step in _POSTGRES:
        if state.startswith(code):
            return MirrorError(f"mirror {address}: {meaning} ({words})", hint=step)
    return MirrorError(
        f"mirror {address}: {words} (SQLSTATE {state})",
        hint=f"use an empty database for the mirror; {A_CACHE}",
    )


def _state_at_the_door(words: str) -> str | None:
    """The SQLSTATE of a refused connection: psycopg gives only PostgreSQL's words for it."""
    if "does not exist" in words and "database" in words:
        return "3D000"
    return "28000" if "authentication failed" in words or "pg_hba.conf" in words else None
