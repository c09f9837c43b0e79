"""A clock of one's own: `custom_clock.toml` defines it, here a ticket is judged by it.

Run it: python examples/custom_clock.py
"""

from datetime import UTC, datetime
from pathlib import Path

from redmine_sla import People, judge, loads_contract

FIELDS = {"call_wanted_at": "Call wanted at", "called_at": "Called at"}

CALL_NOTED = {
    "id": 1,
    "user": {"id": 21, "name": "Eva Engineer"},
    "created_on": "2026-11-20T09:30:00Z",
    "details": [
        {"property": "cf", "name": "2", "old_value": None, "new_value": "2026-11-20 10:20"}
    ],
}
ISSUE = {
    "id": 124,
    "project": {"id": 1, "name": "Delta"},
    "tracker": {"id": 3, "name": "Support"},
    "status": {"id": 1, "name": "New", "is_closed": False},
    "priority": {"id": 2, "name": "Normal"},
    "author": {"id": 11, "name": "Anna Kiss"},
    "subject": "Please call me about the new printers",
    "created_on": "2026-11-20T08:00:00Z",
    "updated_on": "2026-11-20T08:00:00Z",
    "custom_fields": [
        {"id": 1, "name": "Call wanted at", "value": "2026-11-20 09:00"},
        {"id": 2, "name": "Called at", "value": "2026-11-20 10:20"},
    ],
    "journals": [CALL_NOTED],
}


def main() -> None:
    contract = loads_contract((Path(__file__).parent / "custom_clock.toml").read_text())
    assessment = judge(
        ISSUE,
        contract,
        as_of=datetime(2026, 11, 20, 12, tzinfo=UTC),
        people=People(customers=["Anna Kiss"], providers=["Eva Engineer"]),
        status_roles={"working": [2], "waiting_customer": [4], "resolved": [3, 5]},
        fields=FIELDS,
    )
    reading = assessment.reading("call_back")
    assert reading is not None
    print(f"{reading.title}: {reading.verdict} ({reading.rule.clause})")
    if reading.stop and reading.measured:
        print(f"{reading.stop.why}, after {reading.measured.used} of service time")


if __name__ == "__main__":
    main()
