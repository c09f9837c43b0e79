"""Rhythms of obligations as customers read them; a rule that words would not say whole is shown."""

from __future__ import annotations

import pytest

from redmine_sla.contract.promises.rhythm import Rhythm
from redmine_sla.contract.words import Language
from redmine_sla.language import tongue_for
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


@pytest.mark.parametrize(
    ("language", "weekly", "every_third_month", "nth", "last"),
    [
        (
            "hu",
            "hetente, hétfőn és pénteken",
            "3 havonta, a hónap 1. napján",
            "havonta, a hónap 2. szerdáján",
            "havonta, a hónap utolsó péntekén",
        ),
        (
            "pl",
            "co tydzień, w poniedziałek i w piątek",
            "co 3 miesiące, 1. dnia miesiąca",
            "co miesiąc, w 2. środę miesiąca",
            "co miesiąc, w ostatni piątek miesiąca",
        ),
        (
            "sk",
            "týždenne, v pondelok a\u00a0v piatok",
            "každé 3 mesiace, 1. deň mesiaca",
            "mesačne, v 2. stredu mesiaca",
            "mesačne, v posledný piatok mesiaca",
        ),
        (
            "ru",
            "еженедельно, по понедельникам и по пятницам",
            "раз в 3 месяца, 1-го числа",
            "ежемесячно, 2-я среда месяца",
            "ежемесячно, последняя пятница месяца",
        ),
        (
            "kk",
            "апта сайын, дүйсенбіде және жұмада",
            "3 айда бір рет, айдың 1-күні",
            "ай сайын, айдың 2-ші сәрсенбісінде",
            "ай сайын, айдың соңғы жұмасында",
        ),
    ],
)
def test_they_are_said_in_every_language(
    language: str, weekly: str, every_third_month: str, nth: str, last: str
) -> None:
    tongue = tongue_for(Language(language))
    rules = {
        "FREQ=WEEKLY;BYDAY=MO,FR": weekly,
        "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1": every_third_month,
        "FREQ=MONTHLY;BYDAY=2WE": nth,
        "FREQ=MONTHLY;BYDAY=-1FR": last,
    }
    assert {rule: rhythm_words(Rhythm.parse(rule), tongue) for rule in rules} == rules
