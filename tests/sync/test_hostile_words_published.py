"""Whatever people type into Redmine comes out of a published quarter as words that do nothing.

One quarter holds every hostile text in each place that people of a customer or a vendor can type
into, another harmless words in the same places: in form the two must be alike.
"""

from __future__ import annotations

import csv
import io
import json
import re
import socket
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader

from redmine_sla.contract import Language
from redmine_sla.page import Markup, cleaned
from redmine_sla.press.csv_text import csv_bytes
from redmine_sla.press.sheet import Sheet
from tests.page.hostile import HOSTILE as ON_PAGES
from tests.sync.desk import Desk
from tests.sync.two_customers import (
    ALMA,
    ANNA,
    FEATURE,
    House,
    Story,
    configuration,
    published,
    two_customers,
)

pytestmark = pytest.mark.slow

IN_CELLS = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example","click")',
    "+1+1",
    "-1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\uff1d1+1",
    "http://evil.example/x",
    "mailto:x@evil.example",
    "file:///etc/passwd",
    "internal:Sheet1!A1",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "{{include(Other)}}",
    "[[Other]]",
    "\x1b]0;title\x07\x1b[31mred\x1b[0m",
    "\x9b31mred",
    "a\r\nATTACH:http://evil.example",
    "\x00\x01\ufffe",
    "&lt;script&gt;",
    "</script></style></svg></title><script>alert(1)</script>",
)
HOSTILE = tuple(text for text in (*IN_CELLS, *ON_PAGES) if cleaned(text).strip())
IN_FILES = HOSTILE[: len(IN_CELLS)] + HOSTILE[len(IN_CELLS) :: 5]
"""Printing takes its time."""
OWN = "https://redmine.example.com"
OPENED = 5000


class Quarter(NamedTuple):
    """One published quarter: what reaches the customer, and the tables it was made of."""

    desk: Desk
    texts: dict[str, str]
    sheets: Sequence[Sheet]
    reached: list[Any]

    def file(self, ending: str) -> bytes:
        (content,) = (
            row["content"]
            for row in self.desk.content.files.values()
            if row["filename"].endswith(ending)
        )
        return bytes(content)


def typed(texts: Sequence[str]) -> Desk:
    """Each of the texts as subject, description, note, category, version, service, cause,
    measures and opinion of tickets, and as title and name of an uploaded file.
    """
    desk = two_customers()
    for at, text in enumerate(texts):
        values = {
            201: "2026-08-11 10:00",
            202: "2026-08-11 14:00",
            203: text,
            204: text,
            205: text,
            206: text,
        }
        others = {"fixed_version": {"id": OPENED + at, "name": text}, "category": _named(at, text)}
        number = OPENED + 100 * at
        story = Story(
            desk,
            "2026-08-11 08:00",
            text,
            number,
            values=values,
            description=text,
            **others,
            **(FEATURE if at % 2 else {}),
        )
        story.say("2026-08-11 09:00", text, user=ANNA).say("2026-08-12 09:00", text)
        story.book("0.5", "2026-08-12", text)
        if at % 3:
            story.status("2026-08-13 10:00", 5)
        desk.content.files[number + 99] = {
            "id": number + 99,
            "filename": text.replace("/", ""),
            "content": b"PK",
            "description": text,
            "created_on": "2026-08-31T08:00:00Z",
            "project": ALMA,
            "author": ANNA,
        }
    desk.content.last_number = 100_000
    desk.now = desk.now.replace(year=2026, month=10, day=5)
    return desk


def _named(at: int, text: str) -> dict[str, Any]:
    return {"id": OPENED + at, "name": text}


def quarter_of(texts: Sequence[str], folder: Path, markup: Markup, *formats: str) -> Quarter:
    """Published, with the page of the contract and the draft of the running quarter."""
    agreed = "".join(
        f"\n[[exclusions]]\nfrom = 2026-07-03T08:00:00+02:00\nto = 2026-07-03T09:00:00+02:00\n"
        f"reason = {_toml(text)}\nauthor = {_toml(text)}\nagreed_in = 1\n"
        for text in texts
    )
    config = configuration(Language.ENGLISH, markup=markup, formats=formats, more=agreed)
    house = House(typed(texts), config, folder)
    reached: list[Any] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", lambda _self, to: reached.append(to))
        house.run()
        done = house.publish()
    assert done.applied.outcomes
    return Quarter(house.desk, published(house.desk), done.publication.deliverable.sheets, reached)


