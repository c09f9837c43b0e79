"""What other terms would have meant: the mirror's history judged twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from redmine_sla.budget.credits import credits_of
from redmine_sla.budget.fees import monthly_fee
from redmine_sla.budget.misses import Miss, Unjudged, misses_of
from redmine_sla.calendar.period import Period, month_of
from redmine_sla.contract import Configuration, Contract, Money
from redmine_sla.errors import ExitCode, SlaError
from redmine_sla.mirror import Mirror
from redmine_sla.report.comparison import Comparison, Outcome
from redmine_sla.report.judged_promises import promises_of
from redmine_sla.report.promise import Promise
from redmine_sla.sync.judging import judged_tickets
from redmine_sla.sync.reporting import held_from, touched_numbers
from redmine_sla.sync.standing import pulled_at
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

    Fee and credits are those of the whole calendar months in the period. Nothing is written.
    Raises `SimulationError` where the contract was not in force or the mirror does not reach back,
    `CalendarError`, `MirrorError`, `ReadingError`.
    """
    period = trial.period
    _check_reach(configuration, trial.contract, period)
    if pulled_at(mirror) is None:
        raise SimulationError(
            "the mirror is empty: there is no history to judge",
            hint="run `redmine-sla sync --dry-run` or `sync` first",
        )
    bench = lay_out(configuration, mirror)
    numbers = touched_numbers(mirror, period)
    sides = [
        _judged(bench, mirror, numbers, trial, side) for side in (trial.contract, trial.variant)
    ]
    months = tuple(month for month in period.months if _is_whole(month))
    actual, simulated = (side.outcome(period, months) for side in sides)
    return Comparison(
        period=period,
        as_of=trial.as_of,
        tickets=len(sides[0].tickets),
        actual=actual,
        simulated=simulated,
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


@dataclass
class _Side:
    """One side's judgement while it is gathered."""

    contract: Contract
    tickets: set[int] = field(default_factory=set)
    promises: list[Promise] = field(default_factory=list)
    misses: list[Miss | Unjudged] = field(default_factory=list)

    def outcome(self, period: Period, months: tuple[Period, ...]) -> Outcome:
        return Outcome(
            name=", then ".join(self._levels(period)) or self.contract.name,
            promises=tuple(self.promises),
            fee=self._fee(months),
            credits=self._credits(months),
        )

    def _levels(self, period: Period) -> Iterable[str]:
        """The levels in force on days of the period, in order."""
        begun = self.contract.terms_on(period.first)
        amended = [
            terms for since, terms in self.contract.versions if period.first < since <= period.last
        ]
        return dict.fromkeys(terms.tier for terms in (begun, *amended) if terms.tier)

    def _fee(self, months: tuple[Period, ...]) -> Money | None:
        fees = [monthly_fee(self.contract, month) for month in months]
        totals = [fee.total for fee in fees if fee is not None and fee.total is not None]
        return sum(totals[1:], totals[0]) if totals and len(totals) == len(fees) else None

    def _credits(self, months: tuple[Period, ...]) -> Money | None:
        if not any(terms.credits for _, terms in self.contract.versions) or not months:
            return None
        found = [
            credits_of(self.contract, month, self.misses, monthly_fee(self.contract, month))
            for month in months
        ]
        if not all(one.adjusted.is_known for one in found):
            return None
        return sum((one.adjusted.total for one in found), Money.zero(self.contract.currency))


def _judged(
    bench: Workbench,
    mirror: Mirror,
    numbers: set[int],
    trial: Trial,
    side: Contract,
) -> _Side:
    """All tickets of the contract, judged as if `side` stood in its place."""
    contracts = tuple(side if each is trial.contract else each for each in bench.contracts)
    as_of = trial.as_of
    gathered = _Side(side)
    for judged in judged_tickets(replace(bench, contracts=contracts), mirror, numbers, as_of):
        if judged.contract is side:
            gathered.tickets.add(judged.number)
            gathered.promises += promises_of(judged, as_of)
            gathered.misses += misses_of(judged)
    return gathered


def _is_whole(month: Period) -> bool:
    return month == month_of(month.first, month.zone)
