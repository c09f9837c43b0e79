"""Tracker, category, monitored service, burst and words are weighed against each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from redmine_sla.contract.words import ProblemClass
from redmine_sla.sla.classification import (
    Choice,
    ClassificationPolicy,
    EvidenceSource,
    TicketFacts,
    classify,
)
from redmine_sla.sla.classification.classifier import WEIGHTS
from redmine_sla.ticket import Party

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
POLICY = ClassificationPolicy(
    tracker_classes={"Outage": ProblemClass.INFRASTRUCTURE},
    category_classes={"Network": ProblemClass.INFRASTRUCTURE},
    service_classes={"crm*": ProblemClass.SYSTEM},
)
NOTHING = TicketFacts(subject="", description="")


def by(party: Party, value: str, *, is_default: bool = False) -> Choice[str]:
    return Choice(value, party, NOW, is_default)


def test_a_tracker_set_by_a_person_outweighs_the_words() -> None:
    facts = TicketFacts(
        description="My mouse is broken, colleagues are fine.",
        tracker=by(Party.CUSTOMER, "outage"),
    )
    found = classify(facts, POLICY)
    assert found.problem_class is ProblemClass.INFRASTRUCTURE
    assert found.evidence[0].source is EvidenceSource.TRACKER


def test_a_tracker_nobody_chose_says_nothing() -> None:
    for choice in (by(Party.CUSTOMER, "Outage", is_default=True), by(Party.BOT, "Outage")):
        found = classify(replace(NOTHING, tracker=choice), POLICY)
        assert found.evidence == ()
        assert found.needs_triage


def test_a_category_the_contract_does_not_map_says_nothing() -> None:
    facts = replace(NOTHING, category=by(Party.PROVIDER, "Miscellaneous"))
    assert classify(facts, POLICY).evidence == ()


def test_the_host_an_alert_names_is_mapped_by_pattern() -> None:
    found = classify(replace(NOTHING, monitoring=("CRM-app01", "http")), POLICY)
    assert found.problem_class is ProblemClass.SYSTEM
    assert "CRM-app01" in found.evidence[0].why


def test_three_reporters_of_alike_tickets_are_a_burst() -> None:
    found = classify(replace(NOTHING, alike_reporters=3), POLICY)
    assert found.problem_class is ProblemClass.SYSTEM
    assert found.evidence[0].source is EvidenceSource.BURST
    assert classify(replace(NOTHING, alike_reporters=2), POLICY).evidence == ()


def test_kinds_of_evidence_weigh_in_the_order_of_the_design() -> None:
    order = [
        EvidenceSource.TRACKER,
        EvidenceSource.CATEGORY,
        EvidenceSource.SERVICE,
        EvidenceSource.BURST,
    ]
    assert all(WEIGHTS[heavier] > WEIGHTS[lighter] for heavier, lighter in pairwise(order))


def test_evidence_that_contradicts_lowers_the_confidence() -> None:
    network = replace(NOTHING, category=by(Party.PROVIDER, "Network"))
    alone = classify(network, POLICY)
    against = classify(replace(network, monitoring=("crm01",)), POLICY)
    assert alone.problem_class is against.problem_class is ProblemClass.INFRASTRUCTURE
    assert against.confidence < alone.confidence


def test_under_the_threshold_the_contracts_default_holds_and_triage_is_asked() -> None:
    policy = replace(POLICY, threshold=0.99, default_class=ProblemClass.SYSTEM)
    facts = TicketFacts(description="Nobody in the whole company has internet.")
    found = classify(facts, policy)
    assert found.problem_class is ProblemClass.SYSTEM
    assert found.suggestion is ProblemClass.INFRASTRUCTURE
    assert found.needs_triage


@pytest.mark.parametrize("text", ["", "   \n", "123", "???", "-- \nJoe"])
def test_a_ticket_that_says_nothing_gets_the_default_and_triage(text: str) -> None:
    found = classify(TicketFacts(description=text), POLICY)
    assert found.problem_class is POLICY.default_class
    assert found.confidence == 0.0
    assert found.suggestion is None
    assert found.needs_triage


def test_text_rules_can_be_switched_off() -> None:
    facts = TicketFacts(description="Nobody in the whole company has internet.")
    assert classify(facts, replace(POLICY, text_rules=False)).evidence == ()
