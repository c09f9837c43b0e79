"""The folders of running servers, one each, and the clearing away of those whose server is gone."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.harness import cache
from tests.harness.errors import HarnessError
from tests.harness.releases import Release

_numbers = itertools.count(1)


def new_folder(release: Release, name: str | None) -> tuple[Path, int]:
    """A new folder for a server, and the lock that says it lives; the server is to inherit it.

    With a `name` there is only one of that name. What dead servers left is cleared on the way.
    """
    with cache.locked("run"):
        _clear_away_the_dead()
        folder = _run() / (name or f"{release}-{os.getpid()}-{next(_numbers)}")
        if folder.exists():
            raise HarnessError(
                f"a server of the name {folder.name} runs already",
                hint=f"python -m tests.harness stop {release}",
            )
        folder.mkdir(mode=0o700)
        lock = cache.try_lock(folder / "lock")
    assert lock is not None, "nobody else knows this folder yet"
    return folder, lock


def living() -> Iterator[Path]:
    """The folders of the servers that run now, whoever started them."""
    with cache.locked("run"):
        _clear_away_the_dead()
    for folder in sorted(_run().iterdir()):
        if (folder / "server.json").exists():
            yield folder


def _run() -> Path:
    return cache.subfolder("run")


def _clear_away_the_dead() -> None:
    for folder in _run().iterdir():
        lock = cache.try_lock(folder / "lock")
        if lock is not None:
            shutil.rmtree(folder)
            os.close(lock)
