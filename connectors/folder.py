"""A configuration folder at work: its mirror and its Redmine opened, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from redmine_sla.connectors.redmine import Attempt, Connection, RedmineGateway
from redmine_sla.connectors.redmine.engine import log_attempt
from redmine_sla.contract import Configuration, api_key, load_folder
from redmine_sla.mirror import Mirror
from redmine_sla.plan import Judged
from redmine_sla.sync.lock import only_run
from redmine_sla.sync.moment import moment
from redmine_sla.sync.pull.scope import Beat
from redmine_sla.sync.run import RunReport, sync
from redmine_sla.sync.standing import Group, desk_standing

Folder = Path | str | Configuration
"""A configuration folder, or what was read from it."""

_LEAST_DEADLINE = 120.0


def open_mirror(configuration: Configuration) -> Mirror:
    """The folder's mirror, made where there is none yet. Raises `MirrorError`.

    A relative SQLite file lies in the folder, wherever the command is run.
    """
    url = configuration.desk.mirror.url
    return Mirror.open(url.get_secret_value() if url else None, beside=configuration.folder)


def connection_to(configuration: Configuration) -> Connection:
    """How the folder's Redmine is reached.

    Raises `SlaError` where the key is not where `sla.toml` says it is.
    """
    wanted = configuration.desk.redmine
    patience = float(wanted.read_timeout)
    return Connection(
        url=wanted.url,
        key=api_key(wanted, configuration.folder).get_secret_value(),
        ca_bundle=configuration.folder / wanted.ca_bundle if wanted.ca_bundle else None,
        allow_http=wanted.allow_http,
        connect_timeout=float(wanted.connect_timeout),
        read_timeout=patience,
        deadline=max(_LEAST_DEADLINE, 2 * patience),
        retries=wanted.http_retries,
        parallel=wanted.parallel_reads,
    )


def open_redmine(
    configuration: Configuration, *, hook: Callable[[Attempt], None] = log_attempt
) -> RedmineGateway:
    """The folder's Redmine, not asked anything yet; `hook` is told of each request.

    Raises what `connection_to` raises.
    """
    return RedmineGateway(connection_to(configuration), hook=hook)


def sync_folder(
    folder: Folder, *, as_of: datetime | None = None, beat: Beat = Beat.WHEN_DUE
) -> RunReport:
    """One whole run: pull, judge, plan, write. What Redmine refused is in the report.

    Raises `BusyError` while another run of the folder is under way, and `ConfigurationError`,
    `RedmineError`, `MirrorError`, `CalendarError`: all of them `SlaError`s.
    """
    as_of = moment(as_of)
    configuration = _read(folder)
    with (
        only_run(configuration.folder),
        open_mirror(configuration) as mirror,
        open_redmine(configuration) as redmine,
    ):
        return sync(configuration, redmine, mirror, as_of=as_of, beat=beat)


def late(folder: Folder, *, as_of: datetime | None = None) -> tuple[Judged, ...]:
    """The open tickets with a broken promise, the oldest due first; from the mirror, offline.

    Raises `NaiveDatetimeError`, `ConfigurationError`, `MirrorError`, `CalendarError`.
    """
    as_of = moment(as_of)
    configuration = _read(folder)
    with open_mirror(configuration) as mirror:
        standings = desk_standing(configuration, mirror, as_of).standings
    found = [standing for standing in standings if standing.group is Group.LATE]
    found.sort(key=lambda one: (one.reading.due or as_of, one.judged.number))
    return tuple(one.judged for one in found)


def _read(folder: Folder) -> Configuration:
    return folder if isinstance(folder, Configuration) else load_folder(folder)