def _toml(text: str) -> str:
    return json.dumps(cleaned(text) or "x", ensure_ascii=False)


FORMS = ("wiki", "html", "pdf", "xlsx", "json")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Quarter:
    return quarter_of(IN_FILES, tmp_path_factory.mktemp("hostile"), "common_mark", *FORMS)


@pytest.fixture(scope="module")
def tame(tmp_path_factory: pytest.TempPathFactory) -> Quarter:
    words = [f"word{at:03}" for at in range(len(IN_FILES))]
    return quarter_of(words, tmp_path_factory.mktemp("tame"), "common_mark", "html", "xlsx")


class _Form(HTMLParser):
    """The elements, what they carry, and where they lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self.addresses: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag, tuple(sorted(name for name, _ in attrs))] += 1
        self.addresses += [value or "" for name, value in attrs if name in _LEADING]

    handle_startendtag = handle_starttag


_LEADING = ("href", "src", "action", "data", "xlink:href", "srcset", "poster", "formaction")


def test_html_has_no_element_attribute_or_address_made_of_words(
    hostile: Quarter, tame: Quarter
) -> None:
    ours, plain = (_Form(one.file("alma.html").decode()) for one in (hostile, tame))
    assert set(ours.elements) == set(plain.elements)
    for element, count in plain.elements.items():
        if element[0] in ("a", "img", "svg", "style", "script", "meta", "link", "section"):
            assert ours.elements[element] <= count, element
    for address in ours.addresses:
        assert address.startswith((f"{OWN}/", "#", "data:image/")), address


def test_html_shows_the_words(hostile: Quarter) -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in hostile.file("alma.html").decode()


def test_cells_are_words_and_never_formulas_or_links(hostile: Quarter, tame: Quarter) -> None:
    book = load_workbook(io.BytesIO(hostile.file("alma.xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
    assert all(cell.hyperlink is None and cell.comment is None for cell in cells)
    said = {cell.value for cell in cells}
    assert {"=cmd|' /C calc'!A0", "+1+1", "-1", "@SUM(1)"} <= said
    assert not book.defined_names
    with (
        zipfile.ZipFile(io.BytesIO(hostile.file("alma.xlsx"))) as ours,
        zipfile.ZipFile(io.BytesIO(tame.file("alma.xlsx"))) as plain,
    ):
        assert ours.namelist() == plain.namelist()
        for name in ours.namelist():
            part = ours.read(name)
            assert b"<f>" not in part
            assert b"<hyperlink" not in part
            assert b'TargetMode="External"' not in part


def test_csv_has_no_field_that_a_spreadsheet_takes_for_a_formula(hostile: Quarter) -> None:
    fields = [
        field
        for sheet in hostile.sheets
        for row in csv.reader(io.StringIO(csv_bytes(sheet).decode("utf-8-sig")))
        for field in row
    ]
    assert "'=cmd|' /C calc'!A0" in fields
    for field in fields:
        assert not re.match(r"[\s\x00-\x1f]*[=@+\uff1d\uff0b\uff20\t\r]", field), field
        assert not re.match(r"[\s\x00-\x1f]*[-\uff0d]", field) or re.fullmatch(
            r"-\d+(\.\d+)?(:\d\d:\d\d)?", field
        ), field


@pytest.mark.parametrize("markup", ["textile", "common_mark"])
def test_wiki_pages_have_nothing_that_redmine_carries_out(
    markup: Markup, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = quarter_of(HOSTILE, tmp_path_factory.mktemp("wiki"), markup, "wiki")
    pages = {row: page["text"] for row, page in made.desk.content.pages.items() if row[0] == ALMA}
    assert len(pages) >= 3
    own = {title for _, title in made.desk.content.pages}
    for (_, title), source in pages.items():
        body, _, _ = source.partition("SHA-256 ")
        body = re.sub(r"<!-- [0-9a-z. ]+ -->", "", body)  # our own: which edition of a file it is
        assert "{{" not in body
        assert not re.search(r"<\s*/?[a-z!]", body, re.IGNORECASE)
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", source)
        for page in re.findall(r"\[\[([^\]|]*)", body):
            assert page.rstrip("\\").removeprefix("p1:") in own, title
        for address in re.findall(r"\w+://[^\s)\"|]+", body):
            assert address.startswith(OWN), address
        for picture in re.findall(r"!\[[^\]]*\]\(([^)]*)\)|!([\w.-]+)\(", body):
            assert re.fullmatch(r"[a-z-]+\.png", "".join(picture)), picture
        if markup == "common_mark":
            assert not re.search(r"\]\((?!https://redmine\.example\.com/|[a-z-]+\.png)", body)
        for columns in _tables(body):
            assert len(columns) == 1, (title, columns)


def _tables(source: str) -> Iterator[set[int]]:
    """How many cells the rows of each table have."""
    found: set[int] = set()
    for row in [*source.splitlines(), ""]:
        if row.startswith("|"):
            found.add(row.count("|") - row.count("\\|"))
        elif found:
            yield found
            found = set()


def test_the_pdf_is_made_without_reaching_anybody_and_does_nothing(hostile: Quarter) -> None:
    assert hostile.reached == []
    content = hostile.file("alma.pdf")
    for doing in (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/SubmitForm", b"/AA"):
        assert doing not in content
    reader = PdfReader(io.BytesIO(content))
    actions = [
        note.get_object()["/A"]
        for page in reader.pages
        for note in page.get("/Annots") or ()
        if "/A" in note.get_object()
    ]
    assert actions
    for action in actions:
        assert action["/S"] == "/URI"
        assert str(action["/URI"]).startswith(f"{OWN}/")


def test_the_manifest_is_plain_json_that_gives_the_words_back(hostile: Quarter) -> None:
    content = hostile.file("alma-manifest.json")
    assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", content)
    answers = json.loads(content)["figures"]["satisfaction"]["answers"]
    assert IN_CELLS[1] in answers


def test_the_calendar_file_has_only_its_own_properties(tmp_path: Path) -> None:
    duty = (
        '\n[[obligations]]\nname = "x"\ntitle = "A;B,C\\\\nATTACH:http://evil.example"\n'
        'clause = "{{include(Secret)}}; \\\\n BEGIN:VALARM"\nrhythm = "FREQ=WEEKLY;BYDAY=WE"\n'
    )
    house = House(two_customers(), configuration(more=duty), tmp_path)
    house.run()
    pages = house.desk.content.pages
    (file,) = pages[ALMA, "SLA alma"]["files"]
    lines = file["content"].decode().replace("\r\n ", "").split("\r\n")
    names = {re.split("[:;]", line)[0] for line in lines if line}
    assert "ATTACH" not in names
    assert names <= set(_PROPERTIES.split())
    assert "BEGIN:VALARM" not in lines
    titles = {str(event["SUMMARY"]) for event in Calendar.from_ical(file["content"]).walk("VEVENT")}
    assert "A;B,C\\nATTACH:http://evil.example" in titles


_PROPERTIES = (
    "BEGIN END VERSION PRODID CALSCALE X-WR-CALNAME UID DTSTAMP SEQUENCE SUMMARY DESCRIPTION "
    "STATUS DTSTART DTEND TRANSP URL TZID TZNAME TZOFFSETFROM TZOFFSETTO RDATE RRULE"
)


def test_what_the_program_writes_on_tickets_is_inert(hostile: Quarter) -> None:
    written = [text for where, text in hostile.texts.items() if where.startswith("ticket")]
    assert any("Sign-off" in text for text in written)
    for text in written:
        assert "{{" not in text.replace("{101", "")
        assert "<script" not in text
