"""The desk of the command line's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import KEY, fill, folder_at


@pytest.fixture(autouse=True)
def _no_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine's own configuration or terminal."""
    for name in ("REDMINE_SLA_CONFIG", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REDMINE_SLA_API_KEY", KEY)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A configuration folder whose mirror was never filled."""
    return folder_at(tmp_path / "etc")


@pytest.fixture
def desk(empty: Path) -> Path:
    """A configuration folder with the tickets of `tests.cli.desk` in its mirror."""
    fill(empty)
    return empty
