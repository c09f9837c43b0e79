"""Impact x urgency gives the priority (profile cloud-erp); what a person chooses later stands."""

from __future__ import annotations

from redmine_sla.contract import Contract
from redmine_sla.plan import TicketPlan
from tests.judging import contract, promising
from tests.notation import instant
from tests.plan.world import DESK, REDMINE, told, update

MATRIX = """
[classification.matrix.high]
high = "Immediate"
low = "High"
[classification.matrix.low]
high = "Normal"
low = "Low"
"""
BY_MATRIX = contract(MATRIX, promising("resolution", "8bh"))
CLAIM_COUNTS = contract(
    'customer_may_set = ["impact", "urgency"]', MATRIX, promising("resolution", "8bh")
)
OPENED = "2026-03-02 09:00 anna opens: Printer prints blanks"
WEIGHED = f"{OPENED}\n09:30 eva field Impact = High; field Urgency = high"
AT = "2026-03-02 10:00"


def priority(story: str, under: Contract = BY_MATRIX, *, parents: tuple[int, ...] = ()) -> str:
    plan = TicketPlan(DESK, REDMINE, instant(AT), parents=parents)
    change = update(told(story, under, at=AT), plan)
    assert change is not None
    return REDMINE.priorities[change.priority] if change.priority else ""


def test_what_the_provider_weighed_gives_the_priority() -> None:
    assert priority(WEIGHED) == "Immediate"
    change = update(told(WEIGHED, BY_MATRIX, at=AT))
    assert change is not None
    assert change.edits[-1].what == "Priority"
    assert change.why.endswith("; impact High x urgency high")


def test_a_customers_claim_waits_for_triage() -> None:
    claimed = "2026-03-02 09:00 anna opens: Printer; field Impact = high; field Urgency = high"
    assert priority(claimed) == ""
    assert priority(claimed, CLAIM_COUNTS) == "Immediate"


def test_one_of_the_two_is_not_enough() -> None:
    assert priority(f"{OPENED}\n09:30 eva field Impact = high") == ""


def test_a_value_the_matrix_does_not_know_says_nothing() -> None:
    assert priority(f"{OPENED}\n09:30 eva field Impact = huge; field Urgency = high") == ""


def test_a_priority_chosen_after_both_stands() -> None:
    assert priority(f"{WEIGHED}\n09:40 eva priority: Low") == ""
    assert (
        priority(f"{OPENED}\n09:30 eva field Impact = high; field Urgency = high; priority: Low")
        == ""
    )


def test_a_priority_chosen_before_gives_way() -> None:
    story = (
        f"{OPENED}\n09:10 eva priority: Low\n09:30 eva field Impact = high; field Urgency = high"
    )
    assert priority(story) == "Immediate"


def test_a_new_weighing_gives_a_new_priority() -> None:
    story = f"{WEIGHED}\n09:35 bot priority: Immediate\n09:50 eva field Urgency = low"
    assert priority(story) == "High"


def test_a_priority_that_fits_already_is_not_written() -> None:
    assert priority(f"{OPENED}\n09:30 eva field Impact = low; field Urgency = high") == ""


def test_parents_keep_theirs_for_redmine_ignores_the_wish() -> None:
    assert priority(WEIGHED, parents=(1,)) == ""


def test_closed_tickets_keep_theirs() -> None:
    assert priority(f"{WEIGHED}\n09:45 eva status: Closed") == ""


def test_a_contract_without_a_matrix_leaves_priorities_alone() -> None:
    assert priority(WEIGHED, contract(promising("resolution", "8bh"))) == ""
