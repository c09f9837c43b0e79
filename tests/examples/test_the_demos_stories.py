"""The demo's stories can be told on any day, and are about the five example contracts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from examples.demo import desk_folder
from examples.demo.duties import BOT, VOICES
from examples.demo.people import HOUSES, NAMES
from examples.demo.told import told
from redmine_sla.contract import Configuration, load_folder
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.reckoning import Reckoning

FEATURES = (
    "Модуль электронной подписи",
    "Личный кабинет поставщика",
    "Қазақша интерфейс",
    "Модуль «Архив договоров»",
    "Обмен с порталом госзакупок",
)
"""What is developed by the hour; one more ticket has a fixed price."""

DAYS = (
    datetime(2026, 11, 21, 21, 5, tzinfo=UTC),  # the Saturday they were written on
    datetime(2026, 12, 25, 10, 0, tzinfo=UTC),  # a holiday
    datetime(2027, 1, 4, 6, 0, tzinfo=UTC),
    datetime(2027, 3, 29, 0, 30, tzinfo=UTC),  # the night after the clocks went forward
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    datetime(2026, 10, 1, 3, 0, tzinfo=UTC),  # the first day of a quarter
    datetime(2026, 12, 31, 22, 30, tzinfo=UTC),  # the last one, or the first one further east
)


def configured(folder: Path, now: datetime) -> Configuration:
    desk_folder.write(folder, url="http://127.0.0.1:3000", markup="common_mark", now=now)
    return load_folder(folder)


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_they_end_now_and_go_back_for_months(tmp_path: Path, now: datetime) -> None:
    configuration = configured(tmp_path / "desk", now)
    events = told(configuration, now)["events"]
    times = [datetime.fromisoformat(event["at"]) for event in events]
    assert times == sorted(times)
    assert times[-1] <= now
    assert (now - times[-1]).total_seconds() < 5 * 3600
    assert (now - times[0]).days > 180
    assert all(contract.covers(contract.day_of(now)) for contract in configuration.contracts)


@pytest.mark.slow
@pytest.mark.parametrize("now", DAYS, ids=str)
def test_the_last_quarter_of_each_customer_is_full(tmp_path: Path, now: datetime) -> None:
    """A dozen tickets of people, and of the tool where work at a rhythm is owed."""
    configuration = configured(tmp_path / "desk", now)
    events = told(configuration, now)["events"]
    for house in HOUSES:
        contract = configuration.contract_named(house.contract)
        quarter = Reckoning.of(contract).period(Quarter.of(contract.day_of(now)).previous)
        opened = [
            event["by"]
            for event in events
            if event["do"] == "open"
            and event["given"]["project"] == house.project
            and quarter.contains(datetime.fromisoformat(event["at"]))
        ]
        assert len([who for who in opened if who != BOT]) >= 12
        assert (BOT in opened) == (house.contract in VOICES)


@pytest.mark.slow
@pytest.mark.parametrize("now", DAYS, ids=str)
def test_development_is_over_its_limit_by_the_quarters_end(tmp_path: Path, now: datetime) -> None:
    """Reckoned by hand: hours by the rates of their days, and a fixed price in full."""
    configuration = configured(tmp_path / "desk", now)
    contract = configuration.contract_named("sapa")
    end = Quarter.of(contract.day_of(now)).previous.last_day
    terms = contract.terms_on(end)
    assert terms.development
    assert terms.contract_sum
    earlier, later = (rate for rate in terms.development.rates if not rate.activities)
    (design,) = (rate for rate in terms.development.rates if rate.activities)
    spent = Decimal(3_900_000)
    for event in told(configuration, now)["events"]:
        day = date.fromisoformat(event["at"][:10])
        features = event["ticket"].split(": ")[1].split(" (")[0] in FEATURES
        if event["do"] == "book" and features and day <= end:
            rate = design if event["activity"] == "Design" else earlier
            if rate is earlier and earlier.until and day > earlier.until:
                rate = later
            spent += Decimal(str(event["hours"])) * rate.per_hour.amount
    share = spent / (terms.contract_sum.amount * Decimal("0.15"))
    assert Decimal("1.01") < share < Decimal("1.25")


def test_in_the_month_they_were_written_for_the_contracts_are_the_examples(tmp_path: Path) -> None:
    configured(tmp_path / "desk", DAYS[0])
    for example in desk_folder.EXAMPLES.glob("*/contracts/*.toml"):
        copied = tmp_path / "desk" / "contracts" / example.name
        assert copied.read_text() == example.read_text()


def test_the_contacts_are_known_by_their_numbers(tmp_path: Path) -> None:
    configured(tmp_path / "desk", DAYS[0])
    numbers = {login: number for number, login in enumerate(NAMES, start=5)}
    desk_folder.number_the_contacts(tmp_path / "desk", numbers)
    for contract in load_folder(tmp_path / "desk").contracts:
        for contact in contract.terms_at(DAYS[0]).contacts:
            assert contact.user == numbers[contact.login or ""]


def test_the_people_are_those_of_the_contracts(tmp_path: Path) -> None:
    """A contact is known by the name that Redmine shows."""
    configuration = configured(tmp_path / "desk", DAYS[0])
    houses = {house.contract: house for house in HOUSES}
    assert {contract.name for contract in configuration.contracts} == houses.keys()
    for contract in configuration.contracts:
        house = houses[contract.name]
        assert contract.projects == (house.project,)
        for contact in contract.terms_at(DAYS[0]).contacts:
            assert contact.login in house.customers
            assert " ".join(NAMES[contact.login or ""]) == contact.name
