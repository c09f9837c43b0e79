"""What a contract says and its author hardly meant is warned of, until it is accepted by code."""

from __future__ import annotations

import pytest

from redmine_sla.contract import loads_contract
from redmine_sla.contract.checks.lint import warnings_of
from tests.contract.offers import offer
from tests.contract.writing import contract, written

TOO_LATE = """
[[targets]]
clock = "work_start"
within = "nbd"
clause = "3.1"
[[targets]]
clock = "resolution"
within = "4bh"
severity = "critical"
clause = "3.2"
[[targets]]
clock = "resolution"
within = "5bd"
clause = "3.3"
"""


def told(text: str) -> dict[str, str]:
    return {warned.code: str(warned.finding) for warned in warnings_of(loads_contract(text))}


def test_a_repair_before_the_start_of_work_is_warned_of() -> None:
    assert told(written(tables=TOO_LATE))["repair-before-start"] == (
        "targets[2].within: 3.2: to be resolved within 4 business hours, while work_start may take "
        "next business day (shorten work_start)"
    )


def test_what_is_accepted_is_not_told() -> None:
    accepted = written(keys='accepted_warnings = "repair-before-start"\n', tables=TOO_LATE)
    assert "repair-before-start" not in told(accepted)


def test_a_contract_without_targets_promises_nothing() -> None:
    assert "no-targets" in {warned.code for warned in warnings_of(contract())}


def test_assumptions_of_a_profile_are_named_until_somebody_has_looked() -> None:
    (warned,) = [w for w in warnings_of(offer("crm-support")) if w.code == "assumed"]
    assert str(warned.finding) == (
        "promised by assumption only: backup_structure_check, money-back, monitoring "
        "(look at each in the profile)"
    )


def test_an_authority_that_nobody_holds_is_named_once_with_what_needs_it() -> None:
    (warned,) = [w for w in warnings_of(offer("help-desk")) if w.code == "nobody-may"]
    assert str(warned.finding) == (
        "contacts: nobody may approve: permission request or change, change request, device order "
        '(name a contact with may = ["approve"])'
    )


def test_a_fee_without_its_base_and_a_budget_without_rates() -> None:
    assert "fee-without-base" in {w.code for w in warnings_of(offer("crm-support"))}
    assert "budget-without-rates" in {w.code for w in warnings_of(offer("information-system"))}


BOTH_KEYS = """
contract_sum = "12 000 000 HUF"
vat = "net"
allowance = { clause = "A", hours_per_month = 4 }
"""
BOTH = """
[development]
clause = "E"
percent = 15
rates = [{ per_hour = "18 000 HUF" }]
"""


@pytest.mark.parametrize(
    ("counts", "is_warned"),
    [("", True), ('counts = { trackers = "Feature" }', False)],
)
def test_a_budget_that_leaves_no_hour_to_the_allowance(counts: str, is_warned: bool) -> None:
    warned = {
        one.code: one.finding for one in warnings_of(contract(keys=BOTH_KEYS, tables=BOTH + counts))
    }
    assert ("budget-takes-all" in warned) is is_warned
    if is_warned:
        assert str(warned["budget-takes-all"]).startswith(
            "development.counts: every hour is booked on the development budget"
        )


def monthly(rhythm: str, starts: str = "2026-01-31", of_the_duty: str = "") -> dict[str, str]:
    duty = f"""
[[obligations]]
name = "backup"
title = "Backup"
clause = "5"
rhythm = "{rhythm}"
{of_the_duty}
"""
    return told(written(tables=duty).replace("starts = 2026-01-01", f"starts = {starts}"))


def test_a_monthly_rhythm_that_passes_over_short_months_is_warned_of() -> None:
    assert monthly("FREQ=MONTHLY")["skips-months"] == (
        "obligations[1].rhythm: FREQ=MONTHLY, begun on 2026-01-31, passes over the months that are "
        "too short (write BYMONTHDAY=-1 for each month's last day, or a BYMONTHDAY up to 28)"
    )
    assert "skips-months" in monthly("FREQ=MONTHLY;BYMONTHDAY=30", starts="2026-01-01")
    assert "skips-months" in monthly("FREQ=MONTHLY", "2026-01-01", "starts = 2026-01-29")


def test_a_monthly_rhythm_with_a_day_in_each_month_is_not() -> None:
    for rhythm in (
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYMONTHDAY=1,31",
        "FREQ=MONTHLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYMONTHDAY=29,30,31,-1;BYSETPOS=1",
        "FREQ=WEEKLY",
    ):
        assert "skips-months" not in monthly(rhythm)
    assert "skips-months" not in monthly("FREQ=MONTHLY", starts="2026-01-28")


def test_what_is_promised_and_told_in_no_section_of_the_quarter_is_warned_of() -> None:
    duty = '[[obligations]]\nname = "backup"\ntitle = "Backup"\nclause = "5"\nrhythm = "FREQ=DAILY"'
    allowance = '[allowance]\nclause = "7"\nhours_per_month = 4'
    promised = f"{duty}\n{allowance}\n"
    quarter = '[quarter]\nclause = "8"\n'
    contents = 'contents = ["service_levels", "hours"]'
    found = told(written(tables=promised + quarter + contents))
    assert found["untold-promise"] == (
        "quarter.contents: no section tells customers of what the contract has: obligations (add "
        "it, or leave contents out for all sections)"
    )
    assert "untold-promise" not in told(written(tables=promised + quarter))
    assert "untold-promise" not in told(written(tables=promised))
