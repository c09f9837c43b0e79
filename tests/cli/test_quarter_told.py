"""`redmine-sla quarter` over several contracts: one's trouble is told, and stops no other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from redmine_sla.cli import quartering
from redmine_sla.cli.quarter_told import publication_data
from redmine_sla.cli.settings import Settings
from redmine_sla.contract import Configuration
from redmine_sla.contract.files.load import loads_contract
from redmine_sla.errors import ExitCode
from redmine_sla.mirror import Mirror
from redmine_sla.plan import Plan
from redmine_sla.sync.apply import apply
from redmine_sla.sync.failures import Exchange, Forbidden, TooLarge, Unreachable
from tests.sync.desk import Desk
from tests.sync.handover import (
    CONFIGURATION,
    CONTRACT,
    THIRD,
    HelpDesk,
    Office,
    help_desk,
    printed_plainly,
)
from tests.sync.publication import file

RIGHT = 'give his role the right "Manage versions"'


class WithoutVersions(HelpDesk):
    def create_version(self, *_: Any, **__: Any) -> dict[str, Any]:
        raise Forbidden(
            'the key\'s user may not make versions in the project "P"',
            exchange=Exchange("POST", "/versions.json", 403),
            hint=RIGHT,
        )


def test_a_right_that_lacks_is_told_with_its_step_and_what_waits_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.sync.handover.HelpDesk", WithoutVersions)
    done = Office(help_desk(), tmp_path).publish()
    assert publication_data(done)["findings"] == [
        f'refused: the key\'s user may not make versions in the project "P"; next: {RIGHT}',
        "waiting for that: 5 other changes",
    ]


def test_a_file_too_large_is_told_with_the_setting() -> None:
    what, hint = '"q.pdf" has 6000000 bytes, Redmine takes 5242880 at most', "raise it to 5860 KB"

    class Small(HelpDesk):
        def publish_file(self, *_: Any) -> None:
            exchange = Exchange("POST", "/uploads.json", 422)
            raise TooLarge(what, exchange=exchange, hint=hint, messages=(what,))

    desk = Desk()
    redmine = Small(desk)
    redmine.create_version(1, "2026-Q3")
    (outcome,) = apply(Plan.of(desk.now, [file()]), redmine).outcomes
    assert outcome.message == f"{what}; next: {hint}"


EAST = loads_contract(CONTRACT.replace('["p1"]', '["p2"]'), "east")
WEST = loads_contract(CONTRACT.replace('["p1"]', '["p9"]'), "west")


class ThreeContracts:
    """`redmine-sla quarter 2026Q3 --json` where Delta, East and West hand over."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, redmine: type[HelpDesk]) -> None:
        desk = replace(help_desk(), projects=(1, 2, 9))
        configuration = Configuration(
            desk=CONFIGURATION.desk,
            contracts=(*CONFIGURATION.contracts, EAST, WEST),
            folder=folder,
        )
        self.files = desk.content.files

        @contextmanager
        def mirror(_: Configuration) -> Iterator[Mirror]:
            with Mirror.open(f"sqlite:///{folder / 'mirror.db'}") as opened:
                yield opened

        @contextmanager
        def server(_: Configuration) -> Iterator[HelpDesk]:
            yield redmine(desk)

        patch.setattr(quartering, "load_folder", lambda _: configuration)
        patch.setattr(quartering, "open_mirror", mirror)
        patch.setattr(quartering, "open_redmine", server)
        patch.setattr(quartering, "moment", lambda given: given or desk.now)
        patch.setattr(quartering, "printed", printed_plainly)
        self._folder = folder

    def run(self) -> ExitCode:
        settings = Settings(config=self._folder)
        return quartering.publish(settings, quartering.Wish(quarter=str(THIRD), as_json=True))


def answer(capsys: pytest.CaptureFixture[str]) -> tuple[list[str], list[str]]:
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return [one["contract"] for one in data["publications"]], data["troubles"]


def test_a_contract_whose_project_cannot_be_read_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Hidden(HelpDesk):
        def versions(self, project: int) -> Sequence[dict[str, Any]]:
            if project == 2:
                exchange = Exchange("GET", "/projects/2/versions.json", 403)
                raise Forbidden("not allowed", exchange=exchange, hint="give him the right")
            return super().versions(project)

    three = ThreeContracts(tmp_path, monkeypatch, Hidden)
    assert three.run() is ExitCode.REDMINE
    published, (trouble,) = answer(capsys)
    assert published == ["delta", "west"]
    assert "/projects/2/versions.json" in trouble
    assert "next: give him the right" in trouble


def test_what_stops_the_writing_of_one_is_in_the_answer_beside_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Broken(HelpDesk):
        def create_version(self, project: int, name: str, **others: Any) -> dict[str, Any]:
            if project == 2:
                raise Unreachable("no connection", exchange=Exchange("POST", "/versions.json"))
            return super().create_version(project, name, **others)

    three = ThreeContracts(tmp_path, monkeypatch, Broken)
    assert three.run() is ExitCode.REDMINE
    published, (trouble,) = answer(capsys)
    assert published == ["delta", "east", "west"]
    assert "no connection" in trouble
    assert len(three.files) == 6


def test_a_manifest_in_the_way_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    three = ThreeContracts(tmp_path, monkeypatch, HelpDesk)
    three.run()
    capsys.readouterr()
    for number, row in list(three.files.items()):
        if row["filename"] == "2026Q3-east-manifest.json":
            del three.files[number]
    assert three.run() is ExitCode.FINDINGS
    published, (trouble,) = answer(capsys)
    assert published == ["delta", "west"]
    assert "2026Q3-east-manifest.json is gone" in trouble
