"""Where a mirror lies: a SQLite file of this machine, or a PostgreSQL database by URL."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from redmine_sla.errors import SlaError

APPLICATION = "redmine-sla"
_EXAMPLES = "sqlite:////var/lib/redmine-sla/mirror.db or postgresql+psycopg://user@host/database"


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """A mirror's address. It prints as file name, or as URL without password and options."""

    url: URL
    path: Path | None

    def __str__(self) -> str:
        if self.path is not None:
            return str(self.path)
        return self.url.set(query={}).render_as_string(hide_password=True)

    def __repr__(self) -> str:
        return f"<Address {self}>"

    def censored(self, words: str) -> str:
        """The words of a driver without the password, should it have repeated it."""
        for password in (self.url.password, self.url.query.get("password")):
            if isinstance(password, str) and password:
                words = words.replace(password, "***")
        return words


def address_of(url: str, beside: Path = Path()) -> Address:
    """The address of a mirror's URL. Raises `SlaError` for one this program cannot use.

    A relative SQLite file lies in `beside`, or in the working directory.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise SlaError(
            "the mirror's URL cannot be read", hint=f"write it like {_EXAMPLES}"
        ) from None
    if parsed.drivername in {"postgresql", "postgresql+psycopg"}:
        return Address(parsed.set(drivername="postgresql+psycopg"), None)
    if parsed.drivername == "sqlite" and parsed.database and parsed.database != ":memory:":
        path = (beside / Path(parsed.database).expanduser()).absolute()
        return Address(parsed.set(database=str(path)), path)
    raise SlaError(
        f"the mirror's URL begins with {parsed.drivername!r} and names no place for it",
        hint=f"write it like {_EXAMPLES}",
    )


def default_url(environ: Mapping[str, str] | None = None, *, root: bool | None = None) -> str:
    """The mirror's place where nobody has chosen one.

    systemd's `$STATE_DIRECTORY` first; root has `/var/lib/redmine-sla`; everybody else
    `$XDG_STATE_HOME/redmine-sla`, which is `~/.local/state/redmine-sla` by default (XDG Base
    Directory Specification 0.8).
    """
    environ = os.environ if environ is None else environ
    root = os.geteuid() == 0 if root is None else root
    given = environ.get("STATE_DIRECTORY", "").split(":")[0]
    if given:
        folder = Path(given)
    elif environ.get("XDG_STATE_HOME"):
        folder = Path(environ["XDG_STATE_HOME"]) / APPLICATION
    elif root:
        folder = Path("/var/lib") / APPLICATION
    else:
        folder = Path(environ.get("HOME") or Path.home()) / ".local" / "state" / APPLICATION
    return f"sqlite:///{folder / 'mirror.db'}"
