"""The doctor says which tickets are counted and not named, and what to do if they should be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from redmine_sla.sync.doctor import Finding, Level, MemberSeen
from tests.real.provisioned import contract
from tests.sync.test_doctor import found, project, rows, server, words

ANNA = MemberSeen(2, "Anna Reporter", ("Reporter",))
BELA = MemberSeen(5, "Bela Reporter", ("Reporter",))
EVA = MemberSeen(3, "Eva Developer", ("Developer",))
BOT = MemberSeen(9, "redmine-sla (program)", ("redmine-sla",))


def told(
    code: str,
    *,
    home: Sequence[MemberSeen] = (ANNA, BELA, EVA, BOT),
    personnel: Sequence[MemberSeen] | None = (ANNA, EVA),
    public: bool = False,
    parties: Sequence[dict[str, Any]] = (),
    **role: Any,
) -> Finding | None:
    """Of a contract whose second project is Alma's personnel."""
    names = [(1, "alma", public), (2, "alma-hr", False)]
    seen = server(
        words=words(
            projects=[
                {"id": number, "identifier": name, "name": name, "status": 1, "is_public": shown}
                for number, name, shown in names
            ],
            roles=[
                *rows("Manager", "Developer", "redmine-sla"),
                {"id": 5, "name": "Reporter", **role},
            ],
        ),
        projects=[
            project(members=home),
            project(id=2, identifier="alma-hr", members=personnel),
        ],
    )
    return found(seen, contract(), parties=parties).get(code)


def test_a_customer_who_is_not_in_a_project_is_named_with_the_step() -> None:
    finding = told("project-not-for-all")
    assert finding is not None
    assert finding.level is Level.ADVICE
    assert finding.what == (
        'contract alma: its page\'s project "alma" is read by "Bela Reporter" too, so tickets of '
        'project "alma-hr" are counted on its pages, not named'
    )
    assert finding.next_step == (
        "leave it, if they are not for everybody; else add them in the project's Settings, Members"
    )


@pytest.mark.parametrize(
    ("days", "is_customer"),
    [
        ({"from": date(2026, 11, 21), "to": date(2026, 12, 31)}, False),
        ({"to": date(2026, 11, 20)}, True),
        ({"from": date(2026, 11, 22)}, True),
    ],
)
def test_who_acts_for_the_provider_today_need_not_be_in_it(
    days: dict[str, date], *, is_customer: bool
) -> None:
    bela = {"user": BELA.name, "party": "provider", **days}  # today is 21 November
    assert (told("project-not-for-all", parties=[bela]) is not None) is is_customer


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"public": True}, '"alma" is public, so tickets of project "alma-hr"'),
        ({"personnel": None}, '"alma" may have others, so tickets of project "alma-hr"'),
    ],
)
def test_why_is_told(changed: dict[str, Any], said: str) -> None:
    finding = told("project-not-for-all", **changed)
    assert finding is not None
    assert said in finding.what


def test_nothing_is_said_where_all_customers_are_in_it() -> None:
    everybody = (ANNA, BELA)
    assert told("project-not-for-all", personnel=everybody) is None


def test_a_group_is_no_reader_its_people_are() -> None:
    group = MemberSeen(30, "Alma's people", ("Reporter",), is_group=True)
    finding = told("project-not-for-all", home=(ANNA, EVA, BOT, group), personnel=(ANNA,))
    assert finding is None


@pytest.mark.parametrize(
    "role",
    [
        {"issues_visibility": "own", "permissions": ["view_issues"]},
        {"issues_visibility": "all", "permissions": ["view_wiki_pages"]},
    ],
)
def test_a_role_that_hides_tickets_from_customers_is_told_with_the_step(
    role: dict[str, Any],
) -> None:
    finding = told("role-sees-own-issues", **role)
    assert finding is not None
    assert finding.level is Level.WARNING
    assert 'role "Reporter" does not show customers each other\'s tickets' in finding.what
    assert "Administration, Roles and permissions" in finding.next_step
    assert 'Issues visibility to "All non private issues"' in finding.next_step


@pytest.mark.parametrize("shows", ["all", "default"])
def test_a_role_that_shows_tickets_is_not_spoken_of(shows: str) -> None:
    finding = told("role-sees-own-issues", issues_visibility=shows, permissions=["view_issues"])
    assert finding is None
