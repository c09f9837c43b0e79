"""Rhythms of obligations as customers read them; a rule that words would not say whole is shown."""

from __future__ import annotations

import pytest

from redmine_sla.contract.promises.rhythm import Rhythm
from redmine_sla.plan.rhythm_words import rhythm_words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "daily"),
        ("FREQ=DAILY;COUNT=1", "once"),
        ("FREQ=WEEKLY;BYDAY=TU", "weekly, on Tuesday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "weekly, on Monday, on Wednesday and on Friday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "every 2 weeks, on Monday"),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "monthly, on day 1 of the month"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=1,15",
            "monthly, on day 1 of the month and on day 15 of the month",
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "monthly, on the last day of the month"),
        ("FREQ=MONTHLY;BYDAY=1SA", "monthly, on the 1st Saturday"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "monthly, on the last Friday"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "every 3 months, on day 1 of the month"),
        ("FREQ=YEARLY", "yearly"),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1", "yearly, in March, on day 1 of the month"),
        (
            "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=10",
            "in January, in April, in July and in October, on day 10 of the month",
        ),
    ],
)
def test_common_rules_are_said(rule: str, words: str) -> None:
    assert rhythm_words(Rhythm.parse(rule)) == words


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;COUNT=5",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=MONTHLY;BYMONTHDAY=-1,15",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
        "FREQ=DAILY;UNTIL=20270101",
    ],
)
def test_others_are_shown_as_they_stand(rule: str) -> None:
    assert rhythm_words(Rhythm.parse(rule)) == rule
