"""Starts servers, and finds those that run."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any

from tests.harness import instances
from tests.harness.errors import HarnessError
from tests.harness.nursery import Nursery, launch
from tests.harness.places import Engine
from tests.harness.releases import RELEASES, Release
from tests.harness.seeding import RUBY
from tests.harness.server import RedmineServer


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
    finally:
        os.close(lock)  # the server has a copy; where it did not start, the folder is swept


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
    shutil.copytree(RUBY / "nursery", folder / "nursery")
    places = engine.places
    if places.port and not port:
        port = _free_port()
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
    command = engine.command(
        release, folder, [*argv, f"{places.home}/nursery/nursery.rb"], publish=port
    )
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
    return RedmineServer(release, folder, engine, None if outlive else process)


def connect(folder: Path, engine: Engine) -> RedmineServer:
    """The server running in `folder`, started by another process."""
    facts = json.loads((folder / "server.json").read_text())
    return RedmineServer(RELEASES[facts["release"]], folder, engine)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
