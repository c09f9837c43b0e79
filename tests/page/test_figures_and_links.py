"""Charts, key figures and links as both markups write them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.page import (
    BarChart,
    Block,
    Figure,
    KeyFigure,
    KeyFigures,
    Link,
    Markup,
    Page,
    Paragraph,
    Series,
    Tone,
    line,
    render,
)
from redmine_sla.page.addresses import leads_to_the_web, plain, tickets_address
from tests.page.hostile import HOSTILE

REDMINE = "https://redmine.example"
CHART = BarChart(
    title="Load (all)",
    categories=("Acme",),
    series=(Series(name="all", values=(Decimal(3),), tone=Tone.NEUTRAL),),
)


def textile(*blocks: Block) -> str:
    return render(Page(blocks), "textile").removesuffix("\n")


def common_mark(*blocks: Block) -> str:
    return render(Page(blocks), "common_mark").removesuffix("\n")


def test_a_chart_is_a_picture_attached_to_the_page_and_what_it_tells_below() -> None:
    figure = Figure("load", CHART, "Acme has 3 tickets.")
    assert textile(figure) == "!load.png(Load all)!\n\np. Acme has 3 tickets."
    assert common_mark(figure) == "![Load (all)](load.png)\n\nAcme has 3 tickets."


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_end_the_name_of_a_picture_in_textile(words: str) -> None:
    """RedCloth would show entities there as they are written: such signs are left out."""
    figure = Figure("load", replace(CHART, title=words), "x")
    picture, _, _ = textile(figure).partition("\n\n")
    inner = picture.removeprefix("!load.png").removesuffix("!").removeprefix("(").removesuffix(")")
    assert not set(inner) & set('!"#&()*<>@[\\]_`{|}~')


@pytest.mark.parametrize(
    "name", ["", "Load", "a b", "a/b", "../x", "a_b", "a.png", "ő", "-a", "a!"]
)
def test_the_name_of_a_chart_is_fit_for_a_file_and_a_markup(name: str) -> None:
    with pytest.raises(ValueError, match="a-z, 0-9 and hyphens"):
        Figure(name, CHART, "x")


def test_key_figures_are_a_table() -> None:
    figures = KeyFigures((KeyFigure("Kept", "98 %", "of 236"), KeyFigure("Open", "12")))
    assert textile(figures) == "|_. Kept |_. Open |\n| *98 %* | *12* |\n| of 236 |  |"
    assert common_mark(figures) == (
        "| Kept | Open |\n| --- | --- |\n| **98 %** | **12** |\n| of 236 |  |"
    )


def test_key_figures_without_notes_have_no_row_for_them() -> None:
    assert textile(KeyFigures((KeyFigure("Open", "12"),))) == "|_. Open |\n| *12* |"


def test_a_link() -> None:
    link = Paragraph(line(Link(f"{REDMINE}/issues?a=1", "12 tickets"), ", all told"))
    assert textile(link) == f'p. "12 tickets":{REDMINE}/issues?a=1, all told'
    assert common_mark(link) == f"[12 tickets]({REDMINE}/issues?a=1)&#44; all told"


@pytest.mark.parametrize(
    ("following", "written"),
    [
        (" and", " and"),
        (".", "."),
        (") as", ") as"),
        ("s", " s"),
        (";x", " &#59;x"),
        ("(x)", " &#40;x)"),
        ("", ""),
    ],
)
def test_textile_keeps_what_follows_out_of_an_address(following: str, written: str) -> None:
    said = Paragraph(line(Link(REDMINE, "12"), following))
    assert textile(said) == f'p. "12":{REDMINE}{written}'


def test_a_ticket_right_behind_a_link_stands_apart_in_textile() -> None:
    assert textile(Paragraph(line(Link(REDMINE, "a"), 12))) == f'p. "a":{REDMINE} #12'


def test_a_link_without_words_shows_its_address() -> None:
    assert common_mark(Paragraph(line(Link(REDMINE, " ")))).endswith(f"]({REDMINE})")


@pytest.mark.parametrize("markup", ["textile", "common_mark"])
@pytest.mark.parametrize("address", ["javascript:alert(1)", "/x", "//x", "", "ftp://x", "https://"])
def test_what_is_no_address_of_the_web_is_only_shown(address: str, markup: Markup) -> None:
    assert not leads_to_the_web(address)
    assert render(Page((Paragraph(line(Link(address, "here"))),)), markup).endswith("here\n")


@given(st.text())
def test_an_address_holds_no_sign_of_a_markup_and_means_the_same(tail: str) -> None:
    address = f"{REDMINE}/{tail.encode(errors='ignore').decode()}"
    written = plain(address)
    assert not set(written) & set("!\"'()*<>@[\\]^`{|}; \n")
    assert not written.endswith((".", ",", ":", "?", "#", "&", "~"))
    assert unquote(unquote(written)) == unquote(unquote(address))


def test_a_list_of_tickets_names_each_once_in_order() -> None:
    assert tickets_address(f"{REDMINE}/", [7, 3, 7]) == (
        f"{REDMINE}/issues?set_filter=1&f%5B%5D=issue_id&op%5Bissue_id%5D=%3D"
        "&v%5Bissue_id%5D%5B%5D=3,7&sort=id"
    )


def test_no_tickets_have_no_list() -> None:
    """Redmine would list all of them."""
    assert tickets_address(REDMINE, []) is None


def test_more_tickets_than_an_address_may_name_have_no_list() -> None:
    """200 numbers of five digits and 199 commas are 1199 signs."""
    assert tickets_address(REDMINE, range(10_000, 10_200))
    assert tickets_address(REDMINE, range(10_000, 10_201)) is None


def test_a_redmine_in_a_folder_keeps_it() -> None:
    address = tickets_address("https://example.net/support", [1]) or ""
    assert urlsplit(address).path == "/support/issues"
