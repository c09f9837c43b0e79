"""What other terms would have meant: the mirror's history judged twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from redmine_sla.availability import Outage, ServiceAvailability, Unmeasured, outages_of, unrecorded
from redmine_sla.budget import HourAccount, hour_account, known_by
from redmine_sla.budget.credits import credits_of
from redmine_sla.budget.fees import monthly_fee
from redmine_sla.budget.late_hours import charge_beyond
from redmine_sla.budget.misses import Miss, Unjudged, misses_of, misses_of_availability
from redmine_sla.calendar.period import Period, month_of
from redmine_sla.contract import Configuration, Contract, Money
from redmine_sla.errors import ExitCode, SlaError
from redmine_sla.mirror import Mirror
from redmine_sla.quarter.availability_stated import availability_settled_in
from redmine_sla.quarter.reckoning import Reckoning
from redmine_sla.report.comparison import Comparison, IncludedHours, PeriodUnderTerms
from redmine_sla.report.judged_promises import promises_of
from redmine_sla.report.promise import Promise
from redmine_sla.sla.matching import fitting
from redmine_sla.sync.booked_time import BookedTime
from redmine_sla.sync.judging import judged_tickets, telling_of
from redmine_sla.sync.reporting import held_from
from redmine_sla.sync.standing import require_pulled
from redmine_sla.sync.workbench import Workbench, lay_out


class SimulationError(SlaError):
    """A period of which nothing can be said."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried: `variant` in the place of `contract`, over a period, as known at `as_of`."""

    contract: Contract
    variant: Contract
    period: Period
    as_of: datetime


def simulate(configuration: Configuration, mirror: Mirror, trial: Trial) -> Comparison:
    """The period as it was under the contract and as it would have been under the variant.

    Fee, included hours, availability and credits are those of the whole calendar months in the
    period that have begun. Nothing is written.
    Raises `SimulationError` where the contract was not in force or the mirror does not reach back,
    `NothingPulledError`, `CalendarError`, `MirrorError`, `ReadingError`.
    """
    period = trial.period
    _check_reach(configuration, trial.contract, period)
    pulled = require_pulled(mirror, period.begin)
    known = min(trial.as_of, pulled)
    desk = _History(lay_out(configuration, mirror), mirror, trial, known)
    sides = [desk.under(side) for side in (trial.contract, trial.variant)]
    return Comparison(
        period=period,
        as_of=trial.as_of,
        known=known,
        pulled=pulled,
        tickets=len(sides[0].tickets),
        actual=sides[0].outcome(),
        simulated=sides[1].outcome(),
    )


def _check_reach(configuration: Configuration, contract: Contract, period: Period) -> None:
    covered = period.within(contract.starts, contract.last_day)
    if covered is None or covered.first > period.first:
        last = f" to {contract.last_day}" if contract.last_day else ""
        raise SimulationError(
            f"contract {contract.name} was not in force on {period.first}",
            hint=f"it is in force from {contract.starts}{last}: begin on a day within",
        )
    since = held_from(configuration)
    if period.first < since:
        raise SimulationError(
            f"the mirror holds nothing before {since}",
            hint=f"begin on {since}, or set [pull] since in sla.toml and pull again",
        )


@dataclass(frozen=True, slots=True)
class _History:
    """What happened, to be judged by one contract or the other."""

    bench: Workbench
    mirror: Mirror
    trial: Trial
    known: datetime

    def under(self, side: Contract) -> _Side:
        """All tickets and hours of the contract, judged as if `side` stood in its place; of
        another's tickets in the same projects the outages, which may reach into its days.
        """
        contracts = tuple(
            side if each is self.trial.contract else each for each in self.bench.contracts
        )
        bench = replace(self.bench, contracts=contracts)
        found = _Side(side, self.trial.period, self.known, self._months())
        found.outages += unrecorded(bench.glossary(side))
        numbers = telling_of(self.mirror, self._looked_at(side))
        for judged in judged_tickets(bench, self.mirror, numbers, self.known):
            if judged.contract is side:
                found.tickets.add(judged.number)
                found.promises += promises_of(judged, self.known)
                found.misses += misses_of(judged)
            elif not fitting(judged.timeline, side, bench.above, bench.glossary(side)):
                continue
            found.outages += outages_of(judged, bench.glossary(side))
        if found.months:
            time = BookedTime(bench, self.mirror, side)
            work = known_by(time.work(time.jobs(self.known)), self.known)
            day = min(found.months[-1].last, side.day_of(self.known))
            found.account = hour_account(side, work, day)
        return found

    def _months(self) -> tuple[Period, ...]:
        return tuple(
            month
            for month in self.trial.period.months
            if month == month_of(month.first, month.zone) and month.begin < self.known
        )

    def _looked_at(self, side: Contract) -> Period:
        """Availability may be promised for quarters: credits look back to their begin."""
        period, reckoning = self.trial.period, Reckoning.of(side)
        begins = reckoning.period(reckoning.quarter(period.first)).first
        return replace(period, first=min(period.first, max(begins, side.starts)))


@dataclass
class _Side:
    """One side's judgement while it is gathered. `months` are the whole ones."""

    contract: Contract
    period: Period
    known: datetime
    months: tuple[Period, ...]
    tickets: set[int] = field(default_factory=set)
    promises: list[Promise] = field(default_factory=list)
    misses: list[Miss | Unjudged] = field(default_factory=list)
    outages: list[Outage | Unmeasured] = field(default_factory=list)
    account: HourAccount | None = None

    def outcome(self) -> PeriodUnderTerms:
        settled = {
            month: availability_settled_in(self.contract, self.outages, month, self.known)
            for month in self.months
        }
        return PeriodUnderTerms(
            name=", then ".join(self._levels()) or self.contract.name,
            promises=tuple(self.promises),
            fee=self._fee(),
            credits=self._credits(settled),
            availability=tuple(one for stated in settled.values() for one in stated),
            hours=self._hours(),
        )

    def _levels(self) -> Iterable[str]:
        """The levels in force on days of the period, in order."""
        period = self.period
        begun = self.contract.terms_on(period.first)
        amended = [
            terms for since, terms in self.contract.versions if period.first < since <= period.last
        ]
        return dict.fromkeys(terms.tier for terms in (begun, *amended) if terms.tier)

    def _fee(self) -> Money | None:
        fees = [monthly_fee(self.contract, month) for month in self.months]
        totals = [fee.total for fee in fees if fee is not None and fee.total is not None]
        return sum(totals[1:], totals[0]) if totals and len(totals) == len(fees) else None

    def _credits(self, settled: Mapping[Period, Iterable[ServiceAvailability]]) -> Money | None:
        if not any(terms.credits for _, terms in self.contract.versions) or not settled:
            return None
        found = [
            credits_of(
                self.contract,
                month,
                (*self.misses, *misses_of_availability(self.contract, stated)),
                monthly_fee(self.contract, month),
            )
            for month, stated in settled.items()
        ]
        if not all(one.adjusted.is_known for one in found):
            return None
        return sum((one.adjusted.total for one in found), Money.zero(self.contract.currency))

    def _hours(self) -> IncludedHours | None:
        firsts = {month.first for month in self.months}
        account = self.account
        own = [
            one
            for one in (account.months if account else ())
            if one.month.first.replace(day=1) in firsts
        ]
        if not own:
            return None
        prices = (charge_beyond(self.contract, one) for one in own)
        return IncludedHours(
            included=sum((one.included for one in own), Decimal()),
            used=sum((one.used for one in own), Decimal()),
            beyond=sum((one.beyond for one in own), Decimal()),
            price=sum(prices, Money.zero(self.contract.currency)),
        )
