"""Critical, priority or function: who says so, and what the words tell."""

from __future__ import annotations

from datetime import UTC, datetime

from redmine_sla.contract.words import Severity
from redmine_sla.sla.classification import (
    Choice,
    ClassificationPolicy,
    EvidenceSource,
    TicketFacts,
    judge_severity,
)
from redmine_sla.ticket import Party

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
POLICY = ClassificationPolicy(priority_severities={"Immediate": Severity.CRITICAL})
STANDSTILL = "Nobody in the warehouse can open the warehouse system, picking has stopped."


def test_the_providers_choice_decides() -> None:
    facts = TicketFacts(
        description=STANDSTILL,
        severity_choices=(Choice(Severity.FUNCTION, Party.PROVIDER, NOW),),
    )
    found = judge_severity(facts, POLICY)
    assert found.severity is Severity.FUNCTION
    assert not found.needs_triage


def test_a_customers_choice_is_a_claim() -> None:
    facts = TicketFacts(
        description="The report has a wrong heading.",
        severity_choices=(Choice(Severity.CRITICAL, Party.CUSTOMER, NOW),),
    )
    found = judge_severity(facts, POLICY)
    assert found.claim is Severity.CRITICAL
    assert found.severity is not Severity.CRITICAL
    assert found.needs_triage


def test_a_priority_set_by_a_person_is_mapped_and_a_default_is_not() -> None:
    def with_priority(*, is_default: bool) -> TicketFacts:
        return TicketFacts(
            subject="x", priority=Choice("immediate", Party.CUSTOMER, NOW, is_default)
        )

    found = judge_severity(with_priority(is_default=False), POLICY)
    assert found.severity is Severity.CRITICAL
    assert found.evidence[0].source is EvidenceSource.PRIORITY
    assert judge_severity(with_priority(is_default=True), POLICY).severity is None


def test_the_words_of_a_wide_standstill_are_critical_until_triage_confirms() -> None:
    found = judge_severity(TicketFacts(description=STANDSTILL), POLICY)
    assert found.severity is Severity.CRITICAL
    assert found.needs_triage


def test_a_request_has_no_severity_of_its_own() -> None:
    facts = TicketFacts(description="Please create an account for our new colleague.")
    assert judge_severity(facts, POLICY).severity is None
