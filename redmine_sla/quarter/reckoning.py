"""Where a contract's quarters begin: with the calendar's, or counted from its first day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract
from redmine_sla.contract.anniversaries import (
    MONTHS_OF_A_QUARTER,
    beginning,
    place,
    quarters_begin,
)
from redmine_sla.quarter.quarter import Quarter, QuarterError

_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Quarters from an anchor on: every third month begins one.

    `2026Q3` is the third quarter of the year that begins in 2026: on 1 January, or for quarters of
    the contract on its first day's date. A month too short for that date begins on its last day.
    """

    anchor: date
    zone: ZoneInfo

    @classmethod
    def of(cls, contract: Contract) -> Reckoning:
        """How the contract counts at its start; an amendment does not move its quarters."""
        return cls(quarters_begin(contract), ZoneInfo(contract.timezone))

    def period(self, quarter: Quarter) -> Period:
        """The whole quarter, whether the contract covers it or not."""
        at = (quarter.year - self.anchor.year) * _QUARTERS + quarter.number - 1
        return Period(self._first_day(at), self._first_day(at + 1) - timedelta(days=1), self.zone)

    def quarter(self, day: date) -> Quarter:
        """The quarter a local day lies in."""
        year, number = divmod(place(self.anchor, MONTHS_OF_A_QUARTER, day), _QUARTERS)
        return Quarter(self.anchor.year + year, number + 1)

    def _first_day(self, at: int) -> date:
        return beginning(self.anchor, MONTHS_OF_A_QUARTER, at)


def covered_period(contract: Contract, quarter: Quarter) -> Period:
    """The days of the quarter on which the contract is in force. Raises `QuarterError` for none."""
    whole = Reckoning.of(contract).period(quarter)
    covered = whole.within(contract.starts, contract.last_day)
    if covered is None:
        ends = f" to {contract.last_day}" if contract.last_day else " on"
        raise QuarterError(
            f"contract {contract.name} is not in force in {quarter} ({whole})",
            hint=f"it is in force from {contract.starts}{ends}",
        )
    return covered
