"""A publication comes to stand exactly once, wherever a run is cut off or an answer gets lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest

from redmine_sla.plan import Change, Plan
from redmine_sla.plan.render import name_of
from redmine_sla.sync.apply import Applied, Result, apply
from redmine_sla.sync.failures import Exchange, TimedOut
from tests.sync.desk import Desk, Killed
from tests.sync.desk_writing import DeskRedmine
from tests.sync.publication import CHART, file, page, publication, ticket, version

AS_OF = datetime(2026, 10, 1, 8, tzinfo=UTC)
PLAN = Plan.of(AS_OF, publication())


def blank() -> Desk:
    return Desk(fields={7: "SLA key"})


def state(desk: Desk) -> dict[str, Any]:
    """What stands, but for its numbers."""
    content = desk.content
    versions = {number: row["name"] for number, row in content.versions.items()}
    return {
        "versions": sorted(versions.values()),
        "files": sorted(
            (versions[row["version"]["id"]], row["filename"], row["content"])
            for row in content.files.values()
        ),
        "pages": {
            place: (row["text"], row["version"], [f["content"] for f in row["files"]])
            for place, row in content.pages.items()
        },
        "tickets": sorted(
            (row["custom_fields"][0]["value"], versions.get(row.get("fixed_version", {}).get("id")))
            for row in content.issues.values()
        ),
    }


def results(applied: Applied) -> list[str]:
    return [outcome.result.value for outcome in applied.outcomes]


def test_all_of_it_stands_after_one_run_in_an_order_that_announces_nothing_missing() -> None:
    desk = blank()
    redmine = DeskRedmine(desk)
    assert results(apply(PLAN, redmine)) == ["applied"] * 6
    assert [r for r in redmine.requests if r.startswith(("new", "publish", "save"))] == [
        "new version 2026-Q3",
        "publish quarter.pdf",
        "publish quarter.csv",
        "save SLA_acme_2026-Q3",
        "new ticket acme/2026-Q3/sign-off",
        "new ticket acme/backup/2026-10",
    ]
    assert state(desk) == {
        "versions": ["2026-Q3"],
        "files": [("2026-Q3", "quarter.csv", b"a;b\n"), ("2026-Q3", "quarter.pdf", b"%PDF")],
        "pages": {(1, "SLA_acme_2026-Q3"): ("The quarter", 1, [CHART.content])},
        "tickets": [("acme/2026-Q3/sign-off", "2026-Q3"), ("acme/backup/2026-10", None)],
    }


def test_the_same_plan_again_finds_everything_and_writes_nothing() -> None:
    desk = blank()
    first = apply(PLAN, DeskRedmine(desk))
    stood = state(desk)
    again = apply(PLAN, DeskRedmine(desk))
    assert results(again) == ["skipped"] * 6
    assert [outcome.number for outcome in again.outcomes if outcome.change != page()] == [
        outcome.number for outcome in first.outcomes if outcome.change != page()
    ]
    assert state(desk) == stood


def requests_of_a_whole_run() -> list[str]:
    redmine = DeskRedmine(blank())
    apply(PLAN, redmine)
    return redmine.requests


@pytest.mark.parametrize("allowed", range(len(requests_of_a_whole_run())))
def test_killed_before_any_request_the_next_run_leaves_the_same(allowed: int) -> None:
    undisturbed = blank()
    apply(PLAN, DeskRedmine(undisturbed))
    desk = blank()

    with suppress(Killed):
        apply(PLAN, DeskRedmine(desk, before=raising_at(allowed, Killed())))
    apply(PLAN, DeskRedmine(desk))
    assert state(desk) == state(undisturbed)


@pytest.mark.parametrize("lost", range(9))
def test_an_answer_lost_after_any_write_the_next_run_leaves_the_same(lost: int) -> None:
    undisturbed = blank()
    apply(PLAN, DeskRedmine(undisturbed))
    desk = blank()
    silence = TimedOut("no answer", exchange=Exchange("POST", "/"))
    first = apply(PLAN, DeskRedmine(desk, after=raising_at(lost, silence)))
    assert first.count(Result.FAILED) == 1
    apply(PLAN, DeskRedmine(desk))
    assert state(desk) == state(undisturbed)


def raising_at(number: int, error: BaseException) -> Callable[[str], None]:
    """A hook that raises at its call of that number, the first being 0."""
    calls = iter(range(10**6))

    def hook(_request: str) -> None:
        if next(calls) == number:
            raise error

    return hook


class TestAFile:
    def test_of_the_same_name_with_other_bytes_is_a_conflict_and_stays(self) -> None:
        desk = blank()
        apply(Plan.of(AS_OF, [version(), file()]), DeskRedmine(desk))
        applied = apply(Plan.of(AS_OF, [file(content=b"%PDF of today")]), DeskRedmine(desk))
        assert results(applied) == ["refused"]
        assert "what is published is never replaced" in applied.outcomes[0].message
        assert [row["content"] for row in desk.content.files.values()] == [b"%PDF"]

    def test_names_that_differ_in_case_alone_are_the_same_name(self) -> None:
        desk = blank()
        apply(Plan.of(AS_OF, [version(), file()]), DeskRedmine(desk))
        applied = apply(Plan.of(AS_OF, [file("Quarter.PDF", b"%PDF 2")]), DeskRedmine(desk))
        assert results(applied) == ["refused"]

    def test_of_the_same_name_under_another_version_is_another_file(self) -> None:
        desk = blank()
        apply(Plan.of(AS_OF, [version(), file()]), DeskRedmine(desk))
        later: list[Change] = [
            version(name="2026-Q4"),
            file(version_name="2026-Q4", content=b"%PDF 4"),
        ]
        assert results(apply(Plan.of(AS_OF, later), DeskRedmine(desk))) == ["applied", "applied"]

    def test_without_its_version_is_refused(self) -> None:
        applied = apply(Plan.of(AS_OF, [file()]), DeskRedmine(blank()))
        assert applied.outcomes[0].message == 'there is no version "2026-Q3" in acme'

    def test_that_arrives_with_other_bytes_is_told(self) -> None:
        class Garbling(DeskRedmine):
            def publish_file(self, project: int, version: int, file: Any) -> None:
                super().publish_file(project, version, file)
                newest = max(self.desk.content.files)
                self.desk.content.files[newest]["content"] = b"%P"

        applied = apply(Plan.of(AS_OF, [version(), file()]), Garbling(blank()))
        assert results(applied) == ["applied", "ignored"]
        assert "other bytes than were sent" in applied.outcomes[1].message


class TestPartsOfADeliverable:
    def test_wait_for_a_part_that_was_refused_and_others_do_not(self) -> None:
        desk = blank()
        desk.largest_file = 3
        applied = apply(PLAN, DeskRedmine(desk))
        assert [(name_of(o.change), o.result.value) for o in applied.outcomes] == [
            ("version 2026-Q3", "applied"),
            ("file quarter.pdf", "refused"),
            ("file quarter.csv", "waiting"),
            ("SLA_acme_2026-Q3", "waiting"),
            ('ticket "acme/2026-Q3/sign-off"', "waiting"),
            ('ticket "acme/backup/2026-10"', "applied"),
        ]
        sign_off = applied.outcomes[4]
        assert sign_off.message == "it waits for file quarter.pdf: it exceeds 3 bytes"
        desk.largest_file = 100
        assert apply(PLAN, DeskRedmine(desk)).count(Result.WAITING) == 0
        assert len(desk.content.issues) == 2


class TestAPicture:
    def test_is_sent_where_its_bytes_differ_from_the_newest_of_its_name(self) -> None:
        desk = blank()
        apply(Plan.of(AS_OF, [page()]), DeskRedmine(desk))
        redmine = DeskRedmine(desk)
        apply(Plan.of(AS_OF, [page(after="More words", version=1)]), redmine)
        assert "upload chart.png" not in redmine.requests
        other = type(CHART)("chart.png", CHART.content[::-1], "image/png")
        apply(Plan.of(AS_OF, [page(version=2, attachments=(other,))]), DeskRedmine(desk))
        (stands,) = desk.content.pages.values()
        assert [row["content"] for row in stands["files"]] == [CHART.content, other.content]


def test_a_sign_off_ticket_needs_the_version_it_names() -> None:
    applied = apply(Plan.of(AS_OF, [ticket(version_name="2026-Q9")]), DeskRedmine(blank()))
    assert results(applied) == ["refused"]
    assert applied.outcomes[0].message == 'there is no version "2026-Q9" in acme'
