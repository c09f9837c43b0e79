"""Failures and what was reported on them: causes, and measures against the next one.

(Contract E, point 7: for each failure a report with detailed causes and the measures that keep it
from happening again.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from redmine_sla.sla.judged import Judged
from redmine_sla.sla.moments import Glossary
from redmine_sla.sla.reading import Reading
from redmine_sla.ticket import read_instant

CLOCK = "failure_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One failure. `began` and `ended` are `None` where nobody recorded them; `due` is when its
    report is owed, `None` where no clock runs for it.
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
    due: datetime | None = None
    late: bool = False

    @property
    def is_reported(self) -> bool:
        """A report has both: why it happened, and what keeps it from happening again."""
        return bool(self.cause and self.measures)

    @property
    def belongs_to(self) -> datetime:
        """The instant whose period the failure is stated in: its end, as far as it is known."""
        return self.ended or self.began or self.noticed


def failure_of(judged: Judged, glossary: Glossary) -> Iterator[Failure]:
    """The ticket's failure, if it tells of one: an outage's instants, or a report on it."""
    words = {role: _words(judged, glossary, role) for role in _ROLES}
    reading = judged.assessment.reading(CLOCK)
    if reading is None and not any(words.values()):
        return
    yield Failure(
        ticket=judged.number,
        hidden=judged.is_hidden,
        subject=judged.ticket.subject,
        service=words["outage_service"],
        noticed=judged.timeline.reported,
        began=read_instant(words["outage_began_at"], glossary.timezone),
        ended=read_instant(words["outage_ended_at"], glossary.timezone),
        cause=words["failure_cause"],
        measures=words["failure_measures"],
        due=reading.due if reading else None,
        late=_is_late(reading),
    )


_ROLES = (
    "outage_service",
    "outage_began_at",
    "outage_ended_at",
    "failure_cause",
    "failure_measures",
)


def _words(judged: Judged, glossary: Glossary, role: str) -> str:
    track = judged.timeline.field(glossary.field_names.get(role))
    return (track.now.value or "").strip() if track else ""


def _is_late(reading: Reading | None) -> bool:
    return reading is not None and reading.verdict.is_late
