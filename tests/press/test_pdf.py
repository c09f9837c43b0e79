"""The PDF: whose it is, every letter of six languages, sheets that are numbered, the same bytes."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from redmine_sla.contract import Language
from redmine_sla.errors import SlaError
from redmine_sla.page import Block, Column, Heading, Paragraph, Table, line
from redmine_sla.press import pdf as press
from redmine_sla.press.pdf import pdf
from tests.press.printing import figure, printed_html

LETTERS = {
    Language.ENGLISH: "“In time” – 98.89 % of €1,200.50",
    Language.HUNGARIAN: "Árvíztűrő tükörfúrógép: 1 200 000 Ft",
    Language.POLISH: "Zażółć gęślą jaźń: 85,50 zł",
    Language.SLOVAK: "Kŕdeľ ďatľov učí koňa žrať kôru",
    Language.RUSSIAN: "Съешь ещё этих мягких французских булок, №5",
    Language.KAZAKH: "Ә ғ қ ң ө ұ ү һ і Ғ Қ Ң Ө Ұ Ү Һ І: 1 200 000 ₸",
}


def sheets(*blocks: Block, language: Language = Language.ENGLISH) -> PdfReader:
    return PdfReader(io.BytesIO(pdf(printed_html(*blocks, language=language))))


@pytest.mark.slow
@pytest.mark.parametrize("language", list(Language))
def test_every_letter_of_the_language_is_in_it(language: Language) -> None:
    said = LETTERS[language]
    document = sheets(Heading(2, line(said)), Paragraph(line(said)), language=language)
    (sheet,) = document.pages
    assert sheet.extract_text().count(said) == 2
    assert str(document.root_object["/Lang"]) == str(language)


def test_it_says_its_title_and_author_and_no_date() -> None:
    found = sheets(Paragraph(line("x"))).metadata
    assert found is not None
    assert found.title == "Quarterly report – Acme – Support 2026 – 2026 Q3"
    assert found.author == "Provider"
    assert {"/CreationDate", "/ModDate"}.isdisjoint(found)


@pytest.mark.slow
def test_sheets_are_a4_and_numbered_and_repeat_the_head_of_a_table() -> None:
    columns = Column("Ticket"), Column("Repaired after")
    rows = tuple((line(n), line("2026-08-01 14:00")) for n in range(1, 121))
    found = sheets(Heading(2, line("Repairs")), Table(columns, rows)).pages
    assert len(found) > 2
    for number, sheet in enumerate(found, start=1):
        text = sheet.extract_text()
        assert f"{number} / {len(found)}" in text
        assert "Repaired after" in text
        assert "Acme – Support 2026" in text
        assert [round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]] == [210, 297]


@pytest.mark.slow
def test_no_heading_ends_a_sheet() -> None:
    """Wherever the sheet ends: what a heading stands over is on its sheet."""
    blocks: list[Block] = []
    for number in range(60):
        blocks += [Heading(3, line(f"Heading{number:02}")), Paragraph(line(f"Said{number:02}"))]
    for sheet in sheets(*blocks).pages:
        text = sheet.extract_text()
        assert text.count("Heading") == text.count("Said") > 0


@pytest.mark.slow
def test_the_same_page_gives_the_same_bytes_in_another_run() -> None:
    """In a process of its own, whose sets and dictionaries are ordered by another seed."""
    page = printed_html(figure(), Paragraph(line("x", 12)))
    script = "import sys; from redmine_sla.press.pdf import pdf; " + (
        "sys.stdout.buffer.write(pdf(sys.stdin.buffer.read().decode()))"
    )
    other = subprocess.run(
        [sys.executable, "-c", script],
        input=page.encode(),
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "4711"},
    )
    assert other.stdout == pdf(page)


def test_nothing_but_data_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="9">Secret</text></svg>')
    page = printed_html(Paragraph(line("x"))).replace(
        "<main>", f'<main><img src="{secret.as_uri()}" alt=""><img src="/etc/hostname" alt="">'
    )
    (sheet,) = PdfReader(io.BytesIO(pdf(page))).pages
    assert "Secret" not in sheet.extract_text()


@pytest.mark.parametrize(
    "error", [ImportError("No module named 'weasyprint'"), OSError("libpango")]
)
def test_missing_libraries_are_named_with_the_step_that_brings_them(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(press, "import_module", _raising(error))
    with pytest.raises(SlaError, match="PDF cannot be written") as refused:
        pdf("<p>x")
    assert "pip install 'redmine-sla[reports]'" in refused.value.hint
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0" in refused.value.hint


def _raising(error: Exception) -> Callable[[str], None]:
    def missing(_name: str) -> None:
        raise error

    return missing
