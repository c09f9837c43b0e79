"""Whatever happens in Redmine and wherever a pull is killed: the next ones catch up."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from redmine_sla.mirror import Mirror
from redmine_sla.sync.pull import presence, pull
from redmine_sla.sync.pull.scope import Beat, PullReport, PullScope
from redmine_sla.ticket.ticket import Ticket
from tests.sync.desk import Content, Desk, DeskReader, Killed

pytestmark = pytest.mark.slow

SCOPE = PullScope(
    "https://redmine.example",
    (1, 2),
    since=datetime(2026, 10, 1, tzinfo=UTC),
    beat_every=timedelta(days=3650),  # only when a rule asks for it
)
PAGE = 3
some = st.randoms(use_true_random=False)


class Pulls(RuleBasedStateMachine):
    """A desk, a mirror that follows it, and a run that only ever looks at what it is told.

    `silent` says that something happened of which Redmine gives no sign but to the slow beat.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.folder = self.stack.enter_context(tempfile.TemporaryDirectory(prefix="sla-pulls-"))
        self.mirror = self.stack.enter_context(Mirror.open(f"sqlite:///{self.folder}/mirror.db"))
        self.stack.enter_context(patch.object(presence, "FEW", 1000))  # every loss is believed
        self.desk = Desk()
        self.backup: Content | None = None
        self.judged: dict[int, Ticket] = {}
        self.silent = False

    def teardown(self) -> None:
        self.stack.close()

    # --- what happens in Redmine ------------------------------------------------------------

    @rule(project=st.sampled_from([1, 2, 9]))
    def create(self, project: int) -> None:
        self.desk.create(project)

    @precondition(lambda self: self.desk.content.issues)
    @rule(choice=some, status=st.sampled_from([1, 2, 5]))
    def set_status(self, choice: Random, status: int) -> None:
        self.desk.set_status(self._ticket(choice), status)

    @precondition(lambda self: self.desk.content.issues)
    @rule(choice=some, what=st.sampled_from(["note", "make_private", "delete", "book"]))
    def change(self, choice: Random, what: str) -> None:
        getattr(self.desk, what)(self._ticket(choice))

    @precondition(lambda self: self.desk.content.issues)
    @rule(choice=some, project=st.sampled_from([1, 2, 9]))
    def move(self, choice: Random, project: int) -> None:
        self.desk.move(self._ticket(choice), project)
        self.silent = True  # its hours move along without a trace

    @precondition(lambda self: self.desk.content.issues)
    @rule(choice=some)
    def hide_notes(self, choice: Random) -> None:
        self.desk.hide_notes(self._ticket(choice))
        self.silent = True

    @precondition(lambda self: self.desk.content.hours)
    @rule(choice=some, hours=st.sampled_from(["0.10", "7.35"]))
    def rebook(self, choice: Random, hours: str) -> None:
        self.desk.rebook(self._entry(choice), hours)
        self.silent = True

    @precondition(lambda self: self.desk.content.hours)
    @rule(choice=some)
    def unbook(self, choice: Random) -> None:
        self.desk.unbook(self._entry(choice))

    @rule(project=st.sampled_from([1, 2]))
    def archive_or_not(self, project: int) -> None:
        self.desk.content.archived ^= {project}

    @rule(seconds=st.sampled_from([0, 1, 30, 90, 7200]))
    def tick(self, seconds: int) -> None:
        self.desk.tick(seconds)

    @rule()
    def back_up(self) -> None:
        self.backup = self.desk.backup()

    @precondition(lambda self: self.backup is not None)
    @rule()
    def restore(self) -> None:
        assert self.backup is not None
        self.desk.tick(5)
        self.desk.restore(self.backup)
        self.silent = True  # hours edited before it come back edited or not
        self.desk.tick(5)

    # --- what the run does ------------------------------------------------------------------

    @rule(request=st.integers(1, 40), beat=st.sampled_from(Beat))
    def pull_and_be_killed(self, request: int, beat: Beat) -> None:
        sent = 0

        def kill(_request: str) -> None:
            nonlocal sent
            sent += 1
            if sent == request:
                raise Killed

        with suppress(Killed):
            self._pull(beat, kill)

    @rule(choice=some, beat=st.sampled_from(Beat))
    def pull_while_people_work(self, choice: Random, beat: Beat) -> None:
        def work(_request: str) -> None:
            if self.desk.content.issues and choice.random() < 0.3:
                self.desk.note(self._ticket(choice))
            if choice.random() < 0.3:
                self.desk.create(choice.choice([1, 2]))
            self.desk.tick(choice.choice([0, 0, 1]))

        self._judge(self._pull(beat, work))

    @rule()
    def pull_in_peace(self) -> None:
        self._settle()
        self._judge(self._pull(Beat.NEVER))
        if not self.silent:
            self._check()

    @rule()
    def pull_with_the_slow_beat(self) -> None:
        self._settle()
        self._judge(self._pull(Beat.NOW))
        self.silent = False
        self._check()

    @invariant()
    def the_mirror_can_always_be_read(self) -> None:
        list(self.mirror.tickets())

    # --- helpers ----------------------------------------------------------------------------

    def _pull(
        self, beat: Beat, before: Callable[[str], None] = lambda _request: None
    ) -> PullReport:
        self.desk.tick(1)
        reader = DeskReader(self.desk, page=PAGE, before=before)
        return pull(reader, self.mirror, SCOPE, as_of=self.desk.now, beat=beat)

    def _settle(self) -> None:
        """So long after the last change that its second is over."""
        self.desk.tick(5)

    def _judge(self, report: PullReport) -> None:
        """A run that looks only at what changed, and is completed."""
        for ticket in self.mirror.tickets(numbers=report.changed):
            self.judged[ticket.id] = ticket
        for departure in report.gone:
            self.judged.pop(departure.ticket, None)
        with self.mirror.writing() as batch:
            batch.settle(report.changed | {departure.ticket for departure in report.gone})

    def _check(self) -> None:
        held = list(self.mirror.tickets())
        assert held == self._of_a_new_mirror()
        assert [self.judged[number] for number in sorted(self.judged)] == held

    def _of_a_new_mirror(self) -> list[Ticket]:
        path = Path(self.folder) / "new.db"
        path.unlink(missing_ok=True)
        with Mirror.open(f"sqlite:///{path}") as new:
            pull(DeskReader(self.desk), new, SCOPE, as_of=self.desk.now)
            return list(new.tickets())

    def _ticket(self, choice: Random) -> int:
        return int(choice.choice(sorted(self.desk.content.issues)))

    def _entry(self, choice: Random) -> int:
        return int(choice.choice(sorted(self.desk.content.hours)))


TestPulls = Pulls.TestCase
TestPulls.settings = settings(
    max_examples=int(os.environ.get("SLA_PULLS", "12")),
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
