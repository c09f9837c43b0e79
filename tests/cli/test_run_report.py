"""What is told of a run: everything to people and programs, only what is new to cron."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from redmine_sla.cli.run_report import print_plan, report_data, summary, tell_run
from redmine_sla.mirror import Mirror
from redmine_sla.plan import Change, Edit, Plan, SaveWikiPage, UpdateTicket
from redmine_sla.sync.apply import Applied, Attempt, Result
from redmine_sla.sync.failures import Exchange, TooBusy
from redmine_sla.sync.ports import RequestCount
from redmine_sla.sync.pull.scope import PullReport
from redmine_sla.sync.run import RunReport
from tests.sync.publication import publication

NOW = datetime(2026, 11, 20, 14, tzinfo=UTC)
TICKET = UpdateTicket(
    ticket=12,
    subject="Nobody can print",
    contract="delta",
    edits=(Edit("SLA status", "", "resolution: at risk"),),
    why="resolution within 8 business hours",
)
PAGE = SaveWikiPage(
    project=1,
    where="delta",
    title="SLA delta",
    contract="delta",
    before=None,
    after="h1. SLA\n",
    version=None,
    why="new",
)


def report(
    *outcomes: Attempt,
    findings: tuple[str, ...] = (),
    slow_beat: bool = False,
    **applied: Any,
) -> RunReport:
    pulled = PullReport(
        changed=frozenset({12, 13}),
        new=frozenset({13}),
        gone=(),
        histories_read=2,
        slow_beat=slow_beat,
        restored=None,
        requests=RequestCount(5, 0, 0),
        seconds=1.1,
        server_time=NOW,
        warnings=(),
    )
    changes: list[Change] = [outcome.change for outcome in outcomes]
    return RunReport(
        as_of=NOW,
        pulled=pulled,
        plan=Plan.of(NOW, changes, findings),
        applied=Applied(outcomes, **applied),
        requests=RequestCount(9, len(outcomes), 1),
        seconds=2.417,
        findings=findings,
    )


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with Mirror.open(f"sqlite:///{tmp_path}/mirror.db") as opened:
        yield opened


def test_a_run_in_a_line() -> None:
    nothing = summary(report())
    assert nothing == "2 tickets changed, nothing written. 2.4 s, 9 reads, 0 writes, 1 repeated."
    written = report(
        Attempt(TICKET, Result.APPLIED),
        Attempt(PAGE, Result.APPLIED),
        Attempt(TICKET, Result.REFUSED, "Project is closed"),
    )
    assert summary(written).startswith(
        "2 tickets changed, 1 ticket and 1 wiki page written, 1 refused. "
    )
    assert "3 not tried" in summary(report(not_tried=3))


def test_a_publication_in_a_line() -> None:
    done = [Attempt(change, Result.APPLIED) for change in publication()]
    assert summary(report(*done, Attempt(TICKET, Result.WAITING))).startswith(
        "2 tickets changed, 1 version, 2 files, 1 wiki page and 2 new tickets written, 1 waiting. "
    )


def test_cron_hears_nothing_of_a_run_without_news(
    mirror: Mirror, capsys: pytest.CaptureFixture[str]
) -> None:
    tell_run(report(), mirror, quiet=False)
    assert capsys.readouterr() == ("", "")


def test_cron_hears_a_line_where_something_was_written(
    mirror: Mirror, capsys: pytest.CaptureFixture[str]
) -> None:
    tell_run(report(Attempt(TICKET, Result.APPLIED)), mirror, quiet=False)
    said = capsys.readouterr()
    assert said.out.count("\n") == 1
    assert said.err == ""
    tell_run(report(Attempt(TICKET, Result.APPLIED)), mirror, quiet=True)
    assert capsys.readouterr() == ("", "")


def test_a_finding_is_told_once_and_again_with_the_slow_beat(
    mirror: Mirror, capsys: pytest.CaptureFixture[str]
) -> None:
    found = report(findings=("project Delta is closed",))
    for expected in ("! project Delta is closed\n", "", ""):
        tell_run(found, mirror, quiet=False)
        assert capsys.readouterr() == ("", expected)
    tell_run(report(findings=("project Delta is closed",), slow_beat=True), mirror, quiet=False)
    assert capsys.readouterr().err == "! project Delta is closed\n"
    tell_run(report(), mirror, quiet=False)
    tell_run(found, mirror, quiet=False)
    assert capsys.readouterr().err == "! project Delta is closed\n"


def test_what_redmine_refused_is_told_in_its_own_words(
    mirror: Mirror, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = report(Attempt(TICKET, Result.REFUSED, "Cost centre cannot be blank"))
    tell_run(refused, mirror, quiet=False)
    assert capsys.readouterr().err == ("! #12: refused by Redmine: Cost centre cannot be blank\n")


def test_programs_are_told_everything() -> None:
    busy = TooBusy("is busy", exchange=Exchange("PUT", "/issues/12.json", 503))
    data = report_data(
        report(Attempt(PAGE, Result.APPLIED), findings=("look",), stopped_by=busy, not_tried=1)
    )
    assert json.loads(json.dumps(data)) == data
    assert data["requests"] == {"reads": 9, "writes": 1, "retries": 1}
    assert data["seconds"] == 2.417
    assert data["pulled"]["changed"] == [12, 13]
    assert data["results"]["applied"] == 1
    assert data["changes"][0] == {
        "kind": "wiki_page",
        "project": "delta",
        "title": "SLA delta",
        "contract": "delta",
        "result": "applied",
        "message": None,
        "number": None,
    }
    assert "is busy" in data["stopped_by"]
    assert data["went_well"] is False


def test_a_plan_is_a_readable_diff(capsys: pytest.CaptureFixture[str]) -> None:
    print_plan(Plan.of(NOW, [TICKET, PAGE], ["look at this"]))
    said = capsys.readouterr().out
    assert "#12  Nobody can print  [delta]" in said
    assert "+ resolution: at risk" in said
    assert "1 ticket and 1 wiki page to write." in said
