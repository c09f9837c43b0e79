"""What one contract's tickets tell of a period, gathered ticket by ticket in one look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from redmine_sla.availability.flagged import outages_of, outages_told, unrecorded
from redmine_sla.availability.outage import Outage, Unmeasured
from redmine_sla.budget.misses import Miss, Unjudged, misses_of
from redmine_sla.calendar.period import Period
from redmine_sla.quarter.failures import Failure, failures_of
from redmine_sla.quarter.finished import Finished, finished_of
from redmine_sla.report.course import Course, course_of
from redmine_sla.report.judged_promises import promises_of
from redmine_sla.report.promise import Promise
from redmine_sla.sla.judged import Judged
from redmine_sla.sla.moments import Glossary
from redmine_sla.sla.verdict import Verdict
from redmine_sla.ticket import Timeline

JudgeAt = Callable[[datetime], Judged | None]
"""The same ticket judged as of an earlier instant, by what was known then."""


@dataclass(slots=True, kw_only=True)
class Evidence:
    """What the sections of a deliverable are made of.

    Judged is as of `as_of`, the instant of knowledge: so each promise is decided in one period
    only. `open` are the promises not done at the period's end, as they stood then. `hidden` are
    tickets the contract itself names that not every reader of its pages may see.

    What happens after the period moves none of it, but for a contract's last one: what was promised
    and is decided later counts there (see `sla/belonging.py`). What tells of the period itself
    states it anew: an instant noted later, a report that comes in, a ticket reopened soon enough to
    resume its resolution, another class or kind of a ticket still open (the value that governs at
    the stop governs from the start, and the reading says so). A ticket hidden later is no longer
    named, and counts as before.
    """

    glossary: Glossary
    period: Period
    as_of: datetime
    hidden: frozenset[int] = frozenset()
    promises: list[Promise] = field(default_factory=list)
    open: list[Promise] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    finished: list[Finished] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    outages: list[Outage | Unmeasured] = field(default_factory=list)
    misses: list[Miss | Unjudged] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outages += unrecorded(self.glossary)

    def add(self, judged: Judged, judge_at: JudgeAt) -> None:
        """Take in what a ticket tells; of what it tells of other periods, only what is needed."""
        if self._is_ours(judged.timeline):
            return
        self.finished += finished_of(judged, self.glossary, self.period)
        self.failures += failures_of(judged, self.glossary, self.period.end)
        self.outages += outages_of(judged, self.glossary, self.period.end)
        self.misses += misses_of(judged)
        if judged.assessment.readings:
            self._take_promises(judged, judge_at)

    def add_outages(self, timeline: Timeline, *, hidden: bool) -> None:
        """Of a ticket reported under another contract of the same projects: its outage may reach
        into this one's days, and nothing else of it is this one's.
        """
        if not self._is_ours(timeline):
            self.outages += outages_told(
                timeline, self.glossary, hidden=hidden, then=self.period.end
            )

    def _take_promises(self, judged: Judged, judge_at: JudgeAt) -> None:
        begin, end = self.period.begin, self.period.end
        own = list(promises_of(judged, self.as_of))
        self.promises += (one for one in own if _touches(one, begin, end))
        course = course_of(judged, self.glossary, self.as_of)
        if course.reported < end and any(
            stay.until is None or stay.until > begin for stay in course.stays
        ):
            self.courses.append(course)
        self.open += self._open_at_the_end(own, judge_at)

    def _open_at_the_end(self, own: list[Promise], judge_at: JudgeAt) -> Iterator[Promise]:
        """Judged anew only where something was still to be done then."""
        then = min(self.period.end, self.as_of)
        if then == self.as_of:
            yield from own
        elif any(one.reported < then and not _is_done(one, then) for one in own):
            at_end = judge_at(then)
            if at_end is not None:
                yield from promises_of(at_end, then)

    def _is_ours(self, timeline: Timeline) -> bool:
        """Whether the tool made the ticket: an obligation's occurrence, a sign-off."""
        key = timeline.field(self.glossary.field_names.get("sla_key"))
        return key is not None and bool((key.now.value or "").strip())


def _touches(one: Promise, begin: datetime, end: datetime) -> bool:
    """Counted in the period, with the exclusions or without, or with a pause in it."""
    return any(
        at is not None and begin <= at < end for at in (one.counted_at, one.raw_counted_at)
    ) or any(pause.since < end and (pause.until or end) >= begin for pause in one.pauses)


def _is_done(one: Promise, then: datetime) -> bool:
    """Whether nothing was left to do for it: it had stopped, or was cancelled or not measurable.

    What was never done may have been given up after its verdict: nobody can tell from it alone.
    """
    if one.stopped is not None:
        return one.stopped < then
    if one.verdict is Verdict.MISSED:
        return False
    return not one.is_open and (one.decided is None or one.decided < then)
