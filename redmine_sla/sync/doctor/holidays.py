"""Whether the public holidays of this year and the next are known, for each country in use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from redmine_sla.calendar.public_holidays import CountryHolidays, HolidayYear
from redmine_sla.contract import Configuration
from redmine_sla.sync.doctor.finding import Finding, Level, named

UPDATE = "pip install --upgrade holidays, or write [calendars.NAME.special_days]"


def check_holidays(configuration: Configuration, as_of: datetime) -> Iterator[Finding]:
    """What is missing this year falsifies due times; next year's decree may not be out yet."""
    for year, level in ((as_of.year, Level.WARNING), (as_of.year + 1, Level.ADVICE)):
        for country, contracts in _in_use(configuration, year).items():
            known = CountryHolidays(country).year(year)
            for code, what in _gaps(known, year):
                yield Finding(level, code, f"contract {named(contracts)}: {what}", UPDATE)


def _in_use(configuration: Configuration, year: int) -> dict[str, list[str]]:
    """The countries whose holidays count in a year, with the names of the contracts."""
    found: dict[str, list[str]] = {}
    for contract in configuration.contracts:
        if contract.last_day is not None and contract.last_day.year < year:
            continue
        terms = contract.versions[-1][1]
        for spec in terms.calendars.values():
            if isinstance(spec.holidays, str):
                found.setdefault(spec.holidays, []).append(contract.name)
    return found


def _gaps(known: HolidayYear, year: int) -> Iterator[tuple[str, str]]:
    if not known.days_off:
        yield "year-without-holidays", f"{known.source} gives no holidays in {year}"
    if not known.swaps_known:
        yield (
            "swaps-unknown",
            f"{known.source} knows no working days moved to a weekend in {year}: there is no "
            "decree, or it is not in this version",
        )
    if known.estimated:
        dates = ", ".join(map(str, sorted(known.estimated)))
        yield "holiday-estimated", f"{known.source} only estimates the date of {dates}"
