"""Why a ticket shows what it shows, in one line for whoever reads the plan."""

from __future__ import annotations

from datetime import tzinfo

from redmine_sla.page import local_text
from redmine_sla.plan.status_line import clock_name
from redmine_sla.sla.reading import Assessment, Reading
from redmine_sla.sla.verdict import Verdict

_TELLING = (Verdict.MISSED, Verdict.UNMEASURED, Verdict.MET, Verdict.CANCELLED)


def reason_of(assessment: Assessment, zone: tzinfo) -> str:
    """The line behind a ticket's status."""
    if assessment.silent:
        return assessment.silent
    told = assessment.worst or _telling(assessment)
    return about(told, zone) if told else "nothing is promised for it"


def about(reading: Reading, zone: tzinfo) -> str:
    """`resolution within 8 business hours: reported 2026-11-20 10:12 CET, …`"""
    promise = f"{clock_name(reading)} within {reading.target}"
    if str(reading.target) == "agreed":
        promise = f"{clock_name(reading)} kept"
    facts = []
    if reading.counted is not None:
        start = reading.counted.start
        facts.append(f"{start.why} {local_text(start.at, zone)}")
    if reading.stop is not None:
        facts.append(f"{reading.stop.why} {local_text(reading.stop.at, zone)}")
    if reading.due is not None:
        facts.append(f"due {local_text(reading.due, zone)}")
    if reading.measured is not None and reading.stop is None:
        facts.append(f"{int(reading.measured.share * 100)} % used")
    facts.extend(filter(None, [reading.reason, *reading.remarks]))
    return f"{promise}: {', '.join(facts)}" if facts else promise


def _telling(assessment: Assessment) -> Reading | None:
    """The finished reading that explains the status best."""
    for verdict in _TELLING:
        for reading in reversed(assessment.current):
            if reading.verdict is verdict:
                return reading
    return None
