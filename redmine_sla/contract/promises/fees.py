"""What a month costs, and what comes back for missed promises."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from redmine_sla.contract.base import Exact, Names, Percent, Section, Text
from redmine_sla.contract.findings import Finding
from redmine_sla.contract.money import MoneyText
from redmine_sla.contract.promises.budgets import BrokenMonth
from redmine_sla.contract.words import ClassNames, SeverityNames


class Fees(Section):
    """`[fees]`: the monthly fee, as a percentage by tier and term of a base, or fixed."""

    clause: Text = Field(description="Where the contract says so")
    base: MoneyText | None = Field(
        default=None,
        description="What the tiers' fee_percent are taken of",
        examples=["10 000 000 HUF"],
    )
    base_title: Text = Field(
        default="deployment fee", description="What customers read for the base"
    )
    monthly: MoneyText | None = Field(
        default=None, description="Or a fixed fee a month, whatever the tier"
    )
    broken_month: BrokenMonth = Field(
        default=BrokenMonth.BY_DAYS, description="First and last month: full, or by days"
    )
    round_to: Exact | None = Field(
        default=None,
        gt=0,
        description="Amounts are rounded half up to this; left out: to the "
        "smallest unit the currency is paid in, whole forints or euro cents",
        examples=[1],
    )


class CreditFor(StrEnum):
    """What a credit is counted by."""

    TICKET = "ticket"  # each ticket that missed the target
    MONTH = "month"  # each month with at least one
    HOUR = "hour"  # each started hour beyond the target


class Credit(Section):
    """`[[credits]]`: money back for a missed target or availability."""

    name: Text = Field(description="Short name; a contract's credit of that name replaces it")
    clause: Text = Field(description="Where the contract says so")
    clock: Text | None = Field(
        default=None, description="The clock missed", examples=["resolution"]
    )
    availability: bool = Field(default=False, description="Or: the availability missed")
    severity: SeverityNames = Field(default=(), description="Severities; left out: all")
    problem_class: ClassNames = Field(
        default=(), alias="class", description="Classes; left out: all"
    )
    tiers: Names = Field(default=(), description="Levels; left out: all")
    counted_by: CreditFor = Field(
        default=CreditFor.TICKET, alias="for_each", description="Each ticket, month or started hour"
    )
    percent_of_fee: Percent | None = Field(
        default=None, description="Percent of the month's fee", examples=[10]
    )
    amount: MoneyText | None = Field(default=None, description="Or a fixed amount")
    cap_percent: Percent = Field(
        default=Decimal(100),
        description="Credits of a month by this rule, in percent of its fee, at most; all rules "
        "together give at most the largest of their caps",
    )
    assumption: bool = Field(
        default=False, description="Is this our reading, not the offer's word?"
    )

    def contradictions(self) -> Iterable[Finding]:
        if (self.clock is None) is not self.availability:
            yield Finding(
                (), "a credit is for one missed promise", "write a clock or availability = true"
            )
        if (self.percent_of_fee is None) is (self.amount is None):
            yield Finding((), "a credit has one size", "write percent_of_fee or amount")
