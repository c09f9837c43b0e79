"""The printed page as HTML: one file that needs nothing else, in which words stay words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.contract import Language
from redmine_sla.errors import SlaError
from redmine_sla.page import (
    Align,
    Bullets,
    Column,
    Heading,
    Imprint,
    KeyFigure,
    KeyFigures,
    Link,
    Paragraph,
    Strong,
    Table,
    Tone,
    WikiLink,
    cleaned,
    line,
)
from redmine_sla.press.masthead import Masthead
from tests.page.hostile import HOSTILE
from tests.press.printing import REDMINE, figure, printed_html, read

HARMLESS = {"p", "ul", "li", "h2", "h3", "strong", "a", "table", "thead", "tbody", "tr", "th", "td"}
FRAME = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "div", "h1"),
    *("dl", "dt", "dd", "figure", "img", "figcaption"),
}


def test_the_file_says_its_language_title_and_author() -> None:
    seen = read(printed_html(language=Language.KAZAKH))
    assert seen.all("html") == [{"lang": "kk"}]
    assert "Quarterly report – Acme – Support 2026 – 2026 Q3" in seen.words
    assert {"name": "author", "content": "Provider"} in seen.all("meta")


def test_the_masthead_stands_for_the_pages_own_title() -> None:
    seen = read(printed_html(Heading(1, line("SLA acme 2026Q3")), Heading(2, line("Budget"))))
    assert "SLA acme 2026Q3" not in seen.words
    assert len(seen.all("h1")) == len(seen.all("h2")) == 1
    for said in ("Quarterly report", "Acme – Support 2026", "2026 Q3", "Draft", "Judged at"):
        assert said in seen.words


def test_the_masthead_stands_for_an_imprint_wherever_that_stands() -> None:
    imprint = Imprint(line("Provider for Acme, 1 July 2026 – 30 September 2026."))
    seen = read(printed_html(Paragraph(line("Restated.")), imprint))
    assert "Restated." in seen.words
    assert "30 September" not in seen.words


def test_a_masthead_without_mark_author_and_facts_leaves_their_places_out() -> None:
    seen = read(printed_html(masthead=Masthead(title="T", subject="S", period="P")))
    assert not seen.all("dl")
    assert {"class": "mark"} not in seen.all("div")
    assert "author" not in {attributes.get("name") for attributes in seen.all("meta")}


def test_tickets_and_wiki_pages_lead_into_redmine() -> None:
    """Redmine writes blanks in a page's address as underscores, and its first letter big."""
    said = line(12, WikiLink("sLA acme 2026Q3", "Q3"), WikiLink("Ügyfél", project="other"))
    assert [link["href"] for link in read(printed_html(Paragraph(said))).all("a")] == [
        f"{REDMINE}/issues/12",
        f"{REDMINE}/projects/acme/wiki/SLA_acme_2026Q3",
        f"{REDMINE}/projects/other/wiki/%C3%9Cgyf%C3%A9l",
    ]


def test_a_link_leads_to_the_web_or_nowhere() -> None:
    addresses = "https://a.example/?x=1&y=2", "javascript:alert(1)", "/x", " https://b.example", ""
    seen = read(printed_html(Paragraph(line(*(Link(each, f"<{each}>") for each in addresses)))))
    assert [link["href"] for link in seen.all("a")] == ["https://a.example/?x=1&y=2"]
    assert "<javascript:alert(1)>" in "".join(seen.words)


def test_numbers_stand_to_the_right_and_times_in_one_piece() -> None:
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    columns = (
        *(Column("Due"), Column("Used", Align.RIGHT), Column("File")),
        Column("Lost", Align.RIGHT),
    )
    lost = line("2 h 35 min of 8 h 15 min allowed")
    row = line("2026-08-01 14:00 CEST"), line("75 %"), line(digest), lost
    seen = read(printed_html(Table(columns, (row,))))
    assert [head["class"] for head in seen.all("th")] == [
        "left",
        "right",
        "left",
        "right",
    ]
    assert [cell["class"] for cell in seen.all("td")] == [
        "left figures",
        "right figures",
        "left long",
        "right told",
    ]


