"""Several people reporting alike at one time, found in the mirror."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from redmine_sla.mirror import Arrival, Mirror
from redmine_sla.sync.bursts import alike_reporters
from tests.judging import contract

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)
BURSTS = contract(
    'classification.burst = { reporters = 3, within = "1ch", class = "system" }',
)
QUIET = contract()


def row(number: int, reporter: int, minutes: int, subject: str) -> dict[str, object]:
    at = (AT + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "id": number,
        "project": {"id": 1, "name": "Acme"},
        "tracker": {"id": 1, "name": "Bug"},
        "status": {"id": 1, "name": "New", "is_closed": False},
        "priority": {"id": 1, "name": "Normal"},
        "author": {"id": reporter, "name": f"User {reporter}"},
        "subject": subject,
        "created_on": at,
        "updated_on": at,
        "journals": [],
    }


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    rows = [
        row(1, 11, 0, "The warehouse terminals show nothing"),
        row(2, 12, 10, "Warehouse terminals show nothing at all"),
        row(3, 13, 50, "nothing on the warehouse terminals, show stopped"),
        row(4, 11, 20, "Please order new toner for accounting"),
        row(5, 14, 600, "The warehouse terminals show nothing"),
    ]
    with Mirror.open(f"sqlite:///{tmp_path}/mirror.db") as opened:
        with opened.writing() as batch:
            batch.store_tickets([Arrival(each, read=True, settled=True) for each in rows], AT)
        yield opened


def test_reporters_of_alike_tickets_are_counted_within_the_contracts_time(mirror: Mirror) -> None:
    counts = alike_reporters([BURSTS], mirror, [1, 2, 3, 4, 5], LATER)
    assert counts == {1: 3, 2: 3, 3: 3, 4: 1, 5: 1}


def test_what_was_reported_beside_a_ticket_counts_though_nobody_asks_for_it(
    mirror: Mirror,
) -> None:
    assert alike_reporters([BURSTS], mirror, [1], LATER)[1] == 3


def test_where_no_contract_takes_bursts_for_evidence_nothing_is_read(mirror: Mirror) -> None:
    assert alike_reporters([QUIET], mirror, [1, 2, 3], LATER) == {}


def test_what_was_reported_later_nobody_knew_then(mirror: Mirror) -> None:
    counts = alike_reporters([BURSTS], mirror, [1, 2], AT + timedelta(minutes=30))
    assert counts[1] == 2
