"""A contract's page is in the contract's language throughout: no word goes past the tongue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redmine_sla.contract import Contract
from redmine_sla.contract.catalogue import profile_names
from redmine_sla.contract.words import Language
from redmine_sla.page import Page, render
from redmine_sla.plan import (
    Board,
    PageParts,
    board_of,
    contract_page,
    ending_blocks,
    ending_of,
)
from tests.contract.offers import offer
from tests.judging import contract
from tests.language.marking import marking, unsaid
from tests.notation import instant
from tests.plan.world import REDMINE, told

AT = "2026-03-04 12:00"
STORIES = (
    "2026-03-02 09:00 anna opens: Printer\n10:00 eva says: We look into it",
    "2026-03-04 11:00 anna opens: Fresh",
    "2026-03-02 09:00 anna opens: Waits\n10:05 eva status: Waiting for customer",
    "2026-02-10 09:00 anna opens: Slow\n2026-03-03 16:00 eva status: Resolved",
    "2026-03-02 09:00 anna opens: Dropped\n2026-03-03 16:00 eva status: Rejected",
)
FROM_OUTSIDE = "A contract Printer Fresh Waits Slow Dropped New Resolved Waiting for customer"
FROM_CLDR = "CET UTC vagy alebo и или H P po pi pon pt пн пт"
NAMES = "Europe Asia Budapest Bratislava Warsaw Almaty Bug Problem Immediate Urgent"
GIVEN = frozenset(f"{FROM_OUTSIDE} {FROM_CLDR} {NAMES}".split())


def page_of(under: Contract) -> Page:
    as_of = instant(AT)
    tickets = [told(story, under, at=AT, number=n) for n, story in enumerate(STORIES, 1)]
    tickets.append(replace(tickets[0], moved_to="elsewhere", is_hidden=True))
    board = board_of(tickets, REDMINE, as_of)
    ending = ending_blocks(ending_of(under, board, as_of))
    return contract_page(under, board, PageParts(ending=tuple(ending)), as_of=as_of)


@pytest.mark.parametrize("profile", profile_names())
def test_every_word_of_each_profiles_page_goes_through_the_tongue(profile: str) -> None:
    assert offer(profile).language is not Language.ENGLISH
    with marking():
        left = unsaid(page_of(offer(profile)))
    assert left <= GIVEN


def test_a_hungarian_page_is_hungarian() -> None:
    under = contract(
        'ends = 2026-04-30\nnotice_before_end = "60cd"\n'
        "[[contacts]]\n"
        'name = "Anna Kiss"\nmail = "anna@customer.example"\nmay = ["approve", "sign_off"]\n'
    ).model_copy(update={"language": Language.HUNGARIAN})
    text = render(contract_page(under, Board(), as_of=instant(AT)), "textile")
    assert "h2. Nyitott hibajegyek\n\np. Nincs." in text
    assert "* *Anna Kiss*: kéréseket hagy jóvá, átveszi a negyedévet" in text
    assert "2026. április 30" in text


def test_a_profile_written_in_english_reads_hungarian() -> None:
    text = render(page_of(offer("crm-support")), "textile")
    assert "| Naplófájlok átvizsgálása | havonta, a hónap 1. napján |" in text
    assert "| Megoldás | kritikus; incidens vagy probléma | 24 munkaóra |" in text
    assert "* *Szolgáltatási idő*: H-P 09:00-17:00, Europe/Budapest" in text
