"""Role rates go by the roles people hold today, unless the dated list of people says otherwise.

Eva and Ivan each booked 10 h: Eva in June, Ivan in July. Developers cost 18 000 HUF an hour.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from redmine_sla.contract import Configuration, Desk
from redmine_sla.mirror import Mirror
from redmine_sla.sync.budgets import Budgets, budgets_of
from redmine_sla.sync.doctor.unpriced import check_unpriced, look_at_unpriced
from redmine_sla.sync.workbench import lay_out
from tests.budget.booking import BUDGET, huf
from tests.judging import contract
from tests.mirror.rows import Row, named, time_entry
from tests.plan.world import DESK_IN_WORDS

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
UNDER = contract(BUDGET, "[[development.rates]]\nroles = 'Developer'\nper_hour = '18 000 HUF'")
EVA, IVAN = named(21, "Eva"), named(22, "Ivan")
LEFT_IN_JUNE = '[[parties]]\nuser = "Eva"\nparty = "provider"\nrole = "Developer"\nto = 2026-06-30'


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    """Eva has left: of the two, Ivan alone is a member today."""
    developer: Row = {
        "id": 1,
        "project": named(1, "Acme"),
        "user": IVAN,
        "roles": [named(4, "Developer")],
    }
    with Mirror.open(f"sqlite:///{tmp_path}/mirror.db") as opened:
        with opened.writing() as batch:
            batch.store_words("projects", [{"id": 1, "name": "Acme", "identifier": "acme"}])
            batch.store_words("memberships", [developer], project=1)
            batch.store_time_entries(
                [
                    time_entry(1, ticket=None, hours="10", on="2026-06-30") | {"user": EVA},
                    time_entry(2, ticket=None, hours="10", on="2026-07-01") | {"user": IVAN},
                ]
            )
        yield opened


def configured(*people: str) -> Configuration:
    surfaces = '[surfaces]\nmode = "fields"\nwiki_markup = "textile"'
    desk = Desk.model_validate(tomllib.loads("\n".join((DESK_IN_WORDS, surfaces, *people))))
    return Configuration(desk=desk, contracts=(UNDER,))


def seen(mirror: Mirror, *people: str) -> Budgets:
    return budgets_of(lay_out(configured(*people), mirror), mirror, AT)["acme"]


def test_hours_of_somebody_who_has_left_have_no_price_and_are_told(mirror: Mirror) -> None:
    found = seen(mirror)
    assert found.development is not None
    # Ivan's 10 h x 18 000
    assert (found.development.spent, found.development.unpriced) == (huf("180000"), Decimal(10))
    (said,) = found.findings(UNDER)
    assert said.replace("\u00a0", " ").startswith(
        "contract acme: 10 h of Eva have no price, so what is spent is not known: if they have left"
    )


def test_the_role_written_for_those_days_prices_them(mirror: Mirror) -> None:
    found = seen(mirror, LEFT_IN_JUNE)
    assert found.development is not None
    # 10 h of Eva and 10 h of Ivan x 18 000
    assert (found.development.spent, found.development.unpriced) == (huf("360000"), Decimal(0))
    assert not list(found.findings(UNDER))


def test_it_holds_for_those_days_alone(mirror: Mirror) -> None:
    a_day_short = LEFT_IN_JUNE.replace("06-30", "06-29")
    found = seen(mirror, a_day_short).development
    assert found is not None
    assert found.unpriced == Decimal(10)


def test_it_takes_the_place_of_the_roles_held_today(mirror: Mirror) -> None:
    trainee = '[[parties]]\nuser = 22\nparty = "provider"\nrole = ["Trainee", "Guest"]'
    found = seen(mirror, LEFT_IN_JUNE, trainee).development
    assert found is not None
    # Eva's 10 h alone.
    assert (found.spent, found.unpriced) == (huf("180000"), Decimal(10))


def test_a_line_without_a_role_leaves_the_roles_alone(mirror: Mirror) -> None:
    provider = '[[parties]]\nuser = "Ivan"\nparty = "provider"'
    found = seen(mirror, provider, LEFT_IN_JUNE).development
    assert found is not None
    assert found.spent == huf("360000")


def test_the_doctor_names_those_whose_hours_have_no_rate(mirror: Mirror) -> None:
    looked = look_at_unpriced(configured(), mirror, AT)
    assert looked == {"acme": {"Eva": Decimal(10)}}
    (finding,) = check_unpriced(looked)
    assert finding.what.replace("\u00a0", " ") == (
        'contract acme: 10 h booked by "Eva" have no price: no rate fits their roles or activities'
    )
    assert "[[parties]]" in finding.next_step
    assert look_at_unpriced(configured(LEFT_IN_JUNE), mirror, AT) == {}