@pytest.mark.parametrize(
    "said",
    ["2026-07-07 17:00 CEST", "2026. 07. 07. 17:00 CEST", "2026-07-07 17:00 UTC+05", "+5.5 %"],
)
def test_days_times_and_numbers_stay_in_one_piece(said: str) -> None:
    seen = read(printed_html(Table((Column("Due"),), ((line(said),),))))
    assert [cell["class"] for cell in seen.all("td")] == ["left figures"]


def test_a_table_of_many_columns_is_set_smaller() -> None:
    """Eight or more: on A4 they would run over the edge."""
    for many, css in ((7, ""), (8, "crowded")):
        table = Table((Column("a"),) * many, ((line("x"),) * many,))
        assert [each.get("class", "") for each in read(printed_html(table)).all("table")] == [css]


def test_key_figures_carry_their_tone() -> None:
    figures = KeyFigures((KeyFigure("Kept", "98 %", "of 236", Tone.GOOD), KeyFigure("Open", "12")))
    seen = read(printed_html(figures))
    classes = [each.get("class") for each in seen.all("div")]
    assert "card good" in classes
    assert "card neutral" in classes
    assert seen.words[-5:] == ["Kept", "98 %", "of 236", "Open", "12"]


def test_a_chart_is_in_the_file_itself_named_and_told() -> None:
    seen = read(printed_html(figure(told="Acme has <3>.")))
    (image,) = seen.all("img")
    assert image["src"].startswith("data:image/svg+xml;base64,")
    assert image["alt"] == "Tickets"
    assert seen.words[-1] == "Acme has <3>."


def test_a_chart_that_nobody_drew_is_an_error() -> None:
    with pytest.raises(SlaError, match='"load"'):
        printed_html(figure(), charts={})


def test_nothing_is_fetched_and_nothing_runs() -> None:
    made = printed_html(figure(), KeyFigures((KeyFigure("a", "b"),)), Paragraph(line(12)))
    seen = read(made)
    assert {tag for tag, _ in seen.elements} <= HARMLESS | FRAME
    assert "default-src 'none'" in made
    assert not re.search(r"url\(|@import|<script|<link|\son\w+=", made)
    assert {each["src"][:5] for each in seen.all("img")} == {"data:"}


@pytest.mark.parametrize("words", [each for each in HOSTILE if each.strip()])
def test_hostile_words_are_words_wherever_they_stand(words: str) -> None:
    masthead = Masthead(
        title=words, subject=words, period=words, author=words, facts=((words, words),), mark=words
    )
    said = line(words, Strong(words))
    seen = read(
        printed_html(
            Heading(2, said),
            Paragraph(said),
            Bullets((said,)),
            Table((Column(words),), ((said,),)),
            figure(told=words),
            KeyFigures((KeyFigure(words, words, words),)),
            Paragraph(line(Link("https://a.example", words), WikiLink("Page", words))),
            masthead=masthead,
        )
    )
    assert {tag for tag, _ in seen.elements} <= HARMLESS | FRAME
    assert len(seen.all("a")) == 2
    assert cleaned(words).strip() in " ".join(seen.words)


@given(st.text())
def test_no_words_in_the_running_head_end_the_style_sheet(words: str) -> None:
    made = printed_html(masthead=Masthead(title="T", subject=words, period="P"))
    (content,) = re.findall(r'@top-left { content: "((?:[A-Za-z0-9]|\\[0-9a-f]+ )*)" }', made)
    shown = re.sub(r"\\([0-9a-f]+) ", lambda sign: chr(int(sign[1], 16)), content)
    assert shown == cleaned(words)
    assert made.count("</style>") == 1
