"""For each failure a report with its cause and measures; what is missing is named."""

from __future__ import annotations

import pytest

from redmine_sla.quarter.failures import Failure, failures_of
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.sections.failure_reports import failure_reports_section
from tests.judging import GLOSSARY, contract, promising
from tests.notation import instant
from tests.quarter.deliverables import as_judged, frame, told

AT = "2027-01-05 09:00"
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


def failures(*stories: str, private: bool = False, then: str = AT) -> list[Failure]:
    return [
        one
        for number, story in enumerate(stories, start=1)
        for one in failures_of(
            as_judged(story, number=number, private=private, at=AT), GLOSSARY, instant(then)
        )
    ]


def section(*stories: str, quarter: str = "2026Q3", private: bool = False) -> Section:
    return failure_reports_section(
        failures(*stories, private=private), frame(quarter=quarter, at=AT)
    )


def test_a_report_stands_with_its_times_as_they_happened() -> None:
    said = told(section(REPORTED))
    for words in ("Nobody can log in", "A full disk", "Disks are watched", "08:40", "11:55"):
        assert words in said
    assert section(REPORTED).gaps == ()


def test_a_service_is_called_by_its_title_whatever_the_ticket_calls_it() -> None:
    under = contract(
        "[availability]",
        'clause = "A, availability"',
        "percent = 98",
        "[availability.services.erp]",
        'title = "Orders and stock"',
        "[availability.services.web]",
        'title = "Web shop"',
    )
    of_erp = failures(REPORTED)
    assert "Orders and stock" in told(failure_reports_section(of_erp, frame(under, at=AT)))
    elsewhere = failures(REPORTED.replace("Service = ERP", "Service = Intranet"))
    assert "Intranet" in told(failure_reports_section(elsewhere, frame(under, at=AT)))


def test_what_is_missing_is_named_and_leaves_the_quarter_incomplete() -> None:
    assert section(NO_MEASURES).gaps == ("Failure #1: the measures are missing.",)
    assert "**not reported**" in told(section(NO_MEASURES))


def test_a_begin_that_nobody_recorded_is_said() -> None:
    assert "its begin was not recorded, over on 2026-08-03 11:55 CEST" in told(section(NO_MEASURES))


BEGUN = "2026-09-30 23:00 anna opens: Down\n23:30 eva field Outage began at = 2026-09-30 22:50\n"


@pytest.mark.parametrize(
    ("story", "words"),
    [
        (OVER_THE_END, "2026-09-30 22:50 CEST, still going on at the end of the period"),
        (BEGUN, "2026-09-30 22:50 CEST, still going on at the end of the period"),
        (
            f"{BEGUN}2026-10-01 08:00 eva status: Resolved",  # and nobody wrote when it was over
            "2026-09-30 22:50 CEST, still going on at the end of the period",
        ),
        (f"{BEGUN}23:40 eva status: Resolved", "2026-09-30 22:50 CEST, its end was not recorded"),
        (
            "2026-08-03 09:00 anna opens: Down\n2026-08-05 10:00 eva field Failure cause = A disk",
            "neither its begin nor its end was recorded",
        ),
    ],
)
def test_an_outage_without_an_end_says_whether_it_lasted(story: str, words: str) -> None:
    found = failures(story, then="2026-10-01 00:00")
    assert words in told(failure_reports_section(found, frame(at=AT)))


def test_before_the_periods_end_it_is_simply_not_over() -> None:
    draft = frame(at="2026-09-30 23:45")
    assert "22:50 CEST, not over" in told(failure_reports_section(failures(BEGUN), draft))


def test_a_failure_belongs_to_the_quarter_it_began_in_and_stands_as_at_its_end() -> None:
    (one,) = section(OVER_THE_END).figures["failures"]
    assert (one["began"], one["ended"]) == ("2026-09-30T20:50:00Z", None)
    assert section(OVER_THE_END, quarter="2026Q4").figures == {"failures": []}


def test_where_no_begin_is_known_it_belongs_to_the_quarter_it_was_noticed_in() -> None:
    unknown = """
    2026-09-30 23:00 anna opens: Nobody can log in
    2026-10-01 08:00 eva  field Outage ended at = 2026-10-01 07:30
    """
    assert len(section(unknown).figures["failures"]) == 1
    assert section(unknown, quarter="2026Q4").figures == {"failures": []}


def test_the_next_outage_on_a_ticket_is_a_failure_of_its_own() -> None:
    again = """
    2026-10-20 10:00 eva  field Outage began at = 2026-10-20 09:00
               12:00 eva  field Outage ended at = 2026-10-20 11:00; field Failure cause = Again
    """
    first, second = failures(REPORTED + again)
    assert section(REPORTED + again).figures == section(REPORTED).figures
    assert (first.cause, first.measures) == ("A full disk", "Disks are watched")
    assert (second.service, second.cause, second.measures) == ("ERP", "Again", "")
    assert len(section(REPORTED + again, quarter="2026Q4").figures["failures"]) == 1


def test_a_report_that_falls_due_after_the_period_is_not_late_in_it() -> None:
    # Ended on Monday 28 September; five business days later is Monday 5 October.
    owed = """
    2026-09-28 09:00 anna opens: Nobody can log in
               11:00 eva  field Outage began at = 2026-09-28 08:40
               11:30 eva  field Outage ended at = 2026-09-28 11:00
    """
    under = contract(promising("failure_report", "5bd"))
    (one,) = failures_of(as_judged(owed, under=under, at=AT), GLOSSARY)
    assert one.is_late
    q3, q4 = (frame(quarter=quarter, at=AT) for quarter in ("2026Q3", "2026Q4"))
    (stated,) = failure_reports_section([one], q3).figures["failures"]
    assert not stated["late"]
    assert failure_reports_section([one], q4).figures == {"failures": []}


def test_an_ordinary_ticket_is_no_failure() -> None:
    assert failures(NO_FAILURE) == []
    assert failures(NO_FAILURE + "10:00 eva field Service = ERP") == []
    assert "No failure in this period." in told(section(NO_FAILURE))


def test_a_private_failure_is_counted_and_its_missing_report_is_not_named() -> None:
    hidden = section(NO_MEASURES, private=True)
    assert "full disk" not in told(hidden)
    assert hidden.gaps == ("A failure report is missing on a ticket that is not public.",)
    assert hidden.sheets[0].rows == ()
