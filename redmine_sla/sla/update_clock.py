"""The clock that starts again with each answer: how long was the customer left without a word?

The longest silence counts, measured against the target.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from redmine_sla.contract import Clock
from redmine_sla.language import Saying
from redmine_sla.sla.case import Case
from redmine_sla.sla.reading import Reading, Start, Stop
from redmine_sla.sla.run import Run, read_run, received
from redmine_sla.sla.settling import settled
from redmine_sla.sla.standard_clock import resolution
from redmine_sla.sla.verdict import Motion, Verdict
from redmine_sla.ticket import Note, Party


def read_update(name: str, clock: Clock, case: Case) -> Reading | None:
    """The present silence, or the longest one where that was too long or the ticket is done."""
    readings = [
        settled(reading, run, case)
        for run in _silences(name, clock, case)
        if (reading := read_run(run, case))
    ]
    if not readings:
        return None
    judged = [one for one in readings if one.verdict is not Verdict.CANCELLED] or readings
    longest = max(judged, key=lambda reading: reading.measured.share if reading.measured else 0)
    present = readings[-1]
    broken = next((one.due for one in readings if one.verdict.is_late), None)
    if present.motion is Motion.STOPPED or longest is present:
        return replace(longest, broken=broken)
    if not longest.verdict.is_late:
        return present
    since = longest.counted.start.at if longest.counted else ""
    return replace(
        present,
        verdict=Verdict.BREACHED,
        broken=broken,
        remarks=(*present.remarks, Saying("a silence from {since} was too long", since=since)),
    )


def _silences(name: str, clock: Clock, case: Case) -> Iterator[Run]:
    start = received(case)
    end = case.resolved or case.cancelled
    for note in case.timeline.notes:
        within = note.at >= case.cycle.start and (end is None or note.at < end)
        if within and _is_answer(note):
            what = Saying("public note by {author}", author=note.author.name)
            yield Run(name, clock, start, Stop(note.at, note.recorded, what))
            start = Start(note.at, note.at, what)
    yield Run(name, clock, start, next(resolution(case), None))


def _is_answer(note: Note) -> bool:
    return note.public and note.author.party is Party.PROVIDER
