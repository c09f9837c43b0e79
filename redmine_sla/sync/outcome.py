"""What became of a change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from redmine_sla.plan import Change
from redmine_sla.sync.failures import RedmineError, Refused


class Result(StrEnum):
    """What became of a change."""

    APPLIED = "applied"
    IGNORED = "ignored"  # Redmine answered success and did not take all of it
    REFUSED = "refused"
    SKIPPED = "skipped"  # no longer needed, or somebody else was faster: the next run sees
    WAITING = "waiting"  # not tried, for what it speaks of does not stand
    FAILED = "failed"  # no good answer: done or not, the next run sees


@dataclass(frozen=True, slots=True)
class Attempt:
    """A change and what became of it, in Redmine's own words where it said any.

    `number` is that of the new ticket, version or file that stands now, made by this run or found
    by it; of a wiki page found as wanted its version.
    """

    change: Change
    result: Result
    message: str = ""
    number: int | None = None

    @property
    def stands(self) -> bool:
        """Whether what was wanted is there, so that others may speak of it."""
        found = self.result is Result.SKIPPED and self.number is not None
        return found or self.result is Result.APPLIED


def there_already(change: Change, number: int, *, named: str = "") -> Attempt:
    """Nothing to do: an earlier run made it, or somebody else did."""
    return Attempt(change, Result.SKIPPED, f"it is there already{named}", number)


def said(error: RedmineError) -> str:
    """Redmine's own messages where it gave any, and the next step where one is known."""
    messages = error.messages if isinstance(error, Refused) else ()
    what = "; ".join(messages) or error.what
    return f"{what}; next: {error.hint}" if error.hint else what
