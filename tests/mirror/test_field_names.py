"""A custom field that was deleted and made again is found by its name under its new number."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from redmine_sla.mirror import Arrival, Mirror

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def row(number: int, field: int) -> dict[str, object]:
    return {
        "id": number,
        "project": {"id": 1, "name": "Acme"},
        "tracker": {"id": 1, "name": "Bug"},
        "status": {"id": 1, "name": "New", "is_closed": False},
        "priority": {"id": 1, "name": "Normal"},
        "author": {"id": 1, "name": "Anna"},
        "subject": "Printer",
        "created_on": "2026-03-02T09:00:00Z",
        "updated_on": "2026-03-02T09:00:00Z",
        "custom_fields": [{"id": field, "name": "SLA status", "value": ""}],
        "journals": [],
    }


def test_the_later_number_holds(tmp_path: Path) -> None:
    with Mirror.open(f"sqlite:///{tmp_path}/mirror.db") as mirror:
        with mirror.writing() as batch:
            rows = [row(1, field=9), row(2, field=31)]
            batch.store_tickets([Arrival(each, read=True, settled=True) for each in rows], AT)
        found = mirror.vocabulary().field_named("SLA status")
    assert found is not None
    assert found.id == 31
