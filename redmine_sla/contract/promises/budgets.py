"""Money and hours a contract sets aside: development, allowances, and how time is counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from redmine_sla.contract.base import Exact, Hours, Names, Percent, Section, Text
from redmine_sla.contract.findings import Finding
from redmine_sla.contract.money import MoneyText


class Counting(Section):
    """Which tickets and time entries count. Each key given must fit; none given: everything."""

    trackers: Names = Field(default=(), description="Tracker names", examples=[["Feature"]])
    activities: Names = Field(
        default=(), description="Time entry activities", examples=[["Development"]]
    )
    fields: dict[Text, Names] = Field(
        default_factory=dict, description="Custom fields, by role in sla.toml, and values that fit"
    )


class Rate(Section):
    """`[[development.rates]]`: an hour's price. The first rate that fits on the day wins.

    Roles are the ones people hold today, unless [[parties]] in sla.toml says otherwise of the day:
    write a line there when somebody leaves or changes roles. Never shown to a customer.
    """

    per_hour: MoneyText = Field(description="Price of an hour", examples=["18 000 HUF"])
    roles: Names = Field(
        default=(),
        description="Redmine roles, as held today unless [[parties]] in sla.toml says otherwise",
    )
    users: Names = Field(
        default=(),
        description="User numbers, or names as Redmine shows them; it does not tell logins",
        examples=[["21"]],
    )
    activities: Names = Field(default=(), description="Time entry activities")
    since: date | None = Field(default=None, alias="from", description="First day")
    until: date | None = Field(default=None, alias="to", description="Last day, included")

    def contradictions(self) -> Iterable[Finding]:
        if self.since and self.until and self.until < self.since:
            yield Finding(("to",), f"{self.until} is before from", "write the later day")


class BudgetPeriod(StrEnum):
    """What the limit is for: the contract, each of its years from its first day on, or each of its
    quarters. A year or quarter that the contract cuts short has its part of the limit by days.
    """

    CONTRACT = "contract"
    YEAR = "year"
    QUARTER = "quarter"


class Development(Section):
    """`[development]`: development up to a percentage of the contract sum."""

    percent: Percent = Field(description="Percent of the contract sum", examples=[15])
    clause: Text = Field(description="Where the contract says so", examples=["Contract 4.2"])
    period: BudgetPeriod = Field(
        default=BudgetPeriod.CONTRACT,
        description="The limit is for the whole contract, for each year of it from its first day "
        "on, or for each quarter as in [quarter]; a broken one has its part of it by days",
    )
    counts: Counting = Field(default_factory=Counting, description="What is booked on this budget")
    rates: tuple[Rate, ...] = Field(default=(), description="Hourly rates, first that fits wins")
    fixed_price_field: Text | None = Field(
        default=None,
        description="Role of the field with an agreed price, for the ticket and its subtasks",
        examples=["fixed_price"],
    )
    estimates_commit: bool = Field(
        default=True, description="Does what is left of a ticket's estimate count as committed?"
    )
    thresholds: tuple[Percent, ...] = Field(
        default=(Decimal(75), Decimal(90), Decimal(100)),
        description="Percent of the limit at which people are told",
    )
    time_rules: bool = Field(
        default=False, description="Are hours rounded by [time] before they are priced?"
    )


class Rollover(StrEnum):
    """What becomes of hours not used. Quarters are those of `[quarter]`."""

    NONE = "none"
    NEXT_MONTH = "next_month"
    QUARTER = "quarter"
    CONTRACT = "contract"


class BrokenMonth(StrEnum):
    """What a month is worth in which the contract starts, ends or changes."""

    FULL = "full"
    BY_DAYS = "by_days"


class Allowance(Section):
    """`[allowance]`: hours a month that are included. The number stands here or in the tier."""

    clause: Text = Field(description="Where the contract says so")
    hours_per_month: Hours | None = Field(
        default=None, description="Where no tier says otherwise", examples=[4]
    )
    counts: Counting = Field(default_factory=Counting, description="What is taken from it")
    rollover: Rollover = Field(default=Rollover.NONE, description="What becomes of unused hours")
    rollover_cap: Hours | None = Field(
        default=None, description="At most this much is carried over in all"
    )
    usable_for_development: bool = Field(
        default=False, description="May hours be spent on further development?"
    )
    development: Counting = Field(
        default_factory=Counting,
        description="Which bookings are that development; left out: none is known to be",
    )
    overrun_rate: MoneyText | None = Field(
        default=None, description="Price of an hour beyond it; left out: shown, not priced"
    )
    broken_month: BrokenMonth = Field(
        default=BrokenMonth.FULL,
        description="First and last month: full, or by days, to a hundredth of an hour",
    )


class TimeRules(Section):
    """`[time]`: how booked time is counted. Redmine's own entries stay untouched."""

    minimum: Hours = Field(
        default=Decimal(0), description="An entry counts at least this", examples=[0.25]
    )
    unit: Exact | None = Field(
        default=None, gt=0, description="And is rounded up to a multiple of this", examples=[0.25]
    )
    exempt_activities: Names = Field(
        default=(), description="Activities counted as booked", examples=[["Phone information"]]
    )
    clause: Text = Field(description="Where the contract says so")
