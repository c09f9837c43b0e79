"""The cumulative table: service windows of some years, and the service clock's readings.

Service time is a clock of its own, which runs while service is open. The table holds its reading
at each opening, so that elapsed service time is the difference of two readings, and a deadline
the instant at which the clock shows a wanted reading: one bisection each.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, chain
from typing import NamedTuple


class WorkingDay(NamedTuple):
    """A local date on which at least one window starts; its first opening and last closing."""

    date: date
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Table:
    """The windows from one local New Year to another; exact within, silent beyond.

    `readings[i]` is the service clock when window `i` opens, `readings[i + 1]` when it closes.
    `dates` are the ordinals of `days`.
    """

    first_year: int
    last_year: int
    begins: int
    ends: int
    opens: list[int]
    closes: list[int]
    readings: list[int]
    days: list[WorkingDay]
    dates: list[int]

    def window_after(self, moment: int) -> int:
        """The index of the first window that closes after an instant."""
        return bisect_right(self.closes, moment)

    def windows(self) -> Iterable[tuple[int, int]]:
        return zip(self.opens, self.closes, strict=True)

    def reading_at(self, moment: int) -> int:
        """What the service clock shows at an instant."""
        window = bisect_right(self.opens, moment) - 1
        if window < 0:
            return self.readings[0]
        if moment >= self.closes[window]:
            return self.readings[window + 1]
        return self.readings[window] + moment - self.opens[window]


def table_of(
    years: range,
    reach: tuple[int, int],
    windows: list[tuple[int, int]],
    days: list[WorkingDay],
    first_reading: int = 0,
) -> Table:
    return Table(
        years[0],
        years[-1],
        *reach,
        [opens for opens, _ in windows],
        [closes for _, closes in windows],
        list(accumulate((closes - opens for opens, closes in windows), initial=first_reading)),
        days,
        [day.date.toordinal() for day in days],
    )


def joined(early: Table, late: Table, kept: Table) -> Table:
    """Two adjoining tables as one, with the service clock of the one that was `kept`."""
    windows = merged_windows(chain(early.windows(), late.windows()))
    earlier = early.readings[-1] - early.readings[0]
    return table_of(
        range(early.first_year, late.last_year + 1),
        (early.begins, late.ends),
        windows,
        early.days + late.days,
        early.readings[0] if kept is early else late.readings[0] - earlier,
    )


def merged_windows(pieces: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted, with those that touch or overlap as one, and without empty ones."""
    merged: list[tuple[int, int]] = []
    for opens, closes in sorted(piece for piece in pieces if piece[0] < piece[1]):
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(closes, merged[-1][1]))
        else:
            merged.append((opens, closes))
    return merged
