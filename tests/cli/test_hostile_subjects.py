"""Subjects and names that would steer a terminal or a spreadsheet are words in what is printed."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from redmine_sla.mirror import Arrival, Mirror
from tests.cli.desk import AS_OF, NOW, run, ticket, to

STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
SUBJECTS = (
    "\x1b]0;title\x07\x1b[2J\x1b[31mred",
    "\x9b31mred",
    "over\rwritten",
    "turned \u202eevil",
    "[bold red]markup[/bold red]",
    "=cmd|' /C calc'!A0",
    "\t@SUM(1)",
    "bell \x07 and \x00",
)
NOVEMBER = ("--month", "2026-11", "--as-of", AS_OF)


@pytest.fixture
def hostile(desk: Path) -> Path:
    """Late tickets with those subjects, reported by somebody with such a name."""
    somebody = {"id": 11, "name": "Anna \x1b[31mKiss\u202e"}
    began = "2026-11-16 09:00"
    rows = [
        ticket(100 + at, text, began, to(2, "2026-11-16 09:30"), chosen="user", by=somebody)
        for at, text in enumerate(SUBJECTS)
    ]
    with Mirror.open(f"sqlite:///{desk}/mirror.db") as mirror, mirror.writing() as batch:
        batch.store_tickets([Arrival(row, read=True, settled=True) for row in rows], NOW)
    return desk


@pytest.mark.parametrize(
    "words",
    [
        ("status", "--as-of", AS_OF),
        ("report", *NOVEMBER),
        ("report", "breaches", *NOVEMBER),
        ("report", "workload", *NOVEMBER),
        ("explain", "100", "--as-of", AS_OF),
        ("explain", "101", "--as-of", AS_OF),
        ("classify", "100"),
    ],
)
def test_nothing_steers_a_terminal(hostile: Path, words: tuple[str, ...]) -> None:
    result = run(*words, folder=hostile)
    assert "10" in result.stdout, result.output
    assert not STEERING.findall(result.output)


def test_nothing_in_a_table_is_a_formula(hostile: Path) -> None:
    result = run("report", "breaches", *NOVEMBER, "--csv", "-", folder=hostile)
    text = result.stdout_bytes.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) > len(SUBJECTS)
    assert not [field for row in rows for field in row if re.match(r"\s*[=+@\t\r]", field)]
    assert not STEERING.findall(text.replace("\r\n", "\n"))


def test_subjects_are_printed_as_they_read(hostile: Path) -> None:
    said = run("status", "--as-of", AS_OF, folder=hostile).stdout
    assert "[bold red]markup[/bold red]" in said
    assert "=cmd|" in said
