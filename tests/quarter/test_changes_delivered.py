"""Which changes a quarter hands over, and the files with their checksums."""

from __future__ import annotations

from redmine_sla.page import Link
from redmine_sla.quarter.finished import Finished, finished_of
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.sections.changes import DeliveredFile, changes_section
from tests.judging import GLOSSARY
from tests.quarter.deliverables import as_judged, frame, told

NEW_REPORT = """
2026-07-06 09:00 anna opens: Sales by region; tracker: Feature; version: 1.1
2026-08-20 15:00 eva  status: Resolved
2026-08-25 10:00 anna status: Closed
"""
FAULT = """
2026-07-06 09:00 anna opens: Printer prints blanks; tracker: Bug
           15:00 eva  status: Resolved
"""
BY_KIND = """
2026-07-06 09:00 anna opens: Another tax rate; tracker: Support
           10:00 eva  field SLA kind = change
2026-09-30 23:59 eva  status: Closed
"""
GIVEN_UP = """
2026-07-06 09:00 anna opens: Sales by moon phase; tracker: Feature
2026-08-20 15:00 eva  status: Rejected
2026-08-25 10:00 eva  status: Closed
"""
REOPENED = """
2026-07-06 09:00 anna opens: Sales by region; tracker: Feature
2026-08-20 15:00 eva  status: Resolved
2026-09-01 10:00 anna status: New
"""


def finished(*stories: str, private: bool = False) -> list[Finished]:
    return [
        one
        for number, story in enumerate(stories, start=1)
        for one in finished_of(
            as_judged(story, number=number, private=private), GLOSSARY, frame().period
        )
    ]


def section(*stories: str, private: bool = False) -> Section:
    return changes_section(finished(*stories, private=private), [], frame())


def test_development_and_changes_by_kind_are_delivered_but_no_mended_fault() -> None:
    said = told(section(NEW_REPORT, FAULT, BY_KIND))
    assert "| 1.1 | #1 | Sales by region | 2026-08-20 |" in said
    assert "Another tax rate" in said
    assert "Printer" not in said


def test_it_is_delivered_when_it_was_resolved_not_when_it_was_closed() -> None:
    (one,) = finished(NEW_REPORT)
    assert f"{one.at:%Y-%m-%d %H:%M}" == "2026-08-20 13:00"


def test_what_was_given_up_or_reopened_is_not_delivered() -> None:
    assert "No change was delivered" in told(section(GIVEN_UP, REOPENED))


def test_a_reopening_after_the_quarter_takes_no_delivery_back() -> None:
    reopened = NEW_REPORT + "2026-10-02 10:00 anna status: New; field SLA kind = incident"
    assert section(reopened).figures == section(NEW_REPORT).figures


def test_the_last_minute_of_the_quarter_belongs_to_it() -> None:
    assert section(BY_KIND).figures["changes"] == [
        {"ticket": 1, "version": "", "done": "2026-09-30T21:59:00Z"}
    ]


def test_a_private_ticket_is_counted_and_not_named() -> None:
    private = section(NEW_REPORT, private=True)
    assert "Sales by region" not in told(private)
    assert "And 1 on a ticket that not every reader" in told(private)
    assert private.sheets[0].rows == ()
    assert private.figures["changes"] == [{"done": "2026-08-20T13:00:00Z"}]


def test_a_file_stands_with_its_digest_and_leads_to_redmine() -> None:
    file = DeliveredFile(
        title="erp-1.1.tar.zst",
        address="https://redmine.example.com/attachments/download/7/erp-1.1.tar.zst",
        sha256="9f86d081884c7d65",
        size=4096,
        version="1.1",
    )
    handed = changes_section([], [file], frame())
    assert "9f86d081884c7d65" in told(handed)
    assert any(
        isinstance(part, Link) and part.address == file.address
        for block in handed.blocks
        for row in getattr(block, "rows", ())
        for cell in row
        for part in cell
    )


def test_a_file_too_large_for_redmine_stands_by_its_address() -> None:
    archive = DeliveredFile(title="Source code", address="/srv/handover/2026Q3.tar.zst")
    assert "/srv/handover/2026Q3.tar.zst" in told(changes_section([], [archive], frame()))


def test_a_required_file_that_is_not_there_leaves_the_handover_incomplete() -> None:
    missing = DeliveredFile(title="Source code", address="/x", required=True, found=False)
    handed = changes_section([], [missing], frame())
    assert handed.gaps == ('The file "Source code" is not there.',)
    assert "Source code" not in told(handed)
