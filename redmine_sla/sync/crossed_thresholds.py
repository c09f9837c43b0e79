"""Thresholds of development budgets: each is told by the run that first sees it reached, and by no
other. What was reached is kept in the mirror; losing it tells the highest ones once more.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from redmine_sla.contract import Contract
from redmine_sla.language import ENGLISH
from redmine_sla.sync.budgets import Budgets

REACHED = "thresholds reached"
"""The fact in the mirror that keeps them, as `CrossedThresholds.reached` writes it."""


@dataclass(frozen=True, slots=True)
class CrossedThresholds:
    """`findings` tell of those not reached before; `reached` are all, for the next run."""

    findings: tuple[str, ...]
    reached: str


def crossed_thresholds(
    accounts: Sequence[tuple[Contract, Budgets]], before: str | None
) -> CrossedThresholds:
    """Of several crossed at once the highest is told. A limit of other days has its own, and one
    that was no longer reached is told anew.
    """
    known: dict[str, list[str]] = json.loads(before) if before else {}
    findings: list[str] = []
    reached: dict[str, list[str]] = {}
    for contract, budgets in accounts:
        budget = budgets.development
        if budget is None:
            continue
        key = f"{contract.name} {budget.limited.first}"
        percents = [one.percent for one in budgets.reached if one.reached is not None]
        reached[key] = [str(percent) for percent in percents]
        new = [percent for percent in percents if str(percent) not in known.get(key, [])]
        if new:
            findings.append(
                f"contract {contract.name}: {ENGLISH.percent(max(new) / Decimal(100), places=2)} "
                f"of the development limit of {ENGLISH.money(budget.limit)} are reached: "
                f"{ENGLISH.money(budget.spent)} spent"
            )
    return CrossedThresholds(tuple(findings), json.dumps(reached))
