"""Hours booked on development budgets that no rate fits, as the mirror knows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from redmine_sla.budget.unpriced import NEXT_STEP, without_a_rate
from redmine_sla.contract import Configuration
from redmine_sla.language import ENGLISH
from redmine_sla.mirror import Mirror
from redmine_sla.sync.budgets import budgets_of
from redmine_sla.sync.doctor.finding import Finding, named, warning
from redmine_sla.sync.workbench import lay_out

Hours = Mapping[str, Decimal]
"""By person."""


def look_at_unpriced(
    configuration: Configuration, mirror: Mirror, as_of: datetime
) -> Mapping[str, Hours]:
    """By contract, of those that have any. Tickets that cannot be read are left out: a run tells
    of them. Raises `MirrorError`.
    """
    found = budgets_of(
        lay_out(configuration, mirror), mirror, as_of, unreadable=lambda _trouble: None
    )
    hours = {name: without_a_rate(budgets.unpriced) for name, budgets in found.items()}
    return {name: people for name, people in hours.items() if people}


def check_unpriced(unpriced: Mapping[str, Hours]) -> Iterator[Finding]:
    """Redmine tells only the roles people hold today: whoever has left holds none."""
    for contract, people in unpriced.items():
        yield warning(
            "hours-without-rate",
            f"contract {contract}: {ENGLISH.hours(sum(people.values(), Decimal(0)))} booked by "
            f"{named(people)} have no price: no rate fits their roles or activities",
            NEXT_STEP,
        )
