"""What can go wrong with the test servers, said so that the next step is clear."""

from __future__ import annotations

import os


class HarnessError(Exception):
    """Something about the test servers a person has to look at."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(f"{message}\n  next: {hint}" if hint else message)


class NoEngine(HarnessError):  # noqa: N818 - a state of the machine rather than a failure
    """Neither root with chroots nor a Docker engine: no server can be brought up here."""


class BuildFailed(HarnessError):  # noqa: N818
    """A release could not be built: a broken suite, no network, no space."""


class ScriptFailed(HarnessError):  # noqa: N818
    """A Ruby script ended with an error; its output is kept."""

    def __init__(self, message: str, *, status: int, stdout: str, stderr: str) -> None:
        super().__init__(message)
        self.status = status
        self.stdout = stdout
        self.stderr = stderr


def in_ci() -> bool:
    """Whether a missing server is a failure rather than a reason to skip: the environment's CI."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}
