"""Included hours in a quarter, and entries that break the time rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from redmine_sla.budget import Job, Work
from redmine_sla.contract import Contract
from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.quarter.differences import differences
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.sections.hours import hours_section
from tests.budget.booking import BUDGET, job, work
from tests.judging import contract
from tests.quarter.deliverables import frame, told

FOUR = contract(
    """
    vat = "net"
    [allowance]
    clause = "4 hours a month"
    hours_per_month = 4
    rollover = "next_month"
    overrun_rate = "18 000 HUF"
    [time]
    clause = "at least 0.25 h"
    minimum = 0.25
    unit = 0.25
    """
)
# June hands on its own 4. July uses those and 2 of its own, August a quarter of July's 2.
ENTRIES = [
    work("1", "2026-06-10"),
    work("4", "2026-07-10"),
    work("2", "2026-07-11", ticket=2),
    work("0.1", "2026-08-10"),
]
JOBS = [job(1, subject="Advice"), job(2, subject="Secret", hidden=True)]


def section(
    entries: Iterable[Work] = ENTRIES,
    jobs: Iterable[Job] = JOBS,
    *,
    under: Contract = FOUR,
    quarter: str = "2026Q3",
    at: str = "2026-10-05 09:00",
) -> Section:
    return hours_section(frame(under, quarter, at=at), iter(entries), iter(jobs))


def words(said: Section) -> str:
    return told(said).replace("\u00a0", " ")


def test_each_month_of_the_quarter_has_a_line() -> None:
    assert section().content is Content.HOURS
    rows = [tuple(row.values()) for row in section().figures["months"]]
    # month, included, carried in, used, development, outside, beyond, price, left, out, lapsed
    assert rows == [
        ("2026-07", "4", "4", "6", "0", "0", "0", None, "2", "2", "0"),
        ("2026-08", "4", "2", "0.25", "0", "0", "0", None, "5.75", "4", "1.75"),
        ("2026-09", "4", "4", "0", "0", "0", "0", None, "8", "4", "4"),
    ]
    assert "| July 2026 | 4 h | 4 h | 6 h | 2 h | 2 h |" in words(section())


def test_the_last_months_hours_stand_at_the_top_of_the_deliverable() -> None:
    (figure,) = section([work("3", "2026-09-10")]).highlights
    # August hands on its own 4.
    assert figure.value.replace("\u00a0", " ") == "3 h / 8 h"


def test_hours_beyond_stand_with_their_price() -> None:
    # 9 used of 4 + 4: 1 beyond.
    said = section([work("9", "2026-07-10")])
    assert said.figures["months"][0]["price"] == "18000 HUF"
    assert "**1 h** | HUF 18,000" in words(said)


def test_tickets_stand_with_their_hours_and_hidden_ones_are_counted() -> None:
    said = words(section())
    assert "| #1 | Advice | 4.25 h |" in said
    assert "Secret" not in said
    assert "And 1 on a ticket that not every reader of this page may see." in said
    rows = section().figures["tickets"]
    assert [(row.get("ticket"), row["month"], row["hours"]) for row in rows] == [
        (1, "2026-06", "1"),
        (1, "2026-07", "4"),
        (1, "2026-08", "0.25"),
        (None, "2026-07", "2"),
    ]


def test_entries_against_the_rule_are_listed_without_the_person() -> None:
    said = section()
    assert "| 2026-08-10 | Development | 0.1 h | 0.25 h |" in words(said)
    assert "eva" not in words(said) + str(said.figures) + str(said.sheets)
    (odd,) = said.figures["entries_against_time_rules"]
    assert (odd["ticket"], odd["booked_hours"], odd["counted_hours"]) == (1, "0.1", "0.25")


def test_hours_on_no_ticket_are_not_said_to_be_on_a_hidden_one() -> None:
    said = section([work("3", "2026-08-02", ticket=None), work("0.1", "2026-08-02", ticket=None)])
    assert "And 3.25 h on no ticket." in words(said)
    assert "| no ticket | 2026-08-02 | Development | 0.1 h | 0.25 h |" in words(said)
    late = section([work("1", "2026-06-10", ticket=None, changed="2026-07-02 08:00")])
    assert "| June 2026 | no ticket | 1 |" in words(late)
    assert not any("not every reader" in words(one) for one in (said, late))


def test_a_draft_does_not_treat_the_future_as_over() -> None:
    said = section([work("3", "2026-07-02")], at="2026-07-10 09:00")
    assert [(one["month"], one["lapsed_hours"]) for one in said.figures["months"]] == [
        ("2026-07", "0")
    ]
    assert said.highlights[0].note == "July 2026"


def test_a_month_stands_in_the_quarter_in_which_it_ends() -> None:
    own = contract(
        "allowance = { hours_per_month = 4, clause = 'A' }",
        "[quarter]\nclause = 'q'\nkind = 'contract'",
    ).model_copy(update={"starts": date(2026, 2, 15)})
    entries = [work("3", "2026-05-10"), work("1", "2026-05-20")]
    stated = {
        quarter: [
            (one["month"], one["used_hours"])
            for one in section(entries, under=own, quarter=quarter).figures["months"]
        ]
        for quarter in ("2026Q1", "2026Q2")
    }
    assert stated == {
        "2026Q1": [("2026-02", "0"), ("2026-03", "0"), ("2026-04", "0")],
        "2026Q2": [("2026-05", "4"), ("2026-06", "0"), ("2026-07", "0")],
    }


def test_an_odd_entry_on_a_hidden_ticket_is_counted() -> None:
    said = section([work("0.1", "2026-08-10", ticket=2)])
    assert "0.1 h" not in words(said)
    assert "ticket" not in said.figures["entries_against_time_rules"][0]


def test_time_rules_are_stated_where_no_hours_are_included() -> None:
    under = contract("[time]\nclause = 'C'\nminimum = 0.25")
    said = section(under=under)
    assert len(said.figures["entries_against_time_rules"]) == 1
    assert "months" not in said.figures


def test_corrections_of_earlier_months_are_named() -> None:
    said = section([work("1", "2026-06-10", changed="2026-07-02 08:00")])
    assert "| June 2026 | #1 | 1 |" in words(said)


def test_a_change_of_a_past_entry_is_found_by_comparing_figures() -> None:
    before = section([work("1", "2026-07-10"), work("1", "2026-08-10")]).figures
    after = section([work("1", "2026-07-10"), work("1.5", "2026-08-10")]).figures
    paths = {each.path for each in differences(before, after)}
    assert ("tickets", "#1 · 2026-08", "hours") in paths
    assert ("tickets", "#1 · 2026-07", "hours") not in paths


def test_a_contract_with_neither_has_nothing_to_say() -> None:
    rates = "[[development.rates]]\nper_hour = '18 000 HUF'"
    said = section(under=contract(BUDGET, rates))
    assert (said.blocks, said.figures, said.sheets) == ((), {}, ())
