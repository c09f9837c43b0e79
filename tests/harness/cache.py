"""The folder outside the checkout where built servers are kept, and its locks.

trees/6.1-3f2a…/     a built release; the suffix is the hash of its recipe
downloads/sid/       packages as downloaded, so that a rebuild needs less of the network
run/6.1-…/           one running server each: its database, files, log and socket
logs/6.1.log         what the last build said
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.harness.errors import HarnessError


def cache_folder() -> Path:
    """`$REDMINE_SLA_CACHE`, else `redmine-sla` in the user's cache folder."""
    chosen = os.environ.get("REDMINE_SLA_CACHE")
    if chosen:
        folder = Path(chosen)
    else:
        base = os.environ.get("XDG_CACHE_HOME")
        folder = (Path(base) if base else Path.home() / ".cache") / "redmine-sla"
    if not folder.is_absolute():
        raise HarnessError(
            f"the cache folder must be an absolute path, not {str(folder)!r}",
            hint="set REDMINE_SLA_CACHE to one",
        )
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def subfolder(name: str) -> Path:
    folder = cache_folder() / name
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Holds the lock of that name; waits for whoever has it. It falls with the process."""
    with (subfolder("locks") / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def try_lock(path: Path) -> int | None:
    """An open descriptor that holds the lock on `path`, or None when someone else does.

    Handed on to a process it stands for that process's life: the lock goes when the last copy does.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def remove(path: Path) -> None:
    """Removes a file or folder of the cache if it is there, never following a mount out of it.

    All mounts are made in namespaces of their own, so there should be none to see here; a tree
    with one inside is left alone rather than emptied into somebody's `/proc`.
    """
    mounts = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    inside = [point for point in mounts if Path(point).is_relative_to(path)]
    if inside:
        raise HarnessError(
            f"{path} has something mounted inside: {', '.join(inside)}",
            hint=f"umount {inside[-1]}, then try again",
        )
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
