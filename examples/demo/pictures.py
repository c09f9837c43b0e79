"""The README's pictures, taken of the running demo: `python -m examples.demo pictures`.

What a customer sees is photographed in his own browser; the terminal is drawn from what the
command prints there.
"""

from __future__ import annotations

import os
import pty
import subprocess
import tempfile
from datetime import UTC, datetime
from io import StringIO

from rich.console import Console
from rich.text import Text

from examples.demo import guide, house
from examples.demo.handover import OVERSPENT, last_quarter
from examples.demo.people import ALMA
from examples.demo.steps import ROOT, CommandLine, StepFailed, say
from tests.harness.browser import Browser, browser_of
from tests.harness.server import RedmineServer

ALBUM = ROOT / "docs" / "pictures"
WIDTH = 1180
_COLUMNS = 100
_PAGES = 2
_PAPER = 1.4  # pixels to a point: A4 is 833 wide
_COLOURS = 128
_ALL_IMAGES = """
    const done = arguments[0], images = [...document.images];
    images.forEach(image => image.loading = "eager");
    Promise.all(images.map(image => image.decode().catch(() => {}))).then(done);
"""
_FACE = """<!doctype html><meta charset="utf-8">
<style>body {{ margin: 0 }} svg {{ display: block; width: {width}px; height: auto }}</style>
{svg}"""


def take() -> None:
    """Raises StepFailed where no demo runs, HarnessError where there is no browser."""
    server = house.running()
    if server is None:
        raise StepFailed("no demo runs: `make demo` first")
    ALBUM.mkdir(parents=True, exist_ok=True)
    customer = ALMA.customers[0]
    with browser_of(server.url, customer, f"password-of-{customer}") as browser:
        _photograph(browser, f"/issues/{_number(server, guide.SHOWN)}", "ticket", height=900)
        _photograph(
            browser, guide.query_address(server, "SLA: due next"), "list", height=560, width=1500
        )
        wiki = f"/projects/{ALMA.project}/wiki/SLA_{ALMA.contract}"
        _photograph(browser, wiki, "wiki", height=1500)
        _explain(server, browser)
        last = last_quarter(datetime.now(UTC).date())
        quarter = guide.quarterly_page(server, ALMA, last).removeprefix(server.url)
        _photograph(browser, quarter, "quarter", height=1700)
        _print_pages(server, guide.published(server, ALMA, last))
    customer = OVERSPENT.customers[0]
    with browser_of(server.url, customer, f"password-of-{customer}") as browser:
        page = guide.contract_page(server, OVERSPENT).removeprefix(server.url)
        _photograph(browser, page, "budget", height=1700)


def _print_pages(server: RedmineServer, address: str) -> None:
    """The first pages of a PDF, as paper shows them. Raises StepFailed without pypdfium2."""
    try:
        import pypdfium2  # noqa: PLC0415 - only for pictures
    except ImportError as error:
        raise StepFailed("no picture of the PDF: pip install pypdfium2") from error
    content = server.admin.request("GET", address.removeprefix(server.url)).content
    with pypdfium2.PdfDocument(content) as document:
        for number in range(min(_PAGES, len(document))):
            file = ALBUM / f"report-{number + 1}.png"
            document[number].render(scale=_PAPER).to_pil().quantize(_COLOURS).save(file)
            say(f"{file} ({file.stat().st_size // 1024} kB)")


def _photograph(browser: Browser, path: str, name: str, *, height: int, width: int = WIDTH) -> None:
    browser.open(path)
    browser.driver.execute_async_script(_ALL_IMAGES)
    file = ALBUM / f"{name}.png"
    browser.picture(file, width=width, height=height)
    say(f"{file} ({file.stat().st_size // 1024} kB)")


def _explain(server: RedmineServer, browser: Browser) -> None:
    """The ledger as a terminal shows it."""
    number = str(_number(server, guide.EXPLAINED))
    words = ("explain", number, "--clock", "resolution")
    said = _on_a_terminal(CommandLine(house.folder()), *words)
    console = Console(record=True, width=_COLUMNS, file=StringIO(), force_terminal=True)
    console.print(Text.from_ansi(f"$ redmine-sla {' '.join(words)}\n{said}"))
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as page:
        page.write(_FACE.format(width=WIDTH, svg=console.export_svg(title="redmine-sla")))
        page.flush()
        browser.driver.get(f"file://{page.name}")
        height = round(browser.all("svg")[0].size["height"])
        file = ALBUM / "explain.png"
        browser.picture(file, width=WIDTH, height=height)
    say(f"{file} ({file.stat().st_size // 1024} kB)")


def _on_a_terminal(command: CommandLine, *words: str) -> str:
    """What the command prints where somebody looks, colours and all. Raises StepFailed."""
    ours, theirs = pty.openpty()
    environment = command.environment() | {"COLUMNS": str(_COLUMNS), "TERM": "xterm-256color"}
    process = subprocess.Popen(command.argv(words), stdout=theirs, env=environment)
    os.close(theirs)
    said = bytearray()
    try:
        while piece := os.read(ours, 4096):
            said += piece
    except OSError:  # Linux's way to say that the other side has closed
        pass
    finally:
        os.close(ours)
    if process.wait() != 0:
        raise StepFailed(f"`redmine-sla {' '.join(words)}` ended with {process.returncode}")
    return said.decode().replace("\r\n", "\n")


def _number(server: RedmineServer, subject: str) -> int:
    """The newest ticket of that subject."""
    found = server.admin.get("/issues.json", subject=subject, status_id="*", sort="id:desc")
    number: int = found["issues"][0]["id"]
    return number
