"""What customers see in their browser, logged in: what they were promised, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.harness import browser
from tests.harness.browser import Browser, browser_of
from tests.harness.errors import in_ci
from tests.harness.server import RedmineServer
from tests.real.flow_world import DATED, HOT, SECRET, WAITING, World, after_first_run

pytestmark = [pytest.mark.real, pytest.mark.browser]

FORBIDDEN = "You are not authorized to access this page."
RATE = "17321"
MARKUP = re.compile(r"\*\*|&#?\w+;|\|_?|^h\d\. |^#+ |^p\. |\[\[|\]\]|</?\w+>", re.MULTILINE)


@pytest.fixture
def world(redmine: RedmineServer) -> World:
    """After the first run."""
    missing = browser.obstacle()
    if missing:
        (pytest.fail if in_ci() else pytest.skip)(f"no browser: {missing}")
    return redmine.restore_or_make("flow-running", after_first_run)[0]


@contextmanager
def seen_by(world: World, login: str) -> Iterator[Browser]:
    person = world.seeded.users[login]
    with browser_of(world.redmine.url, login, person.password) as opened:
        yield opened


def rows(page: Browser) -> dict[str, dict[str, str]]:
    """An issue list as it is read: what stands under each title, by subject."""
    titles = page.texts("table.issues thead th")
    found = [line.find_elements("css selector", "td") for line in page.all("tr.issue")]
    lines = [dict(zip(titles, (cell.text for cell in cells), strict=False)) for cells in found]
    return {line["Subject"]: line for line in lines}


def test_on_a_ticket(world: World) -> None:
    with seen_by(world, "anna1") as anna:
        anna.open(f"/issues/{world.ticket(HOT)}")
        facts = anna.text(".issue.details")
        assert "SLA status:\nwork start: on track" in facts
        assert re.search(r"Work starts by:\n\d{4}-\d{2}-\d{2} \d{2}:\d{2} CES?T", facts)
        assert re.search(r"Done by:\n\d{4}-\d{2}-\d{2} \d{2}:\d{2} CES?T", facts)
        anna.open(f"/issues/{world.ticket(WAITING)}")
        whole = anna.text()
        assert "resolution: on track, paused: waiting for customer" in whole
        assert "Which invoice is it?" in whole
        assert SECRET not in anna.driver.page_source
        assert "SLA key" not in anna.driver.page_source


def test_in_a_saved_list(world: World) -> None:
    with seen_by(world, "anna1") as anna:
        anna.open("/issues")
        assert {"SLA at risk", "SLA breached"} <= set(anna.texts("#sidebar a"))
        anna.driver.find_element("link text", "SLA: due next").click()
        listed = rows(anna)
        assert listed[HOT]["SLA status"] == "work start: on track"
        assert listed[HOT]["Done by"]
        assert DATED not in listed
        assert {line["Project"] for line in listed.values()} == {"Desk1"}
        anna.driver.find_element("link text", "SLA breached").click()
        assert all("breached" in line["SLA status"] for line in rows(anna).values())


def test_in_the_wiki(world: World) -> None:
    with seen_by(world, "anna1") as anna:
        anna.open("/projects/desk1/wiki/SLA_alma")
        page = anna.text(".wiki-page")
        assert "CRM support for Alma Kft." in anna.texts(".wiki-page h1")[0]
        assert f"#{world.ticket(HOT)} {HOT}" in page
        assert MARKUP.findall(page) == []
        assert len(anna.all(".wiki-page table")) >= 3
        assert SECRET not in anna.driver.page_source


def test_the_budget_without_the_rates(world: World) -> None:
    with seen_by(world, "anna2") as customer:
        customer.open("/projects/desk2/wiki/SLA_beta")
        page = re.sub(r"\s", "", customer.text(".wiki-page"))
        assert "1500000Ft" in page
        assert RATE not in page
        assert RATE not in re.sub(r"\s", "", customer.driver.page_source)


def test_nothing_of_another_customer(world: World) -> None:
    with seen_by(world, "anna1") as anna:
        for path in (
            "/projects/desk2",
            "/projects/desk2/wiki/SLA_beta",
            f"/issues/{world.ticket(DATED)}",
        ):
            anna.open(path)
            assert FORBIDDEN in anna.text(), path
        anna.open(f"/search?q={DATED.replace(' ', '+')}")
        assert f"#{world.ticket(DATED)}" not in anna.text()
