"""`watch`: goes on after a failed run, and ends when it is told to."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from redmine_sla.cli import watching
from redmine_sla.cli.settings import Settings
from redmine_sla.cli.watching import Watch
from redmine_sla.contract import load_folder
from redmine_sla.mirror import Mirror
from redmine_sla.sync.lock import only_run
from redmine_sla.sync.run import COMPLETED
from tests.cli.desk import run

ROOT = Path(__file__).parents[2]
PACE = timedelta(minutes=5)


class Runs:
    """Counts the runs, in place of making them."""

    def __init__(self, watch_over: pytest.MonkeyPatch, error: BaseException | None = None) -> None:
        self.made = 0
        self.error = error
        watch_over.setattr(watching, "run", self)

    def __call__(self, *_: object, **__: object) -> object:
        self.made += 1
        if self.error is not None:
            raise self.error
        return type("Report", (), {"applied": type("Applied", (), {"stopped_by": None})})


def watch_on(folder: Path) -> Watch:
    return Watch(Settings(config=folder), load_folder(folder), PACE)


def completed(folder: Path, ago: timedelta) -> None:
    with Mirror.open(f"sqlite:///{folder}/mirror.db") as mirror, mirror.writing() as batch:
        batch.record(COMPLETED, (datetime.now(UTC) - ago).isoformat())


def test_the_first_look_runs_and_the_next_waits(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = Runs(monkeypatch)
    watch = watch_on(empty)
    watch.look()
    watch.look()
    assert runs.made == 1


@pytest.mark.parametrize(("ago", "made"), [(timedelta(minutes=2), 0), (timedelta(minutes=6), 1)])
def test_due_is_what_lies_behind_the_last_run_whoever_made_it(
    empty: Path, monkeypatch: pytest.MonkeyPatch, ago: timedelta, made: int
) -> None:
    runs = Runs(monkeypatch)
    completed(empty, ago)
    watch_on(empty).look()
    assert runs.made == made


def test_a_fault_of_one_run_is_told_and_not_repeated_at_once(
    empty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = Runs(monkeypatch, RuntimeError("a wheel came off"))
    watch = watch_on(empty)
    watch.look()
    watch.look()
    assert runs.made == 1
    assert "run failed at" in capsys.readouterr().err


def test_a_configuration_broken_on_the_way_is_told_too(
    empty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = Runs(monkeypatch)
    watch = watch_on(empty)
    (empty / "sla.toml").write_text("[redmine\n")
    watch.look()
    assert runs.made == 0
    assert "sla.toml:1" in capsys.readouterr().err


def test_somebody_elses_run_is_no_failure(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with only_run(empty):
        watch_on(empty).look()
    assert capsys.readouterr().err == ""


def test_a_wrong_configuration_does_not_even_start(empty: Path) -> None:
    (empty / "sla.toml").write_text("[redmine\n")
    assert run("watch", folder=empty).exit_code == 2


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_after_a_run_that_failed(
    empty: Path, number: signal.Signals
) -> None:
    command = [sys.executable, "-m", "redmine_sla", "watch", "-c", str(empty)]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    ) as watcher:
        alarm = threading.Timer(60, watcher.kill)
        alarm.start()
        assert watcher.stderr is not None
        said = [watcher.stderr.readline(), watcher.stderr.readline()]
        assert re.match(r"Watching .*etc, a run every 5 minutes\.", said[0])
        assert said[1].startswith("! run failed at ")
        watcher.send_signal(number)
        rest = watcher.stderr.read()
        assert watcher.wait() == 0
        alarm.cancel()
    assert "Stopped." in rest
    assert "Traceback" not in rest
