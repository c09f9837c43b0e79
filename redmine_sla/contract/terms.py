"""Terms: all that is promised, as it stands between two amendments of a contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from pydantic import Field

from redmine_sla.calendar import ServiceCalendar
from redmine_sla.contract.base import Names, Text, on_record
from redmine_sla.contract.checks.consistency import contradictions_of
from redmine_sla.contract.checks.references import dangling_names
from redmine_sla.contract.findings import Finding
from redmine_sla.contract.money import CurrencyCode, MoneyText
from redmine_sla.contract.promises.availability import Availability, Monitoring
from redmine_sla.contract.promises.budgets import Allowance, Development, TimeRules
from redmine_sla.contract.promises.calendars import CalendarSpec, ZoneName, build_calendar
from redmine_sla.contract.promises.classifying import Classification
from redmine_sla.contract.promises.clocks import STANDARD_CLOCKS, Clock, TargetRule, TargetText
from redmine_sla.contract.promises.escalation import Step
from redmine_sla.contract.promises.fees import Credit, Fees
from redmine_sla.contract.promises.intake import Intake
from redmine_sla.contract.promises.obligations import Obligation
from redmine_sla.contract.promises.people import Contact
from redmine_sla.contract.promises.policies import Agreement, Exclusion, Policies
from redmine_sla.contract.promises.quarterly import Content, Quarter
from redmine_sla.contract.promises.tiers import Channel, Clause, Tier
from redmine_sla.contract.tree import Node, merged
from redmine_sla.contract.words import ContactRole, Vat


class Terms(Policies):
    """What is in force from one day until the next amendment. Immutable and complete.

    `timezone`, `currency` and `starts` are the contract's own, the same in all its terms.
    """

    timezone: ZoneName
    currency: CurrencyCode
    starts: date

    ends: date | None = Field(
        default=None, description="Last day of the contract, included; left out: open-ended"
    )
    term_months: int | None = Field(
        default=None, gt=0, description="Term the fee was agreed for, in months", examples=[24]
    )
    notice_before_end: TargetText | None = Field(
        default=None,
        description="An ending contract is announced so long before",
        examples=["60cd"],
    )
    tier: Text | None = Field(
        default=None, description="The service level bought", examples=["5x8xNBD"]
    )
    contract_sum: MoneyText | None = Field(
        default=None, description="The whole contract's price", examples=["12 000 000 HUF"]
    )
    vat: Vat | None = Field(
        default=None, description="Are the amounts net or gross? Required where money is budgeted"
    )
    contacts: tuple[Contact, ...] = Field(
        default=(), description="Authorised people of the customer"
    )
    team: dict[Text, Text] = Field(
        default_factory=dict,
        description="The provider's people by their part: names as Redmine shows them",
        examples=[{"engineer": "Jan Kowalski", "service_manager": "Anna Nowak"}],
    )

    calendar: Text | None = Field(
        default=None, description="Name of the calendar used without a tier"
    )
    default_channel: Text | None = Field(
        default=None, description="The channel of tickets that name none"
    )
    calendars: dict[Text, CalendarSpec] = Field(
        default_factory=dict, description="Service calendars by name"
    )
    channels: dict[Text, Channel] = Field(
        default_factory=dict, description="Ways to report, by name"
    )
    tiers: dict[Text, Tier] = Field(default_factory=dict, description="Service levels by name")
    clocks: dict[Text, Clock] = Field(
        default_factory=dict,
        description="Clocks of the contract's own, or changes of standard ones",
    )
    targets: tuple[TargetRule, ...] = Field(
        default=(), description="How long clocks may run; the first rule that fits wins"
    )
    agreement: Agreement = Field(
        default_factory=Agreement, description="How a proposed due date becomes an agreed one"
    )
    exclusions: tuple[Exclusion, ...] = Field(default=(), description="Times agreed not to count")
    classification: Classification = Field(
        default_factory=Classification, description="How class, severity and kind are found"
    )
    intake: Intake = Field(default_factory=Intake, description="Rules for what comes in")
    development: Development | None = Field(default=None, description="The development budget")
    allowance: Allowance | None = Field(default=None, description="Hours included each month")
    time: TimeRules | None = Field(default=None, description="How booked time is counted")
    fees: Fees | None = Field(default=None, description="The monthly fee")
    credits: tuple[Credit, ...] = Field(default=(), description="Money back for missed promises")
    availability: Availability | None = Field(default=None, description="What must be up")
    monitoring: Monitoring | None = Field(
        default=None, description=on_record("What monitoring does")
    )
    obligations: tuple[Obligation, ...] = Field(default=(), description="Work at a rhythm")
    quarter: Quarter | None = Field(default=None, description="The quarterly deliverable")
    escalation: tuple[Step, ...] = Field(
        default=(), description=on_record("Warnings before a promise breaks")
    )
    clauses: tuple[Clause, ...] = Field(default=(), description="Promises that no clock measures")
    accepted_warnings: Names = Field(
        default=(),
        description="Codes of warnings of `check` that are known and meant",
        examples=[["repair-before-start"]],
    )

    @classmethod
    def arranged(cls, written: Mapping[str, Any]) -> Mapping[str, Any]:
        """Lay a contract's own clocks over the standard ones, key by key."""
        own = written.get("clocks", {})
        if not isinstance(own, Mapping):
            return written
        standard = {
            name: clock.model_dump(mode="json", by_alias=True)
            for name, clock in STANDARD_CLOCKS.items()
        }
        laid = merged(Node.of({"clocks": standard}), Node.of({"clocks": own})).plain()
        return {**written, **laid}

    @classmethod
    def references(cls, written: Mapping[str, Any]) -> Iterable[Finding]:
        return dangling_names(written)

    def contradictions(self) -> Iterable[Finding]:
        return contradictions_of(self)

    @property
    def current_tier(self) -> Tier | None:
        """The service level bought, where the contract has levels."""
        return self.tiers[self.tier] if self.tier else None

    def tier_named(self, name: str | None) -> Tier | None:
        """The level of that name, or the one bought where the name is empty or unknown here."""
        return self.tiers.get(name or "", self.current_tier)

    @property
    def clocks_in_use(self) -> tuple[str, ...]:
        """The clocks that have a target, in the order of the standard list."""
        promised = {rule.clock for rule in self.targets}
        return tuple(name for name in self.clocks if name in promised)

    @cached_property
    def service_calendars(self) -> Mapping[str, ServiceCalendar]:
        """Every calendar by name, built once."""
        return {
            name: build_calendar(spec, self.timezone, self.starts, self.ends)
            for name, spec in self.calendars.items()
        }

    def calendar_name(
        self, tier: str | None = None, channel: str | None = None, named: str | None = None
    ) -> str:
        """Which calendar counts: the rule's, the channel's, the tier's, then the contract's.

        A channel that the tier does not include has no calendar of its own. Names that the
        contract does not know are passed over. Raises `LookupError` if it has none.
        """
        level, way = self.tier_named(tier), self.channel_named(channel)
        if way is not None and way.tiers and (tier or self.tier) not in way.tiers:
            way = None
        choices = (named, way.calendar if way else None, level.calendar if level else None)
        chosen = next((name for name in (*choices, self.calendar) if name), None)
        if chosen is None:
            raise LookupError("the contract names no calendar")
        return chosen

    def calendar_for(
        self, tier: str | None = None, channel: str | None = None, named: str | None = None
    ) -> ServiceCalendar:
        """The calendar in which a promise to that tier, by that channel, is counted."""
        return self.service_calendars[self.calendar_name(tier, channel, named)]

    def channel_named(self, name: str | None) -> Channel | None:
        """The channel of that name, or the default one where the name is empty or unknown."""
        return self.channels.get(name or "", self.channels.get(self.default_channel or ""))

    def hands_over(self, content: Content) -> bool:
        """Whether the contract promises to tell that each quarter."""
        return self.quarter is not None and content in self.quarter.contents

    @property
    def counts_hours(self) -> bool:
        """Whether booked hours matter: for a budget, an allowance, or to be told each quarter."""
        return bool(self.development or self.allowance) or self.hands_over(Content.HOURS)

    def contacts_who_may(self, role: ContactRole) -> tuple[Contact, ...]:
        """The customer's people authorised for that."""
        return tuple(contact for contact in self.contacts if role in contact.may)

    def obligations_for(self, tier: str | None = None) -> tuple[Obligation, ...]:
        """What is owed at a level (the one bought, without a name), each with its rhythm."""
        name = tier or self.tier
        level = self.tier_named(name)
        owed = []
        for duty in self.obligations:
            rhythm = (level.rhythms.get(duty.name) if level else None) or duty.rhythm
            if rhythm is not None and (not duty.tiers or name in duty.tiers):
                owed.append(duty.model_copy(update={"rhythm": rhythm}))
        return tuple(owed)

    def availability_percent(self, tier: str | None = None) -> Decimal | None:
        """The availability promised at a level, in percent; `None` where none is."""
        level = self.tier_named(tier)
        if level is not None and level.availability is not None:
            return level.availability
        return self.availability.percent if self.availability else None

    def allowance_hours(self, tier: str | None = None) -> Decimal | None:
        """The hours a month included at a level; `None` where there is no allowance."""
        level = self.tier_named(tier)
        if self.allowance is None:
            return None
        if level is not None and level.allowance_hours is not None:
            return level.allowance_hours
        return self.allowance.hours_per_month
