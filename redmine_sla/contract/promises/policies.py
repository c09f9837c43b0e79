"""How a contract counts: the keys that settle what offers leave open."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import AwareDatetime, Field

from redmine_sla.calendar import CalendarDayRule, DayRule, ServiceCalendar, Target
from redmine_sla.contract.base import Names, Percent, Section, Text
from redmine_sla.contract.findings import Finding
from redmine_sla.contract.promises.clocks import Retarget, TargetText, Trigger, TriggerText
from redmine_sla.contract.words import Choice


class Received(StrEnum):
    """When a report made outside the reporting window starts to count."""

    NEXT_OPEN = "next_open"
    AS_REPORTED = "as_reported"


class ProviderTickets(StrEnum):
    """What a ticket is that the provider opened without a channel or a customer on it."""

    INTERNAL = "internal"
    CUSTOMER = "customer"


class Subtasks(StrEnum):
    """Whether a subtask is a promise of its own."""

    PARENT_SPEAKS = "parent_speaks"
    EACH = "each"


class Policies(Section):
    """The keys of a contract's terms that hold for all its clocks."""

    day_rule: DayRule = Field(
        default="end_of_day",
        description="How working days are counted; end_of_day: N working days later, at closing",
    )
    calendar_day_rule: CalendarDayRule = Field(
        default="end_of_day",
        description="Calendar days are due at the end of that local day, or at the same clock time",
    )
    received: Received = Field(
        default=Received.NEXT_OPEN,
        description="A report outside the window counts from the next opening, or as reported",
    )
    new_cycle_after: TargetText = Field(
        default=Target.parse("5bd"),
        description="Reopened within this time a ticket resumes, later it is a new cycle",
        examples=["5bd"],
    )
    retarget: Retarget = Field(
        default=Retarget.FROM_START,
        description="Class, severity, priority or tier changed: recount from start or change",
    )
    customer_answer_ends_pause: bool = Field(
        default=True, description="Does a public answer of the customer end a wait for him?"
    )
    third_party_pauses: bool = Field(
        default=False, description="Does waiting for a third party stop the time?"
    )
    at_risk_at: Percent = Field(
        default=Decimal(75), description="Percent of a target used from which a ticket is at risk"
    )
    provider_tickets: ProviderTickets = Field(
        default=ProviderTickets.INTERNAL,
        description="Tickets opened by the provider that name neither channel nor customer",
    )
    subtasks: Subtasks = Field(
        default=Subtasks.PARENT_SPEAKS, description="Do subtasks have clocks of their own?"
    )
    customer_may_set: tuple[Choice, ...] = Field(
        default=(),
        description="Choices of the customer that count at once, without triage",
        examples=[["priority"]],
    )
    happened_at_phrases: bool = Field(
        default=False,
        description="May a provider's note (arrived at 14:05) give the real instant?",
    )

    @property
    def received_at_next_open(self) -> bool:
        return self.received is Received.NEXT_OPEN

    @property
    def provider_tickets_are_internal(self) -> bool:
        return self.provider_tickets is ProviderTickets.INTERNAL

    @property
    def parent_speaks_for_subtasks(self) -> bool:
        return self.subtasks is Subtasks.PARENT_SPEAKS

    def due(
        self,
        target: Target,
        calendar: ServiceCalendar,
        start: datetime,
        agreed: date | None = None,
    ) -> datetime:
        """When a target laid out from `start` is due, days counted by this contract's rules.

        Raises ValueError for the target `agreed` without the date that was agreed.
        """
        due = target.due(
            calendar,
            start,
            day_rule=self.day_rule,
            calendar_day_rule=self.calendar_day_rule,
            agreed=agreed,
        )
        if due is None:
            raise ValueError(f"target {target} has no due time of its own")
        return due

    @property
    def at_risk_share(self) -> float:
        """`at_risk_at` as a share of 1."""
        return float(self.at_risk_at / 100)


class Agreement(Section):
    """`[agreement]`: how a proposed due date becomes an agreed one.

    One side proposes by setting the ticket's due date. What happens after that counts as assent if
    it is one of `assent`; a public note only if it is the other side's.
    """

    assent: tuple[TriggerText, ...] = Field(
        default=(Trigger.parse("field:date_agreed"),),
        description="Any of these after the proposal is the customer's assent",
        examples=[["field:date_agreed", "note:customer", "status:agreed"]],
    )
    by_contacts_only: bool = Field(
        default=False, description='Only contacts who may "agree_dates" can assent'
    )
    provider_may_record: bool = Field(
        default=True, description="May the provider record an assent given by phone or mail?"
    )
    tacit_after: TargetText | None = Field(
        default=None, description="Silence of this length is assent; left out: never"
    )


class Exclusion(Section):
    """`[[exclusions]]`: a time that both sides agreed not to count. Listed to the customer."""

    since: AwareDatetime = Field(
        alias="from",
        description="Begin, with offset",
        examples=[datetime.fromisoformat("2026-03-01T08:00:00+01:00")],
    )
    until: AwareDatetime = Field(
        alias="to",
        description="End, with offset",
        examples=[datetime.fromisoformat("2026-03-01T12:00:00+01:00")],
    )
    reason: Text = Field(
        description="Why it does not count", examples=["power cut at the customer"]
    )
    author: Text = Field(description="Who entered it", examples=["J. Kovács"])
    agreed_in: int = Field(
        gt=0, description="Number of the ticket where it was agreed", examples=[4711]
    )
    tickets: tuple[int, ...] = Field(default=(), description="Ticket numbers; left out: all")
    clocks: Names = Field(default=(), description="Clock names; left out: all")
    availability: bool | None = Field(
        default=None,
        description="Is it left out of availability too? Left out: yes, unless clocks are named",
    )

    @property
    def covers_outages(self) -> bool:
        return not self.clocks if self.availability is None else self.availability

    def contradictions(self) -> list[Finding]:
        if self.until <= self.since:
            return [Finding(("to",), f"{self.until} is not after from", "write the later moment")]
        return []
