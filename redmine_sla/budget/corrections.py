"""Time entries for days already stated that were booked or changed afterwards.

Redmine keeps no trace of what an entry said before, nor of a deleted one: this names what it can
show. The sums by ticket and month in a statement's figures show the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from redmine_sla.budget.work import Work


@dataclass(slots=True)
class Late:
    """How many entries of one ticket (`None`: of none) and month were booked or changed late."""

    ticket: int | None
    month: date
    booked: int = 0
    changed: int = 0


@dataclass(slots=True)
class LateWork:
    """Watches work go by, and keeps what is for days before `first` but was touched since `since`.

    `since` is the end of the period stated before, or the instant it was last stated.
    """

    first: date
    since: datetime
    _found: dict[tuple[int, date], Late] = field(default_factory=dict)

    def watch(self, work: Iterable[Work]) -> Iterator[Work]:
        """The same work; look at `found` when it has gone by."""
        for one in work:
            entry = one.entry
            if entry.spent_on < self.first and entry.updated >= self.since:
                late = self._late(entry.ticket, one.month)
                if entry.created >= self.since:
                    late.booked += 1
                else:
                    late.changed += 1
            yield one

    @property
    def found(self) -> tuple[Late, ...]:
        """By month, then by ticket."""
        return tuple(self._found[key] for key in sorted(self._found, key=lambda key: key[::-1]))

    def _late(self, ticket: int | None, month: date) -> Late:
        return self._found.setdefault((ticket or 0, month), Late(ticket, month))
