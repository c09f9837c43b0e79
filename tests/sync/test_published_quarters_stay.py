"""What does not restate a published quarter: an upgrade, edits of no figure, files handed in later,
people who come, go or are promoted.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from redmine_sla.contract.files.load import loads_contract
from redmine_sla.quarter.section import FIGURES_VERSION
from redmine_sla.sync.ports import Row
from redmine_sla.sync.quarterly.publication import Step
from tests.sync.handover import CONFIGURATION, CONTRACT, EVA, JAN, Office, at, help_desk, member


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(help_desk(), tmp_path)


class TestAnUpgrade:
    """The figures of another release have other keys."""

    @pytest.fixture
    def upgraded(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
        office.publish()
        office.desk.tick(3600)
        for room in ("quarter.compared", "sync.quarterly.publication"):
            monkeypatch.setattr(f"redmine_sla.{room}.FIGURES_VERSION", FIGURES_VERSION + 1)
        return office

    def test_restates_nothing_and_says_so_once(self, upgraded: Office) -> None:
        looked = upgraded.look()
        assert (looked.step, looked.changes) == (Step.UNCHANGED, ())
        assert looked.findings == (
            "delta 2026Q3: published by an older release of redmine-sla, whose figures cannot be "
            "compared; it stands as published",
        )

    def test_does_not_complete_what_only_the_older_release_can_print(
        self, upgraded: Office
    ) -> None:
        upgraded.remove(".pdf")
        looked = upgraded.look()
        assert (looked.step, looked.changes) == (Step.UNCHANGED, ())
        _, missing = looked.findings
        assert "run redmine-sla " in missing


class TestAnEditOfATimeEntry:
    def test_that_moves_no_figure_restates_nothing(self, office: Office) -> None:
        office.publish()
        office.desk.tick(3600)
        (entry,) = office.desk.content.hours
        office.desk.rebook(entry, "1")  # as it was
        assert office.look().step is Step.UNCHANGED

    def test_that_moves_one_does(self, office: Office) -> None:
        office.publish()
        office.desk.tick(3600)
        (entry,) = office.desk.content.hours
        office.desk.rebook(entry, "9")
        assert office.look().step is Step.RESTATED


class TestAPastMoment:
    def test_names_the_entries_changed_since(self, office: Office) -> None:
        (entry,) = office.desk.content.hours
        office.desk.tick(3600)
        office.desk.rebook(entry, "9")
        (finding,) = office.look(as_of=at("2026-10-05T08:00")).findings
        assert finding.endswith(
            f"those changed after 2026-10-05T08:00Z count as they are today: entry {entry} of #1 "
            "(2026-07-10)"
        )
        assert office.look().findings == ()


class TestPeople:
    """Jan answered ticket 1 in time, in his role of then."""

    @pytest.mark.parametrize(
        ("members", "told"),
        [
            ((EVA,), "Jan (Support then, no member today)"),
            ((EVA, member(8, "Jan", 4, "Reporter")), "Jan (Support then, Reporter today)"),
        ],
    )
    def test_who_left_or_changed_sides_since_did_what_he_did(
        self, office: Office, members: tuple[Row, ...], told: str
    ) -> None:
        office.publish()
        office.desk.tick(3600)
        office.members = members
        looked = office.look()
        assert (looked.step, looked.changes) == (Step.UNCHANGED, ())
        (finding,) = looked.findings
        assert finding.startswith("delta 2026Q3: judged by the roles on record with it, not by")
        assert told in finding
        assert "[[parties]]" in finding

    def test_without_the_record_it_would_be_restated(self, tmp_path: Path) -> None:
        office = Office(help_desk(), tmp_path, members=(EVA,))
        broken = office.look().deliverable.figures
        office.members = (EVA, JAN)
        assert office.look().deliverable.figures != broken

    def test_a_restatement_goes_by_the_same_record_and_keeps_it(self, office: Office) -> None:
        office.publish()
        office.members = (EVA,)
        office.desk.tick(3600)
        office.desk.book(1, "3", on=date(2026, 9, 1))
        office.desk.tick(3600)
        done = office.publish().publication
        assert done.step is Step.RESTATED
        assert done.manifest is not None
        assert done.manifest.restates is not None
        assert {one.path[0] for one in done.manifest.restates.differences} == {"hours"}
        assert done.manifest.judged_by["sides"]["held"]["p1"]["8"] == ["Support"]
        office.desk.tick(3600)
        assert office.look().step is Step.UNCHANGED


class TestFiles:
    @pytest.fixture
    def office(self, tmp_path: Path) -> Office:
        """A quarter that names the files handed over in it."""
        naming = CONTRACT.replace("[quarter]", '[quarter]\ncontents = ["changes", "hours"]')
        contracts = (loads_contract(naming, "delta"),)
        return Office(help_desk(), tmp_path, replace(CONFIGURATION, contracts=contracts))

    def hand_in(self, office: Office, name: str) -> None:
        """Jan puts a file under the quarter's version, now."""
        number = office.desk.number()
        office.desk.content.files[number] = {
            **office.file("2026Q3-delta.pdf"),
            "id": number,
            "filename": name,
            "content": b"scan",
            "author": 8,
            "created_on": f"{office.desk.now:%Y-%m-%dT%H:%M:%SZ}",
        }

    def test_that_came_after_the_freeze_are_no_part_of_it(self, office: Office) -> None:
        office.publish()
        office.desk.tick(3600)
        self.hand_in(office, "signed-protocol.pdf")
        office.desk.tick(3600)
        assert office.look().step is Step.UNCHANGED

    def test_that_were_there_before_are(self, office: Office) -> None:
        office.publish()
        self.hand_in(office, "product.zip")
        (late,) = (row for row in office.desk.content.files.values() if row["author"] == 8)
        late["created_on"] = "2026-10-05T07:59:00Z"
        office.desk.tick(3600)
        assert office.look().step is Step.RESTATED

    def test_nor_of_its_restatements(self, office: Office) -> None:
        office.publish()
        office.desk.tick(3600)
        self.hand_in(office, "signed-protocol.pdf")
        office.desk.book(1, "3", on=date(2026, 9, 1))
        office.desk.tick(3600)
        assert office.publish().publication.step is Step.RESTATED
        office.desk.tick(3600)
        assert office.look().step is Step.UNCHANGED
