"""What customers thought of the work: counted by their own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from redmine_sla.quarter.finished import Finished
from redmine_sla.quarter.sections.satisfaction import satisfaction_section
from tests.notation import instant
from tests.quarter.deliverables import frame, told

DONE = Finished(
    ticket=1,
    hidden=False,
    subject="Printer",
    tracker="Bug",
    version="",
    at=instant("2026-08-03 09:00"),
    changes=False,
)


def test_each_answer_is_counted_and_silence_is_said() -> None:
    asked = [replace(DONE, satisfaction=words) for words in ("good", "good", "poor", "")]
    section = satisfaction_section(asked, frame())
    assert section.figures == {"finished": 4, "answers": {"good": 2, "poor": 1}}
    assert "| good | 2 |" in told(section)
    assert "3 of 4 finished tickets were rated." in told(section)


def test_words_on_a_hidden_ticket_are_counted_and_not_told() -> None:
    asked = [
        replace(DONE, satisfaction="good"),
        replace(DONE, satisfaction="the merger was a bad idea", hidden=True),
    ]
    section = satisfaction_section(asked, frame())
    assert section.figures == {"finished": 2, "answers": {"good": 1}}
    assert "merger" not in f"{told(section)}{section.sheets}"
    assert "2 of 2 finished tickets were rated." in told(section)


def test_answers_of_another_quarter_are_not_counted() -> None:
    later = replace(DONE, satisfaction="good", at=DONE.at + timedelta(days=90))
    assert satisfaction_section([later], frame()).figures == {"finished": 0, "answers": {}}
