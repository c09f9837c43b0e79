"""What does not restate a published quarter: an upgrade, edits of no figure, files handed in later,
people who come, go or are promoted.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from redmine_sla.quarter.section import FIGURES_VERSION
from redmine_sla.sync.quarterly.publication import Step
from tests.sync.handover import Office, help_desk


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
        assert "run the release " in missing


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
