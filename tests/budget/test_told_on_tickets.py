"""The development budget as development tickets show it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redmine_sla.budget.told_on_tickets import ticket_text
from redmine_sla.contract import Language
from redmine_sla.language import ENGLISH, tongue_for
from tests.budget.booking import BUDGET, budget, huf, work
from tests.judging import contract


@pytest.mark.parametrize(
    ("hours", "shown"),
    [
        ("0", "less than 5 % of HUF 1,800,000 used"),
        ("4.99", "less than 5 % of HUF 1,800,000 used"),
        ("5", "5 % or more of HUF 1,800,000 used, at most HUF 1,710,000 left"),
        ("9.99", "5 % or more of HUF 1,800,000 used, at most HUF 1,710,000 left"),
        ("62.5", "60 % or more of HUF 1,800,000 used, at most HUF 720,000 left"),
        ("99.99", "95 % or more of HUF 1,800,000 used, at most HUF 90,000 left"),
        ("100", "all of HUF 1,800,000 used, nothing left"),
        ("100.01", "the limit of HUF 1,800,000 is exceeded"),
        ("300", "the limit of HUF 1,800,000 is exceeded"),
    ],
)
def test_a_ticket_shows_the_budget_in_steps_so_that_it_is_seldom_written(
    hours: str, shown: str
) -> None:
    assert ticket_text(ENGLISH, budget([work(hours)])).replace("\u00a0", " ") == shown


def test_a_threshold_of_the_contract_is_a_step() -> None:
    under = contract(
        BUDGET, "thresholds = [82.5]", "[[development.rates]]\nper_hour = '18 000 HUF'"
    )
    shown = [ticket_text(ENGLISH, budget([work(hours)], under)) for hours in ("82.49", "82.5")]
    assert [one.split("\u00a0")[0] for one in shown] == ["80", "82.5"]


def test_an_amended_limit_shows_on_tickets() -> None:
    seen = budget([work("62.5")])
    assert ticket_text(ENGLISH, replace(seen, limit=huf("3600000"))).startswith("30")


def test_the_tickets_text_is_in_the_language_asked_for() -> None:
    shown = ticket_text(tongue_for(Language.HUNGARIAN), budget([work("62.5")]))
    assert "720\u00a0000\u00a0Ft" in shown


def test_while_work_has_no_price_no_share_is_told_as_the_most_used() -> None:
    under = contract(BUDGET, "[[development.rates]]\nroles = 'Manager'\nper_hour = '18 000 HUF'")
    nothing = ticket_text(ENGLISH, budget([work("90")], under)).replace("\u00a0", " ")
    assert nothing == "how much of HUF 1,800,000 is used is not known yet"
    some = ticket_text(ENGLISH, budget([work("90"), work("50", role="Manager")], under))
    assert some.startswith("50\u00a0% or more")
