"""Signing a quarter off as the customer does: in the browser, by a status, and nobody else can."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver.support.ui import Select, WebDriverWait

from redmine_sla.quarter.signed import Decision, SignOff
from redmine_sla.sync.quarterly.settling import sign_offs_of
from redmine_sla.sync.workbench import lay_out
from tests.harness import browser
from tests.harness.browser import Browser, browser_of
from tests.harness.errors import in_ci
from tests.harness.server import RedmineServer
from tests.real.quarter_world import PROJECT, QuarterWorld, make_world, now

pytestmark = [pytest.mark.real, pytest.mark.browser]


@pytest.fixture
def world(redmine: RedmineServer) -> QuarterWorld:
    missing = browser.obstacle()
    if missing:
        (pytest.fail if in_ci() else pytest.skip)(f"no browser: {missing}")
    return redmine.restore_or_make("quarter", make_world)


@contextmanager
def seen_by(world: QuarterWorld, login: str) -> Iterator[Browser]:
    person = world.seeded.users[login]
    with browser_of(world.redmine.url, login, person.password) as opened:
        yield opened


def decide(page: Browser, ticket: int, status: str, words: str = "") -> None:
    """Opens the ticket, chooses the status, says something, and submits.

    Redmine makes the form anew for each status chosen: a person waits for that, too.
    """
    patience = WebDriverWait(page.driver, 30)
    page.open(f"/issues/{ticket}/edit")
    Select(page.driver.find_element("id", "issue_status_id")).select_by_visible_text(status)
    patience.until(lambda driver: driver.execute_script("return jQuery.active === 0"))
    if words:
        page.driver.find_element("id", "issue_notes").send_keys(words)
    page.driver.find_element("css selector", "#issue-form input[name=commit]").click()
    patience.until(lambda driver: driver.find_elements("id", "flash_notice"))
    assert "Successful update" in page.text("#flash_notice")


def read(world: QuarterWorld, folder: Path) -> SignOff:
    """How the original's sign-off stands for the next run."""
    world.sync(folder)
    with world.mirror(folder) as mirror:
        bench = lay_out(world.configuration, mirror)
        return sign_offs_of(bench, mirror, world.contract, now()).found[0]


def test_the_contact_reads_and_closes(world: QuarterWorld, tmp_path: Path) -> None:
    world.publish(tmp_path)
    ticket = world.sign_off_ticket()["id"]
    assert read(world, tmp_path).decision is Decision.AWAITED
    with seen_by(world, "anna") as anna:
        anna.open(f"/issues/{ticket}")
        assert "To accept, close this ticket." in anna.text(".issue.details")
        anna.driver.find_element("partial link text", "SLA alma 2026Q3").click()
        assert "6.5 h were used." in anna.text(".wiki-page")
        anna.open(f"/projects/{PROJECT}/files")
        assert "2026Q3-alma.pdf" in anna.text("#content")
        decide(anna, ticket, "Closed", "Thank you.")
    signed = read(world, tmp_path)
    assert (signed.decision, signed.by) == (Decision.ACCEPTED, "Anna Kiss")


def test_the_contact_rejects_and_says_why(world: QuarterWorld, tmp_path: Path) -> None:
    world.publish(tmp_path)
    with seen_by(world, "anna") as anna:
        decide(anna, world.sign_off_ticket()["id"], "Rejected", "July is wrong.")
    signed = read(world, tmp_path)
    assert (signed.decision, signed.by, signed.note) == (
        Decision.REJECTED,
        "Anna Kiss",
        "July is wrong.",
    )


def test_a_colleagues_closing_is_no_acceptance(world: QuarterWorld, tmp_path: Path) -> None:
    world.publish(tmp_path)
    with seen_by(world, "bela") as bela:
        decide(bela, world.sign_off_ticket()["id"], "Closed")
    signed = read(world, tmp_path)
    assert (signed.decision, signed.closed_by) == (Decision.AWAITED, "Bela Nagy")


def test_what_is_signed_cannot_be_changed_by_who_signs(world: QuarterWorld, tmp_path: Path) -> None:
    world.publish(tmp_path)
    before = world.sign_off_ticket()
    wanted = {"subject": "Something else", "description": "Nothing", "due_date": "2030-01-01"}
    world.rest("anna").put(f"/issues/{before['id']}.json", {"issue": wanted})
    after = world.sign_off_ticket()
    assert {key: after[key] for key in wanted} == {key: before[key] for key in wanted}


def test_other_tickets_are_not_the_customers_to_edit(world: QuarterWorld) -> None:
    number = world.seeded.tickets["VAT is wrong"]
    answer = world.rest("anna").request(
        "PUT", f"/issues/{number}.json", json={"issue": {"subject": "Mine"}}
    )
    row = world.redmine.admin.get(f"/issues/{number}.json")["issue"]
    assert row["subject"] == "VAT is wrong", answer.status_code
