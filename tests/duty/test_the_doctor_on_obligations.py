"""What the doctor says of obligations: each thing that keeps a ticket from being made."""

from __future__ import annotations

from typing import Any

import pytest

from redmine_sla.contract import Contract
from redmine_sla.sync.doctor import Finding, Level
from tests.real.provisioned import FIELDS, contract
from tests.sync.test_doctor import found, project, server

REVIEW = {
    "name": "review",
    "title": "Review of the log files",
    "clause": "A",
    "rhythm": "FREQ=MONTHLY;BYMONTHDAY=1",
    "owner": "engineer",
}
TEAM = {"engineer": "Eva Developer"}


def owing(**changed: Any) -> Contract:
    return contract(**{"obligations": [REVIEW], "team": TEAM, **changed})


def said(under: Contract, tracker: str | None = "Bug", **tables: Any) -> dict[str, Finding]:
    if tracker:
        tables["required_fields"] = {"tracker": tracker}
    return found(server(), under, **tables)


def test_all_is_well() -> None:
    healthy = said(owing())
    assert healthy["obligations"].level is Level.OK
    assert not {"obligation-tracker", "obligation-owner"} & healthy.keys()


def test_without_obligations_nothing_is_said_of_them() -> None:
    assert not {code for code in said(contract()) if code.startswith("obligation")}


@pytest.mark.parametrize(
    ("tracker", "own", "step"),
    [
        (None, None, "[required_fields]"),
        ("Chore", None, "Issue tracking"),
        ("Bug", "Feature", "Issue tracking"),  # known to Redmine, not to the project
    ],
)
def test_a_tracker_that_nobody_named_or_that_the_project_has_not(
    tracker: str | None, own: str | None, step: str
) -> None:
    under = owing(obligations=[REVIEW | ({"tracker": own} if own else {})])
    finding = said(under, tracker)["obligation-tracker"]
    assert finding.level is Level.WARNING
    assert step in finding.next_step


def test_an_owner_by_login_is_found_by_nobody() -> None:
    finding = said(owing(team={"engineer": "eva"}))["obligation-owner"]
    assert '"eva" ([team] engineer) of "review"' in finding.what
    assert "as Redmine shows it" in finding.next_step


def test_an_obligation_without_an_owner_is_advice() -> None:
    ownerless = {key: value for key, value in REVIEW.items() if key != "owner"}
    assert said(owing(obligations=[ownerless]))["obligation-owner"].level is Level.ADVICE


def test_members_that_cannot_be_read_are_told_once_and_not_here() -> None:
    seen = server(projects=[project(members=None)])
    codes = found(seen, owing(), required_fields={"tracker": "Bug"})
    assert "members-hidden" in codes
    assert "obligation-owner" not in codes


@pytest.mark.parametrize(("mode", "level"), [("fields", Level.WARNING), ("wiki", Level.ADVICE)])
def test_without_a_field_to_mark_them_no_tickets_are_made(mode: str, level: Level) -> None:
    fields = {role: name for role, name in FIELDS.items() if role != "sla_key"}
    surfaces = {"mode": mode, "wiki_markup": "common_mark"}
    finding = said(owing(), fields=fields, surfaces=surfaces)["obligations-unmarked"]
    assert finding.level is level
    assert 'sla_key = "SLA key"' in finding.next_step
