"""The doctor before the first sign-off: what keeps it from being asked for, made or decided."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from redmine_sla.contract import Configuration, Contract
from redmine_sla.errors import SlaError
from redmine_sla.sync.doctor import Finding, Here, Level, MemberSeen, RoleSeen, ServerSeen
from redmine_sla.sync.doctor.printing import look_at_libraries
from tests.real.provisioned import FIELDS, contract, desk
from tests.sync.test_doctor import found, project, server

CONTACT = {"name": "Anna Reporter", "login": "anna", "may": ["sign_off"]}
QUARTER = {"clause": "14", "sign_off_by": "sign_off", "sign_off_tracker": "Bug"}


def handing_over(**quarter: Any) -> Contract:
    told = {key: value for key, value in {**QUARTER, **quarter}.items() if value is not None}
    return contract(contacts=[CONTACT], quarter=told)


def seen(*permissions: str, assignable: bool = True, **changed: Any) -> ServerSeen:
    role = RoleSeen("Reporter", "default", "own", frozenset(permissions), assignable)
    return server(customer_roles=[role], projects=[project(**changed)])


def told(where: ServerSeen, under: Contract | None = None, **tables: Any) -> dict[str, Finding]:
    findings = found(where, under or handing_over(), **tables)
    return {code: one for code, one in findings.items() if code.startswith("sign-off")}


def test_all_is_well_where_the_contact_can_decide() -> None:
    findings = told(seen("view_issues", "edit_issues"))
    assert {code: one.level for code, one in findings.items()} == {"sign-offs": Level.OK}


def test_contracts_that_ask_nobody_are_left_alone() -> None:
    assert told(seen(), handing_over(sign_off_by=None, sign_off_tracker=None)) == {}
    assert told(seen(), contract()) == {}


def test_without_a_key_no_ticket_is_made() -> None:
    fields = {role: name for role, name in FIELDS.items() if role != "sla_key"}
    finding = told(seen("edit_issues"), fields=fields)["sign-off-unmarked"]
    assert finding.level is Level.WARNING
    assert 'sla_key = "SLA key" under [fields]' in finding.next_step


def test_a_tracker_must_be_named_and_be_the_projects() -> None:
    nameless = told(seen("edit_issues"), handing_over(sign_off_tracker=None))["sign-off-tracker"]
    assert "sign_off_tracker = under [quarter]" in nameless.next_step
    unknown = told(seen("edit_issues"), handing_over(sign_off_tracker="Sign-off"))
    assert '"Sign-off"' in unknown["sign-off-tracker"].what
    assert "Issue tracking" in unknown["sign-off-tracker"].next_step


def test_a_contact_who_is_no_member_of_the_first_project_gets_no_ticket() -> None:
    others = [MemberSeen(3, "Eva Developer", ("Developer",))]
    finding = told(seen("edit_issues", members=others))["sign-off-contact"]
    assert "alma" in finding.what
    assert "Members" in finding.next_step


def test_a_contact_without_the_right_cannot_close_it() -> None:
    finding = told(seen("view_issues"))["sign-off-cannot-close"]
    assert '"Anna Reporter"' in finding.what
    assert "provision" in finding.next_step
    assert "sign-off-cannot-close" not in told(server())  # roles that are not told


def test_a_contact_to_whom_nothing_can_be_assigned() -> None:
    finding = told(seen("edit_issues", assignable=False))["sign-off-not-assignable"]
    assert '"Issues can be assigned to this role"' in finding.next_step


def test_a_library_that_lacks_is_told_with_its_step() -> None:
    trouble = SlaError("PDF cannot be written: no pango", hint="apt-get install libpango-1.0-0")
    finding = found(seen("edit_issues"), handing_over(), here=Here(unprintable=(trouble,)))
    assert "no pango" in finding["cannot-print"].what
    assert finding["cannot-print"].next_step == trouble.hint
    assert "printing" not in found()


def test_only_libraries_of_the_formats_handed_over_are_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(*formats: str) -> list[str]:
        under = handing_over(formats=list(formats))
        given = Configuration(desk=desk("https://redmine.example.com"), contracts=(under,))
        return [trouble.message.partition(":")[0] for trouble in look_at_libraries(given)]

    for name in ("weasyprint", "xlsxwriter", "redmine_sla.press.charts.drawing"):
        monkeypatch.setitem(sys.modules, name, None)
    charts, pdf, workbook = (
        "charts cannot be drawn",
        "PDF cannot be written",
        "workbooks cannot be written",
    )
    assert missing("json") == []
    assert missing("wiki") == [charts]
    assert missing("xlsx") == [workbook]
    assert missing("pdf", "xlsx") == [charts, pdf, workbook]
