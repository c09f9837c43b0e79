"""Class, severity, priority or tier changed on the way: which target governs, and what is said."""

from __future__ import annotations

from redmine_sla.sla.verdict import Verdict
from tests.judging import contract, judged, promising, says

TARGETS = (
    promising("resolution", "2bh", severity="critical"),
    promising("resolution", "8bh"),
)
FROM_START = contract(*TARGETS)
FROM_CHANGE = contract('retarget = "from_change"', *TARGETS)

RAISED = """
2026-03-02 09:00 anna opens: Printer
           12:00 eva  field SLA severity = critical
"""
LOWERED = """
2026-03-02 09:00 anna opens: Printer
           09:10 eva  field SLA severity = critical
           12:00 eva  field SLA severity = function
"""


def test_the_value_now_governs_from_the_start() -> None:
    found = judged(RAISED, FROM_START, at="2026-03-02 12:30").reading("resolution")
    assert says(found) == "breached, running, due Mon 11:00, used 3:30"


def test_late_only_through_a_change_of_what_a_person_had_set() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
               09:10 eva  field SLA severity = function
               12:00 eva  field SLA severity = critical
    """
    found = judged(story, FROM_START, at="2026-03-02 12:30").reading("resolution")
    assert found is not None
    assert found.remarks == (
        "late only through a change: target 8 business hours became 2 business hours",
    )


def test_a_severity_that_triage_sets_first_excuses_nothing() -> None:
    found = judged(RAISED, FROM_START, at="2026-03-02 12:30").reading("resolution")
    assert found is not None
    assert found.verdict is Verdict.BREACHED
    assert found.remarks == ()


def test_a_priority_a_ticket_has_by_default_is_nobodys_word() -> None:
    under = contract(
        promising("resolution", "2bh", priority="Urgent"), promising("resolution", "8bh")
    )
    triaged = """
    2026-03-02 09:00 anna opens: Printer
               12:00 eva  priority: Urgent
    """
    found = judged(triaged, under, at="2026-03-02 12:30").reading("resolution")
    assert found is not None
    assert (found.verdict, found.remarks) == (Verdict.BREACHED, ())
    raised = triaged.replace("12:00", "09:10 eva  priority: High\n               12:00")
    found = judged(raised, under, at="2026-03-02 12:30").reading("resolution")
    assert found is not None
    assert found.remarks == (
        "late only through a change: target 8 business hours became 2 business hours",
    )


def test_or_each_change_counts_anew_where_the_contract_says_so() -> None:
    found = judged(RAISED, FROM_CHANGE, at="2026-03-02 12:30").reading("resolution")
    assert says(found) == "on_track, running, due Mon 14:00, used 0:30"


def test_in_time_only_through_a_change_is_said_with_the_share_used() -> None:
    found = judged(LOWERED, FROM_START, at="2026-03-02 13:00").reading("resolution")
    assert says(found) == "on_track, running, due Mon 17:00, used 4:00"
    # The ticket was reported without a severity: the first target was eight hours too.
    assert found is not None
    assert found.remarks == ()
    born_critical = LOWERED.replace(
        "opens: Printer", "field SLA severity = critical; opens: Printer"
    )
    born_critical = born_critical.replace("anna field", "eva field Channel = phone; field")
    found = judged(born_critical, FROM_START, at="2026-03-02 13:00").reading("resolution")
    assert found is not None
    assert found.remarks == (
        "in time only through a change (target 2 business hours became 8 business hours): "
        "200% of the first target was used",
    )


def test_the_value_at_the_stop_governs_whatever_is_changed_later() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
               12:00 eva  status: Resolved
               13:00 eva  field SLA severity = critical
    """
    found = judged(story, FROM_START, at="2026-03-02 14:00").reading("resolution")
    assert says(found) == "met, stopped, due Mon 17:00, used 3:00"


def test_pauses_before_the_change_still_count() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
               09:30 eva  status: Waiting for customer
               11:30 eva  status: In Progress
               12:00 eva  field SLA severity = critical
    """
    found = judged(story, FROM_START, at="2026-03-02 12:30").reading("resolution")
    assert says(found) == "at_risk, running, due Mon 13:00, used 1:30"


def test_a_priority_raised_by_the_bot_retargets_nothing() -> None:
    under = contract(
        promising("resolution", "2bh", priority="Immediate"), promising("resolution", "8bh")
    )
    story = """
    2026-03-02 09:00 anna opens: Printer
               10:00 bot  priority: Immediate
    """
    found = judged(story, under, at="2026-03-02 12:00").reading("resolution")
    assert says(found) == "on_track, running, due Mon 17:00, used 3:00"


def test_a_tier_chosen_on_the_ticket_retargets_it() -> None:
    under = contract(
        'tier = "basic"',
        'tiers.basic = { title = "Basic" }',
        'tiers.gold = { title = "Gold" }',
        promising("resolution", "2bh", tier="gold"),
        promising("resolution", "8bh"),
    )
    story = """
    2026-03-02 09:00 anna opens: Printer
               10:00 eva  field SLA tier = gold
    """
    found = judged(story, under, at="2026-03-02 10:15").reading("resolution")
    assert says(found) == "on_track, running, due Mon 11:00, used 1:15"


def test_an_amendment_does_not_touch_running_tickets() -> None:
    under = contract(
        promising("resolution", "8bh"),
        """
        [[amendments]]
        from = 2026-03-03
        note = "faster"
        targets = [{ clock = "resolution", within = "2bh", clause = "amendment 1" }]
        """,
    )
    running = "2026-03-02 16:00 anna opens: Printer"
    later = "2026-03-03 09:00 anna opens: Printer"
    assert "due Tue 16:00" in says(
        judged(running, under, at="2026-03-03 10:00").reading("resolution")
    )
    assert "due Tue 11:00" in says(
        judged(later, under, at="2026-03-03 10:00").reading("resolution")
    )


def test_a_tier_chosen_by_the_customer_counts_only_where_the_contract_lets_it() -> None:
    tiers = (
        'tier = "basic"',
        'tiers.basic = { title = "Basic" }',
        'tiers.gold = { title = "Gold" }',
        promising("resolution", "2bh", tier="gold"),
        promising("resolution", "8bh"),
    )
    story = "2026-03-02 09:00 anna opens: Printer\n10:00 anna field SLA tier = gold"
    claimed = judged(story, contract(*tiers), at="2026-03-02 10:15").reading("resolution")
    assert "due Mon 17:00" in says(claimed)
    counts = contract('customer_may_set = ["tier"]', *tiers)
    assert "due Mon 11:00" in says(
        judged(story, counts, at="2026-03-02 10:15").reading("resolution")
    )


def test_a_breach_that_a_change_counted_anew_is_not_kept_quiet() -> None:
    story = """
    2026-03-02 09:00 eva  field Channel = phone; field SLA severity = critical; opens: Printer
               12:00 eva  field SLA severity = function
    """
    found = judged(story, FROM_CHANGE, at="2026-03-02 13:00").reading("resolution")
    assert says(found) == "on_track, running, due Tue 12:00, used 1:00"
    assert found is not None
    assert found.remarks == (
        "in time only through a change (target 2 business hours became 8 business hours): "
        "200% of the first target was used",
    )
