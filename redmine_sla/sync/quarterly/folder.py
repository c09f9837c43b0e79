"""A quarter's files written into a folder: each whole or not at all, the manifest last."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from redmine_sla.errors import SlaError
from redmine_sla.plan import Attachment


def write_files(folder: Path, files: Iterable[Attachment]) -> tuple[Path, ...]:
    """The paths written, in the order given. A file of the name is replaced at once.

    Raises `SlaError` where the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_written(folder, file) for file in files)
    except OSError as error:
        raise SlaError(
            f"{error.filename or folder} cannot be written: {error.strerror}",
            hint="name a folder that you may write to with --output",
        ) from None


def _written(folder: Path, file: Attachment) -> Path:
    path = folder / file.filename
    descriptor, beside = tempfile.mkstemp(prefix=f".{file.filename}.", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(file.content)
            os.fchmod(opened.fileno(), 0o644)
            opened.flush()
            os.fsync(opened.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return path
