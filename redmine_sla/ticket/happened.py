"""When a thing really happened, as the provider tells it later: a call, an arrival, an outage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from redmine_sla.ticket.party import Author, Party
from redmine_sla.ticket.ticket import FieldValue

_INSTANT = r"\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}"
_ONE_DIGIT = re.compile(r"(?<=[T ])(?=\d:)")


@dataclass(frozen=True, slots=True)
class HappenedAt:
    """How people tell when a thing really happened. Only the provider's word counts.

    `field` is the custom field's name; `phrase`, if given, is the text in a note before the instant
    (`"happened at"` reads `happened at 2026-03-02 08:30`). Instants without an offset are in
    `timezone`.
    """

    field: str | None = None
    phrase: str | None = None
    timezone: tzinfo = UTC

    def told_by_field(self, value: FieldValue, author: Author) -> datetime | None:
        """The instant that the field's new value tells."""
        if author.party is not Party.PROVIDER or not isinstance(value, str):
            return None
        return read_instant(value, self.timezone)

    def told_by_note(self, note: str, author: Author) -> datetime | None:
        """The instant that stands in a note after the phrase."""
        if not self.phrase or author.party is not Party.PROVIDER:
            return None
        found = re.search(rf"{re.escape(self.phrase)}\s*:?\s*({_INSTANT}\S*)", note, re.IGNORECASE)
        return read_instant(found[1].rstrip(".,;)"), self.timezone) if found else None


def read_instant(text: str | None, timezone: tzinfo) -> datetime | None:
    """An instant as people write it into a text field: ISO 8601, date and time, offset optional.

    `None` where there is no time of day: a date alone is no instant.
    """
    if not text or not re.match(_INSTANT, text.strip()):
        return None
    try:
        instant = datetime.fromisoformat(_ONE_DIGIT.sub("0", text.strip()))
    except ValueError:
        return None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=timezone)
    return instant.astimezone(UTC)
