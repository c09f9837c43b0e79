"""A PostgreSQL server of one's own: made in a temporary folder, gone with the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class NoPostgresError(Exception):
    """There is no PostgreSQL to start, or no user to run it as."""


@dataclass(frozen=True)
class Cluster:
    """A running server, reached through the socket in `folder`."""

    programs: Path
    folder: Path
    user: str | None

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://sla@/postgres?host={self.folder}"

    def url_of(self, schema: str) -> str:
        """A mirror's URL in a schema of its own, so that each test begins with nothing."""
        self.run(
            "psql",
            "-q",
            "-c",
            f"CREATE SCHEMA {schema}",
            "-h",
            str(self.folder),
            "-U",
            "sla",
            "postgres",
        )
        return f"{self.url}&options=-csearch_path%3D{schema}"

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        self.run(
            "pg_ctl",
            "-w",
            "-s",
            "-D",
            f"{self.folder}/data",
            "-l",
            f"{self.folder}/log",
            "-o",
            options,
            "start",
        )

    def stop(self) -> None:
        self.run("pg_ctl", "-w", "-s", "-D", f"{self.folder}/data", "-m", "fast", "stop")

    def run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self.programs / program, *arguments],
            user=self.user,
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server for the duration; raises `NoPostgresError` where there cannot be one."""
    programs = _programs()
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="sla-pg-"))
    try:
        if user is not None:
            shutil.chown(folder, user)
        server = Cluster(programs, folder, user)
        server.run(
            "initdb",
            "--no-sync",
            "-A",
            "trust",
            "-U",
            "sla",
            "-E",
            "UTF8",
            "--locale=C",
            "-D",
            f"{folder}/data",
        )
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    if on_path and shutil.which("pg_ctl"):
        return Path(on_path).resolve().parent
    raise NoPostgresError("PostgreSQL is not installed: as root, apt-get install postgresql")


def _user() -> str | None:
    """Whom to run as: the server refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoPostgresError("root may not run PostgreSQL, and there is no user postgres or nobody")
