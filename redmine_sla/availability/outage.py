"""An outage as it happened, or what is known of one that nobody timed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from redmine_sla.availability.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """Something was down from `began` to `ended`; `ended` is `None` while it lasts.

    `service` is what the ticket names, in the words that stand there; empty where it names none.
    A `rejected` ticket is no outage that the provider answers for: it counts only in the raw
    figures. `hidden` tickets are counted, not named.
    """

    ticket: int
    service: str
    began: datetime
    ended: datetime | None
    rejected: bool = False
    hidden: bool = False

    def span(self, as_of: datetime) -> Span:
        """The time it took, as far as it is known at an instant."""
        return Span(self.began, as_of if self.ended is None else min(self.ended, as_of))


class WhyUnmeasured(StrEnum):
    """Why an outage cannot be measured."""

    NO_BEGIN = "no_begin"
    NO_END = "no_end"  # the ticket is done, and nobody wrote when the outage was over
    UNREADABLE = "unreadable"  # what stands there is not a date with a time
    BACKWARDS = "backwards"  # it ends before it begins
    NO_SERVICE = "no_service"  # the ticket names none of the contract's services
    NO_FIELD = "no_field"  # this Redmine has no field where a begin could be written


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmeasured:
    """An outage of unknown length. `since` and `until` are the time it may concern, as far as the
    ticket tells; `until` is `None` while the ticket is not done. `ticket` is `None` where no ticket
    can tell.
    """

    ticket: int | None
    service: str
    gap: WhyUnmeasured
    since: datetime
    until: datetime | None
    rejected: bool = False
    hidden: bool = False

    def concerns(self, limits: Span) -> bool:
        """Whether it may have taken some of that time."""
        reaches = self.until is None or max(self.since, self.until) > limits.begin
        return self.since < limits.end and (reaches or self.since == limits.begin)
