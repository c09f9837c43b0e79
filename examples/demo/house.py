"""Where the demo lives: its folder beside the harness's cache, and its Redmine."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.harness import cache, engine, instances, starting
from tests.harness.debian import Chroots
from tests.harness.errors import BuildFailed, HarnessError
from tests.harness.places import Engine
from tests.harness.releases import RELEASES, Release
from tests.harness.server import RedmineServer

NAME = "demo"
INSTALL = Path(__file__).parents[2] / "tests" / "harness" / "install-debian.sh"

Say = Callable[[str], None]


def folder() -> Path:
    """The demo's own folder: configuration, key, mirror. `stop` removes it."""
    return cache.cache_folder() / NAME


def running() -> RedmineServer | None:
    """The demo's Redmine, if it runs."""
    for place in instances.living():
        if place.name == NAME:
            return starting.connect(place, engine.choose())
    return None


def bring_up(say: Say) -> RedmineServer:
    """Builds the newest release that can be built, and starts a server that goes on running.

    Raises HarnessError when one runs already, or when there is no way to have one.
    """
    if running() is not None:
        raise HarnessError("the demo runs already", hint="make demo-stop, then make demo")
    way = engine.choose()
    release = _newest_that_builds(way, say)
    began = "is built; starting it" if way.is_built(release) else "starting"
    say(f"Redmine {release} {began}")
    return starting.start(release, way, name=NAME, outlive=True, workers=2)


def remove(say: Say) -> None:
    """Stops the server and removes all that the demo made; what it built is kept for next time."""
    server = running()
    if server is not None:
        server.stop()
        say(f"Redmine at {server.url} is stopped, and its data removed")
    if folder().exists():
        shutil.rmtree(folder())
        say(f"{folder()} is removed")
    elif server is None:
        say("There is no demo to remove")
    say("The built Redmine is kept for the next time; `python -m tests.harness clean` removes it")


def _newest_that_builds(way: Engine, say: Say) -> Release:
    for release in reversed(RELEASES.values()):
        try:
            if not way.is_built(release):
                _install_what_building_needs(way, say)
            way.build(release, say)
        except BuildFailed as error:
            say(f"no Redmine {release}: {error}")
        else:
            return release
    raise HarnessError("no Redmine could be built; what stood in the way is said above")


def _install_what_building_needs(way: Engine, say: Say) -> None:
    """Chroots are made by debootstrap, which is small; nothing else is installed."""
    if not isinstance(way, Chroots) or shutil.which("debootstrap"):
        return
    say("installing debootstrap")
    done = subprocess.run(
        ["sh", str(INSTALL), "debootstrap"], check=False, env=os.environ | {"LC_ALL": "C.UTF-8"}
    )
    if done.returncode != 0:
        raise HarnessError("debootstrap could not be installed; apt's own words stand above")
