"""`[availability]` and `[monitoring]`: what must be up, when that is measured, who watches it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from redmine_sla.contract.base import Hours, Names, Percent, Section, Text, on_record
from redmine_sla.contract.findings import Finding
from redmine_sla.contract.promises.rhythm import RhythmText


class Measured(StrEnum):
    """Over which time availability is a share."""

    ROUND_THE_CLOCK = "round_the_clock"
    WINDOW = "window"


class Period(StrEnum):
    """For which times it is stated."""

    MONTH = "month"
    QUARTER = "quarter"


class Service(Section):
    """`[availability.services.NAME]`: one thing that is up or down."""

    title: Text = Field(description="What customers read", examples=["CRM"])
    weight: Annotated[Percent, Field(gt=0)] = Field(
        default=Decimal(100),
        description="Percent of an outage that counts, for services that matter less",
    )
    percent: Percent | None = Field(default=None, description="Its own promise, where it has one")
    hosts: Names = Field(default=(), description="Hosts and checks of monitoring that mean it")


class Maintenance(Section):
    """`[[availability.maintenance]]`: agreed downtime, once or at a rhythm."""

    reason: Text = Field(description="What is done", examples=["monthly updates"])
    agreed_in: int | None = Field(
        default=None, gt=0, description=on_record("Ticket where it was agreed")
    )
    services: Names = Field(default=(), description="Services; left out: all")
    since: AwareDatetime | None = Field(
        default=None, alias="from", description="Begin, with offset"
    )
    until: AwareDatetime | None = Field(default=None, alias="to", description="End, with offset")
    rhythm: RhythmText | None = Field(
        default=None, description="Or its days", examples=["FREQ=MONTHLY;BYDAY=1SU"]
    )
    time_of_day: time | None = Field(default=None, alias="time", description="Local begin of each")
    hours: Hours | None = Field(default=None, description="Length of each")

    def contradictions(self) -> Iterable[Finding]:
        once = self.since is not None and self.until is not None
        often = self.rhythm is not None and self.time_of_day is not None and self.hours is not None
        if once is often:
            yield Finding(
                (), "maintenance has no clear time", "write from and to, or rhythm, time and hours"
            )
        if self.since and self.until and self.until <= self.since:
            yield Finding(("to",), f"{self.until} is not after from", "write the later moment")


class Availability(Section):
    """`[availability]`: the promise itself stands here or in the tier."""

    clause: Text = Field(description="Where the contract says so")
    percent: Percent | None = Field(
        default=None, description="Where neither tier nor service says otherwise", examples=[97.5]
    )
    measured: Measured = Field(
        default=Measured.ROUND_THE_CLOCK,
        description="Round the clock, or within the service window",
    )
    calendar: Text | None = Field(
        default=None, description="The window, where it differs from the tier's"
    )
    periods: tuple[Period, ...] = Field(
        default=(Period.MONTH, Period.QUARTER), description="For which times it is stated"
    )
    services: dict[Text, Service] = Field(
        default_factory=dict, description="What is up or down; left out: the system as a whole"
    )
    maintenance: tuple[Maintenance, ...] = Field(
        default=(), description="Agreed downtime, which does not count"
    )


class Monitoring(Section):
    """`[monitoring]`: what the provider's monitoring does for the customer."""

    clause: Text = Field(description=on_record("Where the contract says so"))
    calendar: Text | None = Field(
        default=None, description=on_record("When it watches; left out: around the clock")
    )
    alerts_become_tickets: bool = Field(
        default=True, description=on_record("Does an alert open a ticket?")
    )
    trends: bool = Field(
        default=False, description=on_record("Are trends watched, not only events?")
    )
