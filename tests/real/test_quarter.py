"""A quarter published on real Redmines: once, completed when cut short, restated beside itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from redmine_sla.quarter.freezing import published_digest
from redmine_sla.sync.apply import Result
from redmine_sla.sync.quarterly.publication import Step
from tests.harness.server import RedmineServer
from tests.real.quarter_world import PROJECT, QuarterWorld, make_world

pytestmark = pytest.mark.real

FILES = [
    "2026Q3-alma-manifest.json",
    "2026Q3-alma.html",
    "2026Q3-alma.pdf",
    "2026Q3-alma.xlsx",
]


@pytest.fixture
def world(redmine: RedmineServer) -> QuarterWorld:
    return redmine.restore_or_make("quarter", make_world)


def test_it_is_published_once(world: QuarterWorld, tmp_path: Path) -> None:
    first = world.publish(tmp_path)
    assert first.publication.step is Step.NEW
    assert {one.result for one in first.applied.outcomes} == {Result.APPLIED}, first.applied
    state = world.state()
    assert state["versions"] == [["2026Q3", "open"]]
    assert [name for name, _, _ in state["files"]] == FILES
    assert ["Sign-off: CRM support for Alma Kft.: 2026 Q3", "New", 0] in state["tickets"]

    again = world.publish(tmp_path)
    assert again.publication.step is Step.UNCHANGED
    assert again.plan.is_empty
    assert world.state() == state


def test_customers_get_what_the_manifest_says(world: QuarterWorld, tmp_path: Path) -> None:
    published = world.publish(tmp_path).publication.manifest
    assert published is not None
    anna = world.rest("anna")
    listed = anna.get(f"/projects/{PROJECT}/files.json")["files"]
    kept = {file["filename"]: file for file in listed}
    for named in published.files:
        path = kept[named.filename]["content_url"].removeprefix(world.redmine.url)
        content = anna.request("GET", path).content
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (named.sha256, named.size)
    assert kept[published.edition.manifest_name]["digest"] == published.sha256
    assert published_digest(world.page("SLA alma 2026Q3")["text"]) == published.sha256
    ticket = world.sign_off_ticket()
    assert ticket["assigned_to"]["name"] == "Anna Kiss"
    assert ticket["fixed_version"]["name"] == "2026Q3"
    assert published.sha256 in ticket["description"]
