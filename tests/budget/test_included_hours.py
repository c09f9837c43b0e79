"""The hours a contract includes each month: used, carried over, lapsed, and beyond.

(Profile crm-support: 2, 4 or 8 h a month by service level, usable for development.)
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.budget import HourAccount, MonthOfHours, Work, hour_account
from redmine_sla.budget.told_hours import rules_told
from redmine_sla.contract import Contract
from redmine_sla.language import ENGLISH
from tests.budget.booking import huf, work
from tests.contract.offers import offer
from tests.judging import contract

HALF_YEAR = date(2026, 6, 30)


def allowing(included: str = "4", *more: str) -> Contract:
    """Some hours a month since 2026-01-01, with more keys of `[allowance]`, then other tables."""
    return contract(f"vat = 'net'\n[allowance]\nclause = 'A'\nhours_per_month = {included}", *more)


def account(
    entries: list[Work], under: Contract | None = None, day: date = HALF_YEAR
) -> HourAccount:
    found = hour_account(under or allowing(), entries, day)
    assert found is not None
    return found


def hours(*values: int | str) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in values)


def month(
    number: int, entries: list[Work], under: Contract | None = None, day: date = HALF_YEAR
) -> MonthOfHours:
    return account(entries, under, day).months[number - 1]


def test_each_month_stands_for_itself() -> None:
    entries = [work("1", "2026-01-31"), work("3", "2026-02-01"), work("2.5", "2026-02-28")]
    january, february, march = account(entries).months[:3]
    assert (january.used, january.left, january.lapsed) == hours(1, 3, 3)
    assert (february.used, february.left, february.beyond) == hours("5.5", 0, "1.5")
    assert (march.used, march.left) == hours(0, 4)


def test_exactly_the_included_hours_are_not_beyond_them() -> None:
    assert month(3, [work("4")]).beyond == 0
    assert month(3, [work("4.01")]).beyond == Decimal("0.01")


def test_hours_beyond_have_the_contracts_price_or_none() -> None:
    priced = allowing("4", "overrun_rate = '18 000 HUF'")
    # 1.5 x 18 000
    assert month(3, [work("5.5")], priced).price == huf("27000")
    assert month(3, [work("5.5")]).price is None


DEARER = allowing(
    "4",
    "overrun_rate = '10 000 HUF'",
    "[[amendments]]\nfrom = 2026-03-16\nnote = 'dearer'\nallowance.overrun_rate = '20 000 HUF'",
)


@pytest.mark.parametrize(
    ("entries", "price"),
    [
        # 4 of 7 h are included: 3 x 10 000, then 2 x 20 000.
        ([work("7", "2026-03-15"), work("2", "2026-03-16")], "70000"),
        # 1 h of the included ones is left on the 16th: 1 x 20 000.
        ([work("3", "2026-03-15"), work("2", "2026-03-16")], "20000"),
        # Of 3 + 2 h beyond 1 is taken back, the last: 3 x 10 000 + 1 x 20 000.
        ([work("7", "2026-03-15"), work("2", "2026-03-16"), work("-1", "2026-03-20")], "50000"),
        # Of 3 h beyond 2 are taken back: 1 x 10 000.
        ([work("7", "2026-03-15"), work("-2", "2026-03-20")], "10000"),
        ([work("4", "2026-03-15")], "0"),
    ],
)
def test_an_hour_beyond_costs_what_it_did_on_the_day_it_went_beyond(
    entries: list[Work], price: str
) -> None:
    for order in (entries, entries[::-1]):
        assert month(3, order, DEARER).price == huf(price)


def test_hours_beyond_partly_without_a_price_have_none_told() -> None:
    priced_later = allowing(
        "4",
        "[[amendments]]\nfrom = 2026-03-16\nnote = 'price'\nallowance.overrun_rate = '20 000 HUF'",
    )
    entries = [work("5", "2026-03-15"), work("1", "2026-03-16")]
    assert month(3, entries, priced_later).price is None
    assert month(3, [work("5", "2026-03-16")], priced_later).price == huf("20000")


def test_the_month_in_progress_lapses_and_carries_nothing_yet() -> None:
    under = allowing("4", "rollover = 'next_month'")
    # February's 4 and March's 4, 1 used: 7 left. At the end 3 of February's lapse.
    running = month(3, [work("1")], under, date(2026, 3, 30))
    assert (running.left, running.carried_out, running.lapsed) == hours(7, 0, 0)
    over = month(3, [work("1")], under, date(2026, 3, 31))
    assert (over.left, over.carried_out, over.lapsed) == hours(7, 4, 3)


# 4 h a month; used: January 1, February 0, March 6, April 1, May 0, June 20.
USED = [
    work("1", "2026-01-10"),
    work("6", "2026-03-10"),
    work("1", "2026-04-10"),
    work("20", "2026-06-10"),
]


@pytest.mark.parametrize(
    ("rule", "carried_in", "beyond", "lapsed"),
    [
        # Nothing is carried: 3, 4, 0, 3, 4 lapse; March is 2 beyond, June 16.
        ("rollover = 'none'", (0, 0, 0, 0, 0, 0), (0, 0, 2, 0, 0, 16), (3, 4, 0, 3, 4, 0)),
        # January's 3 lapse at the end of February, whose own 4 go on; March uses 4 and 2 of its
        # own and hands on 2; April uses 1 of those, so 1 lapses; May hands on its own 4.
        (
            "rollover = 'next_month'",
            (0, 3, 4, 2, 4, 4),
            (0, 0, 0, 0, 0, 12),
            (0, 3, 0, 1, 4, 0),
        ),
        # January's 3 and February's 4 are there in March: 6 of 11 used, 5 lapse with the quarter.
        (
            "rollover = 'quarter'",
            (0, 3, 7, 0, 3, 7),
            (0, 0, 0, 0, 0, 9),
            (0, 0, 5, 0, 0, 0),
        ),
        # Nothing lapses: 3, 7, 5, 8, 12 go on; June: 20 - 12 - 4 = 4 beyond.
        (
            "rollover = 'contract'",
            (0, 3, 7, 5, 8, 12),
            (0, 0, 0, 0, 0, 4),
            (0, 0, 0, 0, 0, 0),
        ),
        # At most 5 in all go on: 3, 5 (of 7), 3 (of 3), 5 (of 6), 5 (of 9); June: 20 - 5 - 4.
        (
            "rollover = 'contract'\nrollover_cap = 5",
            (0, 3, 5, 3, 5, 5),
            (0, 0, 0, 0, 0, 11),
            (0, 2, 0, 1, 4, 0),
        ),
        # At most 2.5: January hands on 2.5 of 3, and so on; March: 6 - 2.5 - 4 is none beyond.
        (
            "rollover = 'next_month'\nrollover_cap = 2.5",
            (0, "2.5", "2.5", "0.5", "2.5", "2.5"),
            (0, 0, 0, 0, 0, "13.5"),
            ("0.5", 4, 0, 1, 4, 0),
        ),
    ],
)
def test_unused_hours_lapse_or_go_on(
    rule: str, carried_in: tuple[object], beyond: tuple[object], lapsed: tuple[object]
) -> None:
    months = account(USED, allowing("4", rule)).months
    assert [one.carried_in for one in months] == [Decimal(str(each)) for each in carried_in]
    assert [one.beyond for one in months] == [Decimal(str(each)) for each in beyond]
    assert [one.lapsed for one in months] == [Decimal(str(each)) for each in lapsed]


def test_quarters_are_the_contracts_where_it_counts_its_own() -> None:
    # Its quarters begin on 15 January and 15 April, so a month is of the one it ends in: January
    # to March of the first. 4 h each: 4, 8 and 12 unused; they lapse at the end of March.
    own = "[quarter]\nclause = 'Q'\nkind = 'contract'"
    from_mid_january = allowing("4", "rollover = 'quarter'", own).model_copy(
        update={"starts": date(2026, 1, 15)}
    )
    from_february = allowing("4", "rollover = 'quarter'", own).model_copy(
        update={"starts": date(2026, 2, 1)}
    )
    for under, carried_in in (
        (from_mid_january, hours(0, 4, 8, 0, 4, 8)),
        (from_february, hours(0, 4, 8, 0, 4)),  # February to April, then May
    ):
        seen = account([], under)
        assert tuple(one.carried_in for one in seen.months) == carried_in
        assert "until the end of the contract's quarter." in rules_told(ENGLISH, seen)


def test_a_month_without_an_allowance_breaks_the_chain() -> None:
    # January's 4 h go on to February; none are included in March; April begins at nothing.
    whole = allowing(
        "4",
        "rollover = 'contract'",
        "[[amendments]]\nfrom = 2026-03-01\nnote = 'none'",
        "[[amendments]]\nfrom = 2026-04-01\nnote = 'again'",
    )
    pause, again = whole.amendments
    paused = pause.model_copy(update={"terms": pause.terms.model_copy(update={"allowance": None})})
    under = whole.model_copy(update={"amendments": (paused, again)})
    months = account([], under, date(2026, 5, 31)).months
    assert [(one.month.first.month, one.carried_in) for one in months] == [
        (1, Decimal(0)),
        (2, Decimal(4)),
        (4, Decimal(0)),
        (5, Decimal(4)),
    ]


def test_hours_unused_when_the_contract_ends_lapse() -> None:
    under = contract(
        "ends = 2026-02-28",
        "[allowance]\nclause = 'A'\nhours_per_month = 4\nrollover = 'contract'",
    )
    months = account([work("1", "2026-01-10"), work("9", "2026-03-01")], under).months
    assert [(one.left, one.carried_out, one.lapsed) for one in months] == [
        hours(3, 3, 0),
        hours(7, 0, 7),
    ]


@pytest.mark.parametrize("level", ["5x8xNBD", "5x12x12", "7x24x4"])
def test_contract_a_includes_its_levels_hours(level: str) -> None:
    included = {"5x8xNBD": 2, "5x12x12": 4, "7x24x4": 8}[level]
    under = offer("crm-support").model_copy()
    terms = under.terms.model_copy(update={"tier": level})
    found = hour_account(under.model_copy(update={"terms": terms}), [], HALF_YEAR)
    assert found is not None
    assert {one.included for one in found.months} == {Decimal(included)}


LEVELS = """
tier = "small"
tiers.small = { title = "Small", allowance_hours = 2 }
tiers.large = { title = "Large", allowance_hours = 8 }
"""


def test_a_level_changed_in_mid_month_counts_by_its_days() -> None:
    # April: 14 days of 2 h and 16 of 8 h: (14 x 2 + 16 x 8) / 30 = 156 / 30 = 5.2.
    under = contract(
        LEVELS,
        "[allowance]\nclause = 'A'",
        "[[amendments]]\nfrom = 2026-04-15\nnote = 'larger'\ntier = 'large'",
    )
    months = account([], under).months
    assert [one.included for one in months] == [2, 2, 2, Decimal("5.2"), 8, 8]


@pytest.mark.parametrize(
    ("rule", "first", "last"),
    [
        ("full", "4", "4"),
        # 15 January to 10 February 2026: 17 of 31 days are 2.193..., 10 of 28 are 1.428...
        ("by_days", "2.19", "1.43"),
    ],
)
def test_the_first_and_the_last_month_are_full_or_by_days(rule: str, first: str, last: str) -> None:
    under = contract(
        "ends = 2026-02-10",
        f"[allowance]\nclause = 'A'\nhours_per_month = 4\nbroken_month = '{rule}'",
    ).model_copy(update={"starts": date(2026, 1, 15)})
    months = account([], under).months
    assert [one.included for one in months] == [Decimal(first), Decimal(last)]
    assert months[0].month.first == date(2026, 1, 15)
    assert months[-1].month.last == date(2026, 2, 10)


def test_a_leap_years_february_has_29_days() -> None:
    # 29 February alone: 1 of 29 days of 29 h.
    under = allowing("29", "broken_month = 'by_days'").model_copy(
        update={"starts": date(2028, 2, 29)}
    )
    assert account([], under, date(2028, 3, 1)).months[0].included == 1


@pytest.mark.parametrize(("rule", "april"), [("full", "4"), ("by_days", "2.13")])
def test_an_allowance_agreed_in_mid_month_is_a_broken_month(rule: str, april: str) -> None:
    # From 15 April: 16 of 30 days of 4 h are 2.133...
    under = contract(
        f"""
        [[amendments]]
        from = 2026-04-15
        note = "hours included"
        [amendments.allowance]
        clause = "A"
        hours_per_month = 4
        broken_month = "{rule}"
        """
    )
    months = account([work("1", "2026-04-14"), work("2", "2026-04-15")], under).months
    assert (months[0].included, months[0].used) == hours(april, 2)
    assert hour_account(under, [], date(2026, 3, 31)) is None


def test_only_what_the_rule_names_is_taken() -> None:
    under = allowing("4", "counts = { trackers = 'Support' }")
    assert month(3, [work("1", tracker="Support"), work("2")], under).used == 1


def test_development_is_taken_only_where_the_contract_allows_it() -> None:
    entries = [work("1", activity="Support"), work("2")]
    rule = "development = { activities = 'Development' }"
    usable = month(3, entries, allowing("4", rule, "usable_for_development = true"))
    assert (usable.used, usable.development, usable.outside) == hours(3, 2, 0)
    not_usable = month(3, entries, allowing("4", rule))
    assert (not_usable.used, not_usable.development, not_usable.outside) == hours(1, 0, 2)


def test_without_a_rule_nothing_is_known_to_be_development() -> None:
    seen = month(3, [work("1", activity="Support"), work("2")], allowing("4"))
    assert (seen.used, seen.development, seen.outside) == hours(3, 0, 0)


def test_what_the_development_budget_takes_is_not_taken_again() -> None:
    under = contract(
        "contract_sum = '12 000 000 HUF'\nvat = 'net'",
        "[allowance]\nclause = 'A'\nhours_per_month = 4\nusable_for_development = true",
        "[development]\npercent = 15\nclause = 'E'\ncounts = { trackers = 'Feature' }",
        "[[development.rates]]\nper_hour = '18 000 HUF'",
    )
    seen = account([work("1", tracker="Support"), work("2", tracker="Feature", ticket=2)], under)
    assert seen.months[2].used == 1
    assert set(seen.tickets) == {1}


def test_hours_are_counted_by_the_contracts_time_rules() -> None:
    rules = "[time]\nclause = 'C'\nminimum = 0.25\nunit = 0.25\nexempt_activities = 'Phone'"
    entries = [work("0.1"), work("0.26"), work("0.1", activity="Phone"), work("0")]
    # 0.25 + 0.5 + 0.1 + 0
    assert month(3, entries, allowing("4", rules)).used == Decimal("0.85")


def test_a_ticket_has_its_hours_by_month() -> None:
    entries = [work("1", "2026-01-10"), work("2", "2026-01-20"), work("4", "2026-02-01", ticket=2)]
    tickets = account(entries).tickets
    assert tickets[1].months == {date(2026, 1, 1): 3}
    assert tickets[2].months == {date(2026, 2, 1): 4}


ROLLOVERS = ["none", "next_month", "quarter", "contract"]


@given(
    st.lists(
        st.tuples(st.dates(date(2026, 1, 1), HALF_YEAR), st.decimals("0", "9", places=2)),
        max_size=15,
    ),
    st.sampled_from(ROLLOVERS),
    st.sampled_from(["", "rollover_cap = 3"]),
    st.randoms(use_true_random=False),
)
def test_no_hour_is_lost_or_made(
    booked: list[tuple[date, Decimal]], rollover: str, cap: str, random: object
) -> None:
    entries = [work(str(spent), str(day)) for day, spent in booked]
    under = allowing("4", f"rollover = '{rollover}'", cap)
    seen = account(entries, under)
    for one in seen.months:
        assert one.carried_in + one.included + one.beyond == one.used + one.left
        assert one.left == one.carried_out + one.lapsed
    for before, after in zip(seen.months, seen.months[1:], strict=False):
        assert before.carried_out == after.carried_in
    assert sum(one.used for one in seen.months) == sum(spent for _, spent in booked)
    random.shuffle(entries)  # type: ignore[attr-defined]
    assert account(entries, under).months == seen.months
