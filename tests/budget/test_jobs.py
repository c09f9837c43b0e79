"""A ticket as the budgets see it, made from its timeline as it was known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from redmine_sla.budget import Job, job_of
from redmine_sla.budget.jobs import public_job
from redmine_sla.sla.moments import Glossary
from redmine_sla.ticket import Detail, DetailKind, Journal, timeline_of
from tests.budget.booking import AT_18000, job
from tests.judging import GLOSSARY, timeline
from tests.notation import PARTIES, WORDS, instant, ticket

# The notation has no field "accepted": another yes-or-no of its own stands in for it.
ACCEPTING = Glossary(
    status_roles=GLOSSARY.status_roles,
    field_names={**GLOSSARY.field_names, "accepted": "Date agreed"},
    timezone=GLOSSARY.timezone,
)
ROLES = frozenset({"Developer"})
ACCEPTED = instant("2026-03-20 16:00")
STORY = """
2026-03-02 09:00 anna opens: A new report; tracker: Feature; field Channel = phone; version: 1.1
           10:00 eva  assigns: eva
2026-03-05 23:30 anna field Date agreed = 1
2026-03-09 10:00 eva  status: Resolved; subject: The new report
"""


def told(
    story: str = STORY,
    at: str = "2026-04-01 00:00",
    *,
    versions: Mapping[str, datetime] | None = None,
) -> Job:
    known = timeline(story).as_of(instant(at))
    return job_of(known, AT_18000, ACCEPTING, ROLES, accepted_versions=versions or {})


def test_it_has_what_rules_and_prices_look_at() -> None:
    seen = told()
    assert (seen.number, seen.subject, seen.tracker) == (1, "The new report", "Feature")
    assert seen.fields["channel"] == "phone"
    assert seen.assignee is not None
    assert (seen.assignee.id, seen.roles) == (21, ROLES)


@pytest.mark.parametrize(
    ("status", "is_open"),
    [
        ("In Progress", True),
        ("Waiting for customer", True),
        ("Resolved", False),
        ("Rejected", False),
        ("Duplicate", False),
    ],
)
def test_it_is_open_until_resolved_rejected_or_a_duplicate(status: str, is_open: bool) -> None:
    story = f"2026-03-02 09:00 anna opens: A\n2026-03-03 09:00 eva status: {status}"
    assert told(story).is_open is is_open


def test_it_is_seen_as_it_was_known_then() -> None:
    before = told(at="2026-03-05 12:00")
    assert (before.is_open, before.subject, before.accepted) == (True, "A new report", None)


def test_the_customer_accepts_it_on_his_own_day() -> None:
    assert told().accepted == date(2026, 3, 5)


@pytest.mark.parametrize("who", ["eva", "vera", "bot", "dora"])
def test_what_others_tick_is_no_acceptance(who: str) -> None:
    assert told(STORY.replace("anna field", f"{who} field")).accepted is None


def test_an_acceptance_taken_back_is_none() -> None:
    for unticked in ("0", ""):
        story = f"{STORY}2026-03-10 10:00 anna field Date agreed = {unticked}"
        assert told(story).accepted is None


def test_it_is_accepted_with_its_version_or_before() -> None:
    never_ticked = STORY.replace("anna field", "eva field")
    assert told(never_ticked, versions={"1.1": ACCEPTED}).accepted == date(2026, 3, 20)
    assert told(never_ticked, versions={"1.0": ACCEPTED}).accepted is None
    assert told(STORY, versions={"1.1": ACCEPTED}).accepted == date(2026, 3, 5)


def test_a_version_accepts_only_what_was_in_it_when_it_was_accepted() -> None:
    # 1.0 is accepted on 10 April: #1 was in it then; the provider takes it out, or in, later.
    accepted = {"1.0": instant("2026-04-10 12:00")}
    opened = "2026-03-02 09:00 anna opens: A new report; version: {}\n"
    taken_out = opened.format("1.0") + "2026-05-20 09:00 eva version: 1.1"
    put_in = opened.format("1.1") + "2026-05-20 09:00 eva version: 1.0"
    put_in_that_evening = opened.format("1.1") + "2026-04-10 12:01 eva version: 1.0"
    opened_later = "2026-05-20 09:00 eva opens: A late one; version: 1.0"
    days = [
        told(story, "2026-06-01 00:00", versions=accepted).accepted
        for story in (taken_out, put_in, put_in_that_evening, opened_later)
    ]
    assert days == [date(2026, 4, 10), None, None, None]


def test_hidden_and_unknown_tickets_are_not_named() -> None:
    assert job_of(timeline(STORY), AT_18000, ACCEPTING, ROLES, hidden=True).hidden
    known = {1: job(1), 2: job(2, hidden=True)}
    assert public_job(known, 1) is known[1]
    assert [public_job(known, number) for number in (2, 3, None)] == [None, None, None]


def test_time_booked_carries_what_rules_look_at() -> None:
    story = STORY + "2026-03-09 11:00 eva books 0.5"
    ticket = timeline(story).ticket
    (entry,) = ticket.time_entries
    work = told(story).work(entry, ROLES)
    assert (work.tracker, work.fields["channel"], work.roles) == ("Feature", "phone", ROLES)
    assert work.entry.hours == Decimal("0.5")


@pytest.mark.parametrize(
    ("at", "hours"),
    [
        ("2026-03-02 12:00", None),
        ("2026-03-04 12:00", "20"),
        ("2026-03-05 12:00", None),
        ("2026-03-06 12:00", "400.5"),
    ],
)
def test_it_has_the_estimate_of_then(at: str, hours: str | None) -> None:
    changes = [
        ("2026-03-03 09:00", None, "20.0"),
        ("2026-03-05 09:00", "20.0", None),
        ("2026-03-06 09:00", None, "400.5"),
    ]
    one = ticket("2026-03-02 09:00 anna opens: A")
    journals = tuple(
        Journal(
            id=900 + number,
            author=one.author,
            at=instant(when),
            details=(Detail(DetailKind.ATTRIBUTE, "estimated_hours", old, new),),
        )
        for number, (when, old, new) in enumerate(changes)
    )
    estimated = replace(one, journals=journals, estimated_hours=Decimal("400.50"))
    known = timeline_of(estimated, WORDS, PARTIES)
    assert known.remarks == ()
    job = job_of(known.as_of(instant(at)), AT_18000, ACCEPTING, ROLES)
    assert job.estimated == (Decimal(hours) if hours else None)
