"""A restatement tells each figure of a deliverable in the customer's words, with its unit.

What is walked here is a deliverable with every section. A key or a word that is frozen and has no
words for customers fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from redmine_sla.contract.words import Language
from redmine_sla.language import ENGLISH, tongue_for
from redmine_sla.quarter.differences import differences
from redmine_sla.quarter.figure_keys import KEYS
from redmine_sla.quarter.figure_values import LISTS, listed_words
from redmine_sla.quarter.figure_words import FigureWords
from tests.quarter.full_deliverable import NO_HOURS_INCLUDED, UNDER, figures_of, full_deliverable

FIGURES: Mapping[str, Mapping[str, Any]] = {
    **figures_of(full_deliverable()),
    "hours booked": figures_of(full_deliverable(under=NO_HOURS_INCLUDED))["hours"],
}
WRITTEN_BY_PEOPLE = {
    "activity",
    "author",
    "clause",
    "clock",
    "clocks",
    "excused_by",
    "name",
    "obligation",
    "promise",
    "promise_clause",
    "reason",
    "rule",
    "service",
    "services",
    "sha256",
    "title",
    "version",
}
"""Under these keys stand words of the contract, of Redmine, or of somebody."""

MEASURE = re.compile(r".*(?:^|_)(?:seconds|hours|share|percent|bytes)")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
AMOUNT = re.compile(r"-?\d+(\.\d+)? [A-Z]{3}")
TIME = re.compile(r"\d{4}-\d\d(-\d\d(T\d\d:\d\d:\d\dZ)?)?|\d{4}Q[1-4]")
ANSWERS = ("satisfaction", "answers")


def leaves(figures: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each figure with the keys that lead to it; rows of lists have none."""
    match figures:
        case Mapping():
            for key, part in figures.items():
                yield from leaves(part, (*way, key))
        case list():
            for row in figures:
                yield from leaves(row, way)
        case _:
            yield way, figures


def lists(figures: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list[Any]]]:
    match figures:
        case Mapping():
            for key, part in figures.items():
                yield from lists(part, (*way, key))
        case list():
            yield way, figures
            for row in figures:
                yield from lists(row, way)


LEAVES = list(leaves(FIGURES))


def words(language: Language = Language.ENGLISH) -> FigureWords:
    period = full_deliverable().frame.period
    return FigureWords(tongue_for(language), period.zone, UNDER.terms_on(period.last))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def keys(figures: Any) -> Iterator[str]:
    for way, _ in leaves(figures):
        if way[:2] != ANSWERS:  # the desk's own words
            yield from way[1:]


def test_every_key_has_a_word_and_every_word_a_key() -> None:
    empty = {way[-1] for way, rows in lists(FIGURES) if not rows}
    assert set(keys(FIGURES)) | empty | {"answers"} == set(KEYS)


def test_every_text_is_a_time_an_amount_a_measure_a_listed_word_or_somebodys() -> None:
    strangers = {
        (way, value)
        for way, value in LEAVES
        if isinstance(value, str)
        and value
        and way[-1] not in WRITTEN_BY_PEOPLE
        and not (MEASURE.fullmatch(way[-1]) and NUMBER.fullmatch(value))
        and not AMOUNT.fullmatch(value)
        and not TIME.fullmatch(value)
        and way[-1] != "target"
        and not listed_words(way[-1], value, ENGLISH)
    }
    assert strangers == set()


def test_no_list_of_words_is_for_a_key_that_is_not_frozen() -> None:
    assert set(LISTS) <= set(KEYS)


@pytest.mark.parametrize("language", Language)
def test_every_listed_word_is_said(language: Language) -> None:
    tongue = tongue_for(language)
    for key, listed in LISTS.items():
        said = [listed_words(key, str(one), tongue) for one in listed.listed]
        assert all(said), key
        assert len(set(said)) == len(said), key
        if language is not Language.ENGLISH:
            english = [listed_words(key, str(one), ENGLISH) for one in listed.listed]
            same = set(said) & set(english) - {"system", "System"}  # the Polish word
            assert not same, key


