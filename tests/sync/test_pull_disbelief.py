"""A Redmine that shows nothing, or an older state, is not believed without proof."""

from __future__ import annotations

from pathlib import Path

import pytest

from redmine_sla.errors import ExitCode
from redmine_sla.mirror import Mirror
from redmine_sla.sync.pull import pull
from redmine_sla.sync.pull.presence import TicketsLostError
from redmine_sla.sync.pull.scope import Beat
from tests.sync.desk import Desk, DeskReader, Killed
from tests.sync.test_pull import SCOPE, desk, kill_at, mirror, numbers, run

__all__ = ["desk", "mirror"]  # fixtures


def fill(desk: Desk, count: int = 40, project: int = 1) -> list[int]:
    tickets = []
    for _ in range(count):
        tickets.append(desk.create(project))
        desk.tick(1)
    return tickets


def test_nothing_where_many_were_stops_the_run_and_touches_nothing(
    mirror: Mirror, desk: Desk
) -> None:
    fill(desk)
    desk.tick()
    run(mirror, DeskReader(desk))
    before = list(mirror.tickets())
    desk.content.issues.clear()
    desk.tick()
    with pytest.raises(TicketsLostError, match=r"shows 0 tickets .* and there were 40") as caught:
        run(mirror, DeskReader(desk))
    assert caught.value.exit_code is ExitCode.REDMINE
    assert "delete the mirror" in caught.value.hint
    assert "mirror.db" in caught.value.hint
    assert list(mirror.tickets()) == before
    with mirror.reading() as view:
        assert view.departures(all_of_them=True) == ()


def test_a_quarter_less_is_not_believed_either(mirror: Mirror, desk: Desk) -> None:
    tickets = fill(desk)
    desk.tick()
    run(mirror, DeskReader(desk))
    for number in tickets[:10]:
        desk.delete(number)
    with pytest.raises(TicketsLostError, match="shows 30 tickets"):
        run(mirror, DeskReader(desk))


def test_some_deletions_are_everyday_life(mirror: Mirror, desk: Desk) -> None:
    tickets = fill(desk)
    desk.tick()
    run(mirror, DeskReader(desk))
    for number in tickets[:8]:
        desk.delete(number)
    assert len(run(mirror, DeskReader(desk)).gone) == 8


def test_a_large_project_archived_is_no_loss(mirror: Mirror, desk: Desk) -> None:
    fill(desk, project=2)
    kept = fill(desk, 5)
    desk.tick()
    run(mirror, DeskReader(desk))
    desk.content.archived.add(2)
    desk.tick()
    reader = DeskReader(desk)
    report = run(mirror, reader)
    assert {gone.kind.value for gone in report.gone} == {"archived"}
    assert len(report.gone) == 40
    assert numbers(mirror) == kept
    assert len(reader.requests) < 20, "not one request for each of its tickets"


def test_a_key_that_lost_sight_of_everything_stops_the_run(mirror: Mirror, desk: Desk) -> None:
    fill(desk)
    desk.tick()
    run(mirror, DeskReader(desk))
    desk.content.archived.update({1, 2})
    with pytest.raises(TicketsLostError):
        run(mirror, DeskReader(desk))
    assert len(numbers(mirror)) == 40


def truth(desk: Desk, folder: Path) -> list[object]:
    """What a mirror made from nothing says."""
    with Mirror.open(f"sqlite:///{folder}/fresh.db") as fresh:
        run(fresh, DeskReader(desk))
        tickets: list[object] = list(fresh.tickets())
    (folder / "fresh.db").unlink()
    return tickets


def test_a_restored_server_is_noticed_by_its_newest_ticket(
    mirror: Mirror, desk: Desk, tmp_path: Path
) -> None:
    first, *_ = fill(desk)
    backup = desk.backup()
    desk.tick()
    desk.note(first, "lost by the restore")
    desk.tick()
    run(mirror, DeskReader(desk))
    desk.restore(backup)
    desk.tick()
    report = run(mirror, DeskReader(desk))
    assert report.restored is not None
    assert f"ticket #{first}" in report.restored
    assert any("went back in time" in warning for warning in report.warnings)
    assert list(mirror.tickets()) == truth(desk, tmp_path)
    assert run(mirror, DeskReader(desk)).restored is None


def test_a_restored_server_is_noticed_by_numbers_given_twice(
    mirror: Mirror, desk: Desk, tmp_path: Path
) -> None:
    fill(desk)
    backup = desk.backup()
    lost = fill(desk, 2)
    desk.tick()
    run(mirror, DeskReader(desk))
    desk.restore(backup)
    desk.tick()
    assert fill(desk, 2) == lost
    desk.tick()
    assert run(mirror, DeskReader(desk)).restored is not None
    assert list(mirror.tickets()) == truth(desk, tmp_path)


def test_a_restored_server_is_noticed_by_notes_that_are_gone(
    mirror: Mirror, desk: Desk, tmp_path: Path
) -> None:
    """The newest ticket has changed again since; an older one has silently lost its change."""
    silent, newest, *_ = fill(desk)
    desk.tick()
    backup = desk.backup()
    desk.set_status(silent, 5)
    desk.tick(3600)
    desk.note(newest, "lost")
    desk.tick()
    run(mirror, DeskReader(desk))
    desk.restore(backup)
    desk.tick(3600)
    desk.note(newest, "after the restore")
    desk.note(newest, "and once more")
    desk.tick()
    report = run(mirror, DeskReader(desk))
    assert report.restored is not None
    assert f"ticket #{silent}" in report.restored
    assert list(mirror.tickets()) == truth(desk, tmp_path)


def test_a_deleted_note_is_no_restored_server(mirror: Mirror, desk: Desk, tmp_path: Path) -> None:
    ticket, *_ = fill(desk)
    desk.note(ticket, "to be deleted")
    desk.tick()
    run(mirror, DeskReader(desk))
    desk.content.issues[ticket]["journals"].clear()
    desk.tick()
    desk.note(ticket)
    desk.tick()
    assert run(mirror, DeskReader(desk)).restored is None
    assert list(mirror.tickets()) == truth(desk, tmp_path)


def test_hours_lost_by_a_restore_are_lost_here_too(mirror: Mirror, desk: Desk) -> None:
    ticket, *_ = fill(desk)
    backup = desk.backup()
    desk.book(ticket, "8.00")
    desk.tick()
    desk.note(ticket)
    desk.tick()
    run(mirror, DeskReader(desk))
    desk.restore(backup)
    desk.tick()
    desk.book(ticket, "0.50")
    run(mirror, DeskReader(desk))
    assert [str(entry.hours) for entry in mirror.time_entries()] == ["0.50"]


def test_reading_again_after_a_restore_survives_being_killed(
    mirror: Mirror, desk: Desk, tmp_path: Path
) -> None:
    first, *_ = fill(desk)
    desk.tick()
    backup = desk.backup()
    desk.note(first, "lost")
    desk.tick()
    run(mirror, DeskReader(desk), beat=Beat.NOW)
    desk.restore(backup)
    desk.tick()
    for request in (8, 20, 30):
        with pytest.raises(Killed):
            pull(DeskReader(desk, page=10, before=kill_at(request)), mirror, SCOPE, as_of=desk.now)
        desk.tick()
    report = run(mirror, DeskReader(desk))
    assert report.restored is not None, "said by the pull that gets through"
    assert list(mirror.tickets()) == truth(desk, tmp_path)
