"""Development up to 15 % of the contract sum, in exact money (contract E, point 11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.budget import DevelopmentBudget, Work, development_budget
from redmine_sla.contract import Contract, Money
from redmine_sla.ticket import Ref, TimeEntry
from tests.judging import contract

BUDGET = """
contract_sum = "12 000 000 HUF"
vat = "net"
[development]
percent = 15
clause = "E, point 11"
"""
AT_18000 = contract(BUDGET, "[[development.rates]]\nper_hour = '18 000 HUF'")
DAY = date(2026, 6, 30)


def work(
    hours: str,
    on: str = "2026-03-02",
    *,
    tracker: str = "Feature",
    activity: str = "Development",
    user: str = "eva",
    role: str = "Developer",
    ticket: int | None = 1,
    **fields: str,
) -> Work:
    instant = datetime(2026, 3, 2, tzinfo=UTC)
    entry = TimeEntry(
        id=1,
        project=Ref(1, "Acme"),
        user=Ref(21, user),
        activity=Ref(1, activity),
        spent_on=date.fromisoformat(on),
        hours=Decimal(hours),
        created=instant,
        updated=instant,
        ticket=ticket,
    )
    return Work(entry=entry, tracker=tracker, fields=fields, roles=frozenset({role}))


def budget(
    entries: Iterable[Work], under: Contract = AT_18000, day: date = DAY
) -> DevelopmentBudget:
    found = development_budget(under, entries, day)
    assert found is not None
    return found


def huf(amount: str) -> Money:
    return Money(Decimal(amount), "HUF")


def test_the_limit_is_a_percentage_of_the_contract_sum() -> None:
    assert budget([]).limit == huf("1800000")


def test_spent_is_hours_by_rate_to_the_last_decimal() -> None:
    assert budget([work("0.33"), work("2.25")]).spent == huf("46440")


def test_exactly_the_limit_is_not_over_it() -> None:
    full = budget([work("100")])
    assert (full.share, full.remaining, full.is_over) == (Decimal(1), huf("0"), False)
    over = budget([work("100.01")])
    assert (over.remaining, over.is_over) == (huf("-180"), True)


def test_one_line_tells_it_to_the_customer_without_rates() -> None:
    assert str(budget([work("30")])).replace("\u00a0", " ") == (
        "540 000 HUF of 1 800 000 HUF used (30 %), 1 260 000 HUF left, net"
    )
    assert str(budget([work("110")])).replace("\u00a0", " ") == (
        "1 980 000 HUF of 1 800 000 HUF used (110 %), over the limit by 180 000 HUF, net"
    )


def test_a_share_is_cut_so_that_nearly_all_does_not_read_as_all() -> None:
    assert "(99.9" in str(budget([work("99.99")]))


def test_a_contract_without_a_budget_or_a_sum_that_day_has_none() -> None:
    assert development_budget(contract(), [], DAY) is None


def test_only_what_the_rule_names_counts() -> None:
    rule = "counts = { trackers = ['Feature'], activities = ['Development'] }"
    under = contract(BUDGET, rule, "[[development.rates]]\nper_hour = '100 HUF'")
    entries = [work("1"), work("2", tracker="Bug"), work("4", activity="Design")]
    assert budget(entries, under).spent == huf("100")


def test_a_custom_field_of_the_ticket_may_say_what_counts() -> None:
    rule = "counts = { fields = { billing = ['budget'] } }"
    under = contract(BUDGET, rule, "[[development.rates]]\nper_hour = '100 HUF'")
    assert budget([work("1", billing="budget"), work("2", billing="warranty")], under).spent == huf(
        "100"
    )


def test_the_first_rate_that_fits_person_activity_and_day_wins() -> None:
    under = contract(
        BUDGET,
        """
        [[development.rates]]
        users = "ivan"
        per_hour = "30 000 HUF"
        [[development.rates]]
        roles = "Developer"
        activities = "Design"
        per_hour = "25 000 HUF"
        [[development.rates]]
        roles = "Developer"
        to = 2026-03-31
        per_hour = "18 000 HUF"
        [[development.rates]]
        roles = "Developer"
        from = 2026-04-01
        per_hour = "20 000 HUF"
        """,
    )
    for entry, price in (
        (work("1", user="ivan"), "30000"),
        (work("1", activity="Design"), "25000"),
        (work("1", "2026-03-31"), "18000"),
        (work("1", "2026-04-01"), "20000"),
    ):
        assert budget([entry], under).spent == huf(price)


def test_hours_without_a_rate_are_shown_never_counted_as_nothing() -> None:
    under = contract(BUDGET, "[[development.rates]]\nroles = 'Manager'\nper_hour = '100 HUF'")
    seen = budget([work("1.5"), work("2", role="Manager")], under)
    assert (seen.spent, seen.unpriced) == (huf("200"), Decimal("1.5"))
    assert str(seen).endswith("; more work has no price yet")


def test_an_agreed_price_stands_for_all_hours_on_its_ticket() -> None:
    under = contract(
        BUDGET, "fixed_price_field = 'price'", "[[development.rates]]\nper_hour = '100 HUF'"
    )
    entries = [
        work("5", ticket=7, price="450 000 HUF"),
        work("6", ticket=7, price="450 000 HUF"),
        work("1", ticket=8, price="1000"),
        work("2", ticket=9, price="to be agreed"),
    ]
    assert budget(entries, under).spent == huf("451200")


def test_time_is_rounded_only_where_the_contract_says_so() -> None:
    rates = "[[development.rates]]\nper_hour = '100 HUF'"
    rules = "[time]\nminimum = 0.25\nunit = 0.25\nexempt_activities = 'Phone'\nclause = 'C'"
    entries = [work("0.1"), work("0.26"), work("0.1", activity="Phone"), work("0")]
    assert budget(entries, contract(BUDGET, rates, rules)).spent == huf("46")
    rounded = contract(BUDGET, "time_rules = true", rates, rules)
    assert budget(entries, rounded).spent == huf("85")


def test_an_amendment_changes_the_limit_from_its_day_and_prices_only_later_work() -> None:
    under = contract(
        BUDGET,
        "[[development.rates]]\nper_hour = '100 HUF'",
        """
        [[amendments]]
        from = 2026-04-01
        note = "more"
        contract_sum = "20 000 000 HUF"
        [amendments.development]
        percent = 10
        rates = [{ per_hour = "200 HUF" }]
        """,
    )
    entries = [work("1", "2026-03-31"), work("1", "2026-04-01")]
    before = budget(entries, under, date(2026, 3, 31))
    assert (before.limit, before.spent) == (huf("1800000"), huf("100"))
    after = budget(entries, under, date(2026, 4, 1))
    assert (after.limit, after.spent) == (huf("2000000"), huf("300"))


@pytest.mark.parametrize(
    ("period", "spent"), [("contract", "700"), ("year", "600"), ("quarter", "400")]
)
def test_the_limit_may_be_for_the_contract_the_year_or_the_quarter(period: str, spent: str) -> None:
    under = contract(
        BUDGET,
        f"period = '{period}'",
        "[[development.rates]]\nper_hour = '100 HUF'",
    ).model_copy(update={"starts": date(2025, 7, 1)})
    entries = [
        work("9", "2025-06-30"),
        work("1", "2025-12-31"),
        work("2", "2026-01-01"),
        work("4", "2026-04-01"),
        work("8", "2026-07-01"),
    ]
    assert budget(entries, under).spent == huf(spent)


@given(st.lists(st.decimals("0.01", "24", places=2), max_size=12), st.randoms())
def test_the_sum_is_the_same_in_any_order_and_any_partition(
    hours: list[Decimal], random: object
) -> None:
    entries = [work(str(each), ticket=number) for number, each in enumerate(hours)]
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    whole = budget(entries).spent
    assert budget(shuffled).spent == whole
    half = len(entries) // 2
    assert budget(entries[:half]).spent + budget(entries[half:]).spent == whole
