"""The budget and the hours as customers read them on the contract's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import unescape

import pytest

from redmine_sla.budget import Work, hour_account
from redmine_sla.budget.thresholds import thresholds
from redmine_sla.budget.told import development_blocks, used_figure
from redmine_sla.budget.told_hours import allowance_blocks
from redmine_sla.contract import Contract, Vat
from redmine_sla.language import ENGLISH
from redmine_sla.page import Block, Page, Tone, render
from tests.budget.booking import AT_18000, BUDGET, DAY, booked, budget, job, work
from tests.judging import contract


def text(blocks: Iterable[Block]) -> str:
    return unescape(render(Page(tuple(blocks)), "common_mark")).replace("\u00a0", " ")


def page(
    entries: list[Work], under: Contract = AT_18000, *, estimated: str = "", price: str = ""
) -> str:
    seen = budget(entries, under, jobs=[job(estimated=estimated, price=price)])
    return text(development_blocks(ENGLISH, seen, thresholds(under, booked(entries, under))))


def test_limit_used_and_remaining_come_first() -> None:
    told = page([work("80")])
    for words in (
        "HUF 1,440,000 of HUF 1,800,000 used (80 %), HUF 360,000 left.",
        "75 % of the limit reached on 2 March 2026.",
        "The limit is 15 % of the contract sum (contract, point 11).",
        "15 % of the contract sum of HUF 12,000,000",
        "Amounts are net, without value added tax.",
    ):
        assert words in told
    assert "90 % of the limit" not in told


def test_over_the_limit_catches_the_eye() -> None:
    assert (
        "**HUF 1,980,000 of HUF 1,800,000 used (110 %): over the limit by HUF 180,000.**"
        in page([work("110")])
    )
    assert "over the limit" not in page([work("100")])


@pytest.mark.parametrize(
    ("vat", "words"),
    [
        (Vat.NET, "Amounts are net, without value added tax."),
        (Vat.GROSS, "Amounts are gross, value added tax included."),
    ],
)
def test_the_vat_basis_is_said(vat: Vat, words: str) -> None:
    assert words in text(development_blocks(ENGLISH, replace(budget([]), vat=vat)))


def test_what_open_tickets_still_cost_is_told_as_fitting_or_not() -> None:
    fits = "What is agreed and estimated fits into the limit."
    too_little = "With what is agreed and estimated, it is too little."
    assert fits in page([work("90")], estimated="100")
    assert too_little in page([work("90")], estimated="100.01")
    assert "estimated" not in page([work("90")])
    assert "whether all of it fits into the limit is not known" in page([], estimated="5")


def test_work_without_a_price_is_said_to_be_there_without_its_hours() -> None:
    under = contract(BUDGET, "[[development.rates]]\nroles = 'Manager'\nper_hour = '100 HUF'")
    told = page([work("37.5")], under)
    assert (
        "More work is booked that has no price yet: whether all of it fits into the limit is not "
        "known."
    ) in told
    assert "37.5" not in told


def test_nothing_is_said_to_fit_while_work_has_no_price() -> None:
    under = contract(
        BUDGET,
        "fixed_price_field = 'price'\n[[development.rates]]\nroles = 'Manager'",
        "per_hour = '100 HUF'",
    )
    seen = budget([work("1")], under, jobs=[job(2, price="1000")])
    told = text(development_blocks(ENGLISH, seen))
    assert "whether all of it fits into the limit is not known" in told
    assert "fits into the limit." not in told
    assert used_figure(ENGLISH, seen).tone is Tone.WARNING


def test_agreed_prices_are_told_in_full() -> None:
    under = contract(BUDGET, "fixed_price_field = 'price'")
    assert "Prices agreed on tickets with no time booked yet: HUF 450,000." in page(
        [], under, price="450000"
    )


def test_included_hours_of_the_month_and_their_rules() -> None:
    under = contract(
        """
        vat = "net"
        [allowance]
        clause = "4 hours a month"
        hours_per_month = 4
        rollover = "quarter"
        rollover_cap = 6
        usable_for_development = true
        overrun_rate = "18 000 HUF"
        """
    )
    found = hour_account(under, [work("3", "2026-06-02")], DAY)
    assert found is not None
    told = text(allowance_blocks(ENGLISH, found))
    # April and May hand on 4 and 6 (of 8); June has 4 of its own.
    for words in (
        "**10 h**",
        "6 h carried over",
        "Unused hours can be used until the end of the calendar quarter.",
        "At most 6 h are carried on.",
        "They may be spent on further development.",
        "An hour beyond costs HUF 18,000.",
        "(Contract: 4 hours a month.)",
    ):
        assert words in told
