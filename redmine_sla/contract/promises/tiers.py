"""Service levels and channels: who is served how far, and by which way he comes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from redmine_sla.calendar import ServiceCode
from redmine_sla.contract.base import Hours, Names, Percent, Section, Text, on_record
from redmine_sla.contract.findings import Finding
from redmine_sla.contract.promises.rhythm import RhythmText
from redmine_sla.contract.words import Kind
from redmine_sla.errors import SlaError


class Tier(Section):
    """`[tiers.NAME]`: one service level."""

    title: Text = Field(
        description="What customers read", examples=["Working hours, next business day"]
    )
    calendar: Text | None = Field(
        default=None, description="Its calendar, where it differs from the contract's"
    )
    service_code: Text | None = Field(
        default=None,
        description="Days x hours x response; checked against the calendar and the target",
        examples=["5x8xNBD", "7x24x4"],
    )
    service_code_clock: Text = Field(
        default="work_start", description="The clock whose target the last part of the code names"
    )
    availability: Percent | None = Field(
        default=None, description="Planned availability in percent", examples=[98.89]
    )
    allowance_hours: Hours | None = Field(
        default=None, description="Hours a month that are included", examples=[4]
    )
    fee_percent: dict[Annotated[int, Field(gt=0)], Percent] = Field(
        default_factory=dict,
        description="Monthly fee in percent of the fee base, by term in months",
        examples=[{24: 6, 12: 8}],
    )
    rhythms: dict[Text, RhythmText] = Field(
        default_factory=dict,
        description="Rhythm of an obligation at this level, by the obligation's name",
        examples=[{"log_review": "FREQ=MONTHLY;BYMONTHDAY=1"}],
    )
    early_detection: bool = Field(
        default=False, description=on_record("Are likely faults predicted from trends?")
    )

    def contradictions(self) -> Iterable[Finding]:
        if self.service_code is not None:
            try:
                ServiceCode.parse(self.service_code)
            except SlaError as error:
                yield Finding(("service_code",), error.message, error.hint)


class Channel(Section):
    """`[channels.NAME]`: a way to report, with a window of its own where it has one."""

    title: Text = Field(description="What customers read", examples=["Phone"])
    calendar: Text | None = Field(
        default=None, description="Its calendar, where it differs from the tier's"
    )
    kinds: tuple[Kind, ...] = Field(
        default=(), description=on_record("What it takes; left out: everything")
    )
    purpose: Text | None = Field(default=None, description="What it is for, and what it is not for")
    address: Text | None = Field(default=None, description="Number, address or link for customers")
    tiers: Names = Field(default=(), description="Levels that include it; left out: all")


class Clause(Section):
    """`[[clauses]]`: a promise that people keep and no clock measures, shown to the customer."""

    name: Text = Field(description="Short name; a contract's clause of that name replaces it")
    text: Text = Field(description="What is promised, in the customer's words")
    clause: Text = Field(description="Where the contract says so", examples=["Contract 5.1"])
    tiers: Names = Field(default=(), description="Levels that include it; left out: all")
    assumption: bool = Field(
        default=False, description="Is this our reading, not the offer's word?"
    )
