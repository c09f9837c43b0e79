"""Redmine from the official Docker images, where a Docker engine runs.

The image is used as it is; only the database is made here, once, and kept in the cache. The
container runs as the calling user, with the instance's folder as its only state, and ends with the
process that attached to it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from tests.harness import cache
from tests.harness.errors import BuildFailed
from tests.harness.places import Places, Say
from tests.harness.releases import Release

HOME = "/srv/instance"
PRISTINE = "/srv/pristine.sqlite3"
PORT_INSIDE = 3000

# Redmine's Gemfile asks database.yml which adapter is meant, so that has to be there first.
ENTER = r"""
set -eu
printf 'production:\n  adapter: sqlite3\n  database: /srv/instance/redmine.sqlite3\n' \
    > config/database.yml
bundle check > /dev/null || bundle install --local > /dev/null
exec env "$@"
"""


def obstacle() -> str | None:
    """What stands in the way of containers on this machine, or None."""
    if shutil.which("docker") is None:
        return "there is no docker command"
    probe = subprocess.run(
        ["docker", "version", "--format", "{{.Server.Version}}"],
        capture_output=True,
        text=True,
        check=False,
    )
    if probe.returncode != 0:
        return "there is a docker command, but no engine answers it"
    return None


class Containers:
    """The engine that runs the official images."""

    name = "official Docker images"
    places = Places(
        home=HOME,
        files="/usr/src/redmine/files",
        pristine=PRISTINE,
        host="0.0.0.0",
        port=PORT_INSIDE,
        ruby=("bundle", "exec", "ruby"),
        rails=("bundle", "exec", "rails"),
    )

    def is_built(self, release: Release) -> bool:
        return _pristine(release).is_file()

    def build(self, release: Release, say: Say) -> None:
        with cache.locked(f"build-{release}"):
            if self.is_built(release):
                return
            say(f"pulling {release.image} and making its database for Redmine {release}")
            _run(release, ["docker", "pull", "--quiet", release.image])
            made = _pristine(release)
            unfinished = made.with_name(f"{made.name}.unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            for folder in (unfinished, unfinished / "files", unfinished / "log"):
                folder.mkdir()
            database = f"DATABASE_URL=sqlite3:{HOME}/redmine.sqlite3"
            tasks = ["db:migrate", "redmine:load_default_data", "REDMINE_LANG=en"]
            argv = [database, "bundle", "exec", "rake", *tasks]
            _run(release, self.command(release, unfinished, argv))
            _one_file(unfinished / "redmine.sqlite3", unfinished / "pristine.sqlite3")
            (unfinished / "pristine.sqlite3").rename(made)
            shutil.rmtree(unfinished)

    def command(
        self, release: Release, instance: Path, argv: list[str], *, publish: int = 0
    ) -> list[str]:
        pristine = _pristine(release)
        return [
            *("docker", "run", "--rm", "--interactive"),
            *("--user", f"{os.getuid()}:{os.getgid()}"),
            *("--entrypoint", "sh"),
            *("--env", "SECRET_KEY_BASE=for-tests-only", "--env", "TZ=UTC"),
            *(("--publish", f"127.0.0.1:{publish}:{PORT_INSIDE}") if publish else ()),
            *("--volume", f"{instance}:{HOME}"),
            *("--volume", f"{instance}/files:/usr/src/redmine/files"),
            *("--volume", f"{instance}/log:/usr/src/redmine/log"),
            *(("--volume", f"{pristine}:{PRISTINE}:ro") if pristine.is_file() else ()),
            *(release.image, "-c", ENTER, "enter", *argv),
        ]


def _pristine(release: Release) -> Path:
    """Where the database made by the present image is kept; an image not there has none."""
    inspected = subprocess.run(
        ["docker", "image", "inspect", "--format", "{{.Id}}", release.image],
        capture_output=True,
        text=True,
        check=False,
    )
    key = inspected.stdout.strip().removeprefix("sha256:")[:12] or "absent"
    return cache.subfolder("trees") / f"{release}-docker-{key}.sqlite3"


def _one_file(database: Path, copy: Path) -> None:
    """A copy of a database without its write-ahead log."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("VACUUM INTO ?", [str(copy)])


def _run(release: Release, command: list[str]) -> None:
    log = cache.subfolder("logs") / f"{release}.log"
    with log.open("a") as output:
        outcome = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if outcome.returncode != 0:
        last = "\n    ".join(log.read_text(errors="replace").splitlines()[-12:])
        raise BuildFailed(
            f"Redmine {release} could not be made from the image {release.image}\n    {last}",
            hint=f"read {log}",
        )
