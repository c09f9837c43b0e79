"""Where a contract's quarters begin: with the calendar's, or counted from its first day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract
from redmine_sla.contract.promises.quarterly import QuarterKind
from redmine_sla.quarter.quarter import Quarter, QuarterError

_MONTHS = 3
_QUARTERS = 4
_ANY_NEW_YEAR = date(2000, 1, 1)


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
        promised = contract.terms.quarter
        own = promised is not None and promised.kind is QuarterKind.CONTRACT
        return cls(contract.starts if own else _ANY_NEW_YEAR, ZoneInfo(contract.timezone))

    def period(self, quarter: Quarter) -> Period:
        """The whole quarter, whether the contract covers it or not."""
        at = (quarter.year - self.anchor.year) * _QUARTERS + quarter.number - 1
        return Period(self._first_day(at), self._first_day(at + 1) - timedelta(days=1), self.zone)

    def quarter(self, day: date) -> Quarter:
        """The quarter a local day lies in."""
        months = (day.year - self.anchor.year) * 12 + day.month - self.anchor.month
        at = months // _MONTHS
        if self._first_day(at) > day:
            at -= 1
        year, number = divmod(at, _QUARTERS)
        return Quarter(self.anchor.year + year, number + 1)

    def _first_day(self, at: int) -> date:
        return self.anchor + relativedelta(months=at * _MONTHS)


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
