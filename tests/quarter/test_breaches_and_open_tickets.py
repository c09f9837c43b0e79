"""Every broken promise with its reason, and what is still open at the end."""

from __future__ import annotations

from dataclasses import replace

from redmine_sla.contract.words import Language
from redmine_sla.language import Saying
from redmine_sla.page import Page, render
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.sections.breaches import breaches_section
from redmine_sla.quarter.sections.open_tickets import open_tickets_section
from tests.notation import instant
from tests.quarter.deliverables import frame, told
from tests.quarter.kept_promises import HOSTILE, called, hiding, promises

LATE = """
2026-07-07 09:00 anna opens: Scanner
           10:00 ivan says: We look into it
2026-07-08 15:00 ivan status: Resolved
"""
LATE_OVER_THE_END = """
2026-09-29 09:00 anna opens: Plotter
           10:00 eva  says: We look into it
2026-10-02 10:00 eva  status: Resolved
"""
PAUSED_OVER_THE_END = """
2026-09-30 09:00 anna opens: Copier
           10:00 eva  says: Which one?; status: Waiting for customer
2026-10-02 10:00 anna says: That one
"""
NEVER_ANSWERED = "2026-07-06 09:00 anna opens: Printer\n2026-07-07 12:00 eva status: Resolved"
END = "2026-10-01 00:00"


def test_a_breach_tells_subject_promise_dues_and_how_late() -> None:
    text = told(breaches_section(promises(LATE, LATE_OVER_THE_END), frame()))
    # due Tuesday at closing, done Wednesday at 15:00: 8 + 6 hours used of 8
    assert (
        "| #1 | Scanner | Resolution: 8 business hours | 2026-07-07 17:00 CEST "
        "| 2026-07-08 15:00 CEST | 6\u00a0h\u00a000\u00a0min |" in text
    )
    assert "| #2 | Plotter | Resolution: 8 business hours | 2026-09-29 17:00 CEST |" in text


def test_the_clause_of_each_promise_is_told_once() -> None:
    broken = promises(LATE, LATE_OVER_THE_END, NEVER_ANSWERED)
    text = told(breaches_section(broken, frame()))
    assert text.count("resolution 8bh") == text.count("response 4bh") == 1
    assert "| Resolution: 8 business hours | resolution 8bh |" in text
    assert "| Response: 4 business hours | response 4bh |" in text


def test_one_that_is_not_done_yet_says_so() -> None:
    text = told(breaches_section(promises(LATE_OVER_THE_END, at=END), frame()))
    assert "| 2026-09-29 17:00 CEST | not yet |" in text


def test_what_is_known_of_it_is_said() -> None:
    said = breaches_section(promises(NEVER_ANSWERED), frame())
    # 8 and 3 hours until it was resolved, against 4
    late = "| never | 7\u00a0h\u00a000\u00a0min | resolved without it, after it was due |"
    assert late in told(said)


def test_times_in_what_is_known_are_those_of_the_page() -> None:
    late = next(one for one in promises(LATE) if one.is_late)
    silent = Saying("a silence from {since} was too long", since=instant("2026-07-07 10:00"))
    said = breaches_section([replace(late, remarks=(silent,))], frame())
    known = "a silence from 2026-07-07 10:00 CEST was too long"
    assert f"| {known} |" in told(said)
    assert said.sheets[0].rows[0][-1] == known


def test_the_profiles_clause_is_told_in_the_customers_language() -> None:
    late = next(one for one in promises(LATE) if one.is_late)
    clause = {"clause": "service level 7x24x4, guaranteed repair of a critical fault"}
    late = replace(late, rule=late.rule.model_copy(update=clause))
    said = breaches_section([late], frame(language=Language.HUNGARIAN))
    in_hungarian = "7x24x4 szolgáltatási szint, kritikus hiba garantált javítása"
    assert f"| {in_hungarian} |" in told(said)
    assert in_hungarian in said.sheets[0].rows[0]
    assert said.figures["broken"][0]["clause"] == clause["clause"]


def test_hidden_ones_are_counted_not_named() -> None:
    said = breaches_section(hiding(promises(LATE, LATE_OVER_THE_END), 2), frame())
    text = told(said)
    assert "#2" not in text
    assert "Plotter" not in text
    assert "And 1 on a ticket that not every reader of this page may see." in text
    assert [row["ticket"] for row in said.figures["broken"]] == [1]
    assert said.figures["on_hidden_tickets"] == 1
    assert [row[0] for row in said.sheets[0].rows] == [1]


def test_nothing_broken_is_said() -> None:
    assert "No promise was broken." in told(breaches_section([], frame()))


def test_the_longest_quarter_fits_a_page() -> None:
    said = breaches_section(promises(*[LATE] * 203), frame())
    assert "3 more stand in the spreadsheet." in told(said)
    assert len(said.sheets[0].rows) == 203


def test_open_tickets_are_judged_at_the_end_of_the_quarter() -> None:
    stories = (LATE, LATE_OVER_THE_END, PAUSED_OVER_THE_END)
    text = told(open_tickets_section(promises(*stories, at=END), frame()))
    assert "#1" not in text
    assert "| #2 | Plotter | 2026-09-29 | Resolution | Broken, not done yet |" in text
    assert "| **2** | **1** | **1** |" in text  # open, late, waiting for the customer


def test_a_pause_over_the_end_is_shown_as_one() -> None:
    text = told(open_tickets_section(promises(PAUSED_OVER_THE_END, at=END), frame()))
    assert "On track, waiting for the customer since 2026-09-30 10:00 CEST" in text


def test_nothing_open_is_said() -> None:
    assert "Nothing was left open." in told(open_tickets_section(promises(LATE, at=END), frame()))


def test_a_hidden_open_ticket_is_counted() -> None:
    said = open_tickets_section(hiding(promises(PAUSED_OVER_THE_END, at=END), 1), frame())
    assert "Copier" not in told(said)
    assert said.figures == {"open": [], "on_hidden_tickets": 1}
    assert said.sheets[0].rows == ()


def test_hostile_subjects_are_only_words() -> None:
    found = called(promises(PAUSED_OVER_THE_END, at=END), HOSTILE)
    said = open_tickets_section(found, frame())
    assert "<script" not in raw(said)
    assert "{{include" not in raw(said)


def raw(said: Section) -> str:
    """The wiki's source in both markups."""
    page = Page(said.blocks)
    return render(page, "textile") + render(page, "common_mark")


def test_it_speaks_every_language() -> None:
    for language in Language:
        at = frame(language=language)
        assert told(breaches_section(promises(LATE), at))
        assert told(open_tickets_section(promises(PAUSED_OVER_THE_END, at=END), at))
