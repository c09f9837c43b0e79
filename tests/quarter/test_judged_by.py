"""What is on record of how a quarter was judged, and what is kept out of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract, Desk
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.judged_by import changed_parts, judged_by
from redmine_sla.quarter.manifest import plain
from redmine_sla.quarter.reckoning import covered_period
from tests.contract.offers import offer
from tests.judging import contract, promising
from tests.notation import BUDAPEST

DESK = Desk.model_validate(
    {
        "redmine": {"url": "https://redmine.example.com"},
        "roles": {"provider": "Developer", "customer": "Reporter"},
        "statuses": {"working": "In Progress", "waiting_customer": [], "resolved": "Resolved"},
        "parties": [{"user": "Somebody of another customer", "party": "customer"}],
        "surfaces": {"mode": "wiki", "wiki_markup": "textile"},
    }
)
UNDER = contract(
    'contract_sum = "12 000 000 HUF"',
    'vat = "net"',
    'team = { engineer = "secret-login" }',
    '[quarter]\nclause = "14"',
    "[development]\npercent = 15\nclause = 'contract, point 11'\n"
    '[[development.rates]]\nper_hour = "17 321 HUF"',
    '[[obligations]]\nname = "hidden"\ntitle = "Internal audit"\nclause = "x"\n'
    'rhythm = "FREQ=MONTHLY"\nvisible = false',
    '[[obligations]]\nname = "review"\ntitle = "Log review"\nclause = "y"\n'
    'rhythm = "FREQ=MONTHLY"\nowner = "secret-login"',
    '[[contacts]]\nname = "Anna Kiss"\nlogin = "anna"\nmay = ["sign_off"]',
    promising("response", "4bh"),
)

HELD = {4: {12: frozenset({"Reporter", "Guest"}), 11: frozenset({"Reporter"})}}


def recorded(
    under: Contract = UNDER, quarter: str = "2026Q4", **people: list[int]
) -> dict[str, Any]:
    period = covered_period(under, Quarter.parse(quarter))
    found = judged_by(
        under,
        period,
        DESK,
        people=people,
        held=HELD,
        bearers={4: [12, 11]},
        named=[4],
        software={"holidays": "0.109"},
    )
    made: dict[str, Any] = plain(found)
    return made


def test_terms_as_promised_and_since_when() -> None:
    (terms,) = recorded()["terms"]
    assert terms["from"] == "2026-01-01"
    (target,) = terms["promised"]["targets"]
    assert (target["clock"], target["within"]) == ("response", "4 business hours")
    assert terms["promised"]["development"] == {"percent": "15", "clause": "contract, point 11"}


def test_rates_logins_addresses_and_other_customers_are_not_in_it() -> None:
    written = json.dumps(recorded(customer=[11], provider=[21, 22]), ensure_ascii=False)
    for secret in ("17321", "17 321", "secret-login", "boss@", "Anna Kiss", "another customer"):
        assert secret not in written
    assert "Internal audit" not in written
    assert "Log review" in written


def test_each_offer_of_the_catalogue_can_be_recorded() -> None:
    for name in ("crm-support", "outsourced-it", "help-desk", "cloud-erp", "information-system"):
        period = Period(date(2026, 7, 1), date(2026, 9, 30), BUDAPEST)
        found = judged_by(
            offer(name), period, DESK, people={}, held={}, bearers={}, named=(), software={}
        )
        assert plain(found)["terms"]


def test_an_amendment_in_mid_quarter_is_there_with_both_terms() -> None:
    amended = contract(
        promising("response", "4bh"),
        '[[amendments]]\nfrom = 2026-11-10\nnote = "faster"\n'
        "[[amendments.targets]]\n"
        'clock = "response"\nwithin = "2bh"\nclause = "new"',
    )
    assert [terms["from"] for terms in recorded(amended)["terms"]] == ["2026-01-01", "2026-11-10"]
    assert [terms["from"] for terms in recorded(amended, "2026Q3")["terms"]] == ["2026-01-01"]
    assert [terms["from"] for terms in recorded(amended, "2027Q1")["terms"]] == ["2026-11-10"]


def test_the_days_that_were_not_as_every_week() -> None:
    # Hungary, 2026: 20 August is free; Saturday 8 August is worked for Friday the 21st.
    days = {day["date"]: day for day in recorded(quarter="2026Q3")["days"]}
    assert (days["2026-08-20"]["kind"], days["2026-08-20"]["hours"]) == ("holiday", "off")
    assert days["2026-08-08"]["hours"] == "09:00-17:00"
    assert days["2026-08-08"]["kind"] == "worked weekend"
    assert days["2026-08-20"]["source"].startswith("holidays ")
    assert set(days) == {"2026-08-08", "2026-08-20", "2026-08-21"}


def test_people_by_side_and_number() -> None:
    sides = recorded(customer=[12, 11])["sides"]
    assert sides["people"] == {"customer": [11, 12]}
    assert sides["roles"]["provider"] == ["Developer"]
    assert sides["held"] == {"4": {"11": ["Reporter"], "12": ["Guest", "Reporter"]}}
    assert sides["bearers"] == {"4": [11, 12]}


def test_what_it_is_judged_by_may_change_and_is_named() -> None:
    assert changed_parts(recorded(), recorded()) == ()
    later = recorded() | {"software": {"holidays": "0.110"}}
    assert changed_parts(recorded(), later) == ("software",)
