"""What does not restate a published quarter: an upgrade, edits of no figure, files handed in later,
people who come, go, are promoted or may read less.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from redmine_sla.contract.files.load import loads_contract
from redmine_sla.quarter.section import FIGURES_VERSION
from redmine_sla.sync.ports import Row, Words
from redmine_sla.sync.quarterly.people import Recorded
from redmine_sla.sync.quarterly.publication import Step
from tests.sync.handover import (
    CONFIGURATION,
    CONTRACT,
    EVA,
    JAN,
    THIRD,
    HelpDesk,
    Office,
    at,
    help_desk,
    member,
)


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
        done = office.publish()
        looked = done.publication
        assert (looked.step, looked.changes) == (Step.UNCHANGED, ())
        assert done.went_well  # run after run: nobody has to do anything about it
        (remark,) = looked.remarks
        assert remark.startswith("delta 2026Q3: judged by the roles on record with it, not by")
        assert told in remark
        assert "[[parties]]" in remark

    def test_who_joins_later_takes_nobodys_name_from_him(self, office: Office) -> None:
        manifest = office.publish().publication.manifest
        assert manifest is not None
        assert manifest.judged_by["sides"]["bearers"] == {"1": [7, 8]}
        office.desk.tick(3600)
        office.members = (EVA, JAN, member(9, "Éva", 4, "Reporter"))
        with office.publisher(THIRD, "mirror") as (_, publisher):
            today = publisher.workshop.staff.bench
        then = Recorded.of(manifest).on(today)
        assert today.parties.called("Éva", 1) == {7, 9}
        assert then.parties.called("Éva", 1) == {7}
        office.desk.book(1, "3", on=date(2026, 9, 1))
        office.desk.tick(3600)
        restated = office.publish().publication.manifest
        assert restated is not None
        assert set(restated.judged_by["sides"]["held"]["1"]) == {"7", "8", "9"}
        assert restated.judged_by["sides"]["bearers"] == {"1": [7, 8]}

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
        assert "Jan (Support then, no member today)" in done.findings[-1]
        assert done.manifest.judged_by["sides"]["held"]["1"]["8"] == ["Support"]
        office.desk.tick(3600)
        assert office.look().step is Step.UNCHANGED


class TestReaders:
    """Éva read all tickets of the project when the quarter was published, and hers alone since."""

    @pytest.fixture
    def narrow(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
        told = HelpDesk.words

        def narrowed(redmine: HelpDesk) -> Words:
            words = told(redmine)
            roles = [{**row, "issues_visibility": "own"} for row in words.roles]
            return replace(words, roles=roles)

        return lambda: monkeypatch.setattr(HelpDesk, "words", narrowed)

    def test_who_may_read_less_since_restates_nothing(
        self, office: Office, narrow: Callable[[], None]
    ) -> None:
        done = office.publish().publication
        assert done.manifest is not None
        assert done.manifest.judged_by["named_projects"] == [1]
        narrow()
        office.desk.tick(3600)
        looked = office.look()
        assert looked.deliverable.figures == done.deliverable.figures
        assert (looked.step, looked.rejudged) == (Step.UNCHANGED, ())

    def test_without_the_record_it_would_be_restated(
        self, office: Office, narrow: Callable[[], None]
    ) -> None:
        named = office.look().deliverable.figures
        narrow()
        office.desk.tick(3600)
        assert office.look().deliverable.figures != named

    def test_a_restatement_keeps_what_is_on_record(
        self, office: Office, narrow: Callable[[], None]
    ) -> None:
        office.publish()
        narrow()
        office.desk.tick(3600)
        office.desk.book(1, "3", on=date(2026, 9, 1))
        office.desk.tick(3600)
        done = office.publish().publication
        assert done.step is Step.RESTATED
        assert done.manifest is not None
        assert done.manifest.judged_by["named_projects"] == [1]

    def test_projects_stand_in_the_manifest_by_number_alone(self, office: Office) -> None:
        manifest = office.publish().publication.manifest
        assert manifest is not None
        assert set(manifest.judged_by["sides"]["held"]) == {"1"}


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
