"""Failures and what was reported on them: causes, and measures against the next one.

(Profile information-system: for each failure a report with detailed causes and the measures that
keep it from happening again.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from redmine_sla.availability.told import OutageNote, told_by
from redmine_sla.sla.judged import Judged
from redmine_sla.sla.moments import Glossary
from redmine_sla.ticket import Attribute, read_instant

CLOCK = "failure_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One failure. `began` and `ended` are `None` where nobody recorded them; `lasts` says that it
    is not over, so that it has no end to be recorded. `late_since` is when its report was due,
    where it did not come in time.
    """

    ticket: int
    hidden: bool
    subject: str
    service: str
    noticed: datetime
    began: datetime | None
    ended: datetime | None
    cause: str
    measures: str
    lasts: bool = False
    late_since: datetime | None = None

    @property
    def is_reported(self) -> bool:
        """A report has both: why it happened, and what keeps it from happening again."""
        return bool(self.cause and self.measures)

    @property
    def is_late(self) -> bool:
        return self.late_since is not None

    @property
    def belongs_to(self) -> datetime:
        """The instant whose period the failure is stated in: its begin, or when it was noticed."""
        return self.began or self.noticed

    def at(self, end: datetime) -> Failure:
        """As it stood at the end of a period, whatever happened afterwards.

        Only the report itself is as it is known now: one that was missing and has come in is
        worth stating the period anew.
        """
        ended_later = self.ended is not None and self.ended >= end
        return replace(
            self,
            ended=None if ended_later else self.ended,
            lasts=self.lasts or ended_later,
            late_since=self.late_since if self.late_since and self.late_since < end else None,
        )


def failures_of(
    judged: Judged, glossary: Glossary, then: datetime | None = None
) -> Iterator[Failure]:
    """The ticket's failures, one for each outage it tells of, or for a report without one. A
    service alone says what a ticket is about, not that it failed.

    Whether one without an end lasts, its ticket not being done, is asked as of `then` (now), the
    end of what is stated.
    """
    statuses = judged.timeline.track(Attribute.STATUS)
    status = statuses.span_at(then) if then else statuses.now
    is_open = not glossary.roles_of(status.value) & {"resolved", "rejected", "duplicate"}
    for told in told_by(judged.timeline, glossary):
        ended = read_instant(told.ended, glossary.timezone)
        if (
            replace(told, service="") != OutageNote()
            or judged.assessment.reading(CLOCK) is not None
        ):
            yield Failure(
                ticket=judged.number,
                hidden=judged.is_hidden,
                subject=judged.ticket.subject,
                service=told.service,
                noticed=judged.timeline.reported,
                began=read_instant(told.began, glossary.timezone),
                ended=ended,
                lasts=is_open and not told.ended,
                cause=told.cause,
                measures=told.measures,
                late_since=_late_since(judged, ended),
            )


def _late_since(judged: Judged, ended: datetime | None) -> datetime | None:
    """When the report on the outage that ended then was due, if it was late."""
    for reading in judged.assessment.readings:
        starts = reading.counted.start.event if reading.counted else None
        if reading.clock == CLOCK and reading.verdict.is_late and starts == ended:
            return reading.decided
    return None
