"""Which dates are public holidays, and which weekend days are worked instead of another day.

Countries come from the `holidays` package, which follows the law of each country; the law and
with it the package change within a year, so every answer names its source and version, to be
recorded with whatever was judged by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from redmine_sla.calendar.errors import CalendarError
from redmine_sla.calendar.local_time import plain_date

if TYPE_CHECKING:
    from holidays import HolidayBase

HolidaySource = str | Iterable[date] | Mapping[date, str] | None


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """The holidays of one year.

    `days_off` are labelled in the country's language. `worked_weekends` gives each working
    Saturday (or Sunday) the day off it was swapped with, if that is known. `estimated` are days
    off whose date is not official yet. `swaps_known` is false for a year after the last one for
    which the source knows swapped days, in a country that has them.
    """

    source: str
    days_off: Mapping[date, str]
    worked_weekends: Mapping[date, date | None] = field(default_factory=dict)
    estimated: frozenset[date] = frozenset()
    swaps_known: bool = True


class Holidays(Protocol):
    """Where a calendar learns about holidays."""

    @property
    def written(self) -> str | tuple[tuple[date, str], ...]:
        """What the contract says: a country, or dates with labels."""

    def year(self, year: int) -> HolidayYear:
        """The holidays of a year."""


@dataclass(frozen=True, slots=True)
class CountryHolidays:
    """The public holidays of a country (`HU`) or a part of it (`DE-BY`), by ISO 3166 code."""

    code: str

    def __post_init__(self) -> None:
        _country(self.code)

    @property
    def written(self) -> str:
        return self.code

    def year(self, year: int) -> HolidayYear:
        return _country_year(self.code, year)


@dataclass(frozen=True, slots=True)
class ListedHolidays:
    """Dates written down in the contract, with or without labels."""

    labels: tuple[tuple[date, str], ...]

    @property
    def written(self) -> tuple[tuple[date, str], ...]:
        return self.labels

    def year(self, year: int) -> HolidayYear:
        return HolidayYear("contract", {day: name for day, name in self.labels if day.year == year})


def holidays_from(source: HolidaySource) -> Holidays:
    """Holidays by country code, by a list of dates, or by a mapping of dates to labels."""
    if isinstance(source, str):
        return CountryHolidays(source)
    labels = source if isinstance(source, Mapping) else dict.fromkeys(source or (), "holiday")
    return ListedHolidays(tuple(sorted((plain_date(day), name) for day, name in labels.items())))


@cache
def _country_year(code: str, year: int) -> HolidayYear:
    country = _country(code)
    known = _loaded(code, year=year, language=country.default_language)
    swapped = _swapped_days(known)
    return HolidayYear(
        source=f"{_package_version()} {code}",
        days_off=MappingProxyType(dict(sorted(known.items()))),
        worked_weekends={day: swapped.get(day) for day in sorted(known.weekend_workdays)},
        estimated=frozenset(_estimated(known)),
        swaps_known=not swapped or year <= max(swapped).year,
    )


@cache
def _country(code: str) -> HolidayBase:
    """The country without any year loaded. Raises `CalendarError` for one that is not known."""
    country, _, part = code.partition("-")
    if re.fullmatch("[A-Z]{2}", country):
        try:
            return _loaded(code, year=None, language=None)
        except NotImplementedError:
            pass
    raise _unknown_country(country, part)


def _unknown_country(country: str, part: str) -> CalendarError:
    import holidays  # noqa: PLC0415

    known = holidays.list_supported_countries(include_aliases=False)
    if country in known:
        parts = ", ".join(known[country])
        return CalendarError(
            f"holidays: {country} has no part {part!r}",
            hint=f"known parts: {parts}" if parts else f"write {country} alone",
        )
    near = get_close_matches(country.upper(), known, n=3, cutoff=0.5)
    return CalendarError(
        f"holidays: country {country!r} is not known",
        hint="use its ISO 3166 code, such as HU"
        + (f"; near ones: {', '.join(near)}" if near else ""),
    )


def _loaded(code: str, *, year: int | None, language: str | None) -> HolidayBase:
    import holidays  # noqa: PLC0415 - 60 ms that a calendar without a country need not pay

    country, _, part = code.partition("-")
    return holidays.country_holidays(
        country, subdiv=part or None, years=year, expand=False, language=language
    )


def _swapped_days(country: HolidayBase) -> dict[date, date]:
    """Each worked weekend day with its day off, over all years the package knows.

    The package keeps them per year as (month, day off, month, day worked[, year worked]), or
    as (month, day, label) for a day off that is not swapped; one tuple, or a tuple of them.
    """
    swapped: dict[date, date] = {}
    for year, entries in getattr(country, "special_public_holidays", {}).items():
        for entry in entries if isinstance(entries[0], tuple) else (entries,):
            if len(entry) >= 4:
                month, day, from_month, from_day, *other_year = entry
                worked = date(other_year[0] if other_year else year, from_month, from_day)
                swapped[worked] = date(year, month, day)
    return swapped


def _estimated(country: HolidayBase) -> Iterable[date]:
    label = getattr(country, "estimated_label", "")
    word = country.tr(label).replace("%s", "").strip(" ()（）") if label else ""
    return (day for day, name in country.items() if word and word in name)


@cache
def _package_version() -> str:
    from holidays.version import __version__  # noqa: PLC0415

    return f"holidays {__version__}"
