"""A failure report is owed days after its ticket was closed: everything that tells of a period
sees it, though the ticket was last changed before the period began.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from redmine_sla.calendar.period import Period, month_of
from redmine_sla.contract import Configuration, Contract, Desk
from redmine_sla.mirror import Arrival, Mirror
from redmine_sla.quarter import Quarter
from redmine_sla.report.scope import Scope
from redmine_sla.report.tally import tally
from redmine_sla.sync.quarterly.assembling import Assembly
from redmine_sla.sync.reporting import gather
from redmine_sla.sync.run import PULLED
from redmine_sla.sync.simulating import Trial, simulate
from redmine_sla.sync.statements import monthly_statement
from redmine_sla.sync.workbench import lay_out
from tests.judging import OFFICE, promising
from tests.mirror.rows import issue, journal, named
from tests.notation import BUDAPEST
from tests.plan.world import DESK_IN_WORDS

FIELDS = """
outage_began_at = "OB"
outage_ended_at = "OE"
failure_cause = "FC"
failure_measures = "FM"
[surfaces]
mode = "fields"
wiki_markup = "textile"
"""
BACK = """
vat = "net"
[fees]
clause = "7.1"
monthly = "100 000 HUF"
[[credits]]
name = "report"
clause = "7.3"
clock = "failure_report"
percent_of_fee = 10
"""
CONTRACT = Contract.model_validate(
    tomllib.loads(
        OFFICE + "classification.text_rules = false\n" + BACK + promising("failure_report", "5bd"),
        parse_float=Decimal,
    )
)
CONFIGURATION = Configuration(
    desk=Desk.model_validate(tomllib.loads(DESK_IN_WORDS + FIELDS)), contracts=(CONTRACT,)
)
THIRD = Period(date(2026, 7, 1), date(2026, 9, 30), BUDAPEST)
AT = datetime(2026, 10, 5, tzinfo=UTC)


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    """An outage of Friday 26 June, its ticket closed on Monday; five working days for the report
    end on Friday 3 July, and nobody wrote it.
    """
    pulled = datetime(2026, 11, 20, 12, tzinfo=UTC)
    times = ((1, "OB", "2026-06-26 10:00"), (2, "OE", "2026-06-26 11:00"))
    told = [
        {"property": "cf", "name": str(number), "old_value": "", "new_value": at}
        for number, _, at in times
    ]
    closed = {"property": "attr", "name": "status_id", "old_value": "1", "new_value": "5"}
    row = issue(1, closed=True) | {
        "created_on": "2026-06-26T08:00:00Z",
        "updated_on": "2026-06-29T10:00:00Z",
        "custom_fields": [{"id": n, "name": name, "value": at} for n, name, at in times],
        "journals": [journal(1, at="2026-06-29T10:00:00Z", details=[closed, *told])],
    }
    people = ((1, named(7, "Anna Kiss"), "customer"), (2, named(8, "Eva Engineer"), "provider"))
    with Mirror.open(f"sqlite:///{tmp_path}/mirror.db") as opened:
        with opened.writing() as batch:
            batch.store_words("projects", [{"id": 1, "name": "Acme", "identifier": "acme"}])
            batch.store_words("trackers", [{"id": 1, "name": "Bug"}])
            batch.store_words(
                "statuses",
                [
                    {"id": 1, "name": "New", "is_closed": False},
                    {"id": 5, "name": "Closed", "is_closed": True},
                ],
            )
            batch.store_words(
                "memberships",
                [
                    {
                        "id": number,
                        "project": {"id": 1, "name": "Acme"},
                        "user": user,
                        "roles": [{"id": number, "name": role}],
                    }
                    for number, user, role in people
                ],
                1,
            )
            batch.store_tickets([Arrival(row, read=True, settled=True)], pulled)
            batch.record(PULLED, pulled.isoformat())
        yield opened


def test_report_and_quarter_tell_the_same(mirror: Mirror) -> None:
    found = gather(CONFIGURATION, mirror, THIRD, Scope(), AT)
    assert tally(found.promises, THIRD).missed == (1,)
    assembly = Assembly(bench=lay_out(CONFIGURATION, mirror), mirror=mirror)
    deliverable = assembly.deliverable(CONTRACT, Quarter(2026, 3), AT)
    (section,) = (one for one in deliverable.sections if str(one.content) == "breaches")
    assert [one["ticket"] for one in section.figures["broken"]] == [1]


def test_simulation_and_statement_count_it(mirror: Mirror) -> None:
    lenient = CONTRACT.model_copy()
    found = simulate(CONFIGURATION, mirror, Trial(CONTRACT, lenient, THIRD, AT))
    assert found.actual.tally(THIRD).missed == (1,)
    july = month_of(date(2026, 7, 1), BUDAPEST)
    statement = monthly_statement(CONFIGURATION, mirror, CONTRACT, july, AT)
    assert [line.tickets for line in statement.lines if line.tickets] == [(1,)]
