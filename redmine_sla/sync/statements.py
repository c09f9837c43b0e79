"""A contract's monthly statement, told from the mirror alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from redmine_sla.budget import HourAccount, Work, hour_account, known_by
from redmine_sla.budget.corrections import LateWork
from redmine_sla.budget.credits import credits_of
from redmine_sla.budget.fees import monthly_fee
from redmine_sla.budget.late_hours import LateHours, late_hours, of_the_allowance
from redmine_sla.budget.misses import misses_of_availability
from redmine_sla.budget.statement import Statement
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Configuration, Contract
from redmine_sla.errors import SlaError
from redmine_sla.language import ENGLISH
from redmine_sla.mirror import Mirror
from redmine_sla.quarter.availability_stated import availability_settled_in
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.reckoning import Reckoning
from redmine_sla.sync.quarterly.assembling import Assembly
from redmine_sla.sync.standing import require_pulled
from redmine_sla.sync.workbench import lay_out


def monthly_statement(
    configuration: Configuration,
    mirror: Mirror,
    contract: Contract,
    month: Period,
    as_of: datetime,
) -> Statement:
    """The statement of a whole calendar month as known at `as_of`, or when the mirror was brought
    up to date, if that was before.

    Raises `SlaError` where the contract does not cover the month, `NothingPulledError`,
    `CalendarError`, `MirrorError`, `ReadingError`.
    """
    covered = _covered(contract, month, as_of)
    known = min(as_of, require_pulled(mirror, covered.begin))
    assembly = Assembly(bench=lay_out(configuration, mirror), mirror=mirror)
    frame = Frame(
        contract=contract,
        period=_since_the_quarter(contract, covered),
        as_of=known,
        tongue=ENGLISH,
        redmine=configuration.desk.redmine.url,
    )
    evidence, jobs = assembly.look_through(frame)
    settled = availability_settled_in(contract, evidence.outages, month, known)
    broken = (*evidence.misses, *misses_of_availability(contract, settled))
    hours = _Hours(contract, lambda: known_by(assembly.work(contract, jobs), known))
    account, late = hours.account(covered, contract.day_of(known))
    return Statement(
        contract=contract,
        month=covered,
        known=known,
        credits=credits_of(contract, month, broken, monthly_fee(contract, month)),
        hours=account.within_month() if account else None,
        hours_clause=account.clause if account else "",
        late_hours=late,
    )


@dataclass(frozen=True, slots=True)
class _Hours:
    """The included hours of a contract. `work` is all that is known to be booked for it."""

    contract: Contract
    work: Callable[[], Iterable[Work]]

    def account(
        self, month: Period, today: date
    ) -> tuple[HourAccount | None, tuple[LateHours, ...]]:
        """The account at the end of the month or of today, and what was booked late in it."""
        contract, day = self.contract, min(month.last, today)
        late = LateWork(month.first, month.begin)
        account = hour_account(contract, late.watch(self._included()), day)
        if account is None or not late.found:
            return account, ()
        booked_before = (one for one in self._included() if one.entry.created < month.begin)
        before = hour_account(contract, booked_before, day)
        found = late_hours(contract, late.found, before, account, month) if before else ()
        return account, tuple(found)

    def _included(self) -> Iterable[Work]:
        return of_the_allowance(self.contract, self.work())


def _covered(contract: Contract, month: Period, as_of: datetime) -> Period:
    covered = month.within(contract.starts, contract.last_day)
    name = f"{month.first:%Y-%m}"
    if covered is None:
        ends = f" to {contract.last_day}" if contract.last_day else " on"
        raise SlaError(
            f"contract {contract.name} is not in force in {name}",
            hint=f"it is in force from {contract.starts}{ends}",
        )
    if covered.begin > as_of:
        raise SlaError(f"{name} has not begun yet", hint="name a month that has")
    return covered


def _since_the_quarter(contract: Contract, month: Period) -> Period:
    """Where availability is promised for quarters, a month's credits look back to their begin."""
    reckoning = Reckoning.of(contract)
    begins = reckoning.period(reckoning.quarter(month.first)).first
    return Period(max(begins, contract.starts), month.last, month.zone)
