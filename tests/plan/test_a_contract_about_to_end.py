"""An ending contract is announced in time, with its open tickets, on its page and in the run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redmine_sla.contract import Contract
from redmine_sla.page import Page, render
from redmine_sla.plan import Board, Ending, Judged, board_of, ending_blocks, ending_of
from tests.judging import contract, promising
from tests.notation import instant
from tests.plan.world import REDMINE, WORDS_SAY_NOTHING, told

PRINTER = "2026-03-02 09:00 anna opens: Printer"


def until(last_day: str, notice: str = "60cd") -> Contract:
    return contract(
        f'ends = {last_day}\nnotice_before_end = "{notice}"',
        WORDS_SAY_NOTHING,
        promising("resolution", "8bh"),
    )


def ending(under: Contract, at: str, *tickets: Judged) -> Ending | None:
    as_of = instant(at)
    return ending_of(under, board_of(tickets, REDMINE, as_of), as_of)


@pytest.mark.parametrize(
    ("at", "announced"),
    [
        ("2026-03-01 23:59", False),  # 60 days after 1 March is 30 April
        ("2026-03-02 00:00", True),  # and after 2 March is 1 May, the last day
        ("2026-05-01 23:59", True),
    ],
)
def test_it_is_announced_from_the_first_day_of_the_notice(at: str, *, announced: bool) -> None:
    assert (ending(until("2026-05-01"), at) is not None) is announced


@pytest.mark.parametrize(
    ("at", "announced"),
    [
        ("2026-03-20 12:00", False),  # Friday: the fifth working day after is Friday the 27th
        ("2026-03-23 12:00", True),  # Monday: it is Monday the 30th, the last day
    ],
)
def test_a_notice_in_working_days_counts_those(at: str, *, announced: bool) -> None:
    assert (ending(until("2026-03-30", "5bd"), at) is not None) is announced


def test_a_contract_without_an_end_or_without_notice_is_not_announced() -> None:
    open_ended = contract('notice_before_end = "60cd"', promising("resolution", "8bh"))
    assert ending(open_ended, "2026-03-04 12:00") is None
    unannounced = contract("ends = 2026-04-30", promising("resolution", "8bh"))
    assert ending(unannounced, "2026-04-29 12:00") is None


def test_the_end_counts_as_it_was_amended() -> None:
    prolonged = contract(
        'ends = 2026-04-30\nnotice_before_end = "30cd"\n'
        '[[amendments]]\nfrom = 2026-04-10\nnote = "another year"\nends = 2027-04-30\n',
        promising("resolution", "8bh"),
    )
    assert ending(prolonged, "2026-04-05 12:00") is None
    assert ending(prolonged, "2027-04-05 12:00") is not None


def test_the_page_tells_the_day_and_the_open_tickets() -> None:
    under = until("2026-04-30")
    at = "2026-03-04 12:00"
    hidden = replace(told(PRINTER, under, at=at, number=9), moved_to="globex", is_hidden=True)
    done = told(f"{PRINTER}\n10:00 eva status: Resolved", under, at=at, number=3)
    found = ending(under, at, told(PRINTER, under, at=at, number=7), hidden, done)
    assert render(Page(tuple(ending_blocks(found))), "textile") == (
        "h2. The end of the contract\n\n"
        "p. *The contract ends on 30 April 2026.* 2 tickets are open.\n\n"
        "* #7 Printer\n\n"
        "p. And 1 ticket that not every reader of this page may see.\n"
    )


def test_what_does_not_fit_on_the_page_is_counted() -> None:
    under = until("2026-04-30")
    at = "2026-03-04 12:00"
    found = ending(under, at, *(told(PRINTER, under, at=at, number=n) for n in (7, 8, 9)))
    text = render(Page(tuple(ending_blocks(found, 2))), "textile")
    assert "3 tickets are open." in text
    assert "And 1 more." in text


def test_the_report_of_the_run_names_the_contract() -> None:
    under = until("2026-04-30")
    at = "2026-03-04 12:00"
    assert str(ending(under, at)) == "contract acme ends on 2026-04-30, with 0 open tickets"
    found = ending(under, at, told(PRINTER, under, at=at))
    assert str(found) == "contract acme ends on 2026-04-30, with 1 open ticket"


def test_after_its_end_it_is_told_of_as_long_as_tickets_are_open() -> None:
    under = until("2026-04-30")
    at = "2026-05-04 12:00"
    assert ending(under, at) is None
    found = ending(under, at, told(PRINTER, under, at=at))
    assert str(found) == "contract acme ended on 2026-04-30, with 1 open ticket"
    assert "*The contract ended on 30 April 2026.* 1 ticket is open." in render(
        Page(tuple(ending_blocks(found))), "textile"
    )


def test_in_the_contracts_language() -> None:
    under = until("2026-04-30").model_copy(update={"language": "pl"})
    found = ending_of(under, Board(), instant("2026-03-04 12:00"))
    assert "*Umowa wygasa 30 kwietnia 2026.* Nie ma otwartych zgłoszeń." in render(
        Page(tuple(ending_blocks(found))), "textile"
    )
