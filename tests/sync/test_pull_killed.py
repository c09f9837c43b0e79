"""A pull killed at any one of its requests ends, with the next, where an undisturbed one does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from redmine_sla.mirror import Departure, Mirror
from redmine_sla.sync.pull import pull
from redmine_sla.sync.pull.scope import Beat
from redmine_sla.ticket.ticket import Ticket
from tests.sync.desk import Content, Desk, DeskReader, Killed
from tests.sync.test_pull import SCOPE, kill_at

pytestmark = pytest.mark.slow

State = tuple[list[Ticket], tuple[Departure, ...], frozenset[int]]


def quiet_desk() -> Desk:
    """Seven tickets with hours, all of them long settled."""
    desk = Desk()
    for _ in range(7):
        ticket = desk.create()
        desk.tick()
        desk.note(ticket)
        desk.book(ticket)
    desk.tick(3600)
    return desk


def busy_day(desk: Desk) -> None:
    noted, closed, moved, hidden, deleted, rebooked, silent = sorted(desk.content.issues)
    desk.note(noted)
    desk.set_status(closed, 5)
    desk.tick()
    desk.move(moved, 9)
    desk.make_private(hidden)
    desk.delete(deleted)
    desk.rebook(min(desk.content.hours), "3.50")
    desk.book(rebooked)
    desk.hide_notes(silent)
    desk.create(project=2)
    desk.tick()


def bring_up_to_date(desk: Desk, path: Path, kill: int | None = None) -> State | None:
    """What the mirror holds after a pull with the slow beat; `None` if it was killed."""
    with Mirror.open(f"sqlite:///{path}") as mirror:
        before = kill_at(kill) if kill else lambda _request: None
        reader = DeskReader(desk, page=3, before=before)
        try:
            report = pull(reader, mirror, SCOPE, as_of=desk.now, beat=Beat.NOW)
        except Killed:
            return None
        return list(mirror.tickets()), report.gone, report.changed


@pytest.mark.parametrize(
    ("had_a_mirror", "restored"),
    [(False, False), (True, False), (True, True)],
    ids=["first pull", "later pull", "server restored"],
)
def test_killed_at_each_request(tmp_path: Path, had_a_mirror: bool, restored: bool) -> None:
    desk = quiet_desk()
    backup: Content = desk.backup()
    before, path = tmp_path / "before.db", tmp_path / "mirror.db"
    if restored:
        busy_day(desk)
        desk.tick(3600)
    if had_a_mirror:
        with Mirror.open(f"sqlite:///{before}") as mirror:
            first = pull(DeskReader(desk), mirror, SCOPE, as_of=desk.now)
            with mirror.writing() as batch:
                batch.settle(first.changed)
    else:
        before.touch()
    if restored:
        desk.restore(backup)
        desk.note(min(desk.content.issues))
        desk.tick()
    else:
        busy_day(desk)

    shutil.copy(before, path)
    undisturbed = bring_up_to_date(desk, path)
    assert undisturbed is not None
    for request in range(1, 1000):
        shutil.copy(before, path)
        if bring_up_to_date(desk, path, kill=request) is not None:
            assert request > 20, "there were requests to be killed at"
            return
        assert bring_up_to_date(desk, path) == undisturbed, f"killed at request {request}"
