"""Mirrors for the tests: each on a real SQLite file and on a real PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from redmine_sla.mirror import Mirror
from tests.harness.errors import in_ci
from tests.mirror.postgres import Cluster, NoPostgresError, cluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    try:
        with cluster() as server:
            yield server
    except NoPostgresError as error:
        if in_ci():
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a mirror that does not exist yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/state/mirror.db"
    server: Cluster = request.getfixturevalue("postgres")
    return server.url_of(f"test_{os.getpid()}_{abs(hash(request.node.nodeid)):x}")


@pytest.fixture
def mirror(url: str) -> Iterator[Mirror]:
    with Mirror.open(url) as opened:
        yield opened
