"""A promise: one clock of one cycle of one ticket, as it came out. What all reports are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from redmine_sla.calendar import ServiceCalendar, Target
from redmine_sla.contract import TargetRule
from redmine_sla.sla.facts import Facts
from redmine_sla.sla.verdict import Motion, Verdict


class Awaited(StrEnum):
    """Why the time of a promise stood still."""

    CUSTOMER = "customer"
    THIRD_PARTY = "third_party"
    REST = "rest"  # the ticket lay resolved, and was reopened
    EXCLUSION = "exclusion"  # both sides agreed not to count it


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """One time in which a promise did not run: `[since, until)`.

    `until` is `None` while it lasts; it ends with the promise at the latest. `took` is its time as
    the promise counts it, up to the instant of judging. `reason` is the ticket's status meanwhile,
    or what the two sides agreed. `used_before` is the share of the target that was used when it
    began (1 is all of it), counted in `calendar`. `told` says whether the provider wrote to the
    customer when it began, `in_service` whether that day had service at all.
    """

    awaited: Awaited
    reason: str
    since: datetime
    until: datetime | None
    took: timedelta
    used_before: Decimal
    calendar: ServiceCalendar
    told: bool
    in_service: bool

    def within(self, begin: datetime, end: datetime) -> timedelta:
        """Its time in `[begin, end)`. What neighbouring stretches hold adds up to all of it."""
        since, until = max(self.since, begin), min(self.until or end, end)
        return self.calendar.elapsed(since, until) if since < until else timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise on one ticket, at the instant it was judged.

    `hidden` tickets are counted but never named to customers. `assignee` is who had the ticket
    when the promise was decided, or has it now (internal). `decided` is when the verdict came
    about: the due time where it is late, else the stop; `None` while it is open, or where nobody
    can tell. `counted_at` settles the period it belongs to: the same instant, or the last one of
    its contract if that was before (see `sla/belonging.py`). `raw_verdict`, `raw_decided` and
    `raw_counted_at` are the same without the exclusions agreed.

    `due` is `None` while the time is frozen or cannot be told. `target_time` and `used` are time
    as the promise counts it: service time for targets in business units, elapsed time for others.
    `reason` says why it is unmeasured, cancelled or pending; `remarks` how the verdict came about
    (both in English, for the provider).
    """

    ticket: int
    hidden: bool
    contract: str
    project: str
    subject: str
    assignee: str
    clock: str
    title: str
    cycle: int
    facts: Facts
    rule: TargetRule
    verdict: Verdict
    motion: Motion
    raw_verdict: Verdict
    reported: datetime
    decided: datetime | None = None
    raw_decided: datetime | None = None
    counted_at: datetime | None = None
    raw_counted_at: datetime | None = None
    started: datetime | None = None
    due: datetime | None = None
    stopped: datetime | None = None
    target_time: timedelta | None = None
    used: timedelta | None = None
    pauses: tuple[Pause, ...] = ()
    reason: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def problem_class(self) -> str:
        return self.facts.problem_class

    @property
    def severity(self) -> str:
        return self.facts.severity

    @property
    def kind(self) -> str:
        return self.facts.kind

    @property
    def tier(self) -> str:
        return self.facts.tier

    @property
    def channel(self) -> str:
        return self.facts.channel

    @property
    def tracker(self) -> str:
        return self.facts.tracker

    @property
    def target(self) -> Target:
        return self.rule.within

    @property
    def clause(self) -> str:
        return self.rule.clause

    @property
    def assumption(self) -> bool:
        """Is the target our reading of the offer, not its word?"""
        return self.rule.assumption

    @property
    def is_open(self) -> bool:
        """Is there still something to do for it? A breach that is not done yet is open, too."""
        return self.verdict.is_open

    @property
    def is_late(self) -> bool:
        return self.verdict.is_late

    @property
    def outlived_its_contract(self) -> bool:
        """Was it decided after the last day of the contract, on which it counts?"""
        return self.counted_at != self.decided

    @property
    def overrun(self) -> timedelta | None:
        """How far beyond the target, as the promise counts; `None` where it is not late."""
        if not self.is_late or self.used is None or self.target_time is None:
            return None
        return self.used - self.target_time

    @property
    def share_used(self) -> float | None:
        """The share of the target that was used: 1 is all of it."""
        if self.used is None or self.target_time is None:
            return None
        if not self.target_time:
            return 1.0 if self.used else 0.0
        return self.used / self.target_time
