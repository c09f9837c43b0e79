"""The facts that decide what was promised: who said them, and when they held."""

from __future__ import annotations

import pytest

from redmine_sla.contract import Contract
from redmine_sla.sla.fact_finder import TicketFactFinder
from redmine_sla.sla.facts import Facts
from tests.judging import GLOSSARY, contract, timeline
from tests.notation import instant

PLAIN = contract("classification.text_rules = false")


def facts(story: str, under: Contract = PLAIN, *, at: str = "2026-03-02 12:00") -> Facts:
    told = timeline(story)
    finder = TicketFactFinder(told, under.terms_at(told.reported), GLOSSARY)
    return finder.at(instant(at))


def test_nothing_known_is_the_contracts_default() -> None:
    found = facts("2026-03-02 09:00 anna opens: Printer")
    assert (found.problem_class, found.severity, found.kind) == ("user", "", "incident")


def test_a_providers_choice_holds_from_when_it_was_made() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
               10:00 eva  field SLA class = system
    """
    assert facts(story, at="2026-03-02 09:59").problem_class == "user"
    assert facts(story, at="2026-03-02 10:00").problem_class == "system"


def test_a_customers_choice_is_a_claim() -> None:
    story = "2026-03-02 09:00 anna opens: Printer\n10:00 anna field SLA class = infrastructure"
    assert facts(story).problem_class == "user"
    counts = contract('customer_may_set = ["class"]', "classification.text_rules = false")
    assert facts(story, counts).problem_class == "infrastructure"


def test_a_customers_later_choice_does_not_overrule_the_provider() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
               10:00 eva  field SLA class = system
               11:00 anna field SLA class = infrastructure
    """
    counts = contract('customer_may_set = ["class"]', "classification.text_rules = false")
    assert facts(story, counts).problem_class == "system"


def test_the_bots_own_value_is_no_evidence() -> None:
    story = "2026-03-02 09:00 anna opens: Printer\n10:00 bot field SLA class = infrastructure"
    assert facts(story).problem_class == "user"


def test_trackers_and_priorities_say_what_the_contract_says_they_say() -> None:
    under = contract(
        """
        [classification]
        text_rules = false
        trackers.Support = { kind = "request" }
        priorities.Immediate = { severity = "critical" }
        """
    )
    story = """
    2026-03-02 09:00 anna tracker: Support; opens: Printer
               10:00 anna priority: Immediate
    """
    found = facts(story, under)
    assert (found.kind, found.severity) == ("request", "critical")


@pytest.mark.parametrize(
    ("impact", "urgency", "priority"),
    [("high", "high", "Immediate"), ("high", "low", "High"), ("low", "low", "Low")],
)
def test_impact_and_urgency_together_give_the_priority(
    impact: str, urgency: str, priority: str
) -> None:
    under = contract(
        """
        [classification]
        matrix.high = { high = "Immediate", low = "High" }
        matrix.low = { high = "Normal", low = "Low" }
        """
    )
    story = f"""
    2026-03-02 09:00 anna opens: Printer
               10:00 eva  field Impact = {impact}; field Urgency = {urgency}
    """
    assert facts(story, under).priority == priority


def test_with_one_of_the_two_the_priority_is_what_people_set() -> None:
    under = contract('classification.matrix.high = { high = "Immediate" }')
    story = "2026-03-02 09:00 anna priority: Urgent; opens: x\n10:00 eva field Impact = high"
    assert facts(story, under).priority == "Urgent"


def test_a_tier_the_contract_does_not_know_changes_nothing() -> None:
    under = contract('tier = "basic"', 'tiers.basic = { title = "Basic" }')
    story = "2026-03-02 09:00 anna opens: x\n10:00 eva field SLA tier = platinum"
    assert facts(story, under).tier == "basic"


def test_the_words_of_a_ticket_speak_where_nobody_chose() -> None:
    story = "2026-03-02 09:00 anna opens: No internet in the whole company, nobody can work"
    assert facts(story, contract()).problem_class == "infrastructure"


def test_a_service_named_on_the_way_counts_from_then_on() -> None:
    under = contract(
        "classification.text_rules = false",
        'classification.services.erp = { class = "system" }',
    )
    story = "2026-03-02 09:00 anna opens: Printer\n10:00 eva field Service = erp"
    assert facts(story, under, at="2026-03-02 09:59").problem_class == "user"
    assert facts(story, under, at="2026-03-02 10:00").problem_class == "system"
