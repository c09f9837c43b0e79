"""Wall-clock time and instants: zones by name, and what a stretch of wall clock covers in UTC.

A window is open at every instant at which a clock on the wall shows a time within it. So both
passes of a repeated hour count, a window that starts in a missing hour starts when that hour
ends, and one that ends in it ends when it begins. Instants are whole seconds since 1970 UTC;
wall-clock seconds count from 1970-01-01 00:00 on the wall.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from redmine_sla.calendar.errors import CalendarError, NaiveDatetimeError

SECONDS_A_DAY = 24 * 60 * 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EPOCH_DAY = date(1970, 1, 1).toordinal()


class Offset(NamedTuple):
    """A stretch of time in which the zone's clocks keep one distance from UTC, in seconds."""

    begins: int
    ends: int
    seconds: int


def zone_named(name: str) -> ZoneInfo:
    """The IANA zone of that name. Raises `CalendarError` with near names for an unknown one."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        near = get_close_matches(name, sorted(available_timezones()), n=3, cutoff=0.6)
        raise CalendarError(
            f"time zone {name!r} is not known",
            hint=f"did you mean {' or '.join(near)}?"
            if near
            else "use an IANA name such as Europe/Budapest",
        ) from None


def epoch(moment: datetime) -> int:
    """Whole seconds since 1970 UTC, rounded down. Raises `NaiveDatetimeError`."""
    try:
        since = moment - _EPOCH
    except TypeError:
        raise NaiveDatetimeError(
            f"{moment!r} has no time zone",
            hint="give an aware datetime, like datetime(2026, 1, 10, 9, 0, tzinfo=UTC)",
        ) from None
    return whole_seconds(since)


def whole_seconds(amount: timedelta) -> int:
    """The seconds of a duration, rounded down; half the time of `amount // timedelta(...)`."""
    return amount.days * SECONDS_A_DAY + amount.seconds


def instant(seconds: int) -> datetime:
    """The aware UTC datetime of whole seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)


def plain_date(day: date) -> date:
    """A date as it is; a datetime, which would never equal one, is refused."""
    if isinstance(day, datetime):
        raise CalendarError(f"{day!r} stands where a date belongs", hint="give .date() of it")
    return day


def weekday_name(day: date) -> str:
    """The English name of the weekday, whatever the locale of the process."""
    return _WEEKDAYS[day.weekday()]


def wall_seconds(day: date, minute: int = 0) -> int:
    """Wall-clock seconds of a minute of a local date; minutes past 1440 are the next dates."""
    return (day.toordinal() - _EPOCH_DAY) * SECONDS_A_DAY + minute * 60


def midnight(zone: ZoneInfo, day: date) -> int:
    """The instant at which a local date begins: its first instant, also where 00:00 is missing."""
    return wall_clock(zone, datetime.combine(day, time()))


def wall_clock(zone: ZoneInfo, moment: datetime) -> int:
    """The instant of a naive local time: the first pass of a repeated one, and for a missing
    one the instant at which the clocks jump over it.
    """
    early, late = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return epoch(early)
    if late.timestamp() > early.timestamp():
        return epoch(early)
    return _jump(zone, epoch(late), epoch(early))


def offsets(zone: ZoneInfo, begin: int, end: int) -> list[Offset]:
    """The zone's offsets from UTC between two instants, without gaps, in order."""
    found: list[Offset] = []
    since, seconds = begin, _offset_at(zone, begin)
    for probe in range(begin + SECONDS_A_DAY, end + SECONDS_A_DAY, SECONDS_A_DAY):
        if _offset_at(zone, probe) != seconds:
            change = _jump(zone, probe - SECONDS_A_DAY, probe)
            found.append(Offset(since, change, seconds))
            since, seconds = change, _offset_at(zone, change)
    found.append(Offset(since, max(end, since), seconds))
    return found


def covered(opens: int, closes: int, stretches: list[Offset]) -> Iterator[tuple[int, int]]:
    """The instants at which the wall clock shows a time in `[opens, closes)`, as ranges.

    None when the clocks jump over all of it; two when it is left and entered again.
    """
    for stretch in stretches:
        begin = max(opens - stretch.seconds, stretch.begins)
        end = min(closes - stretch.seconds, stretch.ends)
        if begin < end:
            yield begin, end


def _offset_at(zone: ZoneInfo, seconds: int) -> int:
    offset = datetime.fromtimestamp(seconds, zone).utcoffset()
    return 0 if offset is None else whole_seconds(offset)


def _jump(zone: ZoneInfo, before: int, after: int) -> int:
    """The first instant in `(before, after]` that has the offset of `after`."""
    target = _offset_at(zone, after)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset_at(zone, middle) == target:
            after = middle
        else:
            before = middle
    return after
