"""A finding of `check`: something a calendar says and its author hardly meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class CalendarFinding:
    """One thing to look at: a stable code, what is so, and what to write instead.

    An `error` is almost surely wrong, so that a contract should not be accepted with it.
    """

    severity: Severity
    code: str
    message: str
    hint: str
