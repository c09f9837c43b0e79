"""The notation of a ticket's past, and months made up from a seed."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from tests.harness.desk import Desk, User, support_desk
from tests.harness.months import PLAIN, months
from tests.harness.past import Past

BLANKS = "Printer prints blanks"


@pytest.fixture
def desk() -> Desk:
    desk = Desk(zone="Europe/Budapest")
    desk.customer("anna")
    desk.engineer("eva")
    desk.project("acme")
    return desk


def times(past: Past) -> list[str]:
    return [str(event["at"]) for event in past.events]


def test_times_are_local_and_go_forward(desk: Desk) -> None:
    past = (
        desk.ticket(BLANKS, by="anna", at="2026-03-27 09:12")
        .note("9:40", "eva", "a time alone is on the same day")
        .note("09:40:30", "eva", "seconds are allowed")
        .note("+1d 08:00", "eva", "the day after")
        .note("+1d 08:00", "eva", "and the next, when the clocks went forward")
        .note("2026-04-10 08:00", "eva", "a date starts anew")
    )
    assert times(past) == [
        "2026-03-27T08:12:00Z",
        "2026-03-27T08:40:00Z",
        "2026-03-27T08:40:30Z",
        "2026-03-28T07:00:00Z",
        "2026-03-29T06:00:00Z",
        "2026-04-10T06:00:00Z",
    ]


@pytest.mark.parametrize(
    ("at", "complaint"),
    [
        ("09:00", "'09:00' is before 2026-03-28 09:12:00"),
        ("+1d 02:30", "does not exist in Europe/Budapest: the clocks went forward"),
        ("2026-03-28T10:00+01:00", "must be local to Europe/Budapest, without an offset"),
        ("noon", f"'{BLANKS}': 'noon' is not a time like 10:05, +1d 10:05 or 2026-03-02 10:05"),
    ],
)
def test_a_time_that_cannot_be_meant_is_refused(desk: Desk, at: str, complaint: str) -> None:
    past = desk.ticket(BLANKS, by="anna", at="2026-03-28 09:12")
    with pytest.raises(ValueError, match=complaint.replace("+", r"\+")):
        past.note(at, "eva", "Looking at it")


def test_the_first_time_needs_a_date(desk: Desk) -> None:
    with pytest.raises(ValueError, match=f"'{BLANKS}': the first time needs a date"):
        desk.ticket(BLANKS, by="anna", at="09:12")


def test_two_tickets_of_one_subject_need_a_reference(desk: Desk) -> None:
    desk.ticket(BLANKS, by="anna", at="2026-03-02 09:12")
    with pytest.raises(ValueError, match="two tickets are called"):
        desk.ticket(BLANKS, by="anna", at="2026-03-03 09:12")
    desk.ticket(BLANKS, by="anna", at="2026-03-03 09:12", reference="again")
    assert [ticket.reference for ticket in desk.tickets] == [BLANKS, "again"]


def test_events_of_all_tickets_are_told_in_the_order_of_time(desk: Desk) -> None:
    first = desk.ticket("One", by="anna", at="2026-03-02 09:00")
    desk.ticket("Two", by="anna", at="2026-03-02 10:00").note("11:00", "eva", "Looking at it")
    first.note("10:30", "eva", "Looking at it")
    told = [(event["ticket"], event["do"]) for event in desk.description()["events"]]
    assert told == [("One", "open"), ("Two", "open"), ("One", "change"), ("Two", "change")]


def test_everybody_belongs_to_a_project_unless_said_otherwise(desk: Desk) -> None:
    desk.group("Helpdesk", ["eva"])
    assert desk.project("all").members == {
        "anna": ["Reporter"],
        "eva": ["Developer"],
        "Helpdesk": ["Developer"],
    }
    assert desk.project("some", members=["eva"]).members == {"eva": ["Developer"]}
    assert desk.project("lead", members={"eva": ["Manager"]}).members == {"eva": ["Manager"]}
    assert desk.project("child", inherits_members=True).members == {}


def test_a_person_has_a_password_known_beforehand(desk: Desk) -> None:
    anna = desk.users[0]
    assert anna == User("anna", "Reporter", "Anna", "Reporter", "anna@example.net")
    assert desk.description()["users"][0]["password"] == anna.password == "password-of-anna"


def make_up(seed: int) -> Desk:
    desk = support_desk(projects=3)
    since, until = date(2026, 1, 5), date(2026, 7, 1)
    months(desk, tickets=400, since=since, until=until, seed=seed)
    return desk


def test_the_same_seed_gives_the_same_past() -> None:
    assert make_up(7).description() == make_up(7).description()
    assert make_up(7).description() != make_up(8).description()


def test_months_hold_all_that_happens_on_a_desk() -> None:
    desk = make_up(7)
    assert len(desk.tickets) == 400
    assert {project.identifier for project in desk.projects} == {
        str(ticket.events[0]["given"]["project"]) for ticket in desk.tickets
    }
    events = [event for ticket in desk.tickets for event in ticket.events]
    assert all("2026-01-05" <= event["at"] < "2026-07-01" for event in events)
    done = Counter(event["do"] for event in events)
    assert set(done) == {"open", "change", "book", "edit_note", "relate"}
    changed = Counter(name for event in events for name in event.get("given", {}))
    assert {"status", "assigned_to", "priority", "tracker", "project"} <= set(changed)
    statuses = Counter(event.get("given", {}).get("status") for event in events)
    waiting = {"Waiting for customer", "Waiting for vendor"}
    assert {"In Progress", "Resolved", "Closed", "Rejected"} | waiting <= set(statuses)
    assert any(event.get("private") for event in events)
    assert any(event.get("attached") for event in events)
    by_customers = [event for event in events if event["by"].startswith(("anna", "andras"))]
    assert 0.2 < len(by_customers) / len(events) < 0.6


def test_a_plain_mixture_is_one_that_bulk_can_write() -> None:
    desk = support_desk(projects=2)
    since, until = date(2026, 1, 5), date(2026, 7, 1)
    months(desk, tickets=400, since=since, until=until, seed=7, mixture=PLAIN)
    events = [event for ticket in desk.tickets for event in ticket.events]
    assert {event["do"] for event in events} == {"open", "change", "book", "edit_note"}
    assert not any(event.get("attached") for event in events)
