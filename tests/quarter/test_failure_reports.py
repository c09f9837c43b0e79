"""For each failure a report with its cause and measures; what is missing is named."""

from __future__ import annotations

from redmine_sla.quarter.failures import Failure, failure_of
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.sections.failure_reports import failure_reports_section
from tests.judging import GLOSSARY
from tests.quarter.deliverables import as_judged, frame, told

REPORTED = """
2026-08-03 09:00 anna opens: Nobody can log in
           12:00 eva  field Outage began at = 2026-08-03 08:40
           12:00 eva  field Outage ended at = 2026-08-03 11:55
           12:05 eva  field Service = ERP; status: Resolved
2026-08-05 10:00 eva  field Failure cause = A full disk; field Failure measures = Disks are watched
"""
NO_MEASURES = """
2026-08-03 09:00 anna opens: Nobody can log in
           12:00 eva  field Outage ended at = 2026-08-03 11:55; field Failure cause = A full disk
"""
OVER_THE_END = """
2026-09-30 23:00 anna opens: Nobody can log in
           23:30 eva  field Outage began at = 2026-09-30 22:50
2026-10-01 08:00 eva  field Outage ended at = 2026-10-01 07:30
"""
NO_FAILURE = """
2026-08-03 09:00 anna opens: How do I print?
"""


def failures(*stories: str, private: bool = False) -> list[Failure]:
    return [
        one
        for number, story in enumerate(stories, start=1)
        for one in failure_of(as_judged(story, number=number, private=private), GLOSSARY)
    ]


def section(*stories: str, quarter: str = "2026Q3", private: bool = False) -> Section:
    at = "2027-01-05 09:00"
    return failure_reports_section(
        failures(*stories, private=private), frame(quarter=quarter, at=at)
    )


def test_a_report_stands_with_its_times_as_they_happened() -> None:
    said = told(section(REPORTED))
    for words in ("Nobody can log in", "A full disk", "Disks are watched", "08:40", "11:55"):
        assert words in said
    assert section(REPORTED).gaps == ()


def test_what_is_missing_is_named_and_leaves_the_quarter_incomplete() -> None:
    assert section(NO_MEASURES).gaps == ("Failure #1: the measures are missing.",)
    assert "**not reported**" in told(section(NO_MEASURES))


def test_a_begin_that_nobody_recorded_is_said() -> None:
    assert "not recorded to" in told(section(NO_MEASURES))


def test_a_failure_belongs_to_the_quarter_it_ended_in() -> None:
    assert section(OVER_THE_END).figures == {"failures": []}
    assert len(section(OVER_THE_END, quarter="2026Q4").figures["failures"]) == 1


def test_an_ordinary_ticket_is_no_failure() -> None:
    assert failures(NO_FAILURE) == []
    assert "No failure in this period." in told(section(NO_FAILURE))


def test_a_private_failure_is_counted_and_its_missing_report_is_not_named() -> None:
    hidden = section(NO_MEASURES, private=True)
    assert "full disk" not in told(hidden)
    assert hidden.gaps == ("A failure report is missing on a ticket that is not public.",)
    assert hidden.sheets[0].rows == ()
