"""The one family of errors: each says what is wrong, where, and what to do next."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line, documented in the README."""

    OK = 0
    FINDINGS = 1  # the run went through; something in it needs a person
    USAGE = 2  # the command line or the configuration is wrong
    REDMINE = 3  # Redmine could not be reached, refused, or answered nonsense
    BUSY = 4  # another run holds the lock
    STORE = 5  # the mirror could not be read or written
    FAULT = 70  # a mistake in redmine-sla itself (EX_SOFTWARE of sysexits)
    INTERRUPTED = 130  # by Ctrl-C; the next run goes on from there


class SlaError(Exception):
    """Base of all errors a person may read.

    `message` says what is wrong and names the object; `hint` is the next step. The command
    line prints both without a traceback and exits with `exit_code`.
    """

    exit_code: ExitCode = ExitCode.USAGE

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  next: {self.hint}" if self.hint else self.message
