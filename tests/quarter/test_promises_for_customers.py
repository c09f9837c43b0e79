"""What a customer may not see is in no section made of promises: who worked, and hidden tickets."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import load_workbook

from redmine_sla.contract.words import Language
from redmine_sla.page import Page, render
from redmine_sla.press.bundle import Printed
from redmine_sla.press.masthead import Masthead
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.sections.breaches import breaches_section
from redmine_sla.quarter.sections.exclusions import exclusions_section
from redmine_sla.quarter.sections.open_tickets import open_tickets_section
from redmine_sla.quarter.sections.pauses import pauses_section
from redmine_sla.quarter.sections.service_levels import service_levels_section
from redmine_sla.report.promise import Promise
from tests.quarter.deliverables import frame
from tests.quarter.kept_promises import HOSTILE, called, courses, hiding, promises

KEPT = """
2026-07-06 09:00 anna opens: Printer; assigns: eva
           10:00 eva  says: We look into it
           15:00 eva  status: Resolved
"""
LATE = """
2026-07-07 09:00 anna opens: Secret project
           10:00 ivan assigns: ivan; whispers: The customer is slow
           12:00 ivan status: Waiting for customer
2026-07-09 15:00 ivan status: Resolved
"""
OPEN = """
2026-09-30 15:00 anna opens: Secret merger
           16:00 ivan assigns: ivan
"""
STORIES = (KEPT, LATE, OPEN)


def sections(found: list[Promise], language: Language = Language.ENGLISH) -> tuple[Section, ...]:
    at = frame(language=language)
    return (
        service_levels_section(found, at, quarter="2026 Q3"),
        breaches_section(found, at),
        pauses_section(found, courses(*STORIES), at),
        exclusions_section(found, at),
        open_tickets_section(found, at),
    )


def everything(made: tuple[Section, ...]) -> str:
    """All that is written of them: both markups, the figures, the sheets."""
    page = Page(tuple(block for section in made for block in section.blocks))
    return "\n".join(
        (
            render(page, "textile"),
            render(page, "common_mark"),
            json.dumps([section.figures for section in made]),
            repr([section.sheets for section in made]),
        )
    )


def test_nobody_of_the_provider_is_named() -> None:
    said = everything(sections(promises(*STORIES)))
    assert "Printer" in said
    for name in ("Éva", "Engineer", "Ivan", "The customer is slow"):
        assert name not in said


def test_hidden_tickets_leave_no_trace_but_their_number() -> None:
    made = sections(hiding(promises(*STORIES), 2, 3))
    said = everything(made)
    assert "Secret" not in said
    assert "#2" not in said
    assert "#3" not in said
    assert "issue_id%5D%5B%5D=2" not in said
    for section in made:
        for sheet in section.sheets:
            assert all(row[0] not in (2, 3) for row in sheet.rows)
    (levels, breaches, *_) = made
    assert levels.figures["clocks"][0]["broken"] == 1
    assert breaches.figures["on_hidden_tickets"] == 1  # nobody answered #2 in time


@pytest.mark.parametrize("language", Language)
def test_hostile_subjects_come_out_inert_in_every_form(language: Language) -> None:
    made = sections(called(promises(*STORIES), HOSTILE), language)
    at = frame(language=language)
    printed = Printed(
        page=Page(tuple(block for section in made for block in section.blocks)),
        sheets=tuple(sheet for section in made for sheet in section.sheets),
        masthead=Masthead(title="Quarter", subject="Acme", period="2026 Q3"),
        tongue=at.tongue,
        redmine=at.redmine,
        project="acme",
        zone=at.period.zone,
    )
    assert "<script>alert" not in printed.html
    book = load_workbook(io.BytesIO(printed.workbook))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(HOSTILE in str(cell.value) for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_figures_are_the_same_in_every_language() -> None:
    found = promises(*STORIES)
    made = [
        json.dumps([section.figures for section in sections(found, language)])
        for language in Language
    ]
    assert len(set(made)) == 1
