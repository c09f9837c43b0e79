"""A run killed at any request: the next one heals, and nothing was written twice."""

from __future__ import annotations

import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from redmine_sla.connectors.redmine import Attempt
from redmine_sla.plan.stamp import without_stamp
from tests.harness.server import RedmineServer
from tests.real.flow_world import World, make_world, open_mirror

pytestmark = pytest.mark.real

KILLED = -9


class Killed(BaseException):
    """The process ends here."""


def small(redmine: RedmineServer) -> World:
    """The told tickets alone: few requests, each of them a boundary."""
    return make_world(redmine, tickets=0)


def end_state(world: World) -> dict[str, Any]:
    """What stands in Redmine, but for the moment it was judged at."""
    state = world.state()
    pages = [[title, version, without_stamp(text)] for title, version, text in state["pages"]]
    return state | {"pages": pages}


@pytest.mark.slow
def test_killed_after_each_request_in_turn(redmine_newest: RedmineServer, tmp_path: Path) -> None:
    world = redmine_newest.restore_or_make("flow-small", small)
    with open_mirror(tmp_path, "undisturbed") as mirror:
        whole = world.run(mirror).requests
        world.run(mirror)
    wanted = end_state(world)
    assert whole.writes >= 5
    for allowed in range(1, whole.reads + whole.writes + 1):
        redmine_newest.restore("flow-small")
        with open_mirror(tmp_path, f"killed-{allowed}") as mirror:
            with suppress(Killed):
                world.run(mirror, hook=_killing_after(allowed))
            world.run(mirror)
            assert end_state(world) == wanted, f"killed after request {allowed}"


def test_a_process_killed_by_the_machine_is_healed_by_the_next(
    redmine: RedmineServer, tmp_path: Path
) -> None:
    world = redmine.restore_or_make("flow-small", small)
    with open_mirror(tmp_path, "undisturbed") as mirror:
        whole = world.run(mirror).requests
    wanted = end_state(world)
    configuration = tmp_path / "configuration"
    configuration.write_bytes(pickle.dumps(world.configuration))
    first_write, last = whole.reads - 1, whole.reads + whole.writes - 1
    for allowed in (7, first_write, (first_write + last) // 2, last):
        redmine.restore("flow-small")
        mirror_url = f"sqlite:///{tmp_path}/killed-{allowed}.db"
        assert _run(configuration, mirror_url, allowed) == KILLED
        assert _run(configuration, mirror_url, 0) == 0
        assert end_state(world) == wanted, f"killed after request {allowed}"


def _killing_after(allowed: int) -> Any:
    """A gateway's hook. What reads in parallel ends a request or two later."""
    made = 0

    def count(_: Attempt) -> None:
        nonlocal made
        made += 1
        if made >= allowed:
            raise Killed

    return count


def _run(configuration: Path, mirror_url: str, allowed: int) -> int:
    """The exit code of such a process."""
    program = [sys.executable, "-m", "tests.real.killed_run"]
    argv = [*program, str(configuration), mirror_url, str(allowed)]
    return subprocess.run(argv, check=False, timeout=120).returncode
