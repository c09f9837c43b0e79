"""What every section of a deliverable is told: whose it is, for which days, as known when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract, Terms
from redmine_sla.language import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """`period` are the days stated, within the contract; `as_of` is the instant of knowledge:
    what was recorded later is not in it. `redmine` is the server's address, for links.
    """

    contract: Contract
    period: Period
    as_of: datetime
    tongue: Tongue
    redmine: str

    @property
    def day(self) -> date:
        """The last day stated: the period's, or that of the knowledge while it is not over."""
        return min(self.period.last, self.contract.day_of(self.as_of))

    @property
    def terms(self) -> Terms:
        """The terms in force on the period's last day."""
        return self.contract.terms_on(self.period.last)
