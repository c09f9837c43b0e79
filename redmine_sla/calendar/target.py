"""Targets: the promised times of a contract, as values.

`8 business hours` (`8bh`), `30 business minutes` (`30bm`), `24 calendar hours` (`24ch`),
`90 calendar minutes` (`90cm`), `5 business days` (`5bd`), `3 calendar days` (`3cd`),
`next business day` (`nbd`), `agreed`. "Working" is understood as "business" (`5wd`). A bare
`8h` is refused: in a contract with an 8-hour day it is eight hours or three days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from redmine_sla.calendar.days import CalendarDayRule, DayRule
from redmine_sla.calendar.errors import TargetError
from redmine_sla.calendar.local_time import epoch, instant, whole_seconds
from redmine_sla.calendar.service_calendar import ServiceCalendar

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_FORMS = "8bh, 30bm, 24ch, 90cm, 5bd, 3cd, nbd or agreed, or in words like '8 business hours'"
_COUNTED = re.compile(r"(?P<count>\d+(?:\.\d+)?) ?(?P<unit>[a-z ]+)")
_UNITS = {
    **dict.fromkeys(("h", "hour", "hours", "hr", "hrs"), "h"),
    **dict.fromkeys(("m", "min", "minute", "minutes", "mins"), "m"),
    **dict.fromkeys(("d", "day", "days"), "d"),
}
_CALENDARS = {
    **dict.fromkeys(("b", "w", "business", "working"), "business"),
    **dict.fromkeys(("c", "calendar"), "calendar"),
}


class Target:
    """One of `BusinessTime`, `CalendarTime`, `BusinessDays`, `CalendarDays`,
    `NextBusinessDay`, `Agreed`. `str()` gives the canonical text, which `parse` reads back.
    """

    __slots__ = ()

    @staticmethod
    def parse(text: str) -> Target:
        """Read a target such as `8bh` or `5 business days`. Raises `TargetError`."""
        plain = " ".join(text.lower().split())
        if plain in {"nbd", "next business day", "next working day"}:
            return NextBusinessDay()
        if plain == "agreed":
            return Agreed()
        counted = _COUNTED.fullmatch(plain)
        if counted is None:
            raise TargetError(f"target {text!r} cannot be read", hint=f"write {_FORMS}")
        return _counted(text, Decimal(counted["count"]), counted["unit"])

    def due(
        self,
        calendar: ServiceCalendar,
        start: datetime,
        *,
        day_rule: DayRule = "end_of_day",
        calendar_day_rule: CalendarDayRule = "end_of_day",
        agreed: date | datetime | None = None,
    ) -> datetime | None:
        """When a clock started at `start` is due, in UTC; None for `agreed` without a date.

        `day_rule` and `calendar_day_rule` are the contract's ways of counting days. `agreed` is
        the date agreed on the ticket: due at its closing (at the end of a date without
        service), or at its time if one was agreed. Raises `CalendarError`.
        """
        match self:
            case BusinessTime(amount):
                return calendar.add(start, amount)
            case CalendarTime(amount):
                return instant(epoch(start) + whole_seconds(amount))
            case BusinessDays(count):
                return calendar.add_days(start, count, day_rule)
            case CalendarDays(count):
                return calendar.add_calendar_days(start, count, calendar_day_rule)
            case NextBusinessDay():
                return calendar.next_business_day(start)
            case _:
                return _agreed_due(calendar, agreed)


@dataclass(frozen=True, slots=True)
class BusinessTime(Target):
    """Service time, in whole minutes: `8 business hours`."""

    amount: timedelta

    def __post_init__(self) -> None:
        _refuse_broken_minutes(self.amount)

    def __str__(self) -> str:
        return _in_words(self.amount, "business")


@dataclass(frozen=True, slots=True)
class CalendarTime(Target):
    """Real time, day and night, in whole minutes: `24 calendar hours`."""

    amount: timedelta

    def __post_init__(self) -> None:
        _refuse_broken_minutes(self.amount)

    def __str__(self) -> str:
        return _in_words(self.amount, "calendar")


@dataclass(frozen=True, slots=True)
class BusinessDays(Target):
    """Working days, counted by the contract's day rule: `5 business days`."""

    count: int

    def __post_init__(self) -> None:
        _refuse_negative(self.count)

    def __str__(self) -> str:
        return _counted_words(self.count, "business day")


@dataclass(frozen=True, slots=True)
class CalendarDays(Target):
    """Dates, open or not: `3 calendar days`."""

    count: int

    def __post_init__(self) -> None:
        _refuse_negative(self.count)

    def __str__(self) -> str:
        return _counted_words(self.count, "calendar day")


@dataclass(frozen=True, slots=True)
class NextBusinessDay(Target):
    """The closing of the first working day after the date of the start."""

    def __str__(self) -> str:
        return "next business day"


@dataclass(frozen=True, slots=True)
class Agreed(Target):
    """The date agreed on the ticket."""

    def __str__(self) -> str:
        return "agreed"


def _counted(text: str, count: Decimal, unit: str) -> Target:
    calendar_word, unit_word = unit.split(" ", 1) if " " in unit else (unit[:-1], unit[-1])
    if unit in _UNITS:
        calendar_word, unit_word = "", unit
    measure = _UNITS.get(unit_word)
    if measure is None or calendar_word not in {*_CALENDARS, ""}:
        raise TargetError(f"target {text!r}: {unit!r} is not a unit", hint=f"write {_FORMS}")
    if not calendar_word:
        raise TargetError(
            f"target {text!r} does not say whether closed hours count",
            hint=f"write {count}b{measure} (in service only) or {count}c{measure} (day and night)",
        )
    in_service = _CALENDARS[calendar_word] == "business"
    if measure == "d":
        if count % 1:
            raise TargetError(
                f"target {text!r}: days are counted whole", hint="give the part of a day in hours"
            )
        return BusinessDays(int(count)) if in_service else CalendarDays(int(count))
    minutes = count * 60 if measure == "h" else count
    if minutes % 1:
        raise TargetError(
            f"target {text!r} is not a whole number of minutes", hint="round it to minutes"
        )
    amount = timedelta(minutes=int(minutes))
    return BusinessTime(amount) if in_service else CalendarTime(amount)


def _agreed_due(calendar: ServiceCalendar, agreed: date | datetime | None) -> datetime | None:
    if agreed is None:
        return None
    if isinstance(agreed, datetime):
        return instant(epoch(agreed))
    return calendar.closing(agreed) or calendar.end_of_date(agreed)


def _in_words(amount: timedelta, calendar: str) -> str:
    if amount % _HOUR:
        return _counted_words(amount // _MINUTE, f"{calendar} minute")
    return _counted_words(amount // _HOUR, f"{calendar} hour")


def _counted_words(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _refuse_broken_minutes(amount: timedelta) -> None:
    _refuse_negative(amount // _MINUTE)
    if amount % _MINUTE:
        raise TargetError(f"target of {amount}: no whole number of minutes", hint="round it")


def _refuse_negative(count: int) -> None:
    if count < 0:
        raise TargetError(f"target of {count}: less than nothing", hint="give 0 or more")
