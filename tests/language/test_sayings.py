"""A reason made far from its reader is English text everywhere, and can be told in his language."""

from __future__ import annotations

import json
import pickle
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from redmine_sla.calendar import Target
from redmine_sla.contract import Money
from redmine_sla.contract.words import Language
from redmine_sla.language import ENGLISH, Saying, tongue_for

HUNGARIAN = tongue_for(Language.HUNGARIAN)
BUDAPEST = ZoneInfo("Europe/Budapest")
REJECTED = Saying("cancelled: {status}", status="Rejected")


@dataclass(frozen=True, slots=True)
class Told:
    reason: str = ""


def test_it_is_its_english_sentence_wherever_text_is_asked_for() -> None:
    assert REJECTED == "cancelled: Rejected"
    assert f"[{REJECTED}]" == "[cancelled: Rejected]"
    assert json.dumps({"reason": REJECTED}) == '{"reason": "cancelled: Rejected"}'
    assert hash(REJECTED) == hash("cancelled: Rejected")
    assert Told(REJECTED) == Told("cancelled: Rejected")


def test_it_is_told_in_another_language_with_its_places() -> None:
    assert HUNGARIAN.tell(REJECTED, BUDAPEST) == "törölve: Rejected"
    assert ENGLISH.tell(REJECTED, BUDAPEST) == "cancelled: Rejected"


def test_it_survives_being_carried_about() -> None:
    carried = replace(Told(), reason=REJECTED)
    for reason in (deepcopy(carried).reason, pickle.loads(pickle.dumps(REJECTED))):
        assert HUNGARIAN.tell(reason, BUDAPEST) == "törölve: Rejected"


def test_plain_text_is_looked_up_as_it_is() -> None:
    assert HUNGARIAN.tell("reported", BUDAPEST) == "bejelentve"
    assert HUNGARIAN.tell("In Progress", BUDAPEST) == "In Progress"
    assert HUNGARIAN.tell("", BUDAPEST) == ""


@pytest.mark.parametrize(
    ("value", "english", "hungarian"),
    [
        (date(2026, 3, 2), "2026-03-02", "2026.\u00a003.\u00a002."),
        (
            datetime(2026, 3, 2, 9, tzinfo=UTC),
            "2026-03-02 09:00 UTC",
            "2026. 03. 02. 10:00 CET",
        ),
        (Decimal("1234.5"), "1234.5", "1\u00a0234,5"),
        (Money(Decimal(1000), "HUF"), "1000 HUF", "1\u00a0000\u00a0Ft"),
        (Target.parse("8bh"), "8 business hours", "8 munkaóra"),
        (Saying("status {status}", status="New"), "status New", "állapot: New"),
        (12345, "12345", "12345"),
    ],
)
def test_figures_in_places_are_written_as_the_reader_writes_them(
    value: object, english: str, hungarian: str
) -> None:
    saying = Saying("paused: {why}", why=value)
    assert saying == f"paused: {english}"
    assert HUNGARIAN.tell(saying, BUDAPEST) == f"szünetel: {hungarian}"


def test_braces_from_outside_are_harmless() -> None:
    assert Saying("status {status}", status="{x}") == "status {x}"
    assert Saying("a {title} of a contract") == "a {title} of a contract"
    said = Saying("status {status}", status="{0.x}")
    assert HUNGARIAN.tell(said, BUDAPEST) == "állapot: {0.x}"
