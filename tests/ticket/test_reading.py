"""Redmine's JSON rows become tickets, time entries and words; nonsense is named."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from redmine_sla.ticket.reading import (
    NOBODY,
    ReadingError,
    outline_from_row,
    parse_time,
    ticket_from_row,
    time_entry_from_row,
)
from redmine_sla.ticket.ticket import DetailKind, Ref, Relation, RelationKind
from redmine_sla.ticket.wording import member_from_row, vocabulary_from_rows
from tests.mirror.rows import issue, journal, status_change, time_entry, with_history


def test_a_ticket_has_what_redmine_gave() -> None:
    ticket = ticket_from_row(
        issue(
            12,
            closed=True,
            description="Printer *dead*",
            category={"id": 3, "name": "Printers"},
            assigned_to={"id": 8, "name": "Jan Novák"},
            fixed_version={"id": 4, "name": "1.2"},
            parent={"id": 11},
            start_date="2026-11-02",
            due_date="2026-11-06",
            estimated_hours=Decimal("1.10"),
            is_private=True,
            custom_fields=[
                {"id": 1, "name": "SLA class", "value": "user"},
                {"id": 2, "name": "Systems", "multiple": True, "value": ["7", "9"]},
                {"id": 3, "name": "Empty", "value": ""},
                {"id": 4, "name": "Never set", "value": None},
            ],
        )
    )
    assert ticket.id == 12
    assert ticket.status == Ref(5, "Closed")
    assert ticket.category == Ref(3, "Printers")
    assert ticket.assignee == Ref(8, "Jan Novák")
    assert ticket.version == Ref(4, "1.2")
    assert ticket.parent == 11
    assert (ticket.start_date, ticket.due_date) == (date(2026, 11, 2), date(2026, 11, 6))
    assert str(ticket.estimated_hours) == "1.10"
    assert ticket.private
    assert ticket.fields == {1: "user", 2: ("7", "9"), 3: "", 4: None}


def test_a_row_of_a_list_has_no_history_and_an_empty_history_is_one() -> None:
    assert ticket_from_row(issue(1)).journals is None
    assert ticket_from_row(with_history(issue(1))).journals == ()


def test_journals_are_sorted_by_time_whatever_the_users_preference() -> None:
    rows = [
        journal(9, at="2026-11-02T12:00:00Z"),
        journal(8, at="2026-11-02T12:00:00Z"),
        journal(10, at="2026-11-02T12:30:00+01:00", note="first", private_notes=True),
    ]
    journals = ticket_from_row(with_history(issue(1), rows)).journals
    assert journals is not None
    assert [entry.id for entry in journals] == [10, 8, 9]
    assert journals[0].private
    assert journals[0].note == "first"


def test_details_keep_redmines_own_strings_and_pass_over_those_of_plugins() -> None:
    details = [
        status_change(1, 2),
        {"property": "cf", "name": "4", "old_value": None, "new_value": "x"},
        {"property": "checklist", "name": "1", "old_value": "", "new_value": "y"},
    ]
    journals = ticket_from_row(with_history(issue(1), [journal(1, details=details)])).journals
    assert journals is not None
    assert [(entry.kind, entry.name, entry.old, entry.new) for entry in journals[0].details] == [
        (DetailKind.ATTRIBUTE, "status_id", "1", "2"),
        (DetailKind.FIELD, "4", None, "x"),
    ]


def test_relations_say_who_does_what_to_whom() -> None:
    rows = [
        {"id": 1, "issue_id": 1, "issue_to_id": 2, "relation_type": "duplicates", "delay": None},
        {"id": 2, "issue_id": 5, "issue_to_id": 1, "relation_type": "of_a_plugin"},
    ]
    assert ticket_from_row(issue(1, relations=rows)).relations == (
        Relation(1, 2, RelationKind.DUPLICATES),
    )


def test_deleted_users_keep_their_number_or_are_nobody() -> None:
    rows = [journal(1, user={"id": 77}), journal(2, user=None)]
    ticket = ticket_from_row(with_history(issue(1, author=None), rows))
    assert ticket.author == NOBODY
    assert ticket.journals is not None
    assert [str(entry.author) for entry in ticket.journals] == ["#77", "#0"]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-29T00:59:59Z",
        "2026-03-29T01:59:59+01:00",
        "2026-03-28T19:59:59-05:00",
        "2026-03-29T00:59:59.732Z",
    ],
)
def test_times_are_utc_and_whole_seconds(text: str) -> None:
    time = parse_time(text)
    assert time == datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC)
    assert time.tzinfo is UTC


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        parse_time("2026-03-29T00:59:59")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"created_on": "yesterday"}, r"ticket #12: `created_on` is 'yesterday', not a time"),
        ({"created_on": "2026-11-02 08:00"}, r"ticket #12: `created_on` is '2026-11-02 08:00'"),
        ({"updated_on": None}, r"ticket #12: `updated_on` is missing"),
        ({"status": "New"}, r"ticket #12: `status` is 'New', not an object with an id"),
        ({"project": {"name": "x"}}, r"ticket #12: `project` is \{'name': 'x'\}"),
        ({"subject": 7}, r"ticket #12: `subject` is 7, not a text"),
        ({"due_date": "2026-02-30"}, r"ticket #12: `due_date` is '2026-02-30', not a date"),
        ({"estimated_hours": "NaN"}, r"ticket #12: `estimated_hours` is 'NaN', not hours"),
        ({"estimated_hours": True}, r"ticket #12: `estimated_hours` is True, not hours"),
        ({"custom_fields": {}}, r"ticket #12: `custom_fields` is \{\}, not a list of objects"),
        ({"journals": [{"id": 1}]}, r"ticket #12: `journals\[0\].created_on` is missing"),
        ({"journals": ["?"]}, r"ticket #12: `journals` is \['\?'\], not a list of objects"),
        ({"id": "12"}, r"ticket #12: `id` is '12', not a number"),
    ],
)
def test_nonsense_is_named_with_ticket_and_key(change: dict[str, Any], told: str) -> None:
    with pytest.raises(ReadingError, match=told) as caught:
        ticket_from_row({**issue(12), **change})
    assert "report it" in caught.value.hint


def test_an_outline_tells_the_least_and_names_what_lacks() -> None:
    outline = outline_from_row(issue(12, closed=True, project=3))
    assert (outline.id, outline.project, outline.status, outline.closed) == (12, 3, 5, True)
    with pytest.raises(ReadingError, match=r"ticket #\?: `id` is missing"):
        outline_from_row({})


def test_a_time_entry_has_exact_hours_with_or_without_a_ticket() -> None:
    entry = time_entry_from_row(time_entry(3, ticket=5, hours="0.10"))
    assert (str(entry.hours), entry.ticket, entry.spent_on) == ("0.10", 5, date(2026, 11, 2))
    assert time_entry_from_row(time_entry(3, ticket=None)).ticket is None
    with pytest.raises(ReadingError, match=r"time entry #3: `spent_on` is 'today'"):
        time_entry_from_row(time_entry(3, on="today"))


def test_words_become_a_vocabulary() -> None:
    vocabulary = vocabulary_from_rows(
        statuses=[{"id": 1, "name": "New"}, {"id": 5, "name": "Closed", "is_closed": True}],
        priorities=[{"id": 2, "name": "Normal"}],
        projects=[
            {"id": 1, "identifier": "acme", "name": "Acme", "status": 5},
            {"id": 2, "identifier": "sub", "name": "Sub", "parent": {"id": 1, "name": "Acme"}},
        ],
        custom_fields=[
            {"id": 1, "name": "Class", "customized_type": "project", "field_format": "string"},
            {
                "id": 2,
                "name": "Class",
                "customized_type": "issue",
                "field_format": "enumeration",
                "default_value": "7",
                "possible_values": [{"value": "7", "label": "User"}, {"value": "8"}],
            },
        ],
        field_names={2: "an older name", 9: "Not described"},
        users={7: "Kovács Éva"},
    )
    assert [known.closed for known in vocabulary.statuses.values()] == [False, True]
    assert vocabulary.projects[1].status == 5
    assert vocabulary.projects[2].parent == 1
    field = vocabulary.field_named("Class")
    assert field is not None
    assert (field.id, field.default, field.label("7"), field.label("8")) == (2, "7", "User", "8")
    assert vocabulary.fields[9].name == "Not described"
    assert vocabulary.fields[9].default is None


def test_nonsense_words_are_named() -> None:
    with pytest.raises(ReadingError, match="status #1: `name` is None"):
        vocabulary_from_rows(statuses=[{"id": 1}])
    with pytest.raises(ReadingError, match="tracker: `id` is None"):
        vocabulary_from_rows(trackers=[{"name": "Bug"}])


def test_a_member_is_a_user_or_a_group_with_each_role_once() -> None:
    role = {"id": 3, "name": "Support"}
    member = member_from_row(
        {
            "id": 1,
            "project": {"id": 1, "name": "Acme"},
            "group": {"id": 6, "name": "Desk"},
            "roles": [role, {**role, "inherited": True}],
        }
    )
    assert (member.user, member.group) == (None, Ref(6, "Desk"))
    assert member.roles == (Ref(3, "Support"),)
