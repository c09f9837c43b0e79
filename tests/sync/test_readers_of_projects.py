"""Who reads what, as the mirror knows it: public projects, members, and what their roles show."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from redmine_sla.contract import Configuration, Desk
from redmine_sla.mirror import Mirror
from redmine_sla.sync.pull import slow_beat
from redmine_sla.sync.readership import shows_own_issues
from redmine_sla.sync.workbench import Workbench, lay_out
from tests.judging import contract
from tests.mirror.rows import Row, named
from tests.plan.world import DESK_IN_WORDS

ACME, PERSONNEL, PAGES = 1, 2, 3
EVA, ANNA, BELA = named(3, "Eva"), named(7, "Anna"), named(8, "Bela")
UNDER = contract()


def member(person: Row, role: str, kind: str = "user") -> Row:
    return {
        "id": person["id"],
        "project": named(1, "…"),
        kind: person,
        "roles": [named(1, role)],
    }


def store(mirror: Mirror, members: dict[int, list[Row] | None], *roles: Row) -> None:
    """As read on 1 July 2026."""
    projects = [(ACME, "acme"), (PERSONNEL, "personnel"), (PAGES, "pages")]
    with mirror.writing() as batch:
        batch.record(slow_beat.DONE, "2026-07-01T04:00:00+00:00")
        batch.store_words(
            "projects",
            [
                {"id": number, "name": name, "identifier": name, "is_public": False}
                for number, name in projects
            ],
        )
        batch.store_words("roles", roles)
        for project, found in members.items():
            batch.store_words("memberships", found, project=project)


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with Mirror.open(f"sqlite:///{tmp_path}/mirror.db") as opened:
        yield opened


def bench(mirror: Mirror, people: str = "", wiki_project: str = "") -> Workbench:
    words = tomllib.loads(f"{DESK_IN_WORDS}\n{people}")
    surfaces: dict[str, Any] = {"mode": "fields", "wiki_markup": "textile"}
    if wiki_project:
        surfaces["wiki_project"] = wiki_project
    desk = Desk.model_validate(words | {"surfaces": surfaces})
    return lay_out(Configuration(desk=desk, contracts=(UNDER,)), mirror)


def test_the_providers_people_and_groups_need_not_be_members(mirror: Mirror) -> None:
    support = member(named(30, "Support"), "Reporter", "group")
    store(
        mirror,
        {
            ACME: [member(EVA, "provider"), member(ANNA, "Reporter"), support],
            PERSONNEL: [member(ANNA, "Reporter")],
        },
    )
    assert bench(mirror).readers.lets_in(PERSONNEL, ACME)


def test_a_customer_who_is_no_member_keeps_the_project_unnamed(mirror: Mirror) -> None:
    store(
        mirror,
        {
            ACME: [member(ANNA, "Reporter"), member(BELA, "Reporter")],
            PERSONNEL: [member(ANNA, "Reporter")],
        },
    )
    readers = bench(mirror).readers
    assert not readers.lets_in(PERSONNEL, ACME)
    assert readers.shut_out(PERSONNEL, ACME) == {BELA["id"]}


@pytest.mark.parametrize(
    ("people", "is_for_all"),
    [
        ('[[parties]]\nuser = "Bela"\nparty = "provider"', True),
        ('[[parties]]\nuser = 8\nparty = "provider"', True),
        (
            '[[parties]]\nuser = "Bela"\nparty = "provider"\nto = 2026-06-30',
            False,
        ),  # till yesterday
        ('[[parties]]\nuser = "Bela"\nparty = "provider"\nto = 2026-07-01', True),
        ('[[parties]]\nuser = "Bela"\nparty = "provider"\nfrom = 2026-07-01', True),
        ('[[parties]]\nuser = "Bela"\nparty = "provider"\nfrom = 2026-07-02', False),
        ('[[parties]]\nuser = "Eva"\nparty = "customer"', False),  # whatever her role
    ],
)
def test_the_list_of_people_comes_before_roles(
    mirror: Mirror, people: str, *, is_for_all: bool
) -> None:
    staff = [member(EVA, "provider"), member(ANNA, "Reporter")]
    unmapped = member(BELA, "Observer")
    store(mirror, {ACME: [*staff, unmapped], PERSONNEL: [member(ANNA, "Reporter")]})
    assert bench(mirror, people).readers.lets_in(PERSONNEL, ACME) is is_for_all


def test_members_that_cannot_be_read_are_unknown_and_not_none(mirror: Mirror) -> None:
    store(mirror, {ACME: [], PERSONNEL: None})
    assert not bench(mirror).readers.lets_in(PERSONNEL, ACME)


def test_pages_that_stand_elsewhere_have_readers_of_their_own(mirror: Mirror) -> None:
    anna, bela = member(ANNA, "Reporter"), member(BELA, "Reporter")
    store(mirror, {ACME: [anna], PAGES: [anna, bela]})
    readers = bench(mirror).readers
    assert readers.lets_in(ACME, ACME)
    assert not readers.lets_in(ACME, PAGES)


def test_a_role_of_own_issues_names_no_tickets(mirror: Mirror) -> None:
    own = named(4, "Reporter") | {"issues_visibility": "own"}
    store(mirror, {ACME: [member(EVA, "provider"), member(ANNA, "Reporter")]}, own)
    readers = bench(mirror).readers
    assert readers.confined(ACME, ACME) == {ANNA["id"]}
    assert not readers.lets_in(ACME, ACME)


@pytest.mark.parametrize(
    ("told", "own"),
    [
        ({"issues_visibility": "all", "permissions": ["view_issues"]}, False),
        ({"issues_visibility": "default", "permissions": ["view_issues"]}, False),
        ({"issues_visibility": "own", "permissions": ["view_issues"]}, True),
        ({"issues_visibility": "all", "permissions": ["view_wiki_pages"]}, True),
        ({}, False),
    ],
)
def test_what_a_role_shows_of_tickets_that_are_not_private(told: Row, *, own: bool) -> None:
    assert shows_own_issues({"id": 4, "name": "Reporter", **told}) is own
