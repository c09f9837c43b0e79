"""A seeded past is what Redmine would have written had it happened."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.harness.desk import Desk, Field, support_desk
from tests.harness.errors import ScriptFailed
from tests.harness.months import PLAIN, months
from tests.harness.rest import Rest
from tests.harness.server import RedmineServer

pytestmark = pytest.mark.real

BLANKS = "Printer prints blanks"


def desk() -> Desk:
    desk = Desk(zone="Europe/Budapest")
    desk.customer("anna")
    desk.engineer("eva")
    desk.manager("mark")
    desk.vendor("victor")
    desk.group("Helpdesk", ["eva"])
    desk.fields.append(Field("Root cause"))
    desk.fields.append(Field("Billed", "bool", on="time_entry"))
    desk.project("acme", categories=["Network"], versions=["1.0"])
    desk.project("acme-shop", parent="acme", categories=["Network"])
    return desk


def shown(rest: Rest, issue: int) -> dict[str, Any]:
    path = f"/issues/{issue}.json"
    found: dict[str, Any] = rest.get(path, include="journals,attachments")["issue"]
    return found


def essence(issue: dict[str, Any]) -> dict[str, Any]:
    """What is left of a ticket without its number and times."""
    kept = {
        name: value for name, value in issue.items() if name not in {"id", "attachments"} | TIMES
    }
    kept["journals"] = [
        {
            **{name: journal.get(name) for name in ("notes", "private_notes")},
            "user": journal["user"]["name"],
            "details": [
                {**detail, "name": ""} if detail["property"] == "attachment" else detail
                for detail in journal["details"]
            ],
        }
        for journal in issue["journals"]
    ]
    return kept


TIMES = {"created_on", "updated_on", "closed_on", "start_date"}


def test_a_past_reads_like_the_same_done_by_rest(redmine: RedmineServer) -> None:
    past = desk()
    past.ticket("Other", by="anna", at="2026-03-02 08:00")
    (
        past.ticket(BLANKS, by="anna", at="2026-03-02 09:12", tracker="Bug", category="Network")
        .step("09:40", "eva", status="In Progress", assigned_to="eva")
        .note("10:05", "eva", "Looking at it")
        .private("10:06", "eva", "Third time this month", priority="High")
        .attach("10:10", "eva", "one.txt", b"one", note="Here")
        .step("10:20", "eva", fields={"Root cause": "dust"})
        .relate("10:30", "eva", "Other")
        .step("+1d 08:00", "mark", tracker="Support", due_date=date(2030, 3, 5))
        .step("09:00", "mark", status="Closed", done_ratio=100)
        .step("+2d 09:00", "mark", "It is back", status="In Progress")
        .step("10:00", "mark", project="acme-shop")
    )
    seeded = redmine.seed(past)
    anna, eva, mark = (redmine.as_user(login) for login in ("anna", "eva", "mark"))

    def put(rest: Rest, **changes: Any) -> None:
        rest.put(f"/issues/{issue}.json", {"issue": changes})

    given = {
        "project_id": seeded.projects["acme"],
        "subject": BLANKS,
        "tracker_id": seeded.trackers["Bug"],
    }
    issue = anna.post("/issues.json", {"issue": given})["issue"]["id"]
    # A customer may not set the category by REST, so it is put where the seeded one has it.
    redmine.runner(f"Issue.find({issue}).update_columns(category_id: IssueCategory.first.id)")
    eva_id = seeded.users["eva"].id
    put(eva, status_id=seeded.statuses["In Progress"], assigned_to_id=eva_id)
    put(eva, notes="Looking at it")
    high = seeded.priorities["High"]
    put(eva, notes="Third time this month", private_notes=True, priority_id=high)
    token = eva.upload(b"one", "one.txt")
    put(eva, notes="Here", uploads=[{"token": token, "filename": "one.txt"}])
    cause = {"id": seeded.fields["Root cause"], "value": "dust"}
    put(eva, custom_fields=[cause])
    relation = {"issue_to_id": seeded.tickets["Other"], "relation_type": "relates"}
    eva.post(f"/issues/{issue}/relations.json", {"relation": relation})
    put(mark, tracker_id=seeded.trackers["Support"], due_date="2030-03-05")
    put(mark, status_id=seeded.statuses["Closed"], done_ratio=100)
    put(mark, status_id=seeded.statuses["In Progress"], notes="It is back")
    put(mark, project_id=seeded.projects["acme-shop"])

    by_seeding, by_rest = (
        essence(shown(redmine.admin, number)) for number in (seeded.tickets[BLANKS], issue)
    )
    assert by_seeding == by_rest


def test_every_time_is_the_one_given(redmine: RedmineServer) -> None:
    past = desk()
    (
        past.ticket(BLANKS, by="anna", at="2026-03-02 09:12:30")
        .attach("09:20", "anna", "one.txt", b"one")
        .book("09:30", "eva", 1.25, fields={"Billed": "1"})
        .step("+30d 10:00", "eva", status="Closed")  # summer time by then
        .rebook("10:30", "mark", 1.5)
        .step("11:00", "anna", "Still blank", status="In Progress")
        .edit_note("11:05", "anna", "Still blank, and grey")
        .hide_note("11:06", "mark")
    )
    seeded = redmine.seed(past)
    issue = shown(redmine.admin, seeded.tickets[BLANKS])
    assert issue["created_on"] == "2026-03-02T08:12:30Z"
    assert issue["attachments"][0]["created_on"] == "2026-03-02T08:20:00Z"
    assert issue["closed_on"] == "2026-04-01T08:00:00Z", "it stays after a reopening"
    assert issue["updated_on"] == "2026-04-01T09:00:00Z", "editing a note does not move it"
    assert issue["start_date"] == "2026-03-02"
    attached, closed, reopened = issue["journals"]
    assert attached["created_on"] == "2026-03-02T08:20:00Z"
    assert closed["created_on"] == "2026-04-01T08:00:00Z"
    assert reopened["notes"] == "Still blank, and grey"
    assert reopened["private_notes"] is True
    (entry,) = redmine.admin.get("/time_entries.json")["time_entries"]
    assert entry["created_on"] == "2026-03-02T08:30:00Z"
    assert entry["updated_on"] == "2026-04-01T08:30:00Z"
    assert (entry["hours"], entry["spent_on"]) == (1.5, "2026-03-02")
    assert entry["custom_fields"][0]["value"] == "1"


def test_a_customer_sees_what_a_customer_may(redmine: RedmineServer) -> None:
    past = desk()
    past.ticket(BLANKS, by="anna", at="2026-03-02 09:12").note(
        "10:00", "eva", "Looking at it"
    ).private("10:01", "eva", "Third time this month")
    seeded = redmine.seed(past)
    number = seeded.tickets[BLANKS]
    seen = {
        login: [entry["notes"] for entry in shown(redmine.as_user(login), number)["journals"]]
        for login in ("anna", "victor", "eva")
    }
    assert seen["anna"] == seen["victor"] == ["Looking at it"]
    assert seen["eva"] == ["Looking at it", "Third time this month"]


def test_people_work_on_with_what_was_seeded(redmine: RedmineServer) -> None:
    past = desk()
    past.ticket(BLANKS, by="anna", at="2026-03-02 09:12", assigned_to="Helpdesk")
    seeded = redmine.seed(past)
    eva = Rest(redmine.url, seeded.users["eva"].key)
    waiting = {"status_id": seeded.statuses["Waiting for customer"]}
    eva.put(f"/issues/{seeded.tickets[BLANKS]}.json", {"issue": waiting})
    ticket = shown(eva, seeded.tickets[BLANKS])
    assert ticket["assigned_to"]["name"] == "Helpdesk"
    assert ticket["status"]["name"] == "Waiting for customer"


def test_seeding_sends_no_mail_and_a_second_desk_finds_the_first(redmine: RedmineServer) -> None:
    first, second = desk(), desk()
    first.ticket("One", by="anna", at="2026-03-02 09:12", assigned_to="eva")
    second.ticket("Two", by="anna", at="2026-03-02 09:12", assigned_to="eva")
    before, after = redmine.seed(first), redmine.seed(second)
    assert redmine.mails() == []
    assert after.users == before.users
    assert redmine.admin.get("/issues.json")["total_count"] == 2


def test_a_mistake_in_a_past_is_named(redmine_newest: RedmineServer) -> None:
    past = desk()
    past.ticket(BLANKS, by="anna", at="2026-03-02 09:12").step("09:30", "eva", status="Parked")
    with pytest.raises(ScriptFailed, match=f'{BLANKS}.*08:30.*no IssueStatus "Parked"'):
        redmine_newest.seed(past)


def test_bulk_writes_the_rows_that_redmine_writes(redmine: RedmineServer) -> None:
    past = support_desk(projects=2)
    past.fields.append(Field("Root cause", default="unknown"))
    past.fields.append(Field("Places", "list", values=("a", "b"), is_multiple=True))
    past.fields.append(Field("Billed", "bool", on="time_entry"))
    often = replace(PLAIN, moved=0.3, note_edited=0.5, retracked=0.4, reopened=0.5)
    months(past, tickets=20, since=date(2026, 1, 5), until=date(2026, 6, 1), seed=7, mixture=often)
    (
        past.tickets[3]
        .step("+200d 10:00", "eva", "x", fields={"Root cause": "dust", "Places": ["a", "b"]})
        .private("10:01", "eva", "y", status="Closed", fields={"Places": ["b"]})
        .hide_note("10:02", "mark")
        .watch("10:03", "mark")
        .book("10:05", "mark", 0.1, fields={"Billed": "1"})
        .rebook("10:06", "mark", 0.33)
    )
    redmine.seed(past)
    written = rows(redmine)
    redmine.restore()
    redmine.seed_in_bulk(past)
    assert rows(redmine) == written


def test_bulk_refuses_what_it_cannot_do(redmine_newest: RedmineServer) -> None:
    past = desk()
    past.ticket(BLANKS, by="anna", at="2026-03-02 09:12").attach("09:20", "anna", "a.txt", b"a")
    with pytest.raises(ScriptFailed, match="a file cannot be attached in bulk"):
        redmine_newest.seed_in_bulk(past)


def rows(redmine: RedmineServer) -> dict[str, list[str]]:
    """The rows of a past, in an order of their own; numbers nothing refers to are left out."""
    unnumbered = {"journal_details", "custom_values", "watchers"}
    found = {}
    with closing(sqlite3.connect(redmine.folder / "redmine.sqlite3")) as connection:
        connection.row_factory = sqlite3.Row
        for table in ("issues", "journals", "time_entries", *sorted(unnumbered)):
            lines = [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]
            for line in lines:
                line.pop("id" if table in unnumbered else "", None)
            found[table] = sorted(json.dumps(line, sort_keys=True) for line in lines)
    return found
