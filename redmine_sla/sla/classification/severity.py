"""How bad a fault is where it strikes: critical, priority or function (profile crm-support).

Heaviest first: the provider's choice, the customer's where it counts, tracker, category, monitored
service and priority by the contract's mapping, and last the words of the ticket. Unlike the class,
severities are not weighed against each other: the heaviest source that says something speaks.
"""

from __future__ import annotations

from collections.abc import Iterator

from redmine_sla.contract.words import ProblemClass, Severity
from redmine_sla.sla.classification.classifier import DECIDES, monitored, named, standing_choice
from redmine_sla.sla.classification.policy import ClassificationPolicy
from redmine_sla.sla.classification.reading import TextReading, read_text
from redmine_sla.sla.classification.values import (
    Evidence,
    EvidenceSource,
    SeverityJudgement,
    TicketFacts,
    TicketKind,
)
from redmine_sla.ticket import Party

_FAULTS = frozenset({TicketKind.INCIDENT, TicketKind.PROBLEM})
_MAPPED, _READ = 4.0, 1.0


def judge_severity(facts: TicketFacts, policy: ClassificationPolicy) -> SeverityJudgement:
    """The severity of a ticket's fault, with its evidence.

    What only the words (or the contract's default) say is flagged for triage: promises of days
    hang on it. A claim of the customer that does not count by itself is flagged as well.
    """
    claim = standing_choice(facts.severity_choices, Party.CUSTOMER)
    counted = claim is not None and policy.customer_choice_counts
    evidence = tuple(_evidence(facts, policy))
    first = evidence[0] if evidence else None
    by_words = first is None or first.source is EvidenceSource.TEXT
    decided = first is not None and first.source is EvidenceSource.PROVIDER
    open_claim = None if counted or decided else claim
    return SeverityJudgement(
        first.value if first else policy.default_severity,
        evidence,
        needs_triage=by_words or open_claim is not None,
        claim=open_claim,
    )


def _evidence(facts: TicketFacts, policy: ClassificationPolicy) -> Iterator[Evidence[Severity]]:
    provider = standing_choice(facts.severity_choices, Party.PROVIDER)
    if provider is not None:
        yield Evidence(EvidenceSource.PROVIDER, provider, DECIDES, "chosen by the provider")
    claim = standing_choice(facts.severity_choices, Party.CUSTOMER)
    if claim is not None and policy.customer_choice_counts:
        yield Evidence(EvidenceSource.CUSTOMER, claim, DECIDES, "chosen by the customer, as agreed")
    for source, mapping, choice in (
        (EvidenceSource.TRACKER, policy.tracker_severities, facts.tracker),
        (EvidenceSource.CATEGORY, policy.category_severities, facts.category),
    ):
        value = named(mapping, choice)
        if value is not None and choice is not None:
            yield Evidence(source, value, _MAPPED, f"{source} {choice.value}")
    alert = monitored(policy.service_severities, facts.monitoring)
    if alert is not None:
        name, value = alert
        yield Evidence(EvidenceSource.SERVICE, value, _MAPPED, f"monitoring names {name}")
    value = named(policy.priority_severities, facts.priority)
    if value is not None and facts.priority is not None:
        why = f"priority {facts.priority.value} set by the {facts.priority.party}"
        yield Evidence(EvidenceSource.PRIORITY, value, _MAPPED, why)
    if policy.text_rules:
        yield from _read(read_text(facts.subject, facts.description))


def _read(reading: TextReading) -> Iterator[Evidence[Severity]]:
    """A standstill of many is critical, of one a priority; what merely hampers is a function."""
    if reading.kind not in _FAULTS or not reading.says_something:
        return
    wide = reading.problem_class is not ProblemClass.USER
    if reading.outage and wide:
        severity, why = Severity.CRITICAL, "the words tell of a standstill that reaches far"
    elif reading.outage or reading.problem_class is ProblemClass.INFRASTRUCTURE:
        severity, why = Severity.PRIORITY, "the words tell of a standstill, or of something shared"
    else:
        severity, why = Severity.FUNCTION, "the words tell of work hampered, not stopped"
    yield Evidence(EvidenceSource.TEXT, severity, _READ, why)
