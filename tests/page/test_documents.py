"""The parts of a page, and how each is written in the two markups."""

from __future__ import annotations

import pytest

from redmine_sla.page import (
    Align,
    Block,
    Bullets,
    Column,
    FileLink,
    Heading,
    Link,
    Markup,
    Memo,
    Page,
    Paragraph,
    Strong,
    Table,
    WikiLink,
    line,
    page_title,
    render,
)

TABLE = Table(
    (Column("Ticket"), Column("Used", Align.RIGHT)),
    ((line(12), line("75 %")), (line(13), line())),
)


def textile(*blocks: Block) -> str:
    return render(Page(blocks), "textile")


def common_mark(*blocks: Block) -> str:
    return render(Page(blocks), "common_mark")


def test_blocks_are_parted_by_an_empty_line() -> None:
    blocks = Heading(1, line("Support")), Paragraph(line("For Acme."))
    assert textile(*blocks) == "h1. Support\n\np. For Acme.\n"
    assert common_mark(*blocks) == "# Support\n\nFor Acme.\n"


def test_a_list() -> None:
    items = Bullets((line("one"), line(Strong("two"))))
    assert textile(items) == "* one\n* *two*\n"
    assert common_mark(items) == "- one\n- **two**\n"


def test_a_table_with_numbers_to_the_right_and_empty_cells() -> None:
    assert textile(TABLE) == "|_. Ticket |_>. Used |\n| #12 |>. 75 % |\n| #13 |>.  |\n"
    assert common_mark(TABLE) == ("| Ticket | Used |\n| --- | ---: |\n| #12 | 75 % |\n| #13 |  |\n")


@pytest.mark.parametrize("markup", ["textile", "common_mark"])
def test_words_wider_than_a_column_are_cut_in_tables_and_nowhere_else(markup: Markup) -> None:
    endless, digest = "A" * 255, "7" * 64
    cells = (
        line(f"Fault {endless} seen"),
        line(digest),
        line(Link(f"https://a/{endless}", endless)),
    )
    columns = tuple(map(Column, ("Subject", "SHA-256", "File")))
    shown = render(Page((Table(columns, (cells,)),)), markup)
    assert f"Fault {'A' * 60}… seen" in shown
    assert f" {digest} " in shown
    assert f"https://a/{endless}" in shown  # where it leads stays whole
    assert "A" * 61 not in shown.replace(f"https://a/{endless}", "")
    assert endless in render(Page((Paragraph(line(endless)),)), markup)


def test_only_a_ticket_that_is_meant_is_a_link() -> None:
    said = Paragraph(line(12, " repeats ", "#11"))
    assert textile(said) == "p. #12 repeats &#35;11\n"
    assert common_mark(said) == "#12 repeats &#35;\u206011\n"


def test_a_wiki_page_is_linked_by_its_title_and_shown_by_its_text() -> None:
    link = Paragraph(line(WikiLink("SLA acme 2026Q3", "third quarter")))
    assert textile(link) == "p. [[SLA acme 2026Q3|third quarter]]\n"
    assert common_mark(link) == "[[SLA acme 2026Q3|third quarter]]\n"


def test_the_bar_of_a_link_does_not_part_a_cell() -> None:
    table = Table((Column("Page"),), ((line(WikiLink("SLA", "here")),),))
    assert textile(table) == "|_. Page |\n| [[SLA|here]] |\n"
    assert common_mark(table) == "| Page |\n| --- |\n| [[SLA\\|here]] |\n"


def test_the_text_of_a_link_cannot_end_it() -> None:
    link = Paragraph(line(WikiLink("Page", "a]] [[Secret")))
    assert textile(link) == "p. [[Page|a&#93;&#93; &#91;&#91;Secret]]\n"
    assert "[[Secret" not in common_mark(link)


def test_a_page_of_another_project_is_named_with_its_project() -> None:
    assert textile(Paragraph(line(WikiLink("SLA", project="acme")))) == "p. [[acme:SLA|SLA]]\n"


@pytest.mark.parametrize("markup", ["textile", "common_mark"])
def test_a_file_of_the_page_is_linked_by_its_name(markup: Markup) -> None:
    page = Page((Paragraph(line("For you: ", FileLink("schedule.ics"))),))
    assert render(page, markup).endswith("For you: attachment:schedule.ics\n")


@pytest.mark.parametrize("name", ["", "a b", "a:b", "{{include(x)}}", "x.", "../x"])
def test_a_file_whose_name_would_be_read_otherwise_is_no_link(name: str) -> None:
    with pytest.raises(ValueError, match="a link to a file"):
        FileLink(name)


@pytest.mark.parametrize("markup", ["textile", "common_mark"])
def test_a_memo_stands_in_the_source_as_a_comment(markup: Markup) -> None:
    page = Page((Paragraph(line("All well.")), Memo("schedule.ics 3fa92c1b")))
    assert render(page, markup).endswith("All well.\n\n<!-- schedule.ics 3fa92c1b -->\n")


@pytest.mark.parametrize("text", ["", "-->", "a -- b", "<b>", "a\nb"])
def test_a_memo_cannot_end_its_comment(text: str) -> None:
    with pytest.raises(ValueError, match="a memo of"):
        Memo(text)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("SLA acme", "SLA acme"),
        ("SLA a|b [[c]] d/e?f;g:h.i,j", "SLA ab c defghij"),
        (" {{include(x)}} #1\n ", "include(x) 1"),
        ("SLA Ügyfél + Társa", "SLA Ügyfél + Társa"),
    ],
)
def test_titles_lose_the_signs_that_redmine_or_a_link_would_misread(title: str, kept: str) -> None:
    assert page_title(title) == kept


def test_a_row_must_have_a_cell_for_every_column() -> None:
    with pytest.raises(ValueError, match="a row of 1 cells under 2 columns"):
        Table((Column("a"), Column("b")), ((line("x"),),))


def test_headings_have_levels_one_to_six() -> None:
    with pytest.raises(ValueError, match="level 7"):
        Heading(7, line("x"))
