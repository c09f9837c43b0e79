"""Pulling from real Redmines: what the mirror says is what Redmine says, whatever happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from redmine_sla.connectors.redmine import Connection, RedmineGateway
from redmine_sla.mirror import Gone, Mirror
from redmine_sla.sync.pull import pull
from redmine_sla.sync.pull.scope import Beat, PullReport, PullScope
from redmine_sla.ticket.ticket import Ticket
from tests.harness.desk import support_desk
from tests.harness.months import months
from tests.harness.server import RedmineServer

pytestmark = pytest.mark.real

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
TICKETS = 60


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def redmine(redmine: RedmineServer) -> RedmineServer:
    """A desk of three months with three projects; the third one is not watched."""

    def make(blank: RedmineServer) -> None:
        desk = support_desk(projects=3)
        months(desk, tickets=TICKETS, since=date(2026, 7, 1), until=date(2026, 10, 1), seed=3)
        blank.seed(desk)

    redmine.restore_or_make("pull", make)
    return redmine


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with Mirror.open(f"sqlite:///{tmp_path}/mirror.db") as opened:
        yield opened


def scope_of(redmine: RedmineServer) -> PullScope:
    """Two of the three projects; the slow beat looks at everything."""
    projects = (project(redmine, 1), project(redmine, 2))
    return PullScope(redmine.url, projects, SINCE, histories_from=SINCE)


def project(redmine: RedmineServer, number: int) -> int:
    return int(redmine.runner(f"puts Project.find('desk{number}').id"))


def run(
    redmine: RedmineServer,
    mirror: Mirror,
    beat: Beat = Beat.WHEN_DUE,
    before: Callable[[], None] = lambda: None,
) -> PullReport:
    """A pull as the administrator, and the run completed."""
    connection = Connection(url=redmine.url, key=redmine.admin_key)
    with RedmineGateway(connection, hook=lambda _attempt: before()) as gateway:
        report = pull(gateway, mirror, scope_of(redmine), as_of=datetime.now(UTC), beat=beat)
    with mirror.writing() as batch:
        batch.settle(report.changed | {departure.ticket for departure in report.gone})
    return report


def afresh(redmine: RedmineServer, folder: Path) -> list[Ticket]:
    """What a mirror made from nothing says."""
    with Mirror.open(f"sqlite:///{folder}/afresh.db") as new:
        run(redmine, new)
        return list(new.tickets())


def watched(redmine: RedmineServer, count: int) -> list[int]:
    """Some open tickets of a watched project."""
    rows = redmine.admin.get("/issues.json", project_id="desk1", status_id="*", limit=count)
    return [row["id"] for row in rows["issues"]]


def update(redmine: RedmineServer, ticket: int, **changes: object) -> None:
    redmine.admin.put(f"/issues/{ticket}.json", {"issue": changes})


def test_a_first_pull_says_what_redmine_says(redmine: RedmineServer, mirror: Mirror) -> None:
    report = run(redmine, mirror)
    tickets = {ticket.id: ticket for ticket in mirror.tickets()}
    assert report.new == tickets.keys()
    assert len(tickets) == sum(_count(redmine, number) for number in (1, 2)) > 20
    hours = sum(entry.hours for ticket in tickets.values() for entry in ticket.time_entries)
    assert hours == sum(entry.hours for entry in mirror.time_entries()) > 0
    for number, ticket in tickets.items():
        row = redmine.admin.get(f"/issues/{number}.json", include="journals")["issue"]
        assert ticket.subject == row["subject"]
        assert ticket.status.name == row["status"]["name"]
        assert ticket.journals is not None
        assert [j.id for j in ticket.journals] == sorted(j["id"] for j in row["journals"])
    vocabulary = mirror.vocabulary()
    assert {known.name for known in vocabulary.statuses.values()} >= {"New", "Closed"}
    assert {"Network", "Workplace"} <= set(vocabulary.categories.values())
    members = mirror.members(project(redmine, 1))
    assert members is not None
    assert "Mark Manager" in {member.user.name for member in members if member.user}


def test_an_unchanged_pull_costs_five_requests(redmine: RedmineServer, mirror: Mirror) -> None:
    first = run(redmine, mirror)
    again = run(redmine, mirror)
    assert again.requests.reads <= 5
    assert again.changed == frozenset()
    assert first.requests.reads < TICKETS + 40


def test_changes_come_through(redmine: RedmineServer, mirror: Mirror, tmp_path: Path) -> None:
    run(redmine, mirror)
    noted, moved, deleted, private = watched(redmine, 4)
    update(redmine, noted, notes="Is anybody there?")
    update(redmine, moved, project_id=project(redmine, 3))
    redmine.admin.delete(f"/issues/{deleted}.json")
    redmine.admin.post(
        "/time_entries.json",
        {"time_entry": {"issue_id": private, "hours": "0.35", "activity_id": _activity(redmine)}},
    )
    report = run(redmine, mirror)
    assert {noted, private} <= report.changed
    assert {gone.ticket: gone.kind for gone in report.gone} == {
        moved: Gone.MOVED,
        deleted: Gone.DELETED,
    }
    booked = mirror.ticket(private)
    assert booked is not None
    assert "0.35" in {str(entry.hours) for entry in booked.time_entries}
    run(redmine, mirror, Beat.NOW)
    assert list(mirror.tickets()) == afresh(redmine, tmp_path)


def test_the_slow_beat_sees_what_moved_no_time(
    redmine: RedmineServer, mirror: Mirror, tmp_path: Path
) -> None:
    ticket, other = watched(redmine, 2)
    update(redmine, ticket, notes="Not for everybody")
    run(redmine, mirror)
    redmine.runner(f"Issue.find({ticket}).journals.last.update_columns(private_notes: true)")
    redmine.admin.post(
        f"/issues/{other}/relations.json",
        {"relation": {"issue_to_id": ticket, "relation_type": "relates"}},
    )
    entry = redmine.admin.get("/time_entries.json", project_id="desk1", limit=1, sort="created_on")
    number = entry["time_entries"][0]["id"]
    redmine.admin.put(
        f"/time_entries/{number}.json", {"time_entry": {"hours": "9.75", "spent_on": "2026-10-02"}}
    )
    run(redmine, mirror, Beat.NOW)
    assert list(mirror.tickets()) == afresh(redmine, tmp_path)
    seen = mirror.ticket(ticket)
    assert seen is not None
    assert seen.journals is not None
    assert seen.journals[-1].private or seen.journals[-2].private
    assert seen.relations


def test_archived_is_not_deleted_and_closed_is_named(
    redmine: RedmineServer, mirror: Mirror
) -> None:
    run(redmine, mirror)
    before = len(list(mirror.tickets()))
    there = {t.id for t in mirror.tickets([project(redmine, 2)])}
    redmine.runner("Project.find('desk2').archive; Project.find('desk1').close")
    report = run(redmine, mirror, Beat.NOW)
    assert {gone.kind for gone in report.gone} == {Gone.ARCHIVED}
    assert {gone.ticket for gone in report.gone} == there
    assert len(list(mirror.tickets())) == before - len(there)
    assert any("is closed" in warning for warning in report.warnings)
    redmine.runner("Project.find('desk2').unarchive")
    assert run(redmine, mirror).new == there


def test_a_restored_backup_is_noticed(
    redmine: RedmineServer, mirror: Mirror, tmp_path: Path
) -> None:
    first, second = watched(redmine, 2)
    update(redmine, first, notes="before the backup")
    redmine.save("backup")
    update(redmine, first, notes="after the backup")
    update(redmine, second, notes="after the backup, too")
    run(redmine, mirror)
    redmine.restore("backup")
    report = run(redmine, mirror)
    assert report.restored is not None
    assert list(mirror.tickets()) == afresh(redmine, tmp_path)
    assert run(redmine, mirror).restored is None


def test_a_pull_killed_again_and_again_ends_with_the_same(
    redmine: RedmineServer, mirror: Mirror, tmp_path: Path
) -> None:
    for allowed in (2, 3, 10, 25, 42, 44, 46):
        left = allowed

        def count() -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise Killed

        with suppress(Killed):
            run(redmine, mirror, before=count)
    run(redmine, mirror)
    assert list(mirror.tickets()) == afresh(redmine, tmp_path)


def _count(redmine: RedmineServer, number: int) -> int:
    rows = redmine.admin.get("/issues.json", project_id=f"desk{number}", status_id="*", limit=1)
    return int(rows["total_count"])


def _activity(redmine: RedmineServer) -> int:
    rows = redmine.admin.get("/enumerations/time_entry_activities.json")
    return int(rows["time_entry_activities"][0]["id"])
