"""The doctor warns of rates that are nobody's, and of hours that would tell customers the rates."""

from __future__ import annotations

import pytest

from redmine_sla.contract import Contract
from redmine_sla.sync.doctor import Level, RoleSeen
from tests.judging import contract
from tests.sync.test_doctor import found, server

BUDGET = """
contract_sum = "12 000 000 HUF"
vat = "net"
[development]
clause = "contract, point 11"
percent = 15
"""
RATE = '[[development.rates]]\nper_hour = "18 000 HUF"\n'
SEES = frozenset({"view_issues", "view_time_entries"})


def warned(under: Contract, role: RoleSeen) -> bool:
    finding = found(server(customer_roles=[role]), under).get("rates-can-be-divided-out")
    return finding is not None and finding.level is Level.WARNING


def test_hours_seen_beside_money_by_rate_are_warned_of() -> None:
    assert warned(contract(BUDGET + RATE), RoleSeen("Reporter", "all", "all", SEES))


@pytest.mark.parametrize(
    ("terms", "role"),
    [
        (BUDGET + RATE, RoleSeen("Reporter", "all", "all", frozenset({"view_issues"}))),
        (BUDGET + RATE, RoleSeen("Reporter", "all", "own", SEES)),
        (BUDGET, RoleSeen("Reporter", "all", "all", SEES)),
    ],
    ids=["sees no hours", "sees his own hours alone", "nothing is priced by rate"],
)
def test_else_nothing_is_said(terms: str, role: RoleSeen) -> None:
    assert not warned(contract(terms), role)


@pytest.mark.parametrize(
    ("user", "code", "level"),
    [
        ("edeveloper", "rate-user-unknown", Level.WARNING),  # a login: nobody is told it
        ("77", "rate-user-not-member", Level.ADVICE),
        ("Eva Developer", None, None),
        ("3", None, None),
    ],
)
def test_a_rate_names_somebody_of_the_contracts_projects(
    user: str, code: str | None, level: Level | None
) -> None:
    priced = contract(f"{BUDGET}{RATE}users = '{user}'").model_copy(update={"name": "alma"})
    said = {
        one.code: one.level for one in found(server(), priced).values() if "rate-user" in one.code
    }
    assert said == ({code: level} if code else {})
