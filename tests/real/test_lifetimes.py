"""Servers end with whoever started them, or stay when they are told to; nothing is left over."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.harness import cache, instances
from tests.harness.desk import Desk
from tests.harness.rest import Rest
from tests.harness.server import RedmineServer

pytestmark = pytest.mark.real

ROOT = Path(__file__).parents[2]

STARTS_A_SERVER = """
import sys
from tests.harness import engine, starting
from tests.harness.releases import RELEASES
server = starting.start(RELEASES[sys.argv[1]], engine.choose())
print(server.folder, server.url, flush=True)
server.runner("sleep 300")
"""


@pytest.fixture
def own_cache(
    redmine_newest: RedmineServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A cache with the built trees and nobody else's servers."""
    (tmp_path / "trees").symlink_to(cache.subfolder("trees"))
    monkeypatch.setenv("REDMINE_SLA_CACHE", str(tmp_path))
    yield tmp_path
    harness("stop")


def harness(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.harness", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def wait_until(happened: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def is_refused(url: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", urlsplit(url).port or 0)) != 0


def test_a_server_ends_with_a_test_run_that_is_killed(
    redmine_newest: RedmineServer, own_cache: Path
) -> None:
    command = [sys.executable, "-c", STARTS_A_SERVER, redmine_newest.release.name]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        folder, url = run.stdout.readline().split()
        assert not is_refused(url)
        os.kill(run.pid, signal.SIGKILL)
    wait_until(lambda: is_refused(url), "the web server is gone")

    def is_free() -> bool:
        lock = cache.try_lock(Path(folder) / "lock")
        if lock is not None:
            os.close(lock)
        return lock is not None

    wait_until(is_free, "no process of the server is left")
    assert list(instances.living()) == []
    assert not Path(folder).exists(), "the next to look clears it away"
    assert str(own_cache) not in Path("/proc/self/mountinfo").read_text()


def test_a_server_started_by_hand_stays_until_it_is_stopped(
    redmine_newest: RedmineServer, own_cache: Path
) -> None:
    release = redmine_newest.release.name
    started = harness("start", release)
    assert started.returncode == 0, started.stderr
    again = harness("start", release)
    assert again.returncode == 2
    assert f"python -m tests.harness stop {release}" in again.stderr
    status = harness("status").stdout
    assert started.stdout in status
    url, key = (status.partition(before)[2].split()[0] for before in (" at ", ", key "))
    admin = Rest(url, key)

    desk = Desk(zone="Europe/Budapest")
    desk.customer("anna")
    desk.project("acme")
    desk.ticket("Printer prints blanks", by="anna", at="2026-03-02 09:12")
    (own_cache / "desk.json").write_text(json.dumps(desk.description()))
    seeded = harness("seed", release, str(own_cache / "desk.json"))
    assert json.loads(seeded.stdout)["tickets"] == {"Printer prints blanks": 1}
    assert admin.get("/issues.json")["total_count"] == 1
    assert harness("reset", release).returncode == 0
    assert admin.get("/issues.json")["total_count"] == 0
    assert "stop" in harness("clean").stderr, "nothing is removed under a running server"

    assert harness("stop", release).stdout == f"Redmine {release}: stopped\n"
    assert is_refused(url)
    assert harness("stop").stdout == ""
    assert "has been started by hand" in harness("reset", release).stderr


def test_several_processes_can_serve(redmine_newest: RedmineServer, own_cache: Path) -> None:
    release = redmine_newest.release.name
    started = harness("start", release, "--workers", "2")
    assert started.returncode == 0, started.stderr
    url, key = (started.stdout.partition(before)[2].split()[0] for before in (" at ", ", key "))
    admin = Rest(url, key)
    for _ in range(2):
        project = {"name": "Desk", "identifier": "desk"}
        admin.post("/projects.json", {"project": project})
        assert admin.get("/projects.json")["total_count"] == 1
        assert harness("reset", release).returncode == 0
        assert admin.get("/projects.json")["total_count"] == 0
