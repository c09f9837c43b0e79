"""Days, months, quarters and instants as they stand on papers of each country."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from redmine_sla.calendar.period import Period
from redmine_sla.contract.words import Language
from redmine_sla.language import tongue_for

BUDAPEST = ZoneInfo("Europe/Budapest")
DAY = date(2026, 1, 5)
HARD = "\u00a0"


@pytest.mark.parametrize(
    ("language", "day", "short"),
    [
        ("en", "5 January 2026", "2026-01-05"),
        ("hu", "2026. január 5.", f"2026.{HARD}01.{HARD}05."),
        ("pl", "5 stycznia 2026", "05.01.2026"),
        ("sk", "5. januára 2026", f"5.{HARD}1.{HARD}2026"),
        ("ru", "5 января 2026 г.", "05.01.2026"),
        ("kk", "2026 жылғы 5 қаңтар", "05.01.2026"),
    ],
)
def test_a_day_in_words_and_in_figures(language: str, day: str, short: str) -> None:
    tongue = tongue_for(Language(language))
    assert tongue.day(DAY) == day
    assert tongue.short_day(DAY) == short


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "January 2026"),
        ("hu", "2026. január"),
        ("pl", "styczeń 2026"),
        ("sk", "január 2026"),
        ("ru", "январь 2026"),
        ("kk", "2026 жылғы қаңтар"),
    ],
)
def test_a_month_in_a_sentence_is_in_the_nominative_and_has_no_capital(
    language: str, text: str
) -> None:
    assert tongue_for(Language(language)).month(DAY) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "January 2026"),
        ("hu", "2026. január"),
        ("pl", "Styczeń 2026"),
        ("sk", "Január 2026"),
        ("ru", "Январь 2026"),
        ("kk", "2026 жылғы қаңтар"),
    ],
)
def test_a_month_that_begins_a_title_has_a_capital(language: str, text: str) -> None:
    tongue = tongue_for(Language(language))
    assert tongue.titled(tongue.month(DAY)) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "2026 Q3"),
        ("hu", "2026. III. negyedév"),
        ("pl", "III kwartał 2026"),
        ("sk", "3. štvrťrok 2026"),
        ("ru", "III квартал 2026 г."),
        ("kk", "2026 жылғы III тоқсан"),
    ],
)
def test_a_quarter_is_named_as_businesses_name_it(language: str, text: str) -> None:
    assert tongue_for(Language(language)).quarter(2026, 3) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 7, 1), date(2026, 9, 30), "2026. III. negyedév"),
        (date(2024, 2, 1), date(2024, 2, 29), "2024. február"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 2, 1), date(2026, 4, 30), "2026. február 1. – 2026. április 30."),
        (date(2026, 1, 15), date(2026, 3, 31), "2026. január 15. – 2026. március 31."),
        (date(2024, 2, 1), date(2024, 2, 28), "2024. február 1. – 2024. február 28."),
    ],
)
def test_a_period_has_its_name_only_where_it_is_whole(first: date, last: date, text: str) -> None:
    assert tongue_for(Language.HUNGARIAN).period(Period(first, last, BUDAPEST)) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "2026-07-01 00:30 CEST"),
        ("hu", "2026. 07. 01. 00:30 CEST"),
        ("pl", "01.07.2026 00:30 CEST"),
        ("sk", "1. 7. 2026 00:30 CEST"),
        ("ru", "01.07.2026 00:30 CEST"),
        ("kk", "01.07.2026 00:30 CEST"),
    ],
)
def test_an_instant_is_told_where_its_reader_is_with_the_zone(language: str, text: str) -> None:
    instant = datetime(2026, 6, 30, 22, 30, 59, tzinfo=UTC)
    assert tongue_for(Language(language)).moment(instant, BUDAPEST) == text


def test_a_zone_without_a_name_is_told_by_its_distance_from_utc() -> None:
    instant = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    assert tongue_for(Language.RUSSIAN).moment(instant, ZoneInfo("Asia/Almaty")) == (
        "01.07.2026 03:30 UTC+05"
    )


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    tongue = tongue_for(Language.HUNGARIAN)
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert tongue.moment(first, BUDAPEST) == "2026. 10. 25. 02:30 CEST"
    assert tongue.moment(second, BUDAPEST) == "2026. 10. 25. 02:30 CET"
