"""Watching: a run whenever one is due, in the foreground, until somebody says stop.

`schedule` only wakes us: it knows no past, and what is due is said by the mirror, which remembers
when a run last went through, here or from somebody's cron.
"""

from __future__ import annotations

import signal
import threading
import traceback
from datetime import UTC, datetime, timedelta
from types import FrameType

import click
import schedule

from redmine_sla.cli.output import counted, tell
from redmine_sla.cli.running import run
from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.folder import open_mirror
from redmine_sla.connectors.redmine import Attempt
from redmine_sla.connectors.redmine.engine import log_attempt
from redmine_sla.contract import Configuration, load_folder
from redmine_sla.errors import SlaError
from redmine_sla.sync.lock import BusyError
from redmine_sla.sync.pull.scope import Beat
from redmine_sla.sync.run import COMPLETED

_LOOK_EVERY = 1  # seconds
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class _Stopped(BaseException):
    """Somebody said stop, and the request under way is finished."""


def watch(settings: Settings, every: int | None) -> None:
    """Run until told to stop. Raises `ConfigurationError` for a folder that is wrong at first."""
    configuration = load_folder(settings.folder)
    pace = timedelta(minutes=every or configuration.desk.pull.every_minutes)
    if not settings.quiet:
        minutes = counted(int(pace.total_seconds() // 60), "minute")
        click.echo(f"Watching {configuration.folder.resolve()}, a run every {minutes}.", err=True)
    watcher = Watch(settings, configuration, pace)
    for number in _SIGNALS:
        signal.signal(number, watcher.stop)
    watcher.go_on()
    if not settings.quiet:
        click.echo("Stopped.", err=True)


class Watch:
    """Looks every second whether a run is due; asks the mirror only when it may be."""

    def __init__(self, settings: Settings, configuration: Configuration, pace: timedelta) -> None:
        self._settings = settings
        self._configuration = configuration
        self._pace = pace
        self._next = datetime.min.replace(tzinfo=UTC)
        self._stopping = threading.Event()

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping.set()

    def go_on(self) -> None:
        """Until `stop`."""
        scheduler = schedule.Scheduler()
        scheduler.every(_LOOK_EVERY).seconds.do(self.look)
        try:
            self.look()
            while not self._stopping.wait(_LOOK_EVERY):
                scheduler.run_pending()
        except _Stopped:
            pass

    def look(self) -> None:
        """Run if it is time. Whatever goes wrong is told, and the next run goes on."""
        now = datetime.now(UTC)
        if now < self._next:
            return
        try:
            self._configuration = load_folder(self._settings.folder)
            last = last_completed(self._configuration)
            if last is not None and now < last + self._pace:
                self._next = last + self._pace
                return
            self._next = now + self._pace
            report = run(self._configuration, self._settings, Beat.WHEN_DUE, hook=self._heed)
            if report.applied.stopped_by is not None:
                self._failed(str(report.applied.stopped_by))
        except BusyError:
            self._next = now + min(self._pace, timedelta(minutes=1))
        except SlaError as error:
            self._failed(str(error))
        except Exception as error:  # noqa: BLE001 - a fault of one run is not the end of all
            if self._settings.verbose:
                traceback.print_exc()
            words = f"a fault in redmine-sla: {type(error).__name__}: {error}"
            self._failed(f"{words} (watch with -v shows where)")

    def _failed(self, what: str) -> None:
        self._next = max(self._next, datetime.now(UTC) + self._pace)
        tell("!", f"run failed at {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}: {what}", style="red")

    def _heed(self, attempt: Attempt) -> None:
        log_attempt(attempt)
        if self._stopping.is_set():
            raise _Stopped


def last_completed(configuration: Configuration) -> datetime | None:
    """When a run of this folder last went through to its end."""
    with open_mirror(configuration) as mirror, mirror.reading() as view:
        recorded = view.recorded(COMPLETED)
    return datetime.fromisoformat(recorded) if recorded else None
