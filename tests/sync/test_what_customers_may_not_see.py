"""Nothing that a customer may not see is in any file, page or ticket published for him.

The story is whole: runs, a quarter, its restatement, silence as acceptance. The world of
`tests.sync.two_customers` marks what is secret, and what is not: so the tests would notice both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

import pytest

from redmine_sla.contract import Language
from redmine_sla.sync.quarterly.publication import Step
from tests.quarter.test_rates_stay_secret import divided_out
from tests.sync.two_customers import (
    HIDDEN_NUMBERS,
    OTHER_RATE,
    RATE,
    SECRET,
    SECRET_AMOUNTS,
    SECRET_HOURS,
    House,
    a_quarter,
    configuration,
    digits,
    published,
    two_customers,
)

pytestmark = pytest.mark.slow

EVERY_FORM = ("wiki", "html", "pdf", "xlsx", "json")
HOURS = re.compile(rf"(?<![\d.,])({'|'.join(h.replace('.', '[.,]') for h in SECRET_HOURS)})(?!\d)")
NUMBERS = re.compile(rf"(?<!\d)({'|'.join((*HIDDEN_NUMBERS, *SECRET_AMOUNTS))})(?!\d)")


def leaks(texts: Mapping[str, str]) -> dict[str, set[str]]:
    """What nobody of the customer's may read, by where it stands."""
    found = {where: set(_leaks(text)) for where, text in texts.items()}
    return {where: those for where, those in found.items() if those}


def _leaks(text: str) -> Iterable[str]:
    yield from re.findall(rf"{SECRET}\w*", re.sub(r"\s", " ", text), re.IGNORECASE)
    yield from re.findall(rf"{SECRET}", re.sub(r"[\s\u00ad-]", "", text), re.IGNORECASE)
    yield from NUMBERS.findall(digits(text))
    yield from HOURS.findall(text)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """All of it, in English, by where it stands."""
    house = House(
        two_customers(), configuration(formats=EVERY_FORM), tmp_path_factory.mktemp("house")
    )
    first, second = a_quarter(house)
    assert (first.publication.step, second.publication.step) == (Step.NEW, Step.RESTATED)
    assert first.applied.outcomes
    assert second.applied.outcomes
    return published(house.desk)


def of(told: Mapping[str, str], what: str) -> str:
    """What stands in the places of that name."""
    found = [text for where, text in told.items() if what in where]
    assert found, f"nothing was published as {what}"
    return "\n".join(found)


def test_no_secret_is_in_anything_published(told: Mapping[str, str]) -> None:
    assert leaks(told) == {}


@pytest.mark.parametrize(
    "where",
    [
        "page SLA alma 2026Q3",
        "page SLA alma 2026Q3 restatement 1",
        "2026Q3-alma.html",
        "2026Q3-alma.pdf",
        "2026Q3-alma.xlsx",
        "2026Q3-alma-restatement-1.html",
        "2026Q3-alma-restatement-1.pdf",
        "2026Q3-alma-restatement-1.xlsx",
    ],
)
def test_what_he_is_entitled_to_is_there(told: Mapping[str, str], where: str) -> None:
    said = re.sub(r"\s+", " ", of(told, where))
    for seen in ("Seen printer", "Seen report", "Seen outage", "Seen open", "Seen power cut"):
        assert seen in said, seen
    amounts = digits(of(told, where))
    assert "10001" in amounts  # the credit for one broken promise
    if not where.endswith("xlsx"):
        assert "100010" in amounts  # his monthly fee: the credit is 10 % of it
        assert "1800000" in amounts  # his limit, 15 % of 12 000 000


def test_what_stands_beside_the_quarter_is_there(told: Mapping[str, str]) -> None:
    page = told["page SLA alma"]
    for seen in ("Seen Anna", "Seen open", "Seen screen", "Seen power cut", "Seen review"):
        assert seen in page
    assert "SUMMARY:Seen review" in of(told, "schedule.ics")
    assert "Seen maintenance" in of(told, "alma-manifest.json")
    assert "Seen maintenance: 2026 Q4" in of(told, "page SLA alma 2026Q4")
    tickets = "\n".join(text for where, text in told.items() if where.startswith("ticket"))
    assert "Sign-off: Seen maintenance" in tickets
    assert "A restatement has taken the place" in tickets
    assert "By the contract that is acceptance" in tickets
    assert "Seen review: 5 October 2026" in tickets


def test_contacts_are_named_and_nothing_else_of_them(told: Mapping[str, str]) -> None:
    everything = "\n".join(told.values())
    assert "Seen Anna" in everything
    assert "5550143" not in everything
    assert "customer.example" not in everything


def test_obligations_outside_his_schedule_are_in_no_page_of_a_quarter_and_no_file(
    told: Mapping[str, str],
) -> None:
    for where, text in told.items():
        if not where.startswith("ticket") and where != "page SLA alma":
            assert "inward" not in text.lower(), where


def test_no_rate_can_be_divided_out_of_all_of_it_together(told: Mapping[str, str]) -> None:
    """The attacker has every sheet and manifest, also of the restatement."""
    known: set[Decimal] = set()
    for where, text in told.items():
        if where.endswith((".xlsx", ".json")):
            known |= {Decimal(found) for found in re.findall(r"(?<![\w.])\d+\.\d\d?(?!\d)", text)}
    amounts = {number for number in known if number > RATE / 10}
    hours = {number for number in known if number < 200}
    assert len(amounts) > 5
    assert not divided_out(amounts | hours, (Decimal(RATE), Decimal(OTHER_RATE)))
    # A month of one ticket alone would tell it beside its hours; so it stands in a sum with others.
    alone = Decimal("3.17") * RATE
    assert alone not in amounts
    assert divided_out(amounts | {alone, Decimal("3.17")}, (Decimal(RATE),)) == {Decimal(RATE)}


@pytest.mark.parametrize("language", Language)
def test_no_secret_in_any_language(
    language: Language, tmp_path_factory: pytest.TempPathFactory
) -> None:
    config = configuration(language, markup="textile", formats=("wiki", "html"))
    house = House(two_customers(), config, tmp_path_factory.mktemp("house"))
    house.publish()
    said = published(house.desk)
    assert "Seen printer" in of(said, "page SLA alma 2026Q3")
    assert leaks(said) == {}


def test_a_secret_in_plain_sight_would_be_found_in_every_form(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    desk = two_customers()
    desk.content.issues[1]["subject"] = (
        "Seen printer of zqxzqxbeta, at 17,389 HUF for 3.17 h (#90006)"
    )
    config = configuration(Language.RUSSIAN, formats=EVERY_FORM)
    House(desk, config, tmp_path_factory.mktemp("house")).publish()
    found = leaks(published(desk))
    planted = {"zqxzqx", "zqxzqxbeta", "17389", "3.17", "90006"}
    for form in ("page SLA alma 2026Q3", "alma.html", "alma.pdf", "alma.xlsx"):
        (those,) = (those for where, those in found.items() if where.endswith(form))
        assert those == planted, form
