"""No rate can be divided out of what a quarter publishes on money and hours.

The attacker takes every number of both sections (words, charts, sheets, figures) and what anybody
can read on the tickets (estimates, prices), and tries each quotient of numbers and of differences.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from redmine_sla.budget import Job, Work
from redmine_sla.contract import Contract, Language, Money
from redmine_sla.page import Block, Figure, LineChart, Page, render
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.sections.budget import budget_section
from redmine_sla.quarter.sections.hours import hours_section
from tests.budget.booking import job, work
from tests.judging import contract
from tests.quarter.deliverables import frame

RATE = Decimal(17389)
OTHER = Decimal(23117)
DEVELOPMENT = f"""
    ends = 2026-12-31
    contract_sum = "12 000 000 HUF"
    vat = "net"
    [development]
    percent = 15
    clause = "E"
    fixed_price_field = "price"
    counts = {{ activities = ["Development", "Design"] }}
    [[development.rates]]
    activities = "Design"
    per_hour = "{OTHER} HUF"
    [[development.rates]]
    users = "eva"
    per_hour = "{RATE} HUF"
    [time]
    clause = "C"
    minimum = 0.25
    unit = 0.25
"""
UNDER = contract(
    DEVELOPMENT,
    """
    [allowance]
    clause = "A"
    hours_per_month = 4
    usable_for_development = true
    development = { activities = "Development" }
    """,
)
TOLD_HOURS = contract(DEVELOPMENT, "[quarter]\nclause = 'q'\ncontents = ['budget', 'hours']")
"""Without included hours: all that is not on the budget is told as booked."""
LONELY = [work("3.17", "2026-08-10")]
MIXED = [
    work("3.17", "2026-08-10"),
    work("1.13", "2026-08-11", activity="Support"),
    work("7.31", "2026-09-11", ticket=2),
    work("2.71", "2026-09-12", ticket=2, activity="Design"),
    work("5.41", "2026-09-13", ticket=3, price="450 000 HUF"),
    work("4.19", "2026-09-14", ticket=4, user="ivan"),
]
JOBS = [
    job(1, estimated="41.3", assignee="eva"),
    job(2, estimated="19.7"),
    job(3, estimated="23.9", price="450 000 HUF"),
    job(4),
]
ON_TICKETS = [Decimal(number) for number in ("41.3", "19.7", "23.9", "450000")]


def published(
    entries: Iterable[Work],
    jobs: Sequence[Job],
    under: Contract = UNDER,
    *,
    at: str = "2026-10-05 09:00",
) -> list[Section]:
    stated = frame(under, "2026Q3", at=at)
    entries = list(entries)
    return [
        budget_section(stated, entries, jobs),
        hours_section(stated, entries, jobs),
    ]


def numbers(sections: Iterable[Section]) -> set[Decimal]:
    """Every number that stands anywhere in them, as exactly as it stands there."""
    found: set[Decimal] = set()
    for section in sections:
        found.update(*map(_in_block, section.blocks))
        found.update(*map(_in_sheet, section.sheets))
        found.update(_in_text(json.dumps(section.figures)))
        for figure in section.highlights:
            found.update(_in_text(f"{figure.value} {figure.note}"))
    return found


def _in_block(block: Block) -> Iterator[Decimal]:
    if isinstance(block, Figure):
        assert isinstance(block.chart, LineChart)
        for series in block.chart.series:
            yield from filter(None, series.values)
        yield from _in_text(block.told)
    else:
        yield from _in_text(render(Page((block,)), "textile"))


def _in_sheet(sheet: Sheet) -> Iterator[Decimal]:
    for row in sheet.rows:
        for cell in row:
            yield from _in_cell(cell)


def _in_cell(cell: Any) -> Iterator[Decimal]:
    if isinstance(cell, Money):
        yield cell.amount
    elif isinstance(cell, Decimal | int):
        yield Decimal(cell)
    else:
        yield from _in_text(str(cell))


def _in_text(text: str) -> Iterator[Decimal]:
    plain = text.replace("\u00a0", "").replace("&#46;", ".")
    for number in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", plain):
        yield Decimal(number.replace(",", ""))


def divided_out(known: Iterable[Decimal], rates: Iterable[Decimal]) -> set[Decimal]:
    """The rates that are a number, or the quotient of a number or difference and a number."""
    values = {number for number in known if number}
    amounts = {abs(one - other) for one, other in permutations(values, 2)} | values
    return {
        rate
        for rate in rates
        if rate in values
        or any(abs(amount - rate * hours) < 1 for hours in values for amount in amounts if amount)
    }


def likely(known: Iterable[Decimal]) -> set[Decimal]:
    """Amounts of money, and numbers that may be hours: dividing by a day of the month is chance."""
    return {number for number in known if number > RATE / 10 or number != int(number)}


AS_ESTIMATED = [work("8", "2026-08-10"), work("6", "2026-09-10", ticket=2)]
THREE = [
    work("8.37", "2026-08-10"),
    work("6.11", "2026-09-10", ticket=2),
    work("4.73", "2026-09-11", ticket=3),
    work("2.59", "2026-07-11", ticket=3),
]
FOUR = [*THREE, work("5.17", "2026-07-12"), work("7.91", "2026-07-13", ticket=4)]


@pytest.mark.parametrize("entries", [AS_ESTIMATED, THREE, FOUR])
@pytest.mark.parametrize("accepted", [(), (1,), (2,), (1, 2), (1, 3), (1, 2, 3), (1, 2, 3, 4)])
@pytest.mark.parametrize("at", ["2026-08-31 18:00", "2026-10-05 09:00"])
def test_work_that_took_as_long_as_estimated_tells_no_rate(
    entries: list[Work], accepted: tuple[int, ...], at: str
) -> None:
    worked: dict[int, Decimal] = {}
    for one in entries:
        number = one.entry.ticket or 0
        worked[number] = worked.get(number, Decimal(0)) + one.entry.hours
    jobs = [
        job(number, estimated=str(hours), accepted="2026-08-20" if number in accepted else "")
        for number, hours in worked.items()
    ]
    day = date.fromisoformat(at[:10])
    seen = [one for one in entries if one.entry.spent_on <= day]
    if len({one.entry.ticket for one in seen}) == 1:
        return  # what is used is told, whatever it stands for
    parts = {one.entry.hours for one in seen}
    known = likely(numbers(published(entries, jobs, at=at)))
    assert not divided_out({*known, *worked.values(), *parts}, (RATE,))


@pytest.mark.parametrize("under", [UNDER, TOLD_HOURS])
@pytest.mark.parametrize("entries", [LONELY, MIXED])
def test_no_rate_is_a_number_or_a_quotient_of_what_is_published(
    entries: list[Work], under: Contract
) -> None:
    known = likely(numbers(published(entries, JOBS, under)))
    assert not divided_out({*known, *ON_TICKETS}, (RATE, OTHER))


@pytest.mark.parametrize("under", [UNDER, TOLD_HOURS])
@pytest.mark.parametrize("entries", [LONELY, MIXED])
def test_no_hours_of_priced_work_are_published(entries: list[Work], under: Contract) -> None:
    known = numbers(published(entries, JOBS, under))
    assert known.isdisjoint(
        Decimal(hours) for hours in ("3.17", "7.31", "2.71", "10.02", "5.41", "4.19", "38.13")
    )


def test_the_attacker_would_find_a_rate_beside_hours() -> None:
    known = likely(numbers(published(LONELY, JOBS)))
    assert divided_out({*known, Decimal("3.17")}, (RATE,)) == {RATE}
    # What the estimate leaves, priced: 41.3 - 3.17 = 38.13 h.
    committed = Decimal("41.3") * RATE
    assert divided_out({*known, committed, *ON_TICKETS}, (RATE,)) == {RATE}


def test_a_restatement_of_unpriced_work_does_not_show_its_rate() -> None:
    entries = [work("4.19", "2026-09-14", ticket=4, user="ivan")]
    priced = contract_with_a_rate_for("ivan")
    known = likely(numbers(published(entries, JOBS)) | numbers(published(entries, JOBS, priced)))
    assert not divided_out(known, (Decimal(19991),))


def contract_with_a_rate_for(user: str) -> Contract:
    terms = UNDER.terms
    assert terms.development is not None
    rate = terms.development.rates[1].model_copy(
        update={"users": (user,), "per_hour": Money(Decimal(19991), "HUF")}
    )
    development = terms.development.model_copy(update={"rates": (rate,)})
    return UNDER.model_copy(update={"terms": terms.model_copy(update={"development": development})})


@pytest.mark.parametrize("language", list(Language))
def test_rates_and_peoples_names_stand_in_no_language(language: Language) -> None:
    stated = frame(UNDER, "2026Q3", language=language)
    for section in (budget_section(stated, MIXED, JOBS), hours_section(stated, MIXED, JOBS)):
        said = re.sub(r"[\s.,\u202f]", "", str(section))
        assert not any(secret in said for secret in ("17389", "23117", "ivan", "'eva'"))
