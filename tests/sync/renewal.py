"""A contract and the one that follows it over the same project: `old` to 31 October 2026, `new`
from 1 November on, both with 1 800 000 HUF for development at 18 000 an hour.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from redmine_sla.contract import Configuration, Contract, Desk
from redmine_sla.mirror import Arrival, Mirror
from redmine_sla.sync.run import PULLED
from tests.budget.booking import BUDGET
from tests.judging import OFFICE
from tests.mirror.rows import Row, issue, time_entry
from tests.plan.world import DESK_IN_WORDS

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
RATE = "[[development.rates]]\nper_hour = '18 000 HUF'"
PRICED = "fixed_price_field = 'fixed_price'"
BEGAN, ENDED, PRICE, ACCEPTED = 11, 12, 13, 14
DESK = Desk.model_validate(
    tomllib.loads(
        f"{DESK_IN_WORDS}\n"
        'outage_began_at = "Outage began at"\noutage_ended_at = "Outage ended at"\n'
        'fixed_price = "Fixed price"\naccepted = "Accepted"\n'
        '[surfaces]\nmode = "fields"\nwiki_markup = "textile"\n'
    )
)


def following(name: str, starts: str, *parts: str) -> Contract:
    """A contract of the project `acme` under another name and from another day."""
    text = OFFICE.replace('"acme"\ntitle', f'"{name}"\ntitle').replace("2026-01-01", starts)
    document = tomllib.loads(text + "\n".join(parts), parse_float=Decimal)
    return Contract.model_validate(document)


def old(*parts: str) -> Contract:
    return following("old", "2026-01-01", "ends = 2026-10-31", *(parts or (BUDGET, RATE)))


def new(*parts: str) -> Contract:
    return following("new", "2026-11-01", *(parts or (BUDGET, RATE)))


def under(*contracts: Contract) -> Configuration:
    return Configuration(desk=DESK, contracts=contracts)


def reported(number: int, on: str, *, changed: str = "", closed: bool = False, **more: Any) -> Row:
    row = issue(number, closed=closed, **more)
    times = {"created_on": f"{on}T10:00:00Z", "updated_on": f"{changed or on}T10:00:00Z"}
    return {"journals": [], **row, **times}


def spent(number: int, ticket: int | None, on: str, hours: str) -> Row:
    known = {"created_on": f"{on}T15:00:00Z", "updated_on": f"{on}T15:00:00Z"}
    return {**time_entry(number, ticket=ticket, hours=hours, on=on), **known}


def field(number: int, name: str, value: str) -> Row:
    return {"id": number, "name": name, "value": value}


def store(tmp_path: Path, tickets: Iterable[Row], hours: Iterable[Row] = ()) -> Mirror:
    """The mirror of a Redmine with one project, brought up to date on 20 November."""
    mirror = Mirror.open(f"sqlite:///{tmp_path}/mirror.db")
    statuses = [("New", False, 1), ("Closed", True, 5)]
    with mirror.writing() as batch:
        batch.store_words("projects", [{"id": 1, "name": "Acme", "identifier": "acme"}])
        batch.store_words("trackers", [{"id": 1, "name": "Bug"}])
        batch.store_words(
            "statuses", [{"id": at, "name": name, "is_closed": done} for name, done, at in statuses]
        )
        arrivals = [Arrival(row, read=True, settled=True) for row in tickets]
        batch.store_tickets(arrivals, AT)
        batch.store_time_entries(list(hours))
        batch.record(PULLED, AT.isoformat())
    return mirror
