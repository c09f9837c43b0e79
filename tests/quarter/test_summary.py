"""Which promises a quarter counts, and how they came out."""

from __future__ import annotations

from decimal import Decimal

from redmine_sla.page import render
from redmine_sla.quarter import Cell, Quarter, Summary, quarter_page, summarise
from redmine_sla.sla.reading import Assessment
from tests.judging import contract, judged, promising
from tests.notation import BUDAPEST, instant

UNDER = contract(
    "classification.text_rules = false",
    promising("response", "4bh"),
    promising("resolution", "8bh"),
)
THIRD = Quarter(2026, 3)
FOURTH = Quarter(2026, 4)
AT = "2026-10-01 00:00"

MET = """
2026-07-06 09:00 anna opens: Printer
           10:00 eva  says: We look into it
           15:00 eva  status: Resolved
"""
LATE_OVER_THE_END = """
2026-09-29 09:00 anna opens: Printer
           10:00 eva  says: We look into it
2026-10-02 10:00 eva  status: Resolved
"""
BROKEN_NEXT_QUARTER = """
2026-09-30 15:00 anna opens: Printer
           16:00 eva  says: We look into it
"""


def tickets(*stories: str, at: str = AT) -> list[Assessment]:
    return [judged(story, UNDER, at=at, number=n) for n, story in enumerate(stories, start=1)]


def summary(*stories: str, quarter: Quarter = THIRD, at: str = AT) -> Summary:
    return summarise(tickets(*stories, at=at), quarter, BUDAPEST)


def test_what_stopped_in_the_quarter_counts_by_clock_and_class() -> None:
    assert summary(MET).cells == {
        ("Resolution", "user"): Cell(met=1),
        ("Response", "user"): Cell(met=1),
    }
    assert summary(MET, quarter=FOURTH).cells == {}


def test_what_became_late_counts_where_its_due_time_lies_whenever_it_is_done() -> None:
    in_time = summary(LATE_OVER_THE_END)
    assert in_time.clocks["Resolution"] == Cell(missed=1)
    assert in_time.breaches[0].stopped is None
    afterwards = summary(LATE_OVER_THE_END, at="2026-12-01 09:00")
    assert afterwards.clocks["Resolution"] == Cell(missed=1)
    assert afterwards.breaches[0].stopped == instant("2026-10-02 10:00")
    assert "Resolution" not in summary(LATE_OVER_THE_END, quarter=FOURTH, at="2026-12-01").clocks


def test_what_is_due_after_the_end_is_still_open() -> None:
    (promise,) = summary(BROKEN_NEXT_QUARTER).open
    assert (promise.ticket, promise.clock) == (1, "Resolution")
    assert promise.due == instant("2026-10-01 15:00")
    assert summary(BROKEN_NEXT_QUARTER).breaches == ()


def test_a_breach_tells_promise_clause_and_reason() -> None:
    story = """
    2026-07-06 09:00 anna opens: Printer
    2026-07-07 10:00 eva  status: Resolved
    """
    breaches = {breach.clock: breach for breach in summary(story).breaches}
    assert breaches["Response"].promise == "4 business hours"
    assert breaches["Response"].clause == "response 4bh"
    assert breaches["Response"].reasons == ("resolved without it, after it was due",)


def test_the_share_is_exact_and_leaves_out_what_was_not_judged() -> None:
    cell = Cell(met=2, missed=1, unmeasured=5, cancelled=5)
    assert cell.share_met == Decimal(2) / 3
    assert Cell(unmeasured=1).share_met is None
    assert cell + Cell(met=1) == Cell(met=3, missed=1, unmeasured=5, cancelled=5)


def test_the_page_shows_figures_breaches_and_what_is_open() -> None:
    found = summary(MET, LATE_OVER_THE_END, BROKEN_NEXT_QUARTER)
    text = render(quarter_page(UNDER, found, as_of=instant(AT)), "common_mark")
    assert text.startswith("# Acme support: 2026Q3\n\nWe for Acme, 2026-07-01 to 2026-09-30.\n")
    assert "| **Response** | user | 3 | 0 | 100\u00a0% | 0 | 0 |" in text
    assert "| **Resolution** | user | 1 | 1 | 50\u00a0% | 0 | 0 |" in text
    assert (
        "| #2 | Resolution: 8 business hours (resolution 8bh) | 2026-09-29 17:00 CEST | not yet |"
        in text
    )
    assert "| #3 | Resolution | on track | 2026-10-01 15:00 CEST |" in text
    assert "Draft" not in text


def test_a_pause_at_the_end_is_said() -> None:
    waiting = f"{BROKEN_NEXT_QUARTER}\n16:30 eva status: Waiting for customer"
    text = render(quarter_page(UNDER, summary(waiting), as_of=instant(AT)), "common_mark")
    assert "| #1 | Resolution | on track, paused |" in text


def test_an_unfinished_quarter_is_a_draft_and_an_empty_one_says_so() -> None:
    text = render(quarter_page(UNDER, summary(), as_of=instant("2026-08-01 09:00")), "textile")
    assert "p. *Draft: the quarter is not over.* We for Acme" in text
    assert text.count("None.") == 2
    assert "Nothing." in text


def test_tickets_not_every_reader_may_see_are_counted_not_named() -> None:
    found = summary(MET, LATE_OVER_THE_END, BROKEN_NEXT_QUARTER)
    text = render(quarter_page(UNDER, found, hidden=[2, 3], as_of=instant(AT)), "textile")
    assert "#2" not in text
    assert "#3" not in text
    assert text.count("And 1 on tickets that not every reader of this page may see.") == 2
