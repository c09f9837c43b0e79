"""The configuration is wrong: every mistake in every file, told at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from redmine_sla.errors import ExitCode, SlaError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake where a person finds it. `line` counts from 1; 0 where there is no file.

    A warning has a `code`, and the file of the contract that can accept it by that code; none
    (empty) where it is to be mended.
    """

    file: str
    line: int
    key: str
    what: str
    right: str = ""
    code: str = ""
    acceptable_in: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        said = f"{self.key}: {self.what}" if self.key else self.what
        return f"{place}: {said} ({self.right})" if self.right else f"{place}: {said}"


class ConfigurationError(SlaError):
    """What is wrong in a folder of contracts, sorted by file and line. Its text has a line each."""

    exit_code = ExitCode.USAGE

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
