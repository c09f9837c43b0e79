"""A run says once a day whether the latest published quarter still says what it said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from redmine_sla.contract import loads_contract
from redmine_sla.quarter.section import FIGURES_VERSION
from redmine_sla.sync.failures import Exchange, Forbidden, NotFound, RedmineError, WrongAnswer
from redmine_sla.sync.pull.scope import Beat
from tests.sync.handover import CONTRACT, EVA, THIRD, Office, help_desk

TITLE = "SLA delta 2026Q3"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Its third quarter is published."""
    published = Office(help_desk(), tmp_path)
    published.publish()
    published.desk.tick(3600)
    return published


def test_of_one_that_stands_nothing_is_said(office: Office) -> None:
    assert office.watched() == []


def test_figures_that_changed_since_are_named_with_the_next_step(office: Office) -> None:
    office.desk.book(1, "3", on=date(2026, 9, 1))
    office.desk.tick(3600)
    (finding,) = office.watched()
    assert finding.startswith("delta 2026Q3: figures are no longer what was published (hours / ")
    assert "`redmine-sla quarter 2026Q3 --contract delta`" in finding
    office.publish()
    assert office.watched() == []


def test_the_run_says_it_at_its_slow_beat_and_not_in_between(office: Office) -> None:
    office.desk.book(1, "3", on=date(2026, 9, 1))
    office.desk.tick(3600)
    said = [office.run_findings(), office.run_findings()]
    office.desk.tick(60)
    said.append(office.run_findings(Beat.NOW))
    told = [any("no longer what was published" in one for one in findings) for findings in said]
    assert told == [True, False, True]


def test_nothing_is_written(office: Office) -> None:
    files, pages = office.files, dict(office.desk.content.pages)
    office.desk.book(1, "3", on=date(2026, 9, 1))
    office.watched()
    assert (office.files, office.desk.content.pages) == (files, pages)


def test_the_latest_quarter_is_looked_at_months_later(office: Office) -> None:
    office.publish(THIRD.previous)
    office.desk.tick(86400 * 120)
    office.desk.book(1, "3", on=date(2026, 9, 1))
    (finding,) = office.watched()
    assert "quarter 2026Q3" in finding


def test_a_page_that_people_changed_or_removed_is_told(office: Office) -> None:
    page = office.desk.content.pages[1, TITLE]
    office.desk.content.pages[1, TITLE] = {**page, "text": f"{page['text']}\n\nSeen.", "version": 2}
    (finding,) = office.watched()
    assert "does not say what was published" in finding
    office.desk.content.pages.clear()
    (finding,) = office.watched()
    assert "its wiki page is not there: run `redmine-sla quarter 2026Q3" in finding


def test_a_manifest_in_the_way_is_told_and_stops_no_run(office: Office) -> None:
    manifest = office.file("2026Q3-delta-manifest.json")
    office.desk.content.files[manifest["id"]] = {**manifest, "content": b"{}"}
    (finding,) = office.watched()
    assert "is not a manifest of delta 2026Q3" in finding


def test_staff_and_upgrades_are_no_news(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.members = (EVA,)
    assert office.watched() == []
    monkeypatch.setattr("redmine_sla.quarter.compared.FIGURES_VERSION", FIGURES_VERSION + 1)
    office.desk.book(1, "3", on=date(2026, 9, 1))
    assert office.watched() == []


def test_where_files_cannot_be_seen_nothing_is_said(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hidden(*_: object) -> None:
        raise Forbidden("not allowed", exchange=Exchange("GET", "/projects/1/files.json", 403))

    monkeypatch.setattr("tests.sync.handover.HelpDesk.files", hidden)
    assert office.watched() == []


def test_a_file_that_is_gone_is_told(office: Office) -> None:
    office.remove(".pdf")
    (finding,) = office.watched()
    assert "2026Q3-delta.pdf not in Files as published: run `redmine-sla quarter" in finding


@pytest.mark.parametrize("failure", [WrongAnswer, NotFound])
def test_what_cannot_be_read_of_it_is_told_and_the_run_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch, failure: type[RedmineError]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise failure("its bytes are gone", exchange=Exchange("GET", "/attachments/1", 404))

    monkeypatch.setattr("tests.sync.handover.HelpDesk.download", broken)
    (finding,) = office.watched()
    assert finding.startswith("delta, published quarters: GET /attachments/1")


def test_a_quarter_the_contract_no_longer_covers_is_told(office: Office) -> None:
    shorter = CONTRACT.replace("starts =", "ends = 2026-06-30\nstarts =", 1)
    contracts = (loads_contract(shorter, "delta"),)
    office.configuration = replace(office.configuration, contracts=contracts)
    (finding,) = office.watched()
    assert "contract delta is not in force in 2026Q3" in finding
