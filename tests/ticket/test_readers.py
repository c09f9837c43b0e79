"""Who may read which tickets: a page names those only that all who may read it may read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redmine_sla.ticket.readers import Readers
from redmine_sla.ticket.ticket import Ref, Ticket
from tests.judging import timeline

HOME, OTHER = 1, 2
ANNA, BELA, EVA = 7, 8, 3
REPORTER, NARROW = frozenset({"Reporter"}), frozenset({"Own reporter"})


def readers(
    others: dict[int, frozenset[str]] | None,
    *,
    home: dict[int, frozenset[str]] | None = None,
    public: dict[int, bool] | None = None,
) -> Readers:
    """Éva is the provider's; Anna and Béla are customers of the home project."""
    at_home = home or {EVA: frozenset({"Engineer"}), ANNA: REPORTER, BELA: REPORTER}
    members = {HOME: at_home} | ({} if others is None else {OTHER: others})
    return Readers(
        public=public if public is not None else {HOME: False, OTHER: False},
        members=members,
        guests={project: frozenset(found) - {EVA} for project, found in members.items()},
        own_issues=NARROW,
    )


def ticket(project: int, *, private: bool = False) -> Ticket:
    made = timeline("2026-03-02 09:00 anna opens: A printer").ticket
    return replace(made, project=Ref(project, "…"), private=private)


def test_what_a_published_page_named_or_not_goes_before_todays_readers() -> None:
    then = replace(readers({ANNA: REPORTER}), on_record={HOME: False, OTHER: True})
    assert then.may_all_read(ticket(OTHER), [HOME])
    assert not then.may_all_read(ticket(OTHER, private=True), [HOME])
    assert not then.may_all_read(ticket(HOME), [HOME])


def test_tickets_of_the_pages_own_project_are_for_all_but_private_ones() -> None:
    assert readers(None).may_all_read(ticket(HOME), [HOME])
    assert not readers(None).may_all_read(ticket(HOME, private=True), [HOME])


@pytest.mark.parametrize(
    ("others", "is_for_all"),
    [
        ({ANNA: REPORTER, BELA: REPORTER}, True),
        ({ANNA: REPORTER, EVA: REPORTER}, False),  # Béla reads the page, and not the ticket
        ({}, False),
        (None, False),  # the key may not read its members
    ],
)
def test_another_project_is_for_all_if_each_customer_of_the_page_is_its_member(
    others: dict[int, frozenset[str]] | None, *, is_for_all: bool
) -> None:
    assert readers(others).lets_in(OTHER, HOME) is is_for_all


@pytest.mark.parametrize(
    ("public", "is_for_all"),
    [
        ({HOME: False, OTHER: True}, True),
        ({HOME: True, OTHER: True}, True),
        ({HOME: True, OTHER: False}, False),  # everybody reads the page
        ({OTHER: False}, False),  # and may do so for all that is known
        ({HOME: False}, True),  # private for all that is known; both customers are members
    ],
)
def test_a_public_page_names_tickets_of_public_projects_alone(
    public: dict[int, bool], *, is_for_all: bool
) -> None:
    people = readers({ANNA: REPORTER, BELA: REPORTER}, public=public)
    assert people.lets_in(OTHER, HOME) is is_for_all


def test_where_members_of_the_page_are_unknown_only_public_projects_are_for_all() -> None:
    unknown = Readers(public={HOME: False, OTHER: False, 4: True}, members={OTHER: {}})
    assert [unknown.lets_in(project, HOME) for project in (HOME, OTHER, 4)] == [True, False, True]


def test_it_must_be_for_all_who_read_the_page_and_for_all_who_read_the_files() -> None:
    people = readers({ANNA: REPORTER})
    assert people.may_all_read(ticket(HOME), [HOME])
    assert not people.may_all_read(ticket(HOME), [HOME, 4])


def test_a_customer_who_sees_his_own_tickets_alone_reads_no_subjects_of_others() -> None:
    narrow = readers(None, home={ANNA: REPORTER, BELA: NARROW})
    assert not narrow.lets_in(HOME, HOME)
    assert narrow.confined(HOME, HOME) == {BELA}


def test_a_second_role_may_show_him_all() -> None:
    assert readers(None, home={ANNA: REPORTER, BELA: NARROW | REPORTER}).lets_in(HOME, HOME)


def test_what_a_role_shows_counts_where_the_ticket_is() -> None:
    wide_there = readers({ANNA: REPORTER, BELA: REPORTER}, home={ANNA: REPORTER, BELA: NARROW})
    assert wide_there.lets_in(OTHER, HOME)
    assert not readers({ANNA: REPORTER, BELA: NARROW}).lets_in(OTHER, HOME)
