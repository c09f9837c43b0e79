"""From the days somebody named to the period meant."""

from __future__ import annotations

import re
from datetime import MAXYEAR, date
from zoneinfo import ZoneInfo

from redmine_sla.calendar.period import Period, month_of
from redmine_sla.cli.period_options import Days
from redmine_sla.contract import Contract
from redmine_sla.errors import SlaError
from redmine_sla.quarter.quarter import Quarter
from redmine_sla.quarter.reckoning import Reckoning

_MONTH = re.compile(r"(\d{4})-(\d{2})")


def period_of(days: Days, contracts: tuple[Contract, ...], today: date) -> Period:
    """The period in the time zone of these contracts (of the first, where they differ).

    The running month where nothing was named. Quarters are those of the contract, or of the
    calendar where there are several. Raises `SlaError`, also where it has not begun by `today`:
    nothing is known of it, and nothing would look perfect.
    """
    period = _named(days, contracts, today)
    if period.last.year == MAXYEAR:
        raise SlaError(f"nothing is counted up to {period.last}", hint="name an earlier last day")
    if period.first > today:
        raise SlaError(f"the period from {period} has not begun yet", hint="name days that have")
    return period


def _named(days: Days, contracts: tuple[Contract, ...], today: date) -> Period:
    zone = ZoneInfo(contracts[0].timezone)
    ways = [bool(days.first or days.last), bool(days.month), bool(days.quarter)]
    if sum(ways) > 1:
        raise SlaError(
            "the period is named in two ways",
            hint="give --from and --to, or --month, or --quarter",
        )
    if days.quarter:
        return _quarter(days.quarter, contracts)
    if days.month:
        return _month(days.month, zone)
    if not (days.first or days.last):
        return month_of(today, zone)
    first = days.first or min(contract.starts for contract in contracts)
    last = days.last or today
    if last < first:
        raise SlaError(
            f"the period from {first} to {last} ends before it begins",
            hint="--from is its first day, --to its last",
        )
    return Period(first, last, zone)


def _month(written: str, zone: ZoneInfo) -> Period:
    found = _MONTH.fullmatch(written.strip())
    try:
        first = date(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        first = None
    if first is None or first.year == MAXYEAR:
        raise SlaError(f'"{written}" is not a month', hint="write it as 2026-09")
    return month_of(first, zone)


def _quarter(written: str, contracts: tuple[Contract, ...]) -> Period:
    ways = {Reckoning.of(contract) for contract in contracts}
    if len({way.anchor for way in ways}) > 1:
        raise SlaError(
            "these contracts count their quarters differently",
            hint="name one with --contract, or give --from and --to",
        )
    return Reckoning.of(contracts[0]).period(Quarter.parse(written))
