"""A running Redmine, as tests and people use it."""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
from collections.abc import Callable, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, TypeVar

from tests.harness import seeding
from tests.harness.desk import Desk
from tests.harness.errors import ScriptFailed
from tests.harness.nursery import Nursery
from tests.harness.places import Engine
from tests.harness.releases import Release
from tests.harness.rest import Rest
from tests.harness.seeding import Person, Seeded

T = TypeVar("T")

ADMIN_LOGIN = "admin"
ADMIN_PASSWORD = "administrator"
BLANK = "blank"


class RedmineServer:
    """One server with its own port, database and files; resets touch nobody else's.

    `admin_key` is the REST key of the administrator `admin`, password `administrator`.
    """

    def __init__(
        self,
        release: Release,
        folder: Path,
        engine: Engine,
        process: subprocess.Popen[bytes] | None = None,
    ) -> None:
        facts = json.loads((folder / "server.json").read_text())
        self.release = release
        self.url: str = facts["url"]
        self.admin_key: str = facts["admin_key"]
        self.version: str = facts["version"]
        self.folder = folder
        self.admin = Rest(self.url, self.admin_key)
        self._engine = engine
        self._nursery = Nursery(folder)
        self._process = process
        self._made: dict[str, Any] = {}  # what made the states of restore_or_make

    def __repr__(self) -> str:
        return f"<Redmine {self.version} at {self.url}>"

    def restore(self, name: str = BLANK) -> None:
        """Puts back the state of that name: database, files, mails, and no cache left of before."""
        self._nursery.ask("restore", name=name)

    def save(self, name: str) -> None:
        """Keeps the present state under that name for `restore`, as long as the server runs."""
        self._nursery.ask("save", name=name)

    def states(self) -> list[str]:
        names: list[str] = self._nursery.ask("info")["states"]
        return names

    def restore_or_make(self, name: str, make: Callable[[RedmineServer], T]) -> T:
        """Puts back the state of that name; the first time makes it from blank and saves it.

        Returns what `make` returned. For what several tests start from:
        `seeded = redmine.restore_or_make("seeded", lambda server: server.seed(desk()))`.
        """
        if name in self._made:
            self.restore(name)
        else:
            self.restore()
            self._made[name] = make(self)
            self.save(name)
        made: T = self._made[name]
        return made

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

    def seed(self, desk: Desk) -> Seeded:
        """Puts a desk with its past on the server, exactly as Redmine would have written it."""
        return self.seed_description(desk.description())

    def seed_in_bulk(self, desk: Desk) -> Seeded:
        """The same rows many times faster, for thousands of tickets.

        Files, relations, subtasks and deletions are refused with ScriptFailed: `seed` does those.
        """
        return self.seed_description(desk.description(), seeding.bulk_script())

    def seed_description(
        self, description: Mapping[str, Any], script: str = seeding.replay_script()
    ) -> Seeded:
        """What `Desk.description` gave, as read from a file."""
        return seeding.read(self.runner(script, given=json.dumps(description)), description)

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

    def mails(self) -> list[EmailMessage]:
        """The mails since the last reset, oldest first. Redmine sends them as the event happens."""
        return [
            message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in sorted((self.folder / "mails").iterdir())
        ]

    def stop(self) -> None:
        """Ends the server and removes its state. Nothing of it is left running."""
        self.admin.close()
        self._nursery.stop()
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def _output(status: int, stdout: str, stderr: str) -> str:
    if status != 0:
        raise ScriptFailed(
            f"the script ended with status {status}\n{stderr or stdout}",
            status=status,
            stdout=stdout,
            stderr=stderr,
        )
    return stdout
