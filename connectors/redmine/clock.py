"""The server's clock, beside ours."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import requests

# A feed without entries is stamped with the present. So the clock can be seen also where no
# web server stands before Puma, which sends no `Date`.
EMPTY_FEED = "/issues.atom"
NOTHING_YET = (("f[]", "updated_on"), ("op[updated_on]", ">="), ("v[updated_on][]", "2199-01-01"))

HALF_A_SECOND = timedelta(seconds=0.5)


class ServerClock:
    """What the latest answer told of the server's time. `None` until one told something."""

    def __init__(self) -> None:
        self._seen: tuple[datetime, timedelta] | None = None

    @property
    def time(self) -> datetime | None:
        """The server's time at the latest answer, in UTC and whole seconds."""
        return self._seen[0] if self._seen else None

    @property
    def skew(self) -> timedelta | None:
        """The server's time minus ours, in whole seconds."""
        return self._seen[1] if self._seen else None

    def look(self, response: requests.Response, seconds: float) -> None:
        """Read the `Date` of an answer that took so many seconds."""
        try:
            self._note(parsedate_to_datetime(response.headers["Date"]), seconds)
        except (KeyError, ValueError):
            return

    def look_at_feed(self, response: requests.Response, seconds: float) -> None:
        """Read the time at which an empty feed was made."""
        stamp = re.search(r"<updated>([^<]+)</updated>", response.text)
        if response.ok and stamp and "<entry>" not in response.text:
            self._note(datetime.fromisoformat(stamp[1]), seconds)

    def _note(self, theirs: datetime, seconds: float) -> None:
        ours = datetime.now(UTC) - timedelta(seconds=seconds / 2)
        skew = theirs + HALF_A_SECOND - ours  # theirs was cut down to a whole second
        self._seen = (theirs.astimezone(UTC), timedelta(seconds=round(skew.total_seconds())))
