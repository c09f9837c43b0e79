"""The windows of a calendar at any time: the table of service windows, grown when needed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from redmine_sla.calendar.daybook import Daybook
from redmine_sla.calendar.errors import CalendarError, NeverOpenError
from redmine_sla.calendar.local_time import (
    SECONDS_A_DAY,
    covered,
    instant,
    midnight,
    offsets,
    wall_seconds,
)
from redmine_sla.calendar.table import Table, WorkingDay, joined, merged_windows, table_of

FIRST_YEAR, LAST_YEAR = 1900, 2199
HORIZON_YEARS = 5
_HORIZON = HORIZON_YEARS * 366 * SECONDS_A_DAY
_MARGIN = 3 * SECONDS_A_DAY  # more than any window reaches past midnight, in any zone
_DAY = timedelta(days=1)


class WindowTable:
    """The windows of a calendar at any time from 1900 to 2199, worked out when needed."""

    def __init__(self, daybook: Daybook, zone: ZoneInfo) -> None:
        self._daybook = daybook
        self._zone = zone
        self._table: Table | None = None

    def served(self, begin: int, end: int) -> int:
        """Seconds of service in `[begin, end)`."""
        table = self._covering(begin, end)
        return table.reading_at(end) - table.reading_at(begin)

    def is_open(self, moment: int) -> bool:
        table = self._covering(moment, moment)
        window = bisect_right(table.opens, moment) - 1
        return window >= 0 and moment < table.closes[window]

    def next_open(self, moment: int) -> int:
        """The instant itself if it is open, or else the next opening. Raises `NeverOpenError`."""
        table = self._covering(moment, moment)
        while (window := table.window_after(moment)) == len(table.opens):
            table = self._grown_forward(table, moment)
        return max(moment, table.opens[window])

    def earliest(self, moment: int, service: int) -> int:
        """The first instant with `service` seconds between `moment` and itself, `service` > 0."""
        table = self._covering(moment, moment)
        reading = table.reading_at(moment) + service
        while table.readings[-1] < reading:
            table = self._grown_forward(table, moment)
        window = bisect_left(table.readings, reading) - 1
        return table.opens[window] + reading - table.readings[window]

    def latest(self, moment: int, service: int) -> int:
        """The last instant with `service` seconds between itself and `moment`, `service` > 0."""
        table = self._covering(moment, moment)
        reading = table.reading_at(moment) - service
        while table.readings[0] > reading:
            table = self._grown_backward(table, moment)
        window = bisect_right(table.readings, reading) - 1
        return table.opens[window] + reading - table.readings[window]

    def last_close(self, moment: int) -> int:
        """The last closing at or before an instant outside service. Raises `NeverOpenError`."""
        table = self._covering(moment, moment)
        while not (closed := bisect_right(table.closes, moment)):
            table = self._grown_backward(table, moment)
        return table.closes[closed - 1]

    def windows(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """The windows of `[begin, end)`, clipped to it; adjoining ones are one."""
        table = self._covering(begin, end)
        for window in range(table.window_after(begin), bisect_left(table.opens, end)):
            yield max(begin, table.opens[window]), min(end, table.closes[window])

    def working_day(self, day: date) -> WorkingDay | None:
        table = self._with_year(day.year)
        at = bisect_left(table.dates, day.toordinal())
        return table.days[at] if at < len(table.days) and table.days[at].date == day else None

    def working_day_from(self, day: date, steps: int) -> WorkingDay:
        """The n-th working day after a date, or before it for negative `steps`; never 0."""
        table = self._with_year(day.year)
        while True:
            if steps > 0:
                at = bisect_right(table.dates, day.toordinal()) + steps - 1
                if at < len(table.days):
                    return table.days[at]
                table = self._grown_forward(table, midnight(self._zone, day))
            else:
                at = bisect_left(table.dates, day.toordinal()) + steps
                if at >= 0:
                    return table.days[at]
                table = self._grown_backward(table, midnight(self._zone, day))

    def working_day_at(self, moment: int) -> WorkingDay:
        """The working day that an instant within service belongs to: the last one begun."""
        table = self._covering(moment, moment)
        while not (begun := bisect_right(table.days, moment, key=lambda day: day.opens)):
            table = self._grown_backward(table, moment)
        return table.days[begun - 1]

    def _covering(self, begin: int, end: int) -> Table:
        table = self._table
        if table is not None and table.begins <= begin and end < table.ends:
            return table
        self._with_year(instant(begin).year)
        table = self._with_year(instant(end).year)
        # Around New Year the local year may be another one than that in UTC.
        while begin < table.begins:
            table = self._extended(table, table.first_year - 1)
        while end >= table.ends:
            table = self._extended(table, table.last_year + 1)
        return table

    def _with_year(self, year: int) -> Table:
        _refuse_unknown_year(year)
        table = self._table
        if table is None:
            table = self._table = self._of_year(year)
        while year < table.first_year:
            table = self._extended(table, table.first_year - 1)
        while year > table.last_year:
            table = self._extended(table, table.last_year + 1)
        return table

    def _grown_forward(self, table: Table, asked: int) -> Table:
        last = max(asked, table.closes[-1] if table.closes else asked)
        if table.ends - last > _HORIZON:
            raise self._never_open("after", last)
        return self._extended(table, table.last_year + 1)

    def _grown_backward(self, table: Table, asked: int) -> Table:
        first = min(asked, table.opens[0] if table.opens else asked)
        if first - table.begins > _HORIZON:
            raise self._never_open("before", first)
        return self._extended(table, table.first_year - 1)

    def _never_open(self, side: str, moment: int) -> NeverOpenError:
        when = instant(moment).astimezone(self._zone).isoformat(" ", "minutes")
        return NeverOpenError(
            f"hours {self._daybook.hours.text!r} open no service window in the "
            f"{HORIZON_YEARS} years {side} {when}",
            hint="correct the hours, or the seasons in them",
        )

    def _extended(self, table: Table, year: int) -> Table:
        """The table with the year before it or after it. Replaced as a whole, never changed, so
        that another thread reading it is not disturbed.
        """
        _refuse_unknown_year(year)
        added = self._of_year(year)
        pair = (added, table) if year < table.first_year else (table, added)
        self._table = joined(*pair, kept=table)
        return self._table

    def _of_year(self, year: int) -> Table:
        first, last = date(year, 1, 1), date(year, 12, 31)
        begins, ends = midnight(self._zone, first), midnight(self._zone, last + _DAY)
        stretches = offsets(self._zone, begins - _MARGIN, ends + _MARGIN)
        pieces: list[tuple[int, int]] = []
        days: list[WorkingDay] = []
        for day in self._daybook.days(first - 2 * _DAY, last):
            of_day = sorted(
                piece
                for span in day.windows
                for piece in covered(
                    wall_seconds(day.date, span.opens),
                    wall_seconds(day.date, span.closes),
                    stretches,
                )
            )
            if of_day and day.date >= first:
                closes = max(closes for _, closes in of_day)
                days.append(WorkingDay(day.date, of_day[0][0], closes))
            pieces.extend(of_day)
        windows = merged_windows(
            (max(opens, begins), min(closes, ends)) for opens, closes in pieces
        )
        return table_of(range(year, year + 1), (begins, ends), windows, days)


def _refuse_unknown_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CalendarError(
            f"the year {year} is beyond what a calendar knows ({FIRST_YEAR} to {LAST_YEAR})",
            hint="look for a mistyped date, or for a target that the hours cannot fill",
        )
