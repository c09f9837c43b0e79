"""The provider's overview of a contract's budgets, made from the mirror alone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from redmine_sla.budget import known_by
from redmine_sla.budget.overview import Overview, overview_of
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Configuration, Contract
from redmine_sla.errors import SlaError
from redmine_sla.mirror import Mirror
from redmine_sla.sync.booked_time import BookedTime
from redmine_sla.sync.standing import require_pulled
from redmine_sla.sync.workbench import lay_out


def budget_overview(
    configuration: Configuration, mirror: Mirror, contract: Contract, as_of: datetime
) -> Overview:
    """As known at `as_of`, or when the mirror was brought up to date, if that was before.

    Raises `SlaError` where the contract sets nothing aside or is not in force yet,
    `NothingPulledError`, `MirrorError`, `ReadingError`.
    """
    if not any(
        terms.development or terms.allowance or terms.time for _, terms in contract.versions
    ):
        raise SlaError(
            f"contract {contract.name} has no budget: no [development], [allowance] or [time]",
            hint="name another contract, or write one of these into it",
        )
    asked = contract.day_of(as_of)
    if asked < contract.starts:
        raise SlaError(
            f"contract {contract.name} is not in force on {asked}",
            hint=f"it is in force from {contract.starts}",
        )
    since = Period(contract.starts, contract.starts, ZoneInfo(contract.timezone)).begin
    known = min(as_of, require_pulled(mirror, since))
    time = BookedTime(lay_out(configuration, mirror), mirror, contract)
    jobs = time.jobs(known)
    day = contract.day_of(known)
    return overview_of(contract, lambda: known_by(time.work(jobs), known), jobs, day, known)
