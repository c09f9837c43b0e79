"""Every profile of the catalogue has a page that tells its promises, in both markups."""

from __future__ import annotations

import pytest

from redmine_sla.contract.catalogue import profile_names
from redmine_sla.contract.words import Language
from redmine_sla.page import Markup, render
from redmine_sla.plan import Board, contract_page
from tests.contract.offers import offer
from tests.notation import instant

MARKUPS: tuple[Markup, ...] = ("textile", "common_mark")


def source(profile: str, markup: Markup = "textile") -> str:
    english = offer(profile).model_copy(update={"language": Language.ENGLISH})
    page = contract_page(english, Board(), as_of=instant("2026-03-02 10:00"))
    return render(page, markup)


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize("profile", profile_names())
def test_it_names_each_promise_with_its_clause(profile: str, markup: Markup) -> None:
    text = source(profile, markup=markup)
    terms = offer(profile).terms
    for rule in terms.targets:
        if not rule.tier or terms.tier in rule.tier:
            assert terms.clocks[rule.clock].title in text
    assert "Service level" in text


def test_a_level_that_was_not_bought_is_not_shown() -> None:
    text = source("crm-support")
    assert "next business day" in text
    assert "24 business hours" in text
    assert "6 business hours" not in text
    assert "Around the clock" not in text
    assert "| Review of the log files | monthly, on day 1 of the month |" in text


def test_channels_with_windows_of_their_own_are_told() -> None:
    text = source("cloud-erp")
    assert "* *Served*: around the clock" in text
    assert "Mon-Fri 08:00-17:00" in text
