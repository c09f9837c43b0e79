"""A ticket's standing in one line, for people: the worst open clock first, and what is past repair.

resolution: at risk
resolution: on track, paused: waiting for customer; missed: response
missed: resolution
met
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from redmine_sla.sla.reading import Assessment, Reading
from redmine_sla.sla.verdict import Motion, Verdict
from redmine_sla.ticket import Party

_STANDING = MappingProxyType(
    {
        Verdict.ON_TRACK: "on track",
        Verdict.AT_RISK: "at risk",
        Verdict.BREACHED: "breached",
    }
)
_AWAITED = MappingProxyType(
    {Party.CUSTOMER: "waiting for customer", Party.THIRD_PARTY: "waiting for third party"}
)
_SAID_BESIDES = (Verdict.MISSED, Verdict.UNMEASURED)


def status_line(assessment: Assessment) -> str:
    """The line; empty for a ticket without clocks."""
    worst = assessment.worst
    besides = [
        f"{verdict}: {', '.join(clocks)}"
        for verdict in _SAID_BESIDES
        if (clocks := _named(assessment.current, verdict))
    ]
    if worst is not None:
        return "; ".join([_standing(worst), *besides])
    return "; ".join(besides) or _good_end(assessment.current)


def clock_name(reading: Reading) -> str:
    """The clock's title as it stands inside a sentence."""
    return reading.title[:1].lower() + reading.title[1:]


def standing(verdict: Verdict) -> str:
    """The verdict in words."""
    return _STANDING.get(verdict, verdict.value)


def _standing(reading: Reading) -> str:
    line = f"{clock_name(reading)}: {standing(reading.verdict)}"
    if reading.motion is Motion.PAUSED:
        return f"{line}, paused: {_why_paused(reading)}"
    if reading.motion is Motion.PENDING and reading.reason:
        return f"{line}, {reading.reason}"
    return line


def _why_paused(reading: Reading) -> str:
    """What the open pause waits for."""
    pauses = reading.counted.count.pauses if reading.counted else ()
    wait = next((wait for wait in reversed(pauses) if wait.end is None), None)
    if wait is None:
        return "agreed exclusion"
    return _AWAITED.get(wait.party, wait.reason) if wait.party else wait.reason


def _named(readings: Iterable[Reading], verdict: Verdict) -> list[str]:
    return [clock_name(reading) for reading in readings if reading.verdict is verdict]


def _good_end(readings: tuple[Reading, ...]) -> str:
    if any(reading.verdict is Verdict.MET for reading in readings):
        return "met"
    return "cancelled" if readings else ""
