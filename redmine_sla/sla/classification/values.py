"""The words classification speaks in: kinds of ticket, evidence, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from redmine_sla.contract.words import Kind, ProblemClass, Severity
from redmine_sla.ticket import Party

Value = TypeVar("Value", bound=str)


class TicketKind(StrEnum):
    """What a ticket is, as customers write it: ITIL's four kinds, questions and complaints."""

    INCIDENT = "incident"
    PROBLEM = "problem"
    REQUEST = "request"
    CHANGE = "change"
    QUESTION = "question"
    COMPLAINT = "complaint"

    @property
    def itil(self) -> Kind:
        """The contract's four kinds: a question or a complaint is a request for service."""
        if self in {TicketKind.QUESTION, TicketKind.COMPLAINT}:
            return Kind.REQUEST
        return Kind(self.value)


class Special(StrEnum):
    """What a ticket asks for beyond the daily work (profile help-desk)."""

    NONE = "none"
    PERMISSION_CHANGE = "permission_change"
    DEVICE_ORDER = "device_order"
    QUOTE_NEEDED = "quote_needed"
    LARGER_PROJECT = "larger_project"


class EvidenceSource(StrEnum):
    """Where evidence comes from, heaviest first."""

    PROVIDER = "provider"  # set by the provider: decides
    CUSTOMER = "customer"  # set by the customer: a claim, unless the contract lets it count
    TRACKER = "tracker"
    CATEGORY = "category"
    SERVICE = "service"  # the host or service a monitoring alert names
    BURST = "burst"  # alike tickets of several reporters
    PRIORITY = "priority"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Evidence(Generic[Value]):
    """One thing that speaks for a value.

    `weight` is in natural logarithms of odds: evidence of weight 2 makes its value 7.4 times as
    likely against the others. `why` is a sentence for people, with the words or names that count.
    """

    source: EvidenceSource
    value: Value
    weight: float
    why: str


@dataclass(frozen=True, slots=True)
class Choice(Generic[Value]):
    """A value somebody set on the ticket; `None` where it was taken away again.

    A field's default and what the bot wrote are choices of nobody and no evidence.
    """

    value: Value | None
    party: Party
    at: datetime
    is_default: bool = False

    @property
    def is_a_persons(self) -> bool:
        return not self.is_default and self.party in {
            Party.CUSTOMER,
            Party.PROVIDER,
            Party.THIRD_PARTY,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFacts:
    """What is known of a ticket when it is classified, in plain data.

    Choices are in order of time. `monitoring` names hosts and services of the alert behind the
    ticket, `alike_reporters` counts distinct reporters of alike tickets (see `bursts`), this
    ticket's own reporter among them.
    """

    subject: str = ""
    description: str = ""
    class_choices: tuple[Choice[ProblemClass], ...] = ()
    severity_choices: tuple[Choice[Severity], ...] = ()
    tracker: Choice[str] | None = None
    category: Choice[str] | None = None
    priority: Choice[str] | None = None
    monitoring: tuple[str, ...] = ()
    alike_reporters: int = 1
    by_phone: bool = False


@dataclass(frozen=True, slots=True)
class Classification:
    """How far the problem reaches, how sure that is, and what speaks for it.

    Under the contract's threshold `problem_class` is the contract's default, `suggestion` what the
    evidence leans to, and `needs_triage` is set. A customer's `claim` that does not count by itself
    waits for triage too.
    """

    problem_class: ProblemClass
    confidence: float
    evidence: tuple[Evidence[ProblemClass], ...]
    needs_triage: bool
    suggestion: ProblemClass | None
    claim: ProblemClass | None


@dataclass(frozen=True, slots=True)
class SeverityJudgement:
    """How bad a fault is where it strikes; `severity` is `None` where nothing says so."""

    severity: Severity | None
    evidence: tuple[Evidence[Severity], ...]
    needs_triage: bool
    claim: Severity | None
