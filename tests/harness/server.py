"""A running Redmine, as tests and people use it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.harness import instances
from tests.harness.errors import HarnessError, ScriptFailed
from tests.harness.nursery import Nursery, launch
from tests.harness.places import Engine
from tests.harness.releases import RELEASES, Release
from tests.harness.rest import Rest

HERE = Path(__file__).parent
ADMIN_LOGIN = "admin"
ADMIN_PASSWORD = "administrator"
BLANK = "blank"


@dataclass(frozen=True)
class Person:
    """A user of the server, with what he needs to come in by REST and by browser."""

    id: int
    login: str
    password: str
    key: str


class RedmineServer:
    """One server with its own port, database and files; resets touch nobody else's.

    `admin_key` is the REST key of the administrator `admin`, password `administrator`.
    """

    def __init__(self, release: Release, folder: Path, engine: Engine) -> None:
        facts = json.loads((folder / "server.json").read_text())
        self.release = release
        self.url: str = facts["url"]
        self.admin_key: str = facts["admin_key"]
        self.version: str = facts["version"]
        self.folder = folder
        self.admin = Rest(self.url, self.admin_key)
        self._engine = engine
        self._nursery = Nursery(folder)
        self._process: subprocess.Popen[bytes] | None = None

    def __repr__(self) -> str:
        return f"<Redmine {self.version} at {self.url}>"

    # --- states -----------------------------------------------------------------------------

    def restore(self, name: str = BLANK) -> None:
        """Puts back the state of that name: database, files, mails, and no cache left of before."""
        self._nursery.ask("restore", name=name)

    def save(self, name: str) -> None:
        """Keeps the present state under that name for `restore`, as long as the server runs."""
        self._nursery.ask("save", name=name)

    def states(self) -> list[str]:
        names: list[str] = self._nursery.ask("info")["states"]
        return names

    def restore_or_make(self, name: str, make: Callable[[RedmineServer], None]) -> None:
        """Puts back the state of that name; the first time makes it from blank and saves it.

        For what several tests start from: `redmine.restore_or_make("provisioned", provision)`.
        """
        if name in self.states():
            self.restore(name)
            return
        self.restore()
        make(self)
        self.save(name)

    # --- Ruby -------------------------------------------------------------------------------

    def runner(self, script: str, *, given: str = "") -> str:
        """Runs Ruby inside Redmine and returns what it printed. `given` is `$INPUT` in the script.

        The script runs in a fresh fork of a loaded Redmine, so it takes milliseconds. Raises
        ScriptFailed when it ends with an exception or a status other than 0.
        """
        outcome = self._nursery.ask("run", script=script, input=given)
        return _output(outcome["status"], outcome["stdout"], outcome["stderr"])

    def rails_runner(self, script: str) -> str:
        """The same through a real `rails runner`, as an administrator types it (3 to 6 s)."""
        places = self._engine.places
        argv = [f"DATABASE_URL=sqlite3:{places.home}/redmine.sqlite3", *places.rails, "runner", "-"]
        command = self._engine.command(self.release, self.folder, argv)
        outcome = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
        return _output(outcome.returncode, outcome.stdout, outcome.stderr)

    # --- people -----------------------------------------------------------------------------

    def add_user(
        self,
        login: str,
        *,
        firstname: str = "",
        lastname: str = "",
        mail: str = "",
        is_admin: bool = False,
        language: str = "en",
    ) -> Person:
        """Makes an active user with a password and a REST key."""
        person = {
            "login": login,
            "firstname": firstname or login.capitalize(),
            "lastname": lastname or "Test",
            "mail": mail or f"{login}@example.net",
            "admin": is_admin,
            "language": language,
            "password": secrets.token_urlsafe(16),
        }
        script = """
            given = JSON.parse($INPUT)
            user = User.new(given.slice('firstname', 'lastname', 'mail', 'language'))
            user.login = given['login']
            user.admin = given['admin']
            user.password = user.password_confirmation = given['password']
            user.save!
            puts user.id, user.api_key
        """
        user_id, key = self.runner(script, given=json.dumps(person)).split()
        return Person(int(user_id), login, str(person["password"]), key)

    def as_user(self, login: str) -> Rest:
        """REST as that user; makes a key for him if he has none."""
        script = "puts User.find_by!(login: $INPUT).api_key"
        return Rest(self.url, self.runner(script, given=login).strip())

    # --- mails, end -------------------------------------------------------------------------

    def mails(self) -> list[str]:
        """The mails sent since the last reset, as text; Redmine sends them as the event happens."""
        folder = self.folder / "mails"
        return [path.read_text(errors="replace") for path in sorted(folder.iterdir())]

    def stop(self) -> None:
        """Ends the server and removes its state. Nothing of it is left running."""
        self.admin.close()
        self._nursery.stop()
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def start(
    release: Release,
    engine: Engine,
    *,
    name: str | None = None,
    outlive: bool = False,
    workers: int = 0,
    port: int = 0,
) -> RedmineServer:
    """Starts a server of a built release and waits until it answers.

    It ends with this process, however that ends; with `outlive` it stays until it is stopped.
    `workers` is Puma's number of processes besides the first (0: one process, five threads).
    """
    if not engine.is_built(release):
        raise HarnessError(
            f"Redmine {release} is not built yet", hint=f"python -m tests.harness build {release}"
        )
    folder, lock = instances.new_folder(release, name)
    try:
        return _start(release, engine, folder, lock, outlive=outlive, workers=workers, port=port)
    finally:  # a folder whose server did not come up goes with the next sweep: its log is of use
        os.close(lock)


def _start(
    release: Release,
    engine: Engine,
    folder: Path,
    lock: int,
    *,
    outlive: bool,
    workers: int,
    port: int,
) -> RedmineServer:
    for name in ("files", "log", "mails", "states"):
        (folder / name).mkdir()
    for script in ("nursery.rb", "base.rb"):
        shutil.copyfile(HERE / script, folder / script)
    places = engine.places
    key = secrets.token_hex(20)
    settings = {
        "HARNESS_HOME": places.home,
        "HARNESS_FILES": places.files,
        "HARNESS_PRISTINE": places.pristine,
        "HARNESS_HOST": places.host,
        "HARNESS_PORT": str(places.port or port),
        "HARNESS_WORKERS": str(workers),
        "HARNESS_KEY": key,
        "HARNESS_LIFELINE": "none" if outlive else "stdin",
    }
    argv = [*(f"{name}={value}" for name, value in settings.items()), *places.ruby]
    command = engine.command(release, folder, [*argv, f"{places.home}/nursery.rb"], publish=port)
    process = launch(
        folder,
        command,
        lifeline=subprocess.DEVNULL if outlive else subprocess.PIPE,
        lock=lock,
        environment=os.environ,
    )
    info = Nursery(folder).ask("info")
    facts: dict[str, Any] = {
        "release": release.name,
        "url": f"http://127.0.0.1:{port or info['port']}",
        "admin_key": key,
        "version": info["version"],
    }
    (folder / "server.json").write_text(json.dumps(facts))
    server = RedmineServer(release, folder, engine)
    server._process = None if outlive else process
    return server


def connect(folder: Path, engine: Engine) -> RedmineServer:
    """The server running in `folder`, started by another process."""
    facts = json.loads((folder / "server.json").read_text())
    return RedmineServer(RELEASES[facts["release"]], folder, engine)


def _output(status: int, stdout: str, stderr: str) -> str:
    if status != 0:
        raise ScriptFailed(
            f"the script ended with status {status}\n{stderr or stdout}",
            status=status,
            stdout=stdout,
            stderr=stderr,
        )
    return stdout
