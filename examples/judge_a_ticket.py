"""Judge a ticket from Redmine's own JSON, without a Redmine. The ledger can be re-added by hand.

Run it: python examples/judge_a_ticket.py
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from redmine_sla import People, judge, ledger, loads_contract

CONTRACT = """
extends = "help-desk"
title = "Help desk for Delta Zrt."
customer = "Delta Zrt."
provider = "Our Company Kft."
projects = "delta"
starts = 2026-01-01
targets = [{ clock = "resolution", within = "8bh", clause = "Contract 4.2" }]
"""

WORK_BEGINS = {
    "id": 1,
    "user": {"id": 21, "name": "Eva Engineer"},
    "created_on": "2026-11-20T08:00:00Z",
    "details": [{"property": "attr", "name": "status_id", "old_value": "1", "new_value": "2"}],
}
ISSUE = {  # what GET /issues/123.json?include=journals gives
    "id": 123,
    "project": {"id": 1, "name": "Delta"},
    "tracker": {"id": 1, "name": "Bug"},
    "status": {"id": 2, "name": "In Progress", "is_closed": False},
    "priority": {"id": 2, "name": "Normal"},
    "author": {"id": 11, "name": "Anna Kiss"},
    "subject": "Nobody in accounting can print",
    "created_on": "2026-11-19T14:30:00Z",
    "updated_on": "2026-11-20T08:00:00Z",
    "journals": [WORK_BEGINS],
}


def main() -> None:
    contract = loads_contract(CONTRACT)
    assessment = judge(
        ISSUE,
        contract,
        as_of=datetime(2026, 11, 20, 12, tzinfo=UTC),
        people=People(customers=["Anna Kiss"], providers=[21]),
        status_roles={"working": [2], "waiting_customer": [4], "resolved": [3, 5]},
    )
    zone = ZoneInfo(contract.timezone)
    for reading in assessment.readings:
        print(f"{reading.title}: {reading.verdict}, {reading.motion}, within {reading.target}")
        for line in ledger(reading, assessment.as_of):
            when = line.at.astimezone(zone)
            print(f"  {when:%a %H:%M %Z}  {line.entry:<6}  {line.what}  {line.total or ''}")


if __name__ == "__main__":
    main()
