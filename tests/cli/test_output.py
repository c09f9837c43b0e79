"""Times, durations and words as people read them."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from redmine_sla.cli.output import age, hours, local, percent, tell, utc, words
from tests.cli.desk import run

ROOT = Path(__file__).parents[2]
BUDAPEST = ZoneInfo("Europe/Budapest")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00"),
        (8 * 3600, "8:00"),
        (3600 + 5 * 60, "1:05"),
        (-(3600 + 5 * 60), "-1:05"),
        (14 * 60 + 37, "0:14:37"),
        (132 * 3600, "132:00"),
    ],
)
def test_durations_are_hours_and_minutes(seconds: int, text: str) -> None:
    assert hours(timedelta(seconds=seconds)) == text


def test_seconds_can_be_asked_for_or_left_out() -> None:
    assert hours(timedelta(hours=1), seconds=True) == "1:00:00"
    assert hours(timedelta(seconds=59), seconds=False) == "0:00"
    assert hours(None) == "–"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (timedelta(seconds=30), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=119), "119 minutes"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_ages_are_round(amount: timedelta, text: str) -> None:
    assert age(amount) == text


def test_moments_say_their_zone() -> None:
    summer = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert local(summer, BUDAPEST) == "Wed 2026-07-01 14:00 CEST"
    assert utc(summer) == "2026-07-01T12:00:00Z"
    assert utc(None) is None


def test_a_share_is_cut_off_not_rounded_up() -> None:
    assert percent(0.99999) == "99 %"
    assert percent(1) == "100 %"


def test_words_of_others_steer_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert str(words("red \x1b[31malert\nnow\u202e")) == "red [31malert now"
    tell("!", "a\x1b]0;title\x07b")
    assert capsys.readouterr().err == "! a]0;titleb\n"


def test_colours_are_for_terminals() -> None:
    assert "\x1b[" not in run("classify", "--text", "Nobody can log in").output


@pytest.mark.slow
@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_no_color_is_respected_on_a_terminal(no_color: str, coloured: bool) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "redmine_sla", "classify", "--evaluate"]
    environment = os.environ | {"NO_COLOR": no_color, "REDMINE_SLA_CONFIG": "/nowhere"}
    subprocess.run(command, check=False, cwd=ROOT, env=environment, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = os.read(ours, 10_000)
    os.close(ours)
    assert b"error: " in said
    assert (b"\x1b[" in said) is coloured