@pytest.mark.parametrize("language", [one for one in Language if one is not Language.ENGLISH])
def test_the_way_to_every_figure_is_told_in_the_customers_language(language: Language) -> None:
    english, theirs = words(), words(language)
    same = {key for key in KEYS if theirs.way((key,)) == english.way((key,))}
    assert same <= {"limit", "vat"}  # the words of these languages, too


def test_each_row_is_known_by_what_tells_it_from_the_others() -> None:
    of_rows = [found for found in lists(FIGURES) if any(isinstance(row, dict) for row in found[1])]
    for way, rows in of_rows:
        for place, row in enumerate(rows):
            (gone,) = differences({"rows": rows}, {"rows": [*rows[:place], *rows[place + 1 :]]})
            name = gone.path[-1]
            assert gone.before == row, way
            assert name, (way, row)
            assert not name.endswith(")"), (way, row)


@pytest.mark.parametrize(
    ("key", "frozen", "told"),
    [
        ("not_counted_seconds", 7200, "2 h 00 min"),
        ("lost_seconds", "19800.5", "5 h 30 min"),
        ("used_hours", "7.25", "7.25 h"),
        ("hours", "4", "4 h"),
        ("kept_share", "0.607142", "60.7142 %"),
        ("contract_sum_percent", "15", "15 %"),
        ("size_bytes", 2048, "2,048 bytes"),
        ("kept", 1200, "1,200"),
        ("ticket", 12345, "#12345"),
        ("tickets", [12, 14], "#12, #14"),
        ("agreed_in", 4711, "#4711"),
        ("entry", 12345, "12345"),
        ("version", "1.10", "1.10"),
        ("spent", "1800000 HUF", "HUF 1,800,000"),
        ("due", "2026-07-07T11:00:00Z", "2026-07-07 13:00 CEST"),
        ("month", "2026-07", "July 2026"),
        ("quarter", "2026Q2", "2026 Q2"),
        ("target", "8 business hours", "8 business hours"),
        ("lacking", ["note", "file"], "no note says what was done, no file shows the result"),
        ("rule", "late_resolution", "money back"),
        ("service", "web", "Web shop"),
        ("reported", False, "no"),
        ("sha256", "", "–"),
        ("pauses", {"since": "2026-07-07", "until": None}, "since: 2026-07-07"),
    ],
)
def test_a_figure_is_told_with_its_unit(key: str, frozen: Any, told: str) -> None:
    assert plain(words().value(frozen, key)) == told


@pytest.mark.parametrize(
    ("key", "before", "after", "told"),
    [
        ("late_by_seconds", 7200, 7260, ("2 h 00 min", "2 h 01 min")),
        ("late_by_seconds", 7201, 7230, ("2 h 00 min and 1 second", "2 h 00 min and 30 seconds")),
        (
            "done",
            "2026-07-07T11:00:00Z",
            "2026-07-07T11:00:05Z",
            ("2026-07-07 13:00 CEST and 0 seconds", "2026-07-07 13:00 CEST and 5 seconds"),
        ),
    ],
)
def test_figures_that_differ_read_differently(
    key: str, before: Any, after: Any, told: tuple[str, str]
) -> None:
    said = words().both(before, after, key)
    assert (plain(said[0]), plain(said[1])) == told


def test_a_hungarian_manager_reads_durations_promises_and_standings_in_hungarian() -> None:
    told = words(Language.HUNGARIAN)
    assert plain(told.value(7200, "not_counted_seconds")) == "2 óra 00 perc"
    assert plain(told.way(("stated", "web · 2026-08-01 · 2026-08-31", "may_be_lost_seconds"))) == (
        "rendelkezésre állás szolgáltatásonként és időszakonként: "
        "Web shop, 2026. 08. 01., 2026. 08. 31.: megengedett kiesés"
    )
    assert told.value("8 business hours", "target") == "8 munkaóra"
    assert told.way(("broken", "#2 · resolution · system · critical", "cycle")) == (
        "megszegve: #2, Megoldás, rendszer, kritikus: hányadik megnyitás"
    )
    assert told.value("breached", "verdict") == "Megszegve, még nincs kész"
