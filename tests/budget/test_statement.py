"""The monthly statement: fee, hours beyond the allowance and credits, to the last forint."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

from redmine_sla.budget.credits import credits_of
from redmine_sla.budget.fees import monthly_fee
from redmine_sla.budget.hours import MonthOfHours
from redmine_sla.budget.misses import misses_of
from redmine_sla.budget.statement import Kind, Statement
from redmine_sla.budget.statement_told import statement_data, statement_sheet
from redmine_sla.contract import Contract, Money, Vat
from redmine_sla.press.csv_text import csv_text
from tests.availability.measuring import month_named
from tests.budget.paying import at_level, forint
from tests.judging import contract, promising
from tests.notation import instant
from tests.quarter.deliverables import as_judged

BACK = """
[[credits]]
name = "back"
clause = "money back"
clock = "resolution"
percent_of_fee = 10
cap_percent = 15
"""
PLAIN = "classification.text_rules = false"
RESOLUTION = promising("resolution", "8bh")
UNDER = at_level("5x8xNBD", 24, RESOLUTION, BACK, top=PLAIN)
LATE = """
2026-09-07 09:00 anna opens: Broken
2026-09-08 10:30 eva status: Resolved
"""


def hours(beyond: str, price: str | None) -> MonthOfHours:
    nothing = Decimal(0)
    return MonthOfHours(
        month=month_named("2026-09"),
        included=Decimal(2),
        carried_in=nothing,
        used=2 + Decimal(beyond),
        development=nothing,
        outside=nothing,
        beyond=Decimal(beyond),
        price=Money.parse(price) if price else None,
        left=nothing,
        carried_out=nothing,
        lapsed=nothing,
    )


def statement(
    under: Contract = UNDER,
    *stories: str,
    beyond: MonthOfHours | None = None,
    known: str = "2026-10-02 06:00",
    private: bool = False,
) -> Statement:
    month = month_named("2026-09")
    found = [
        one
        for number, story in enumerate(stories, start=1)
        for one in misses_of(as_judged(story, under, number=number, private=private))
    ]
    covered = month.within(under.starts, under.last_day)
    assert covered is not None
    return Statement(
        contract=under,
        month=covered,
        known=instant(known),
        credits=credits_of(under, month, found, monthly_fee(under, month)),
        hours=beyond,
        hours_clause="allowance",
    )


def amounts(found: Statement) -> list[tuple[str, str]]:
    return [(str(one.kind), forint(one.amount)) for one in found.lines]


def test_fee_hours_and_credits_stand_line_by_line_and_add_up() -> None:
    found = statement(UNDER, LATE, LATE, beyond=hours("1.5", "27000 HUF"))
    # 10 % of 600,000 for each of two late tickets, 15 % of it at most
    assert amounts(found) == [
        ("fee", "600000"),
        ("hours", "27000"),
        ("credit", "-60000"),
        ("credit", "-30000"),
    ]
    assert forint(found.total) == "537000"
    assert (found.vat, found.is_complete) == (Vat.NET, True)


def test_each_line_says_what_it_is_for() -> None:
    fee, beyond, first, second = statement(
        UNDER, LATE, LATE, beyond=hours("1.5", "27000 HUF")
    ).lines
    assert fee.what == "Monthly fee, 5x8xNBD: 6 % of 10,000,000 HUF deployment fee"
    assert (fee.quantity, fee.unit, fee.clause) == (Decimal(30), "of 30 days", "monthly fee")
    assert beyond.what == "Hours beyond the 2 h included"
    assert (beyond.quantity, beyond.unit) == (Decimal("1.5"), "h")
    assert first.what == "Credit: Resolution, resolution 8bh"
    assert (first.tickets, first.note) == ((1,), "")
    assert (second.tickets, second.note) == ((2,), "60,000 HUF before the cap")


def test_a_month_within_its_allowance_has_no_line_for_hours() -> None:
    assert amounts(statement(beyond=hours("0", "0 HUF"))) == [("fee", "600000")]


def test_hours_without_a_price_are_shown_and_cost_nothing() -> None:
    found = statement(beyond=hours("3", None))
    line = found.lines[1]
    assert (line.kind, forint(line.amount), line.quantity) == (Kind.HOURS, "0", Decimal(3))
    assert line.note == "the contract gives them no price"


def test_a_fee_that_nobody_knows_makes_the_statement_incomplete() -> None:
    under = contract(PLAIN, "[fees]", "clause = 'A'", RESOLUTION, BACK)
    found = statement(under, LATE)
    assert [one.amount for one in found.lines] == [None, None]
    assert not found.is_complete
    assert statement_data(found)["complete"] is False


def test_it_is_a_draft_until_the_contracts_month_is_over_and_known() -> None:
    assert statement(known="2026-09-30 23:59").is_draft
    assert not statement(known="2026-10-01 00:00").is_draft
    ends = at_level("5x8xNBD", 24, top="ends = 2026-09-12")
    assert not statement(ends, known="2026-09-13 00:00").is_draft


def test_what_broke_after_the_last_day_says_so() -> None:
    # 2 h of Thursday, 10 September, and 6 h of Friday: due on the 11th at 15:00
    late = """
    2026-09-10 15:00 anna opens: Broken
    2026-09-14 10:00 eva status: Resolved
    """
    (credit,) = (
        line
        for line in statement(
            at_level("5x8xNBD", 24, RESOLUTION, BACK, top=f"{PLAIN}\nends = 2026-09-10"), late
        ).lines
        if line.kind is Kind.CREDIT
    )
    assert credit.note == "broken on 2026-09-11, after the contract's last day"


def test_private_tickets_are_named_for_it_is_internal() -> None:
    found = statement(UNDER, LATE, private=True)
    assert found.lines[1].tickets == (1,)
    assert statement_data(found)["internal"] is True
    assert "not for the customer" in statement_sheet(found).title


def test_the_raw_credits_stand_beside() -> None:
    excluded = """
    [[exclusions]]
    from = 2026-09-07T10:00:00+02:00
    to = 2026-09-07T13:00:00+02:00
    reason = "power cut"
    author = "We"
    agreed_in = 17
    """
    found = statement(at_level("5x8xNBD", 24, RESOLUTION, BACK, excluded, top=PLAIN), LATE)
    assert amounts(found) == [("fee", "600000")]
    assert statement_data(found)["credits"] == {
        "owed": {"amount": "0", "currency": "HUF"},
        "without_exclusions": {"amount": "60000", "currency": "HUF"},
    }


def test_the_data_has_whole_forints_and_its_lines_add_up_to_its_total() -> None:
    data = statement_data(statement(UNDER, LATE, beyond=hours("1.25", "22500.50 HUF")))
    assert [line["amount"]["amount"] for line in data["lines"]] == ["600000", "22501", "-60000"]
    assert data["total"] == {"amount": "562501", "currency": "HUF"}
    assert (data["vat"], data["month"]) == ("net", "2026-09")


def test_the_csv_has_a_row_for_each_line_and_one_for_the_total() -> None:
    text = csv_text(statement_sheet(statement(UNDER, LATE)))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Kind"] for row in rows] == ["fee", "credit", "total"]
    money = [Decimal(row["Amount (HUF)"]) for row in rows]
    assert money == [600_000, -60_000, 540_000]
    assert {row["State"] for row in rows} == {"final"}


def test_what_a_contract_calls_itself_cannot_become_a_formula() -> None:
    hostile = UNDER.model_copy(update={"name": "=cmd|' /C calc'!A0"})
    text = csv_text(statement_sheet(replace(statement(), contract=hostile)))
    assert all(row["Contract"].startswith("'=") for row in csv.DictReader(io.StringIO(text)))
