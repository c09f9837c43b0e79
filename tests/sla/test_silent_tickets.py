"""Tickets without clocks, and what keeps a provider's ticket from being internal."""

from __future__ import annotations

import pytest

from tests.judging import contract, judged, promising, says

UNDER = contract(promising("resolution", "8bh"))


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (
            "2026-03-02 09:00 bot opens: Monthly backup",
            "opened by a program, with neither a channel nor a customer named",
        ),
        (
            "2026-03-02 09:00 eva opens: Clean the cellar",
            "internal: opened by the provider, with neither a channel nor a customer named",
        ),
        ("2026-03-02 09:00 anna under #7; opens: Part of it", "a subtask: #7 speaks for it"),
    ],
)
def test_no_clock_runs_for(story: str, why: str) -> None:
    assessment = judged(story, UNDER, at="2026-03-02 10:00")
    assert assessment.silent == why
    assert assessment.readings == ()


@pytest.mark.parametrize("named", ["Channel = phone", "Customer = Acme"])
def test_opened_on_behalf_of_a_customer_it_runs_like_the_customers_own(named: str) -> None:
    story = f"2026-03-02 09:00 eva field {named}; opens: Anna called"
    assert judged(story, UNDER, at="2026-03-02 10:00").reading("resolution") is not None


def test_an_alert_that_a_program_files_runs_by_what_it_was_filed_as() -> None:
    under = contract(
        'channels.alert = { title = "Alert" }',
        promising("resolution", "2bh", tracker="Support", channel="alert"),
        promising("resolution", "8bh"),
    )
    story = """
    2026-03-02 09:00 bot tracker: Support; field Channel = alert; opens: disk full on db1
               10:00 bot tracker: Bug
    """
    found = judged(story, under, at="2026-03-02 10:30").reading("resolution")
    assert says(found) == "at_risk, running, due Mon 11:00, used 1:30"


def test_a_contract_may_take_the_providers_tickets_for_the_customers() -> None:
    under = contract('provider_tickets = "customer"', promising("resolution", "8bh"))
    story = "2026-03-02 09:00 eva opens: Anna called"
    assert judged(story, under, at="2026-03-02 10:00").reading("resolution") is not None


def test_a_contract_may_give_each_subtask_its_own_clocks() -> None:
    under = contract('subtasks = "each"', promising("resolution", "8bh"))
    story = "2026-03-02 09:00 anna under #7; opens: Part of it"
    assert judged(story, under, at="2026-03-02 10:00").reading("resolution") is not None


def test_strangers_are_named() -> None:
    story = "2026-03-02 09:00 anna opens: Printer\n10:00 dora says: Hello"
    assert judged(story, UNDER, at="2026-03-02 11:00").remarks == (
        "Dora Stranger is neither customer nor provider: name the party in sla.toml",
    )


def test_no_clock_runs_on_a_ticket_with_the_tools_key_whoever_the_tool_was_then() -> None:
    for who in ("bot", "eva", "dora"):
        key = "field SLA key = acme/review/2026-03-02"
        story = f"2026-03-02 09:00 {who} {key}; field Customer = Acme; opens: Review"
        assessment = judged(story, UNDER, at="2026-03-02 10:00")
        assert assessment.silent == "opened by redmine-sla for acme/review/2026-03-02"


def test_a_customers_copy_of_such_a_ticket_is_a_report_of_his() -> None:
    story = "2026-03-02 09:00 anna field SLA key = acme/review/2026-03-02; opens: Review"
    assert judged(story, UNDER, at="2026-03-02 10:00").reading("resolution") is not None
