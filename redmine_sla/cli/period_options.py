"""`--from` and `--to`, `--month` or `--quarter`: the days a command looks at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from redmine_sla.calendar.period import Period, month_of
from redmine_sla.contract import Contract
from redmine_sla.errors import SlaError

Command = TypeVar("Command", bound=Callable[..., Any])

_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Days:
    """The days as somebody named them; nothing is checked yet."""

    first: date | None = None
    last: date | None = None
    month: str | None = None
    quarter: str | None = None

    def period(self, contracts: tuple[Contract, ...], today: date) -> Period:
        """The period in the time zone of these contracts (of the first, where they differ).

        The running month where nothing was named. Quarters are those of the contract, or of the
        calendar where there are several. Raises `SlaError`.
        """
        zone = ZoneInfo(contracts[0].timezone)
        ways = [bool(self.first or self.last), bool(self.month), bool(self.quarter)]
        if sum(ways) > 1:
            raise SlaError(
                "the period is named in two ways",
                hint="give --from and --to, or --month, or --quarter",
            )
        if self.quarter:
            return _quarter(self.quarter, contracts)
        if self.month:
            return _month(self.month, zone)
        if not (self.first or self.last):
            return month_of(today, zone)
        first = self.first or min(contract.starts for contract in contracts)
        last = self.last or today
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
    if first is None:
        raise SlaError(f'"{written}" is no month', hint="write it as 2026-09")
    return month_of(first, zone)


def _quarter(written: str, contracts: tuple[Contract, ...]) -> Period:
    from redmine_sla.quarter.quarter import Quarter  # noqa: PLC0415 - heavy
    from redmine_sla.quarter.reckoning import Reckoning  # noqa: PLC0415 - heavy

    ways = {Reckoning.of(contract) for contract in contracts}
    if len({way.anchor for way in ways}) > 1:
        raise SlaError(
            "these contracts count their quarters differently",
            hint="name one with --contract, or give --from and --to",
        )
    return Reckoning.of(contracts[0]).period(Quarter.parse(written))


def _day(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(
            f"{value!r} is no day; write it as 2026-09-30", context, option
        ) from None


def period_options(command: Command) -> Command:
    """Gives the command `first`, `last`, `month` and `quarter`: make `Days` of them."""
    options = (
        click.option(
            "--from", "first", callback=_day, metavar="DAY", help="First day, as 2026-07-01."
        ),
        click.option("--to", "last", callback=_day, metavar="DAY", help="Last day, included."),
        click.option("--month", metavar="MONTH", help="Or a month, as 2026-09."),
        click.option("--quarter", metavar="QUARTER", help="Or a quarter, as 2026Q3."),
    )
    for option in reversed(options):
        command = option(command)
    return command
