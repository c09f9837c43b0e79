"""A quarter handed over in memory: once, whole, and frozen whatever people do around it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from redmine_sla.errors import SlaError
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.manifest import ManifestError, read_manifest
from redmine_sla.sync.apply import Result
from redmine_sla.sync.quarterly.publication import Step
from tests.sync.desk import Desk, Killed
from tests.sync.handover import THIRD, Office, at, help_desk

FILES = ["2026Q3-delta-manifest.json", "2026Q3-delta.html", "2026Q3-delta.pdf"]
SECOND, FOURTH = THIRD.previous, Quarter(2026, 4)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(help_desk(), tmp_path)


def test_a_quarter_is_published_once(office: Office) -> None:
    first = office.publish()
    assert first.publication.step is Step.NEW
    assert first.went_well
    assert office.files == FILES
    office.desk.tick()
    again = office.publish()
    assert (again.publication.step, again.plan.changes) == (Step.UNCHANGED, ())
    assert office.publish(mirror="another").publication.step is Step.UNCHANGED


WRITES = (
    "new version 2026Q3",
    "publish 2026Q3-delta-manifest.json",
    "publish 2026Q3-delta.html",
    "publish 2026Q3-delta.pdf",
    "save SLA delta 2026Q3",
    "new ticket Átvétel",
)


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_run_cut_short_anywhere_is_completed_by_the_next(
    office: Office, write: str, moment: str
) -> None:
    def kill(request: str) -> None:
        if request.startswith(write):
            raise Killed

    with pytest.raises(Killed):
        office.publish(hooks={moment: kill})
    office.desk.tick(3600)
    office.publish(mirror="another")
    assert sorted(office.files) == FILES
    assert len(office.desk.content.versions) == len(office.desk.content.pages) == 1
    assert len(office.desk.content.issues) == 3
    assert office.publish().publication.step is Step.UNCHANGED


class TestTheFuture:
    """W1: nobody knows it."""

    @pytest.mark.parametrize("over", [at("2026-10-02T00:00"), at("2026-09-01T00:00")])
    def test_nothing_is_published_as_of_an_instant_to_come(
        self, office: Office, over: object
    ) -> None:
        office.desk.now = at("2026-08-01T08:00")
        with pytest.raises(SlaError, match="is still to come") as refused:
            office.publish(as_of=over)  # type: ignore[arg-type]
        assert "--as-of" in refused.value.hint
        assert office.files == []

    def test_a_quarter_in_motion_is_drafted(self, office: Office) -> None:
        office.desk.now = at("2026-08-01T08:00")
        assert office.publish().publication.step is Step.DRAFT


class TestQuartersBefore:
    """W10: what a quarter took from those before it stays as it was taken."""

    def test_publishing_the_one_before_later_restates_nothing(self, office: Office) -> None:
        desk = office.desk
        desk.now = at("2026-05-10T08:00")
        number = desk.create()
        desk.now = at("2026-07-15T08:00")
        desk.book(number, "2", on=date(2026, 5, 11))
        desk.now = at("2026-10-05T08:00")
        office.publish()
        desk.tick(3600)
        assert office.publish(SECOND).publication.step is Step.NEW
        desk.tick(3600)
        assert office.publish().publication.step is Step.UNCHANGED

    def test_the_manifest_says_what_was_taken(self, office: Office) -> None:
        office.publish(SECOND)
        office.desk.tick(3600)
        done = office.publish()
        assert done.publication.manifest is not None
        earlier = done.publication.manifest.earlier
        assert earlier.stated == at("2026-10-05T08:00")
        content = office.file("2026Q3-delta-manifest.json")["content"]
        assert read_manifest(content, done.publication.manifest.edition).earlier == earlier

    def test_an_edition_cut_short_has_the_trend_of_its_manifest(self, office: Office) -> None:
        desk = office.desk
        office.publish()
        desk.now = at("2026-11-10T08:00")
        number = desk.create()
        desk.tick(600)
        desk.set_status(number, 5)
        desk.now = at("2027-01-05T08:00")

        def before_the_page(request: str) -> None:
            if request.startswith("upload 2026Q4-delta.html"):
                raise Killed

        with pytest.raises(Killed):
            office.publish(FOURTH, hooks={"before": before_the_page})
        late = desk.content.issues[1]["journals"]
        late[1]["created_on"] = "2026-07-27T08:00:00Z"  # solved late after all
        desk.content.issues[1]["updated_on"] = "2027-01-05T08:00:00Z"
        desk.tick(3600)
        assert office.publish().publication.step is Step.RESTATED
        desk.tick(3600)
        done = office.publish(FOURTH)
        assert (done.publication.step, done.plan.findings) == (Step.COMPLETED, ())
        desk.tick(3600)
        assert office.publish(FOURTH).publication.step is Step.UNCHANGED


class TestWhatPeopleDoToFiles:
    """W11: editions are known by their manifests, wherever these stand."""

    def test_a_version_may_be_renamed(self, office: Office) -> None:
        office.publish()
        (version,) = office.desk.content.versions.values()
        version["name"] = "Summer release"
        office.desk.tick()
        assert office.publish().publication.step is Step.UNCHANGED
        office.desk.book(1, "3", on=date(2026, 9, 1))
        office.desk.tick()
        done = office.publish()
        assert done.publication.step is Step.RESTATED
        assert {one.result for one in done.applied.outcomes} == {Result.APPLIED}
        assert [row["name"] for row in office.desk.content.versions.values()] == ["Summer release"]

    def test_a_manifest_that_was_removed_stops_the_next_run(self, office: Office) -> None:
        office.publish()
        office.remove("manifest.json")
        with pytest.raises(ManifestError, match=r"2026Q3-delta-manifest\.json is gone") as stopped:
            office.publish()
        assert "2026Q3-delta.html" in stopped.value.message
        assert "put it back" in stopped.value.hint
        assert office.files == ["2026Q3-delta.html", "2026Q3-delta.pdf"]

    @pytest.mark.parametrize(
        "removed", ["2026Q3-delta-manifest.json", "2026Q3-delta-restatement-1-manifest.json"]
    )
    def test_so_does_one_beside_a_restatement(self, office: Office, removed: str) -> None:
        office.publish()
        office.desk.book(1, "3", on=date(2026, 9, 1))
        office.desk.tick()
        office.publish()
        office.remove(removed)
        stand = office.files
        with pytest.raises(ManifestError, match=removed):
            office.publish()
        assert office.files == stand

    def test_files_of_other_contracts_and_people_are_no_editions(self, office: Office) -> None:
        office.publish()
        (row,) = (
            one for one in office.desk.content.files.values() if one["filename"].endswith("pdf")
        )
        office.desk.content.files = {
            1001: {**row, "id": 1001, "filename": "2026Q3-delta-east.pdf"},
            1002: {**row, "id": 1002, "author": 99},
        }
        office.desk.content.pages.clear()
        assert office.look().step is Step.NEW

    def test_a_page_frozen_by_a_manifest_that_is_gone_says_how_to_go_on(
        self, office: Office
    ) -> None:
        office.publish()
        office.remove("2026Q3-delta-manifest.json", ".html", ".pdf")
        office.desk.tick()
        (finding,) = office.look().findings
        assert "frozen" in finding
        assert "rename or delete the page" in finding

    def test_two_manifests_of_one_name_are_told(self, office: Office) -> None:
        office.publish()
        first = office.file("2026Q3-delta-manifest.json")
        office.desk.content.files[1001] = {**first, "id": 1001, "content": b"{}"}
        done = office.publish()
        assert done.publication.step is Step.UNCHANGED
        (finding,) = done.plan.findings
        assert f"{first['id']} and 1001" in finding
        assert "delete" in finding
        assert not done.went_well


class TestTheSignOffTicket:
    def test_one_whose_mark_is_not_taken_is_made_once(self, office: Office) -> None:
        office.desk.unwritable.add(8)
        office.desk.unwritable.add(7)
        first = office.publish()
        tickets = len(office.desk.content.issues)
        assert first.applied.count(Result.IGNORED) == 1
        for _ in range(3):
            office.desk.tick(3600)
            again = office.publish()
            assert len(office.desk.content.issues) == tickets
            assert any("did not take its mark" in finding for finding in again.plan.findings)
        office.desk.unwritable.clear()
        office.desk.tick(86400)
        office.publish()
        assert len(office.desk.content.issues) == tickets
        assert office.publish().publication.step is Step.UNCHANGED

    @pytest.mark.parametrize(
        ("replaced", "told"),
        [
            ({"tracker": {"id": 2, "name": "Feature"}}, "without its tracker (Feature instead)"),
            ({"assigned_to": {"id": 9, "name": "Jan"}}, "without its assignee (Jan instead)"),
            ({"assigned_to": None}, "without its assignee"),
        ],
    )
    def test_what_redmine_replaced_is_told(
        self, office: Office, replaced: dict[str, object], told: str
    ) -> None:
        create = Desk.create

        def other(desk: Desk, project: int = 1, **given: object) -> int:
            return create(desk, project, **given | replaced)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Desk, "create", other)
            done = office.publish()
        outcome = done.applied.outcomes[-1]
        assert outcome.result is Result.IGNORED
        assert told in outcome.message
        assert not done.went_well

    def test_a_tracker_without_the_mark_is_told_with_it(self, office: Office) -> None:
        office.desk.unwritable.add(7)
        create = Desk.create

        def other(desk: Desk, project: int = 1, **given: object) -> int:
            tracker = {"tracker": {"id": 2, "name": "Feature"}}
            return create(desk, project, **given | tracker)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Desk, "create", other)
            done = office.publish()
        assert "did not take its mark" in done.applied.outcomes[-1].message
        assert "its tracker (Feature instead)" in done.applied.outcomes[-1].message

    def test_a_signature_is_for_the_files_that_were_shown(self, office: Office) -> None:
        office.publish()
        desk = office.desk
        asked = desk.content.issues[max(desk.content.issues)]
        asked["author"] = {"id": 5, "name": "SLA bot"}  # as Redmine has it, whose key it is
        desk.tick(3600)
        desk.set_status(asked["id"], 5)
        asked["journals"][-1]["user"] = {"id": 7, "name": "Éva"}
        desk.content.files.clear()
        desk.book(1, "60", on=date(2026, 9, 1))
        desk.tick(3600)
        done = office.publish()
        assert done.publication.step is Step.NEW
        accepted = f"delta 2026Q3: #{asked['id']}, accepted by Éva, is about a manifest that was "
        assert any(finding.startswith(accepted) for finding in done.plan.findings)
        assert max(desk.content.issues) == asked["id"]  # its page is still that of the files before
        desk.content.pages.clear()
        desk.tick(3600)
        office.publish()
        new = max(desk.content.issues)
        assert new != asked["id"]
        for mirror in ("mirror", "another"):
            desk.tick(3600)
            office.publish(mirror=mirror)
            assert max(desk.content.issues) == new


@pytest.mark.parametrize("right", ["view_time_entries", "view_private_notes"])
def test_what_the_key_cannot_see_is_never_frozen_as_nothing(office: Office, right: str) -> None:
    office.desk.lacking.add((1, right))
    with pytest.raises(SlaError, match="figures would be stated of what the key cannot see"):
        office.publish()
    assert office.files == []
    office.desk.lacking.clear()
    office.desk.switched_off.add((1, "time_tracking"))
    with pytest.raises(SlaError, match='the module "Time tracking" of project'):
        office.publish()


def test_a_quarter_that_has_not_begun_has_no_draft_either(office: Office) -> None:
    with pytest.raises(SlaError, match="2031Q2 of contract delta has not begun: it begins on 2031"):
        office.publish(Quarter(2031, 2))
