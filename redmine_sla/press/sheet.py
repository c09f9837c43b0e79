"""Tables for people who calculate: typed cells under titled columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from redmine_sla.contract import Money

Cell = str | int | Decimal | Money | date | datetime | timedelta | None
"""A text is always text, never a formula. Instants are aware; durations are elapsed time."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `key` is its name for programs, the same in all languages."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Sequence[Cell], ...]
