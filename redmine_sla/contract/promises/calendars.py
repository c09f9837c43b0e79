"""`[calendars.NAME]`: when the contract is served, and how that becomes a `ServiceCalendar`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from redmine_sla.calendar import HolidaySource, ServiceCalendar
from redmine_sla.contract.base import Section, Text
from redmine_sla.contract.findings import Finding, Path, WrongValueError
from redmine_sla.contract.promises.rhythm import RhythmText
from redmine_sla.errors import SlaError

_FAR_AHEAD = timedelta(days=3653)
_ROUND_THE_CLOCK = "24/7"
_ANY_DAY = date(2026, 1, 1)


def _holidays(value: Any) -> Any:
    """A country stays text, a list becomes dates; both are checked when the calendar is built."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        try:
            return tuple(
                day if isinstance(day, date) else date.fromisoformat(str(day)) for day in value
            )
        except ValueError as error:
            raise WrongValueError(
                f"holidays: {error}", "write dates, e.g. [2026-12-24, 2026-12-27]"
            ) from None
    raise WrongValueError(
        f"{value} names no holidays",
        'write a country, e.g. "HU", a part of one, e.g. "DE-BY", or dates',
    )


HolidaysText = Annotated[
    str | tuple[date, ...],
    BeforeValidator(_holidays),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": "^[A-Z]{2}(-.+)?$", "examples": ["HU", "DE-BY"]},
                {"type": "array"},
            ]
        }
    ),
]

ZoneName = Annotated[Text, Field(examples=["Europe/Budapest"], description="IANA time zone")]


class ExtraCover(Section):
    """`[[calendars.NAME.extra_cover]]`: hours served beside the weekly ones, on agreed days.

    They are added to what the day has anyway, and hold on holidays too. They make no day a working
    day for obligations.
    """

    hours: Text = Field(description="Times of those days", examples=["18:00-22:00"])
    dates: tuple[date, ...] = Field(default=(), description="The agreed days, one by one")
    rhythm: RhythmText | None = Field(
        default=None,
        description="Or the agreed days as an RFC 5545 rule",
        examples=["FREQ=MONTHLY;BYDAY=1SA"],
    )

    def contradictions(self) -> Iterable[Finding]:
        if bool(self.dates) == (self.rhythm is not None):
            yield Finding((), "extra cover needs its days", "write either dates or a rhythm")

    def days(self, first: date, last: date) -> Iterable[date]:
        """The agreed days from `first` to `last`, both included."""
        if self.rhythm is not None:
            return self.rhythm.dates(first, last)
        return tuple(day for day in self.dates if first <= day <= last)


class CalendarSpec(Section):
    """`[calendars.NAME]`: service hours, and the days that are different."""

    hours: Text = Field(
        description="Service hours in OpenStreetMap opening_hours syntax",
        examples=["Mo-Fr 09:00-17:00"],
    )
    holidays: HolidaysText | None = Field(
        default=None,
        description="Country whose public holidays are not served, or a list of dates, or []",
        examples=["HU"],
    )
    working_saturdays: bool = Field(
        default=True,
        description="Is a Saturday that the country works in place of a day off served?",
    )
    special_days: dict[date, Text] = Field(
        default_factory=dict,
        description='Dates with hours of their own, or "off"; they beat holidays',
        examples=[{"2026-12-24": "off"}],
    )
    timezone: ZoneName | None = Field(
        default=None, description="Where it differs from the contract's"
    )
    extra_cover: tuple[ExtraCover, ...] = Field(
        default=(), description="Hours added on agreed days"
    )

    def contradictions(self) -> Iterable[Finding]:
        if self.holidays is None and self.hours != _ROUND_THE_CLOCK:
            yield Finding(
                ("holidays",),
                "is missing",
                'write the country whose public holidays are not served, e.g. "HU", or []',
            )
        yield from _refused(("hours",), hours=self.hours)
        yield from _refused(("holidays",), hours=_ROUND_THE_CLOCK, holidays=self.holidays)
        yield from _refused(("timezone",), hours=_ROUND_THE_CLOCK, timezone=self.timezone or "UTC")
        for day, hours in self.special_days.items():
            yield from _refused_times(("special_days", day.isoformat()), hours)
        for number, cover in enumerate(self.extra_cover):
            yield from _refused_times(("extra_cover", number, "hours"), cover.hours)

    def without_extra_cover(self, timezone: str) -> ServiceCalendar:
        """The calendar of the weekly hours, holidays and special days alone."""
        return ServiceCalendar(
            timezone=timezone,
            hours=self.hours,
            holidays=self.holidays,
            special_days=self.special_days,
            working_saturdays=self.working_saturdays,
        )


def build_calendar(
    spec: CalendarSpec, timezone: str, starts: date, ends: date | None
) -> ServiceCalendar:
    """The calendar of a contract running from `starts` to `ends`, both included.

    Extra cover is laid out day by day over that time; without an end, ten years ahead.
    Raises `CalendarError` for hours, holidays or zones nobody knows.
    """
    zone = spec.timezone or timezone
    plain = spec.without_extra_cover(zone)
    added = _extra_hours(spec, starts, ends or starts + _FAR_AHEAD)
    if not added:
        return plain
    own = {day.date: day.hours for day in plain.daybook.days(min(added), max(added))}
    special = dict(spec.special_days)
    for day, hours in added.items():
        special[day] = ",".join([hours] if own[day] == "off" else [own[day], hours])
    return ServiceCalendar(
        timezone=zone,
        hours=spec.hours,
        holidays=spec.holidays,
        special_days=special,
        working_saturdays=spec.working_saturdays,
    )


def _extra_hours(spec: CalendarSpec, first: date, last: date) -> Mapping[date, str]:
    added: dict[date, str] = {}
    for cover in spec.extra_cover:
        for day in cover.days(first, last):
            added[day] = f"{added[day]},{cover.hours}" if day in added else cover.hours
    return added


def _refused(
    path: Path, *, hours: str, holidays: HolidaySource = None, timezone: str = "UTC"
) -> Iterator[Finding]:
    """What a calendar of that part alone is refused for."""
    try:
        ServiceCalendar(timezone=timezone, hours=hours, holidays=holidays)
    except SlaError as error:
        yield Finding(path, error.message, error.hint)


def _refused_times(path: Path, times: str) -> Iterator[Finding]:
    try:
        ServiceCalendar(timezone="UTC", hours=_ROUND_THE_CLOCK, special_days={_ANY_DAY: times})
    except SlaError as error:
        message = error.message.replace(f"special day {_ANY_DAY}: ", "")
        yield Finding(path, message, error.hint)
