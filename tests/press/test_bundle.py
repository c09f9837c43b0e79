"""All that is printed of a page: each file made once, and only when it is asked for."""

from __future__ import annotations

import io
from unittest.mock import patch

from openpyxl import load_workbook

from redmine_sla.contract import Language
from redmine_sla.language import tongue_for
from redmine_sla.page import Heading, Page, line, render
from redmine_sla.press import bundle
from redmine_sla.press.bundle import Printed
from tests.press.printing import MASTHEAD, REDMINE, figure, read
from tests.press.sheets import BUDAPEST, sheet


def printed() -> Printed:
    return Printed(
        page=Page((Heading(1, line("SLA")), figure("load"), figure("trend"))),
        sheets=(sheet("a"),),
        masthead=MASTHEAD,
        tongue=tongue_for(Language.ENGLISH),
        redmine=REDMINE,
        project="acme",
        zone=BUDAPEST,
    )


def test_every_chart_is_in_the_html_and_beside_it_as_a_picture() -> None:
    made = printed()
    assert len(read(made.html).all("img")) == 2
    assert {name: data[:4] for name, data in made.pictures.items()} == {
        "load.png": b"\x89PNG",
        "trend.png": b"\x89PNG",
    }


def test_the_wiki_page_shows_the_pictures_by_their_names() -> None:
    made = printed()
    for markup in ("textile", "common_mark"):
        shown = render(made.page, markup)
        assert all(name in shown for name in made.pictures)


def test_sheets_come_as_a_workbook() -> None:
    made = printed()
    assert load_workbook(io.BytesIO(made.workbook)).sheetnames == ["Hours"]


def test_the_pdf_is_made_from_the_html_each_once() -> None:
    made = printed()
    with (
        patch.object(bundle, "pdf", return_value=b"%PDF") as pdf,
        patch.object(bundle, "html", return_value="<html>") as html,
    ):
        assert (made.pdf, made.pdf, made.html) == (b"%PDF", b"%PDF", "<html>")
    pdf.assert_called_once_with("<html>")
    html.assert_called_once()
