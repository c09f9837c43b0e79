"""The demo, whole: one quarter signed off, one restated, one over the limit for development."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from examples.demo import guide, performance
from examples.demo.handover import OVERSPENT, RESTATED, SIGNED, Handover
from examples.demo.people import NAMES, House
from redmine_sla.contract import Contract, Money, load_folder
from redmine_sla.language import tongue_for
from tests.harness.server import RedmineServer

pytestmark = [pytest.mark.real, pytest.mark.slow]


def test_the_demo_keeps_its_word(redmine_newest: RedmineServer, tmp_path: Path) -> None:
    """One demo for all three promises: it takes too long to be played for each."""
    played = performance.play(redmine_newest, tmp_path / "demo")
    _is_signed_off(played)
    _is_restated_beside_the_original(played)
    _is_over_the_limit(played)


def _is_signed_off(played: Handover) -> None:
    """By its contact's hand, and told on the contract's page."""
    contact = SIGNED.customers[0]
    number = guide.sign_off_tickets(played.server, SIGNED)[0]
    answer = played.server.admin.get(f"/issues/{number}.json", include="journals")
    assert answer["issue"]["status"]["name"] == "Closed"
    assert answer["issue"]["journals"][-1]["user"]["id"] == played.seeded.users[contact].id
    page = _page(played, guide.contract_page(played.server, SIGNED))
    assert " ".join(NAMES[contact]) in page
    assert f"#{number}" in page


def _is_restated_beside_the_original(played: Handover) -> None:
    """Another manifest and another page; the first page was written once, and never again."""
    restated, original = sorted(_manifests(played, RESTATED), key=lambda one: -one["restatement"])
    assert (original["restatement"], restated["restatement"]) == (0, 1)
    assert original["figures"]["hours"] != restated["figures"]["hours"]
    assert restated["restates"]["differences"]
    assert (
        _read(played, guide.restatement_page(played.server, RESTATED, played.last))["version"] == 1
    )
    assert _read(played, guide.quarterly_page(played.server, RESTATED, played.last))["version"] == 1


def _is_over_the_limit(played: Handover) -> None:
    """The quarter's page says by how much."""
    (manifest,) = _manifests(played, OVERSPENT)
    budget = manifest["figures"]["budget"]
    assert budget["over"]
    over = Money.parse(budget["spent"]) - Money.parse(budget["limit"])
    page = _page(played, guide.quarterly_page(played.server, OVERSPENT, played.last))
    assert tongue_for(_contract(played, OVERSPENT).language).money(over) in page


def _contract(played: Handover, house: House) -> Contract:
    return load_folder(played.redmine_sla.folder).contract_named(house.contract)


def _manifests(played: Handover, house: House) -> list[dict[str, Any]]:
    """The quarter's, as Redmine's Files hold them."""
    admin = played.server.admin
    files = admin.get(f"/projects/{house.project}/files.json")["files"]
    wanted = [
        row["content_url"].removeprefix(played.server.url)
        for row in files
        if row["filename"].startswith(str(played.last)) and row["filename"].endswith(".json")
    ]
    return [json.loads(admin.request("GET", path).content) for path in wanted]


def _page(played: Handover, address: str) -> str:
    return str(_read(played, address)["text"])


def _read(played: Handover, address: str) -> dict[str, Any]:
    path = address.removeprefix(played.server.url)
    page: dict[str, Any] = played.server.admin.get(f"{path}.json")["wiki_page"]
    return page
