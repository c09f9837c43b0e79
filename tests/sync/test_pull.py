"""A pull reads what changed, and as little else as it can."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from redmine_sla.errors import SlaError
from redmine_sla.mirror import Departure, Gone, Mirror, MirrorError
from redmine_sla.sync.pull import pull
from redmine_sla.sync.pull.scope import Beat, PullReport, PullScope
from tests.sync.desk import Desk, DeskReader, Killed

SERVER = "https://redmine.example"
SINCE = datetime(2026, 11, 1, tzinfo=UTC)
SCOPE = PullScope(SERVER, (1, 2), SINCE)


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with Mirror.open(f"sqlite:///{tmp_path}/mirror.db") as opened:
        yield opened


@pytest.fixture
def desk() -> Desk:
    return Desk()


def run(
    mirror: Mirror,
    reader: DeskReader,
    scope: PullScope = SCOPE,
    beat: Beat = Beat.WHEN_DUE,
) -> PullReport:
    """A pull, whose run is then completed: what it told is settled."""
    reader.requests.clear()
    report = pull(reader, mirror, scope, as_of=reader.desk.now, beat=beat)
    with mirror.writing() as batch:
        batch.settle(report.changed | {departure.ticket for departure in report.gone})
    return report


def numbers(mirror: Mirror) -> list[int]:
    return [ticket.id for ticket in mirror.tickets()]


def test_a_first_pull_brings_everything_in(mirror: Mirror, desk: Desk) -> None:
    first, second = desk.create(), desk.create(project=2)
    desk.tick()
    desk.note(first, "Done")
    desk.set_status(first, 5)
    desk.book(first, "1.50")
    desk.create(project=9)
    desk.tick()
    report = run(mirror, DeskReader(desk))
    assert report.changed == report.new == {first, second}
    assert report.slow_beat
    ticket = mirror.ticket(first)
    assert ticket is not None
    assert ticket.journals is not None
    assert [journal.note for journal in ticket.journals] == ["Done", ""]
    assert [str(entry.hours) for entry in ticket.time_entries] == ["1.50"]
    assert mirror.vocabulary().status_name(5) == "Closed"
    assert mirror.members(1) == ()


def test_nothing_changed_costs_five_requests(mirror: Mirror, desk: Desk) -> None:
    for _ in range(250):
        desk.book(desk.create())
        desk.tick(1)
    desk.tick()
    reader = DeskReader(desk)
    run(mirror, reader)
    desk.tick()
    report = run(mirror, reader)
    assert reader.requests == ["me", "count", "issues", "newest hours", "hours count"]
    assert report.requests.reads == 5
    assert report.changed == frozenset()


def test_one_change_costs_one_request_more(mirror: Mirror, desk: Desk) -> None:
    tickets = [desk.create() for _ in range(20)]
    desk.tick()
    reader = DeskReader(desk)
    run(mirror, reader)
    desk.tick()
    desk.note(tickets[3])
    desk.tick()
    report = run(mirror, reader)
    assert report.changed == {tickets[3]}
    assert report.histories_read == 1
    assert len(reader.requests) == 6


def test_untouched_tickets_need_no_request_of_their_own(mirror: Mirror, desk: Desk) -> None:
    for _ in range(20):
        desk.create()
    desk.tick()
    report = run(mirror, DeskReader(desk), beat=Beat.NEVER)
    assert report.histories_read == 0
    assert all(ticket.journals == () for ticket in mirror.tickets())


def test_old_closed_tickets_are_known_without_their_history(mirror: Mirror, desk: Desk) -> None:
    desk.now = SINCE - timedelta(days=300)
    closed, still_open = desk.create(), desk.create()
    desk.tick()
    desk.set_status(closed, 5)
    desk.note(still_open, "waiting")
    desk.now = SINCE + timedelta(days=1)
    reader = DeskReader(desk)
    run(mirror, reader)
    assert numbers(mirror) == [still_open]
    assert f"issue {closed}" not in reader.requests
    known = mirror.ticket(closed)
    assert known is not None
    assert known.journals is None
    desk.tick()
    desk.set_status(closed, 1)
    desk.tick()
    run(mirror, reader)
    assert numbers(mirror) == [closed, still_open]


def test_an_earlier_since_reads_the_histories_that_lack(mirror: Mirror, desk: Desk) -> None:
    desk.now = SINCE - timedelta(days=30)
    closed = desk.create()
    desk.tick()
    desk.set_status(closed, 5)
    desk.now = SINCE + timedelta(days=1)
    reader = DeskReader(desk)
    run(mirror, reader)
    assert numbers(mirror) == []
    report = run(mirror, reader, PullScope(SERVER, (1, 2), SINCE - timedelta(days=60)))
    assert numbers(mirror) == [closed]
    assert report.histories_read == 1


def test_a_second_change_in_the_same_second_is_not_lost(mirror: Mirror, desk: Desk) -> None:
    ticket = desk.create()
    desk.tick()
    desk.note(ticket, "first")
    reader = DeskReader(desk)
    run(mirror, reader)
    desk.note(ticket, "second")
    desk.tick()
    assert run(mirror, reader).changed == {ticket}
    desk.tick()
    run(mirror, reader)
    assert f"issue {ticket}" not in reader.requests, "settled now"


def test_a_new_project_is_read_from_its_beginning(mirror: Mirror, desk: Desk) -> None:
    desk.create()
    old = desk.create(project=9)
    desk.tick(3600)
    desk.create()
    desk.tick()
    reader = DeskReader(desk)
    run(mirror, reader)
    report = run(mirror, reader, PullScope(SERVER, (1, 2, 9), SINCE))
    assert report.new == {old}
    run(mirror, reader, PullScope(SERVER, (9,), SINCE))
    assert numbers(mirror) == [old], "what is no longer watched is forgotten"


def test_everything_the_key_sees_can_be_watched(mirror: Mirror, desk: Desk) -> None:
    tickets = [desk.create(project) for project in (1, 2, 9)]
    desk.tick()
    reader = DeskReader(desk)
    run(mirror, reader, PullScope(SERVER, None, SINCE))
    assert numbers(mirror) == tickets
    run(mirror, reader, PullScope(SERVER, None, SINCE))
    assert len(reader.requests) == 5


@pytest.mark.parametrize("quiet", [1, 7200], ids=["lately seen", "seen long ago"])
def test_deleted_moved_and_hidden_are_told_apart(mirror: Mirror, desk: Desk, quiet: int) -> None:
    deleted, moved, hidden = (desk.create() for _ in range(3))
    desk.tick(quiet)
    kept = desk.create()
    desk.tick()
    reader = DeskReader(desk)
    run(mirror, reader)
    desk.tick(3600)
    desk.delete(deleted)
    desk.move(moved, 9)
    desk.make_private(hidden)
    report = run(mirror, reader)
    assert report.gone == (
        Departure(deleted, Gone.DELETED, 1),
        Departure(moved, Gone.MOVED, 9),
        Departure(hidden, Gone.FORBIDDEN, 1),
    )
    assert numbers(mirror) == [kept]
    assert run(mirror, reader).gone == (), "told once"
    desk.tick()
    desk.move(moved, 2)
    assert run(mirror, reader).new == {moved}
    assert numbers(mirror) == [moved, kept]


@pytest.mark.parametrize("quiet", [1, 7200], ids=["lately seen", "seen long ago"])
def test_an_archived_project_is_not_deleted_tickets(mirror: Mirror, desk: Desk, quiet: int) -> None:
    archived = [desk.create(project=2) for _ in range(3)]
    desk.tick(quiet)
    kept = desk.create(project=1)
    desk.tick()
    reader = DeskReader(desk)
    run(mirror, reader)
    desk.content.archived.add(2)
    desk.tick()
    report = run(mirror, reader)
    assert [(gone.ticket, gone.kind) for gone in report.gone] == [
        (number, Gone.ARCHIVED) for number in archived
    ]
    assert numbers(mirror) == [kept]
    desk.content.archived.clear()
    desk.tick()
    assert run(mirror, reader).new == set(archived), "unarchived: they are back"


def test_a_deleted_project_is_missed_and_named(mirror: Mirror, desk: Desk) -> None:
    kept, deleted = desk.create(project=1), desk.create(project=2)
    desk.tick()
    reader = DeskReader(desk)
    run(mirror, reader)
    desk.delete(deleted)
    desk.projects = (1, 9)
    desk.tick()
    report = run(mirror, reader, beat=Beat.NOW)
    assert report.gone == (Departure(deleted, Gone.DELETED, 2),)
    assert any("there is no project #2 any more" in warning for warning in report.warnings)
    assert numbers(mirror) == [kept]


def test_a_closed_project_is_read_and_named(mirror: Mirror, desk: Desk) -> None:
    desk.create(project=1)
    desk.content.closed.add(1)
    report = run(mirror, DeskReader(desk))
    assert any("project Project 1 is closed" in warning for warning in report.warnings)
    assert mirror.vocabulary().projects[1].status == 5


def test_the_slow_beat_sees_what_moves_no_time(mirror: Mirror, desk: Desk) -> None:
    ticket = desk.create()
    desk.note(ticket, "for our eyes")
    entry = desk.book(ticket, "1.00")
    for _ in range(5):
        desk.tick(1)
        desk.book(ticket)
    desk.tick()
    reader = DeskReader(desk, page=3)
    run(mirror, reader)
    desk.hide_notes(ticket)
    desk.rebook(entry, "2.00")
    desk.tick()
    assert not run(mirror, reader).changed
    desk.tick(24 * 3600)
    report = run(mirror, reader)
    assert report.slow_beat
    assert report.changed == {ticket}
    seen = mirror.ticket(ticket)
    assert seen is not None
    assert seen.journals is not None
    assert seen.journals[0].private
    assert str(seen.time_entries[0].hours) == "2.00"


def test_the_slow_beat_comes_once_a_day_or_when_it_is_asked_for(mirror: Mirror, desk: Desk) -> None:
    desk.create()
    reader = DeskReader(desk)
    assert run(mirror, reader).slow_beat
    desk.tick(23 * 3600)
    assert not run(mirror, reader).slow_beat
    assert run(mirror, reader, beat=Beat.NOW).slow_beat
    desk.tick(23 * 3600)
    assert not run(mirror, reader).slow_beat
    desk.tick(3600)
    assert not run(mirror, reader, beat=Beat.NEVER).slow_beat
    assert run(mirror, reader).slow_beat


def test_the_slow_beat_leaves_last_years_closed_tickets_alone(mirror: Mirror, desk: Desk) -> None:
    scope = PullScope(SERVER, (1,), SINCE - timedelta(days=1000))
    desk.now = SINCE - timedelta(days=400)
    old = desk.create()
    desk.tick()
    desk.set_status(old, 5)
    desk.now = SINCE + timedelta(days=1)
    recent = desk.create()
    desk.set_status(recent, 5)
    desk.tick()
    reader = DeskReader(desk)
    run(mirror, reader, scope)
    desk.tick()
    run(mirror, reader, scope, Beat.NOW)
    assert f"issue {recent}" in reader.requests
    assert f"issue {old}" not in reader.requests


def test_a_deleted_entry_is_missed_by_the_count(mirror: Mirror, desk: Desk) -> None:
    ticket = desk.create()
    entries = [desk.book(ticket, on=date(2026, 11, day)) for day in (2, 3, 4)]
    desk.tick()
    reader = DeskReader(desk, page=2)
    run(mirror, reader)
    desk.unbook(entries[0])
    desk.tick()
    assert run(mirror, reader).changed == {ticket}
    assert [entry.id for entry in mirror.time_entries()] == entries[1:]


def test_more_new_entries_than_a_page_are_all_read(mirror: Mirror, desk: Desk) -> None:
    ticket = desk.create()
    reader = DeskReader(desk, page=3)
    run(mirror, reader)
    desk.tick()
    entries = [desk.book(ticket) for _ in range(10)]
    run(mirror, reader)
    assert [entry.id for entry in mirror.time_entries()] == entries


def test_a_key_that_may_not_see_hours_is_told_so(mirror: Mirror, desk: Desk) -> None:
    desk.create()
    report = run(mirror, DeskReader(desk, sees_hours=False))
    assert any("may not see time entries" in warning for warning in report.warnings)


def test_an_unknown_status_sends_for_the_words(mirror: Mirror, desk: Desk) -> None:
    ticket = desk.create()
    reader = DeskReader(desk)
    run(mirror, reader)
    desk.statuses[6] = "Waiting for customer"
    desk.tick()
    desk.set_status(ticket, 6)
    assert not run(mirror, reader).slow_beat
    assert mirror.vocabulary().status_name(6) == "Waiting for customer"


def test_a_time_in_the_future_does_not_blind_the_cursor(mirror: Mirror, desk: Desk) -> None:
    imported, other = desk.create(), desk.create()
    desk.content.issues[imported]["updated_on"] = "2099-01-01T00:00:00Z"
    desk.tick()
    reader = DeskReader(desk)
    run(mirror, reader)
    desk.tick()
    desk.note(other)
    desk.tick()
    assert other in run(mirror, reader).changed


def test_a_server_that_tells_no_time_is_followed_with_patience(mirror: Mirror, desk: Desk) -> None:
    ticket = desk.create()
    desk.tick(5)
    desk.note(ticket)
    reader = DeskReader(desk, tells_time=False)
    run(mirror, reader)
    desk.note(ticket, "in the same second")
    desk.tick()
    assert run(mirror, reader).changed == {ticket}
    desk.tick(3600)
    run(mirror, reader)
    desk.tick()
    run(mirror, reader)
    assert len(reader.requests) == 5


def test_a_killed_first_pull_goes_on_where_it_was(mirror: Mirror, desk: Desk) -> None:
    for _ in range(30):
        ticket = desk.create()
        desk.tick(1)
        desk.note(ticket)
    desk.tick()
    killed = DeskReader(desk, page=10, before=kill_at(28))
    with pytest.raises(Killed):
        pull(killed, mirror, SCOPE, as_of=desk.now)
    assert len(numbers(mirror)) == 20
    desk.tick()
    reader = DeskReader(desk, page=10)
    report = run(mirror, reader)
    assert len(report.new) == 10
    assert len(report.changed) == 30, "also what the killed pull had brought in"
    assert sum(request.startswith("issue ") for request in reader.requests) == 10


def test_another_server_or_another_key_is_another_mirror(mirror: Mirror, desk: Desk) -> None:
    run(mirror, DeskReader(desk))
    with pytest.raises(MirrorError, match="a mirror of its own"):
        run(mirror, DeskReader(desk, user=6))
    with pytest.raises(MirrorError, match=r"other\.example"):
        run(mirror, DeskReader(desk), PullScope("https://other.example/", (1, 2), SINCE))
    run(mirror, DeskReader(desk), PullScope(f"{SERVER}/", (1, 2), SINCE))


def test_a_scope_without_projects_or_zones_is_refused(mirror: Mirror, desk: Desk) -> None:
    with pytest.raises(SlaError, match="no project is watched"):
        PullScope(SERVER, (), SINCE)
    with pytest.raises(SlaError, match=r"`since` is .* without a zone"):
        PullScope(SERVER, (1,), SINCE.replace(tzinfo=None))
    with pytest.raises(SlaError, match=r"`as_of` is .* without a zone"):
        pull(DeskReader(desk), mirror, SCOPE, as_of=desk.now.replace(tzinfo=None))


def kill_at(request: int) -> Callable[[str], None]:
    """For `DeskReader(before=…)`: the process ends instead of sending that request."""
    sent = 0

    def before(_request: str) -> None:
        nonlocal sent
        sent += 1
        if sent == request:
            raise Killed

    return before
