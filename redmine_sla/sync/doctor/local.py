"""This machine: the mirror, the time zones it knows, and who watches the cron."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo

from redmine_sla.contract import Configuration
from redmine_sla.errors import SlaError
from redmine_sla.mirror import Mirror, MirrorError, default_url
from redmine_sla.mirror.address import address_of
from redmine_sla.sync.doctor.finding import Finding, Level, advice, error, ok
from redmine_sla.sync.doctor.holidays import check_holidays
from redmine_sla.sync.doctor.printing import check_printing, look_at_libraries
from redmine_sla.sync.doctor.snapshot import Here
from redmine_sla.sync.doctor.unpriced import Hours, check_unpriced, look_at_unpriced

ALMATY_MOVED = datetime(2024, 3, 2, tzinfo=UTC)  # one zone for Kazakhstan since 2024-03-01
ALMATY_SINCE = timedelta(hours=5)
KAZAKHSTAN = frozenset({"Asia/Almaty", "Asia/Qostanay"})


def look_here(configuration: Configuration, as_of: datetime) -> Here:
    unpriced: Mapping[str, Hours] = {}
    trouble: SlaError | None = None
    try:
        with _mirror(configuration) as mirror:
            if mirror is not None:
                unpriced = look_at_unpriced(configuration, mirror, as_of)
    except SlaError as raised:
        trouble = raised
    return Here(
        mirror_trouble=trouble,
        unpriced=unpriced,
        almaty=ALMATY_MOVED.astimezone(ZoneInfo("Asia/Almaty")).utcoffset() or timedelta(),
        zones=_version_of_zones(),
        unprintable=look_at_libraries(configuration),
    )


def check_here(here: Here, configuration: Configuration, as_of: datetime) -> Iterator[Finding]:
    trouble = here.mirror_trouble
    if trouble is None:
        yield ok("mirror", "the mirror can be written")
    else:
        yield error("mirror-unusable", trouble.message, trouble.hint)
    yield from check_unpriced(here.unpriced)
    yield from _zones(here, configuration)
    yield from check_holidays(configuration, as_of)
    yield from check_printing(here.unprintable, configuration)
    if configuration.desk.notifications.ping_url is None:
        yield advice(
            "no-ping",
            "nobody notices when the cron stops",
            "write [notifications] ping_url, an address of a watch such as healthchecks.io",
        )


def _zones(here: Here, configuration: Configuration) -> Iterator[Finding]:
    if here.almaty == ALMATY_SINCE:
        yield ok("time-zones", f"the time zones are new enough ({here.zones})")
        return
    concerned = sorted({c.timezone for c in configuration.contracts} & KAZAKHSTAN)
    yield Finding(
        Level.ERROR if concerned else Level.WARNING,
        "time-zones-old",
        f"the time zones of this machine are older than 2024a ({here.zones})"
        + (f": {', '.join(concerned)} is an hour off" if concerned else ""),
        "apt-get install --only-upgrade tzdata, and pip install --upgrade tzdata",
    )


@contextmanager
def _mirror(configuration: Configuration) -> Iterator[Mirror | None]:
    """Raises `MirrorError` where it cannot be used. A file that is not there yet is left for a run
    to make: made by whoever calls the doctor, it might not be the cron's to write."""
    url = configuration.desk.mirror.url
    address = address_of(url.get_secret_value() if url else default_url())
    if address.path is not None and not address.path.exists():
        _require_makeable(address.path)
        yield None
        return
    with Mirror.open(url.get_secret_value() if url else None) as mirror:
        yield mirror


def _require_makeable(path: Path) -> None:
    folder = next(folder for folder in path.parents if folder.exists())
    if not os.access(folder, os.W_OK | os.X_OK):
        raise MirrorError(
            f"mirror {path}: cannot be made, {folder} is not this user's to write",
            hint="run as the user of the cron, or set [mirror] url",
        )


def _version_of_zones() -> str:
    try:
        return f"tzdata {version('tzdata')}"
    except PackageNotFoundError:
        return "this machine's own"
