"""What people choose on the ticket: the provider decides, the customer claims."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from redmine_sla.contract.words import ProblemClass
from redmine_sla.sla.classification import (
    Choice,
    ClassificationPolicy,
    EvidenceSource,
    TicketFacts,
    classify,
)
from redmine_sla.ticket import Party

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
POLICY = ClassificationPolicy()
ONE_MOUSE = "The mouse on my desk is broken, colleagues are fine."


def chose(
    value: ProblemClass | None, party: Party, *, hours: int = 0, is_default: bool = False
) -> Choice[ProblemClass]:
    return Choice(value, party, MORNING + timedelta(hours=hours), is_default)


def facts(*choices: Choice[ProblemClass]) -> TicketFacts:
    return TicketFacts(subject="mouse", description=ONE_MOUSE, class_choices=choices)


def test_a_providers_choice_wins_over_the_words() -> None:
    found = classify(facts(chose(ProblemClass.INFRASTRUCTURE, Party.PROVIDER)), POLICY)
    assert found.problem_class is ProblemClass.INFRASTRUCTURE
    assert found.confidence == 1.0
    assert not found.needs_triage
    assert found.evidence[0].source is EvidenceSource.PROVIDER


def test_a_providers_choice_stands_when_the_customer_chooses_later() -> None:
    found = classify(
        facts(
            chose(ProblemClass.SYSTEM, Party.PROVIDER),
            chose(ProblemClass.INFRASTRUCTURE, Party.CUSTOMER, hours=1),
        ),
        ClassificationPolicy(customer_choice_counts=True),
    )
    assert found.problem_class is ProblemClass.SYSTEM


def test_the_provider_may_change_its_mind_or_take_the_choice_back() -> None:
    changed = facts(
        chose(ProblemClass.SYSTEM, Party.PROVIDER),
        chose(ProblemClass.INFRASTRUCTURE, Party.PROVIDER, hours=1),
    )
    assert classify(changed, POLICY).problem_class is ProblemClass.INFRASTRUCTURE
    withdrawn = facts(
        chose(ProblemClass.SYSTEM, Party.PROVIDER), chose(None, Party.PROVIDER, hours=1)
    )
    assert classify(withdrawn, POLICY).problem_class is ProblemClass.USER


def test_a_customers_choice_is_a_claim_that_waits_for_triage() -> None:
    found = classify(facts(chose(ProblemClass.INFRASTRUCTURE, Party.CUSTOMER)), POLICY)
    assert found.problem_class is ProblemClass.USER
    assert found.claim is ProblemClass.INFRASTRUCTURE
    assert found.needs_triage


def test_a_customers_choice_counts_at_once_where_the_contract_says_so() -> None:
    found = classify(
        facts(chose(ProblemClass.INFRASTRUCTURE, Party.CUSTOMER)),
        ClassificationPolicy(customer_choice_counts=True),
    )
    assert found.problem_class is ProblemClass.INFRASTRUCTURE
    assert not found.needs_triage
    assert found.claim is None


@pytest.mark.parametrize(
    "choice",
    [
        chose(ProblemClass.INFRASTRUCTURE, Party.PROVIDER, is_default=True),
        chose(ProblemClass.INFRASTRUCTURE, Party.BOT),
        chose(ProblemClass.INFRASTRUCTURE, Party.UNKNOWN),
    ],
    ids=["a default", "the bot's own value", "somebody unknown"],
)
def test_what_no_known_person_chose_is_no_evidence(choice: Choice[ProblemClass]) -> None:
    assert classify(facts(choice), POLICY) == classify(facts(), POLICY)
