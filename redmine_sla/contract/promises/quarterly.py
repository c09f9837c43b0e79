"""`[quarter]`: what is handed over each quarter, to whom, and when silence is acceptance."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from redmine_sla.contract.base import Section, Text
from redmine_sla.contract.promises.clocks import TargetText
from redmine_sla.contract.words import ContactRole


class QuarterKind(StrEnum):
    """Where quarters begin."""

    CALENDAR = "calendar"
    CONTRACT = "contract"  # counted from the contract's first day


class Content(StrEnum):
    """A section of the deliverable."""

    CHANGES = "changes"
    FAILURE_REPORTS = "failure_reports"
    SERVICE_LEVELS = "service_levels"
    BREACHES = "breaches"
    PAUSES = "pauses"
    AVAILABILITY = "availability"
    OBLIGATIONS = "obligations"
    BUDGET = "budget"
    HOURS = "hours"
    CREDITS = "credits"
    EXCLUSIONS = "exclusions"
    OPEN_TICKETS = "open_tickets"
    SATISFACTION = "satisfaction"


class Format(StrEnum):
    """A form it is published in."""

    WIKI = "wiki"
    HTML = "html"
    PDF = "pdf"
    XLSX = "xlsx"
    JSON = "json"


class Archive(Section):
    """`[[quarter.archive]]`: files handed over that Redmine may not hold, by address and digest."""

    title: Text = Field(description="What customers read", examples=["Source code as modified"])
    address: Text = Field(
        description="Path or link; {quarter} is replaced",
        examples=["/srv/handover/{quarter}.tar.zst"],
    )
    required: bool = Field(default=True, description="Is the handover incomplete without it?")


class Quarter(Section):
    """`[quarter]`: the deliverable."""

    clause: Text = Field(description="Where the contract says so")
    kind: QuarterKind = Field(
        default=QuarterKind.CALENDAR,
        description="Calendar quarters, or counted from the contract's start",
    )
    contents: tuple[Content, ...] = Field(
        default=tuple(section for section in Content if section is not Content.SATISFACTION),
        description="Sections, in order",
    )
    formats: tuple[Format, ...] = Field(default=tuple(Format), description="Forms published")
    version_name: Text = Field(
        default="{quarter}",
        description="Redmine version of the deliverable",
        examples=["{quarter}"],
    )
    archive: tuple[Archive, ...] = Field(default=(), description="Files too large for Redmine")
    sign_off_by: ContactRole | None = Field(
        default=None,
        description="Contacts whose closing the ticket is acceptance; left out: none is asked for",
        examples=["sign_off"],
    )
    sign_off_tracker: Text | None = Field(
        default=None, description="Tracker of the sign-off ticket"
    )
    tacit_after: TargetText | None = Field(
        default=None,
        description="Silence of this length is acceptance; left out: never",
        examples=["10bd"],
    )
    rejection: Text = Field(
        default="corrected and handed over again", description="What a rejection leads to"
    )
    due_after: TargetText | None = Field(
        default=None,
        description="Handed over within this time after the quarter",
        examples=["10bd"],
    )
