"""One run at a time: a lock that the operating system lets go, however the run ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redmine_sla.errors import ExitCode, SlaError


class BusyError(SlaError):
    """Another run of the same configuration is under way."""

    exit_code = ExitCode.BUSY


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Hold the lock of a configuration folder. Raises `BusyError` if somebody else does.

    The folder itself is locked, so nothing is left behind and nothing needs to be writable.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(
                f"another run is under way for {folder}",
                hint="wait for it to end; two lines in cron for one folder are one too many",
            ) from None
        yield
    finally:
        os.close(descriptor)
