"""`[[obligations]]`: work promised at a rhythm, each occurrence one ticket in Redmine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from enum import StrEnum

from pydantic import Field

from redmine_sla.calendar import BusinessDays, CalendarDays, Target
from redmine_sla.contract.base import Hours, Names, Section, Text
from redmine_sla.contract.findings import Finding
from redmine_sla.contract.promises.clocks import TargetText
from redmine_sla.contract.promises.rhythm import RhythmText


class WorkingDayRule(StrEnum):
    """What happens to an occurrence on a day that is not served."""

    KEEP = "keep"
    BEFORE = "before"
    AFTER = "after"
    SKIP = "skip"


class Evidence(StrEnum):
    """What must be on the ticket for the work to count as done."""

    NOTE = "note"
    FILE = "file"
    TIME_ENTRY = "time_entry"


class Obligation(Section):
    """One duty. Its occurrences are a pure function of contract and dates."""

    name: Text = Field(
        description="Short name; a contract's obligation of that name changes the profile's",
        examples=["log_review"],
    )
    title: Text = Field(description="What customers read", examples=["Review of the log files"])
    clause: Text = Field(description="Where the contract says so")
    rhythm: RhythmText | None = Field(
        default=None,
        description="RFC 5545 rule; a tier's rhythms go before it; with neither it is not owed",
        examples=["FREQ=MONTHLY;BYMONTHDAY=1"],
    )
    starts: date | None = Field(
        default=None, description="First possible day; left out: the contract's"
    )
    time_of_day: time | None = Field(
        default=None, alias="time", description="Local hour, as of a visit", examples=[time(10)]
    )
    hours: Hours | None = Field(default=None, description="Planned length", examples=[2])
    working_day_rule: WorkingDayRule = Field(
        default=WorkingDayRule.AFTER, description="On a day off: keep, before, after or skip"
    )
    lead_time: TargetText = Field(
        default=Target.parse("5bd"),
        description="The ticket is made so long before",
        examples=["5bd"],
    )
    late_after: TargetText = Field(
        default=Target.parse("0bd"),
        description="Done up to so long after the day is still in time",
        examples=["2bd"],
    )
    owner: Text | None = Field(
        default=None, description="Login, or a name of [team]", examples=["engineer"]
    )
    evidence: tuple[Evidence, ...] = Field(
        default=(Evidence.NOTE,), description="What proves it: all of these"
    )
    tiers: Names = Field(default=(), description="Levels that include it; left out: all")
    calendar: Text | None = Field(
        default=None, description="Whose working days count, where not the tier's"
    )
    tracker: Text | None = Field(default=None, description="Tracker of its tickets")
    checklist: tuple[Text, ...] = Field(default=(), description="Lines of the ticket's description")
    visible: bool = Field(
        default=True,
        description="Is it in the schedule and the reports the customer sees? Its tickets stand in "
        "the project all the same",
    )
    confirmed_by_contact: bool = Field(
        default=False,
        description="Does a contact who may verify_work close it, or tick `accepted`, after that?",
    )
    assumption: bool = Field(
        default=False, description="Is this our reading, not the offer's word?"
    )

    def contradictions(self) -> Iterable[Finding]:
        for key, value in (("lead_time", self.lead_time), ("late_after", self.late_after)):
            if not isinstance(value, BusinessDays | CalendarDays):
                yield Finding(
                    (key,), f'"{value}" is not a number of days', 'write days, e.g. "5bd" or "7cd"'
                )
