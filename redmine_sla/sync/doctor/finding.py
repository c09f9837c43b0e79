"""What the doctor says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

SHOWN = 6  # names in a sentence; the rest are counted


class Level(StrEnum):
    """How much it matters. An `error` keeps a run from its work, a `warning` falsifies some of it;
    `advice` is what cannot be proved, or could be better."""

    OK = "ok"
    ADVICE = "advice"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `code` is stable, for scripts; `next_step` is what a person does."""

    level: Level
    code: str
    what: str
    next_step: str = ""


def ok(code: str, what: str) -> Finding:
    return Finding(Level.OK, code, what)


def advice(code: str, what: str, next_step: str) -> Finding:
    return Finding(Level.ADVICE, code, what, next_step)


def warning(code: str, what: str, next_step: str) -> Finding:
    return Finding(Level.WARNING, code, what, next_step)


def error(code: str, what: str, next_step: str) -> Finding:
    return Finding(Level.ERROR, code, what, next_step)


def named(names: Iterable[str]) -> str:
    """Names in quotes, a handful of them: `"alma", "alma-web" and 12 more`."""
    quoted = [f'"{name}"' for name in dict.fromkeys(names)]
    more = len(quoted) - SHOWN
    return ", ".join(quoted[:SHOWN]) + (f" and {more} more" if more > 0 else "")
