"""Which way of having a real Redmine this machine offers."""

from __future__ import annotations

from tests.harness import debian, docker
from tests.harness.errors import NoEngine
from tests.harness.places import Engine


def choose() -> Engine:
    """Chroots for root on Linux, else Docker where an engine runs.

    Raises NoEngine, saying what stands in the way of each.
    """
    against_chroots = debian.obstacle()
    if against_chroots is None:
        return debian.Chroots()
    against_docker = docker.obstacle()
    if against_docker is None:
        return docker.Containers()
    raise NoEngine(
        "no real Redmine can be brought up on this machine\n"
        f"  chroots: {against_chroots}\n"
        f"  Docker: {against_docker}",
        hint="run as root on a Debian machine, or start a Docker engine",
    )
