"""A quarter full of hostile words and secrets, as the customer meets it in the browser.

Secrets carry the mark `zqxzqx`. Scripts would set `window.pwned`; a macro would include a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from redmine_sla.connectors.redmine.provisioning import api_key_in
from redmine_sla.errors import ExitCode
from tests.harness import browser
from tests.harness.browser import Browser, browser_of
from tests.harness.desk import Desk
from tests.harness.errors import in_ci
from tests.harness.rest import Rest
from tests.harness.seeding import Seeded
from tests.harness.server import RedmineServer
from tests.real.quarter_world import people
from tests.real.test_quarter_command import Folder
from tests.sync.two_customers import digits, pdf_text, workbook_text

pytestmark = [pytest.mark.real, pytest.mark.browser]

SECRET = "zqxzqx"
JOINER = "\u2060"  # parts what Redmine would make a link
RATE = "17321"
HOSTILE = (
    "<script>window.pwned=1</script>",
    '"><img src=x onerror="window.pwned=1">',
    "{{include(Inner)}}",
    "!{{include(Inner)}} {{toc}}",
    "[[Inner]] #1 r1 @admin",
    '"click":javascript:window.pwned=1',
    "[click](javascript:window.pwned=1)",
    "| a | b | h1. x",
    "=cmd|' /C calc'!A0",
    "https://evil.example/x !https://evil.example/x.png!",
)
OTHER = """
extends = "help-desk"
title = "zqxzqxbeta help desk"
customer = "zqxzqxbeta"
provider = "Our Company Kft."
projects = "beta"
starts = 2026-01-01
"""


def desk() -> Desk:
    """Alma's people, her tickets with hostile subjects, private ones, and another customer's."""
    made = people()
    for day, text in enumerate(HOSTILE, start=1):
        ticket = made.ticket(text, by="anna", at=f"2026-08-{day:02} 09:00", description=text)
        ticket.step("10:00", "eva", status="In Progress", assigned_to="eva")
        ticket.private("10:30", "eva", "zqxzqxwhisper").book(
            "11:00", "eva", 1.25, comment="zqxzqxbooked"
        )
        if day % 2:
            ticket.step("12:00", "eva", text, status="Closed")
    hidden = made.ticket("zqxzqxprivate", by="eva", at="2026-08-20 09:00", is_private=True)
    hidden.step("10:00", "eva", status="In Progress").book("11:00", "eva", 3)
    made.customer("zoe", firstname="Zoe", lastname="zqxzqxzoe")
    made.project("beta", name="zqxzqxbeta project", members=["eva", "zoe"])
    made.ticket("zqxzqxother", by="zoe", at="2026-08-21 09:00", project="beta")
    return made


@pytest.fixture
def published(
    redmine: RedmineServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Folder, Seeded]:
    missing = browser.obstacle()
    if missing:
        (pytest.fail if in_ci() else pytest.skip)(f"no browser: {missing}")
    seeded = redmine.seed(desk())
    page = {"wiki_page": {"text": "zqxzqxincluded"}}
    redmine.admin.put("/projects/alma/wiki/Inner.json", page)
    folder = Folder(tmp_path / "folder", redmine)
    (folder.path / "contracts" / "beta.toml").write_text(OTHER)
    script = folder.run("provision")
    assert script.exit_code == 0, script.output
    monkeypatch.setenv("REDMINE_SLA_API_KEY", api_key_in(redmine.runner(script.stdout)) or "")
    asked = folder.run("sync")
    assert asked.exit_code in (ExitCode.OK, ExitCode.FINDINGS), asked.output
    assert folder.told("2026Q3", "--contract", "alma")["step"] == "published"
    return folder, seeded


@contextmanager
def seen_by_anna(published: tuple[Folder, Seeded]) -> Iterator[Browser]:
    folder, seeded = published
    with browser_of(folder.redmine.url, "anna", seeded.users["anna"].password) as opened:
        yield opened


def is_clean(page: Browser) -> None:
    """Nothing ran, nothing was fetched from elsewhere, nothing secret stands there."""
    assert page.driver.execute_script("return typeof window.pwned") == "undefined"
    source = page.driver.page_source
    assert SECRET not in source.lower()
    assert RATE not in digits(page.text())
    for picture in page.all(".wiki img, .wiki-page img"):
        assert "evil.example" not in str(picture.get_attribute("src"))
    for link in page.all(".wiki a, .wiki-page a"):
        address = str(link.get_attribute("href"))
        assert not address.startswith("javascript:")
        assert "evil.example" not in address
        assert not address.endswith(("/wiki/Inner", "/users/1"))


def test_pages_files_and_tickets_are_words_to_the_customer(
    published: tuple[Folder, Seeded], tmp_path: Path
) -> None:
    folder, seeded = published
    anna = Rest(folder.redmine.url, seeded.users["anna"].key)
    with seen_by_anna(published) as page:
        for title in ("SLA_alma", "SLA_alma_2026Q3", "SLA_alma_2026Q4"):
            page.open(f"/projects/alma/wiki/{title}")
            is_clean(page)
        page.open("/projects/alma/wiki/SLA_alma_2026Q3")
        said = page.text(".wiki-page").replace(JOINER, "")
        for text in HOSTILE:
            assert text in said, text
        page.open("/projects/alma/files")
        assert "2026Q3-alma.pdf" in page.text()
        is_clean(page)
        asked = anna.get("/issues.json", status_id="*", limit=100)["issues"]
        own = [row for row in asked if row["tracker"]["name"] == "SLA sign-off"]
        assert own
        for row in own:
            page.open(f"/issues/{row['id']}")
            assert "2026Q3-alma.pdf" in page.text()
            is_clean(page)
        for name, content in downloaded(anna).items():
            assert SECRET not in readable(name, content).lower(), name
            assert RATE not in digits(readable(name, content)), name
            if name.endswith(".html"):
                (tmp_path / name).write_bytes(content)
                page.driver.get((tmp_path / name).as_uri())
                assert "<script>window.pwned=1</script>" in page.text()
                assert page.driver.execute_script("return typeof window.pwned") == "undefined"
                assert not re.search("evil", str(_fetched(page)))


def downloaded(anna: Rest) -> dict[str, bytes]:
    files = anna.get("/projects/alma/files.json")["files"]
    assert len(files) == 4
    return {
        file["filename"]: anna.request("GET", file["content_url"].removeprefix(anna.url)).content
        for file in files
    }


def readable(name: str, content: bytes) -> str:
    if name.endswith(".pdf"):
        return pdf_text(content)
    return workbook_text(content) if name.endswith(".xlsx") else content.decode()


def _fetched(page: Browser) -> Any:
    """Whatever the page asked for beside itself."""
    script = "return performance.getEntriesByType('resource').map(one => one.name)"
    return page.driver.execute_script(script)
