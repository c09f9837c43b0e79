"""The benchmarks run, in a tiny size, and their figures are about what they say."""

from __future__ import annotations

import json

import pytest

from benchmarks import __main__ as benchmarks
from benchmarks import assessing, calendar, syncing
from tests.harness.server import RedmineServer

pytestmark = pytest.mark.slow


@pytest.fixture
def rivals() -> None:
    """The other calendar libraries; the extra `bench` installs them."""
    for library in ("businesstimedelta", "pandas", "pytz"):
        pytest.importorskip(library, reason="pip install -e '.[bench]'")


@pytest.mark.usefixtures("rivals")
def test_calendar_questions_are_answered_a_hundred_times_faster_than_by_businesstimedelta() -> None:
    def slowest() -> float:
        rates = [row for row in calendar.measure(200) if row.library == "businesstimedelta"]
        assert {row.question for row in rates} == {"elapsed", "deadline"}
        assert all(row.agrees == 1 for row in rates)
        return min(row.times_faster for row in rates)

    # What else runs on the machine can only take from the figure.
    assert any(slowest() >= 100 for _ in range(4))


def test_assessing_takes_no_more_memory_for_more_tickets() -> None:
    few, many = assessing.measure(500)
    assert (few.tickets, many.tickets, many.journals) == (50, 500, 2_500)
    assert many.met + many.missed == 3 * many.tickets
    assert many.peak_mib < 1.2 * few.peak_mib
    assert "2,500" in assessing.table([few, many])


@pytest.mark.real
def test_an_unchanged_sync_costs_a_handful_of_requests(redmine_newest: RedmineServer) -> None:
    few, more = (syncing.measure_on(redmine_newest, tickets) for tickets in (10, 40))
    for figures in (few, more):
        pull, bare = figures.leg(syncing.PULL), figures.leg(syncing.BARE)
        assert figures.tickets < bare.reads <= pull.reads < bare.reads + 40
        assert figures.leg(syncing.FIRST).writes > 0
        assert figures.leg(syncing.UNCHANGED).reads <= 6
        assert figures.leg(syncing.UNCHANGED).writes == 0
    assert few.leg(syncing.UNCHANGED).reads == more.leg(syncing.UNCHANGED).reads
    assert "unchanged sync" in syncing.table([few, more])


@pytest.mark.usefixtures("rivals")
def test_the_command_tells_figures_and_where_they_come_from(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert benchmarks.main(["calendar", "--quick", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["machine"]["cores"] >= 1
    assert len(told["calendar"]) == 6
    assert benchmarks.main(["calendar", "--quick"]) == 0
    assert "businesstimedelta" in capsys.readouterr().out
