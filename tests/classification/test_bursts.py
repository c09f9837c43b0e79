"""Several people reporting the same thing within a short time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from redmine_sla.sla.classification import AlikeReport, count_alike
from redmine_sla.sla.classification.bursts import NaiveReportError

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def report(ticket: int, reporter: str, minutes: float, text: str) -> AlikeReport:
    return AlikeReport(ticket, reporter, NINE + timedelta(minutes=minutes), text)


def test_people_who_say_the_same_within_the_window_are_counted() -> None:
    counted = count_alike(
        [
            report(1, "Anna", 0, "Warehouse system shows connection lost on my terminal"),
            report(2, "Béla", 10, "connection lost, warehouse system terminal"),
            report(3, "Cili", 50, "Warehouse terminal: connection lost"),
            report(4, "Dóra", 20, "Please order me a new keyboard"),
        ],
        window=HOUR,
    )
    assert counted == {1: 3, 2: 3, 3: 3, 4: 1}


def test_the_same_reporter_is_one_reporter() -> None:
    text = "printer prints empty pages"
    counted = count_alike([report(1, "Anna", 0, text), report(2, "Anna", 5, text)], window=HOUR)
    assert counted == {1: 1, 2: 1}


def test_reports_further_apart_than_the_window_are_no_burst() -> None:
    text = "printer prints empty pages"
    near = count_alike([report(1, "Anna", 0, text), report(2, "Béla", 60, text)], window=HOUR)
    far = count_alike([report(1, "Anna", 0, text), report(2, "Béla", 60.1, text)], window=HOUR)
    assert near == {1: 2, 2: 2}
    assert far == {1: 1, 2: 1}


def test_spelling_does_not_part_alike_reports() -> None:
    counted = count_alike(
        [
            report(1, "Anna", 0, "Nefunguje pokladňa, chyba databázy"),
            report(2, "Béla", 5, "nefunguje pokladna chyba databazy"),
        ],
        window=HOUR,
    )
    assert counted == {1: 2, 2: 2}


def test_tickets_without_words_are_like_no_other() -> None:
    counted = count_alike([report(1, "Anna", 0, "??"), report(2, "Béla", 0, "??")], window=HOUR)
    assert counted == {1: 1, 2: 1}


def test_a_time_without_zone_is_refused_by_ticket() -> None:
    naive = AlikeReport(7, "Anna", datetime(2026, 3, 2), "printer")  # noqa: DTZ001
    with pytest.raises(NaiveReportError, match="Ticket 7"):
        count_alike([naive], window=HOUR)


def test_counting_stops_at_enough() -> None:
    storm = [report(n, f"user {n}", 0, "internet is down everywhere") for n in range(50)]
    assert set(count_alike(storm, window=HOUR, enough=10).values()) == {10}


def test_a_storm_of_twenty_thousand_tickets_takes_seconds() -> None:
    storm = [
        report(n, f"user {n % 997}", n / 20, f"internet outage branch{n % 50} error{n % 1000}")
        for n in range(20_000)
    ]
    start = time.process_time()
    counted = count_alike(storm, window=HOUR)
    assert time.process_time() - start < 10
    assert min(counted.values()) == 20
