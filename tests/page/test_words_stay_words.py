"""Whatever people write is shown as they wrote it and does nothing, in both markups."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.page import Column, Markup, Page, Paragraph, Table, cleaned, line, render
from tests.page.hostile import HOSTILE

MARKUPS: tuple[Markup, ...] = ("textile", "common_mark")
JOINER = "\u2060"
SIGNS = st.text("#12r{}[]@:.!|*_-+~^%=`<>&;\"'()\\$?/,\n\r ahwH")
WORDS = st.one_of(st.text(), SIGNS, st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join))


def written(text: str, markup: Markup) -> str:
    return render(Page((Paragraph(line(text)),)), markup).removeprefix("p. ").removesuffix("\n")


def shown(source: str) -> str:
    """What a reader sees of a source in which nothing is markup."""
    return html.unescape(source).replace(JOINER, "")


@pytest.mark.parametrize("markup", MARKUPS)
@given(WORDS)
def test_a_reader_sees_the_very_words_in_one_line(markup: Markup, text: str) -> None:
    expected = cleaned(text).replace(JOINER, "").strip()
    assert shown(written(text, markup)).strip() == expected


@pytest.mark.parametrize("markup", MARKUPS)
@given(WORDS)
def test_no_sign_with_a_meaning_stays_in_the_source(markup: Markup, text: str) -> None:
    source = re.sub(r"&#\d+;", "", written(text, markup))
    assert not re.search(r"[\n\r<>{}\[\]|\"'!@*_`~^=\\#+$?]", source)


@pytest.mark.parametrize("markup", MARKUPS)
@given(WORDS)
def test_no_words_break_a_table(markup: Markup, text: str) -> None:
    table = Table((Column("a"), Column("b")), ((line(text), line(text)), (line("x"), line("y"))))
    rows = render(Page((table,)), markup).rstrip("\n").split("\n")
    assert {row.count("|") for row in rows} == {3}


@given(WORDS)
def test_what_redmine_looks_for_in_html_is_parted_in_common_mark(text: str) -> None:
    seen = html.unescape(written(text, "common_mark"))
    for link in (
        r"#(?:\d|note)",
        r"(?<![^\W_])r\d",
        r"@[A-Za-z0-9_\-.]",
        r"\{\{",
        r"\[\[",
        r"(?:commit|source|export|version|user|attachment|document|news|project):\S",
        r"\w://",
        r"(?i:www)\.[^\W_]",
    ):
        assert not re.search(link, seen), link


@pytest.mark.parametrize("text", HOSTILE)
def test_textile_writes_hostile_signs_as_entities(text: str) -> None:
    assert shown(written(text, "textile")) == cleaned(text).strip()


@pytest.mark.parametrize("markup", MARKUPS)
def test_dates_times_and_sentences_stay_readable_in_the_source(markup: Markup) -> None:
    words = "On 2026-11-21 14:00 CET, 98.89 % of 24/7 (as agreed): resolution: at risk."
    assert written(words, markup) == words


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("one\r\ntwo\u2028three\x0bfour\tfive", "one two three four five"),
        ("nul\x00bell\x07escape\x1b[31m", "nulbellescape[31m"),
        ("turned \u202eevil\u202c and \u2066more\u2069", "turned evil and more"),
        ("half a pair \ud800 of signs", "half a pair  of signs"),
        ("Árvíztűrő Żółw Жалоба Қазақ 🙂", "Árvíztűrő Żółw Жалоба Қазақ 🙂"),
    ],
)
def test_words_are_one_line_without_signs_nobody_sees(text: str, kept: str) -> None:
    assert cleaned(text) == kept
