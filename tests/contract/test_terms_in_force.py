"""A contract's terms have dates: an amendment changes what it names, from its day on."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from redmine_sla.contract import Money
from redmine_sla.errors import SlaError
from tests.contract.writing import WORK_START, complaints, contract, written

SUMS = """
[[amendments]]
from = 2026-04-01
note = "second module"
contract_sum = "150 HUF"

[[amendments]]
from = 2026-07-01
note = "night shift"
[amendments.calendars.office]
hours = "Mo-Fr 06:00-22:00"
"""
MONEY = 'contract_sum = "100 HUF"\nvat = "net"\n'


def test_an_amendment_holds_from_its_day_and_keeps_what_it_does_not_name() -> None:
    amended = contract(keys=MONEY, tables=SUMS)
    march, april, july = (amended.terms_on(date(2026, *day)) for day in ((3, 31), (4, 1), (7, 1)))
    assert march.contract_sum == Money.parse("100 HUF")
    assert april.contract_sum == july.contract_sum == Money.parse("150 HUF")
    assert april.calendar_for().hours == "Mo-Fr 09:00-17:00"
    assert july.calendar_for().hours == "Mo-Fr 06:00-22:00"
    assert july.calendar_for().holidays == "HU"


def test_before_the_start_the_first_terms_are_given() -> None:
    amended = contract(keys=MONEY, tables=SUMS)
    assert amended.terms_on(date(2020, 1, 1)) is amended.terms


def test_the_day_of_an_instant_is_that_of_the_contracts_zone() -> None:
    amended = contract(keys=MONEY, tables=SUMS)
    just_after_midnight_in_budapest = datetime(2026, 3, 31, 22, 0, tzinfo=UTC)
    terms = amended.terms_at(just_after_midnight_in_budapest)
    assert terms.contract_sum == Money.parse("150 HUF")


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(SlaError, match="2026-03-31 22:00:00 has no time zone"):
        contract().terms_at(datetime(2026, 3, 31, 22, 0))  # noqa: DTZ001


def test_the_last_day_is_included_and_an_amendment_may_move_it() -> None:
    tables = '[[amendments]]\nfrom = 2026-10-01\nnote = "a year more"\nends = 2027-12-31\n'
    prolonged = contract(keys="ends = 2026-12-31\n", tables=tables)
    assert prolonged.last_day == date(2027, 12, 31)
    assert prolonged.covers(date(2027, 12, 31))
    assert not prolonged.covers(date(2028, 1, 1))
    assert not prolonged.covers(date(2025, 12, 31))


def test_versions_are_given_oldest_first() -> None:
    amended = contract(keys=MONEY, tables=SUMS)
    assert [since for since, _ in amended.versions] == [
        date(2026, 1, 1),
        date(2026, 4, 1),
        date(2026, 7, 1),
    ]


def test_an_amended_rule_stands_in_the_place_of_the_one_it_names() -> None:
    rules = """
    [[targets]]
    name = "start"
    clock = "work_start"
    within = "8bh"
    clause = "3.1"

    [[targets]]
    clock = "resolution"
    within = "5bd"
    clause = "3.2"

    [[amendments]]
    from = 2026-07-01
    note = "faster, and faster still by phone"
    [[amendments.targets]]
    name = "start"
    within = "4bh"
    [[amendments.targets]]
    clock = "work_start"
    within = "1bh"
    priority = "Immediate"
    clause = "annex 1"
    """
    amended = contract(tables=rules)
    assert _figures(amended.terms.targets) == ["8 business hours", "5 business days"]
    assert _figures(amended.terms_on(date(2026, 7, 1)).targets) == [
        "1 business hour",
        "4 business hours",
        "5 business days",
    ]


def _figures(rules: tuple[object, ...]) -> list[str]:
    return [str(getattr(rule, "within")) for rule in rules]  # noqa: B009


def test_a_mistake_that_an_amendment_makes_is_told_on_its_line() -> None:
    tables = WORK_START + '[[amendments]]\nfrom = 2026-07-01\nnote = "gone"\ncalendar = "night"\n'
    assert complaints(written(tables=tables)) == [
        'alma.toml:20: amendments[1].calendar: no calendar is called "night" (known: office)'
    ]


def test_a_mistake_in_the_first_terms_is_told_once() -> None:
    tables = '[[amendments]]\nfrom = 2026-07-01\nnote = "more"\nat_risk_at = 80\n'
    assert complaints(written(keys='calender = "office"\n', tables=tables)) == [
        'alma.toml:10: calender: unknown key (did you mean "calendar"?)'
    ]


def test_what_identifies_a_contract_cannot_be_amended() -> None:
    tables = '[[amendments]]\nfrom = 2026-07-01\nnote = "moved"\ntimezone = "Europe/Paris"\n'
    assert complaints(written(tables=tables)) == [
        "alma.toml:16: amendments[1].timezone: cannot be amended "
        "(end this contract and write another)"
    ]


def test_amendments_stand_in_order_after_the_start() -> None:
    tables = """\
    [[amendments]]
    from = 2026-07-01
    note = "second"
    [[amendments]]
    from = 2026-04-01
    note = "first"
    """
    assert complaints(written(tables=tables)) == [
        "alma.toml:17: amendments[2].from: 2026-04-01 is not after 2026-07-01 "
        "(amendments start after the contract, and stand in order of date)"
    ]
