"""Pytest fixtures: real servers, blank at the start of each test.

    redmine          one test for each release: the ids are "5.0", "6.0", "6.1"
    redmine_newest   the newest of the chosen releases, for tests that need one server only

`--releases 5.0,6.1` chooses. Servers are started when first asked for and live as long as the
session; with pytest-xdist each worker has its own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from typing import NoReturn

import pytest

from tests.harness import engine, starting
from tests.harness.errors import BuildFailed, HarnessError, NoEngine, in_ci
from tests.harness.places import Engine
from tests.harness.releases import RELEASES, Release, releases_named
from tests.harness.server import RedmineServer


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--releases",
        default=",".join(RELEASES),
        help="Redmine releases to run the real tests on, with commas (default: %(default)s)",
    )


def pytest_configure(config: pytest.Config) -> None:
    _chosen(config)  # a mistake in the option is told before anything is collected


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "redmine" in metafunc.fixturenames:
        chosen = _chosen(metafunc.config)
        metafunc.parametrize("redmine", chosen, ids=str, indirect=True, scope="function")


class Servers:
    """The servers of this session, each built and started when first asked for."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._engine: Engine | None = None
        self._running: dict[Release, RedmineServer] = {}
        self._obstacles: dict[Release, str] = {}

    def blank(self, release: Release) -> RedmineServer:
        """The server of the release in its blank state; skips where none can be had.

        In CI (the environment says CI=true) what cannot be had fails.
        """
        if release in self._running:
            self._running[release].restore()
        elif release not in self._obstacles:
            self._start(release)
        if release in self._obstacles:
            _do_without(release, self._obstacles[release])
        return self._running[release]

    def stop(self) -> None:
        for running in self._running.values():
            running.stop()

    def _start(self, release: Release) -> None:
        try:
            self._engine = self._engine or engine.choose()
            self._engine.build(release, self._say)
        except (NoEngine, BuildFailed) as obstacle:
            self._obstacles[release] = str(obstacle)
        else:
            self._running[release] = starting.start(release, self._engine)

    def _say(self, message: str) -> None:
        capture = self._config.pluginmanager.getplugin("capturemanager")
        with capture.global_and_fixture_disabled() if capture else nullcontext():
            print(f"\n{message} (once; it takes a minute or two)", file=sys.stderr, flush=True)


@pytest.fixture(scope="session")
def redmine_servers(request: pytest.FixtureRequest) -> Iterator[Servers]:
    servers = Servers(request.config)
    yield servers
    servers.stop()


@pytest.fixture
def redmine(request: pytest.FixtureRequest, redmine_servers: Servers) -> RedmineServer:
    """A blank server of each chosen release."""
    return redmine_servers.blank(request.param)


@pytest.fixture
def redmine_newest(request: pytest.FixtureRequest, redmine_servers: Servers) -> RedmineServer:
    """A blank server of the newest chosen release."""
    return redmine_servers.blank(_chosen(request.config)[-1])


def _chosen(config: pytest.Config) -> list[Release]:
    names = config.getoption("--releases").split(",")
    try:
        chosen = releases_named([name.strip() for name in names])
    except HarnessError as error:
        raise pytest.UsageError(str(error)) from None
    return [release for release in RELEASES.values() if release in chosen]


def _do_without(release: Release, obstacle: str) -> NoReturn:
    message = f"no real Redmine {release}: {obstacle}"
    if in_ci():
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
