"""How old the mirror is that a command told from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from redmine_sla.cli.output import age, utc

_OLD = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class MirrorAge:
    """When the mirror was brought up to date (`None`: never), seen from `as_of`."""

    pulled: datetime | None
    as_of: datetime

    @property
    def told(self) -> str:
        """A sentence; it asks for the cron job where the last pull was long ago."""
        if self.pulled is None:
            return "The mirror is empty: run `redmine-sla sync --dry-run` or `sync` first."
        since = self.as_of - self.pulled
        if since < timedelta():
            return f"Pulled {utc(self.pulled)}."
        return f"Pulled {age(since)} ago{'; is the cron running?' if since > _OLD else '.'}"
