"""Development up to 15 % of the contract sum, in exact money (profile information-system)."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.budget import Work
from redmine_sla.budget.bookings import UnpricedHours
from redmine_sla.budget.development import budget_from
from redmine_sla.budget.written_price import NoPrice
from redmine_sla.contract import Contract, Money
from tests.budget.booking import BUDGET, booked, budget, huf, work
from tests.judging import OFFICE, contract


def test_the_limit_is_a_percentage_of_the_contract_sum() -> None:
    assert budget([]).limit == huf("1800000")


def test_spent_is_hours_by_rate_to_the_last_decimal() -> None:
    assert budget([work("0.33"), work("2.25")]).spent == huf("46440")


def test_exactly_the_limit_is_not_over_it() -> None:
    # 15 % of 12 000 000 are 1 800 000; 100 h x 18 000 are 1 800 000.
    full = budget([work("100")])
    assert (full.share, full.remaining, full.is_over) == (Decimal(1), huf("0"), False)
    over = budget([work("100.01")])
    assert (over.remaining, over.is_over) == (huf("-180"), True)


def test_one_cent_more_than_the_limit_is_over_it() -> None:
    # 15 % of 1000.00 EUR are 150.00 EUR.
    rule = """
    contract_sum = "1000 EUR"
    vat = "gross"
    [development]
    percent = 15
    clause = "9"
    fixed_price_field = "price"
    """
    written = OFFICE.replace('"HUF"', '"EUR"') + rule
    under = Contract.model_validate(tomllib.loads(written, parse_float=Decimal))
    exact = budget([work("1", price="150.00")], under)
    assert (exact.remaining, exact.is_over) == (Money.parse("0.00 EUR"), False)
    over = budget([work("1", price="150.01")], under)
    assert (over.remaining, over.is_over) == (Money.parse("-0.01 EUR"), True)


def test_a_contract_without_a_budget_or_a_sum_that_day_has_none() -> None:
    assert budget_from(contract(), {}, booked([], contract())) is None


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
        users = ["ivan", "23"]
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


def test_people_are_known_by_number_or_by_name_as_redmine_shows_it() -> None:
    for known, price in (("21", "200"), ("eva", "200"), ("eszabo", "100")):
        under = contract(
            BUDGET,
            f"[[development.rates]]\nusers = '{known}'\nper_hour = '200 HUF'",
            "[[development.rates]]\nper_hour = '100 HUF'",
        )
        assert budget([work("1")], under).spent == huf(price)


def test_hours_without_a_rate_are_shown_never_counted_as_nothing() -> None:
    under = contract(BUDGET, "[[development.rates]]\nroles = 'Manager'\nper_hour = '100 HUF'")
    seen = budget([work("1.5"), work("2", role="Manager")], under)
    assert (seen.spent, seen.unpriced) == (huf("200"), Decimal("1.5"))
    (gap,) = booked([work("1"), work("0.5"), work("2", role="Manager")], under).gaps.items()
    assert gap == (
        UnpricedHours(date(2026, 3, 2), "eva", "Development", NoPrice.NONE),
        Decimal("1.5"),
    )


def test_time_is_rounded_only_where_the_contract_says_so() -> None:
    rates = "[[development.rates]]\nper_hour = '100 HUF'"
    rules = "[time]\nminimum = 0.25\nunit = 0.25\nexempt_activities = 'Phone'\nclause = 'C'"
    entries = [work("0.1"), work("0.26"), work("0.1", activity="Phone"), work("0")]
    assert budget(entries, contract(BUDGET, rates, rules)).spent == huf("46")
    rounded = contract(BUDGET, "time_rules = true", rates, rules)
    assert budget(entries, rounded).spent == huf("85")


@st.composite
def many_entries(draw: st.DrawFn) -> list[Work]:
    """Entries of several tickets and months, some at an agreed price, some without a rate."""
    days = st.dates(date(2026, 1, 1), date(2026, 6, 30))
    entries = []
    for ticket in draw(st.lists(st.sampled_from([None, 1, 2, 3]), max_size=12)):
        fields = {"price": "333.33"} if ticket == 3 else {}
        entries.append(
            work(
                str(draw(st.decimals("0", "24", places=2))),
                str(draw(days)),
                ticket=ticket,
                role=draw(st.sampled_from(["Developer", "Guest"])),
                **fields,
            )
        )
    return entries


PRICED = contract(
    BUDGET,
    "fixed_price_field = 'price'",
    "[[development.rates]]\nroles = 'Developer'\nper_hour = '17 333.33 HUF'",
)


@given(many_entries(), st.randoms(use_true_random=False))
def test_the_sum_is_the_same_in_whatever_order_the_entries_come(
    entries: list[Work], random: object
) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = budget(entries, PRICED), budget(shuffled, PRICED)
    assert (one.spent, one.unpriced, one.tickets) == (other.spent, other.unpriced, other.tickets)


@given(many_entries())
def test_tickets_and_days_add_up_to_the_sum_and_lose_nothing_by_rounding(
    entries: list[Work],
) -> None:
    whole = budget(entries, PRICED)
    tickets = {entry.entry.ticket for entry in entries}
    by_ticket = [
        budget([one for one in entries if one.entry.ticket == ticket], PRICED) for ticket in tickets
    ]
    assert sum((one.spent for one in by_ticket), huf("0")) == whole.spent
    assert sum((one.spent for one in whole.tickets), huf("0")) == whole.spent
    assert sum((one.unpriced for one in whole.tickets), Decimal(0)) == whole.unpriced
    days = booked(entries, PRICED).days
    assert sum((one.amount for one in days.values()), Decimal(0)) == whole.spent.amount


@given(many_entries(), st.dates(date(2026, 1, 1), date(2026, 6, 30)))
def test_what_is_spent_by_a_day_does_not_look_at_later_days(entries: list[Work], day: date) -> None:
    early = [one for one in entries if one.entry.spent_on <= day]
    assert budget(entries, PRICED, day).spent == budget(early, PRICED, day).spent
