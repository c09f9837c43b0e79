"""A calendar quarter as a value: `2026Q3`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from redmine_sla.errors import SlaError

_WRITTEN = re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE)
_QUARTERS = 4
_MONTHS = 3


class QuarterError(SlaError):
    """A text that names no quarter."""


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year by their name, with the days of the calendar's. Which days a contract
    means is for its `Reckoning` to say.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not MINYEAR < self.year < MAXYEAR:
            raise QuarterError(f"no quarter is counted in {self.year}", hint="write e.g. 2026Q3")
        if not 1 <= self.number <= _QUARTERS:
            raise QuarterError(
                f"a year has no quarter {self.number}", hint="write 1 to 4, e.g. 2026Q3"
            )

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read `2026Q3` (or `2026-q3`). Raises `QuarterError`."""
        written = _WRITTEN.fullmatch(text.strip())
        if written is None:
            raise QuarterError(f'"{text}" is not a quarter', hint="write it as 2026Q3")
        return cls(int(written[1]), int(written[2]))

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter a local day lies in."""
        return cls(day.year, (day.month - 1) // _MONTHS + 1)

    @property
    def first_day(self) -> date:
        return date(self.year, (self.number - 1) * _MONTHS + 1, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        ahead = self.number == _QUARTERS
        return Quarter(self.year + 1, 1) if ahead else Quarter(self.year, self.number + 1)

    @property
    def previous(self) -> Quarter:
        behind = self.number == 1
        return Quarter(self.year - 1, _QUARTERS) if behind else Quarter(self.year, self.number - 1)

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"
