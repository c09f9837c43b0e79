"""A ticket's standing in one line, for people: the worst open clock first, and what is past repair.

resolution: at risk
resolution: on track, paused: waiting for customer; missed: response
missed: resolution
met
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from types import MappingProxyType

from redmine_sla.language import ENGLISH, Tongue, marked
from redmine_sla.sla.reading import Assessment, Reading
from redmine_sla.sla.verdict import Motion, Verdict
from redmine_sla.ticket import Party

_STANDING = MappingProxyType(
    {
        Verdict.ON_TRACK: marked("on track"),
        Verdict.AT_RISK: marked("at risk"),
        Verdict.BREACHED: marked("breached"),
        Verdict.MET: marked("met"),
        Verdict.MISSED: marked("missed"),
        Verdict.CANCELLED: marked("cancelled"),
        Verdict.UNMEASURED: marked("unmeasured"),
    }
)
_AWAITED = MappingProxyType(
    {
        Party.CUSTOMER: marked("waiting for customer"),
        Party.THIRD_PARTY: marked("waiting for third party"),
    }
)
_SAID_BESIDES = (Verdict.MISSED, Verdict.UNMEASURED)


def status_line(assessment: Assessment, zone: tzinfo, tongue: Tongue = ENGLISH) -> str:
    """The line, with times of `zone`; empty for a ticket without clocks."""
    worst = assessment.worst
    besides = [
        f"{standing(verdict, tongue)}: {', '.join(clocks)}"
        for verdict in _SAID_BESIDES
        if (clocks := _named(assessment.current, verdict, tongue))
    ]
    if worst is not None:
        return "; ".join([_standing(worst, zone, tongue), *besides])
    return "; ".join(besides) or _good_end(assessment.current, tongue)


def clock_name(reading: Reading, tongue: Tongue = ENGLISH) -> str:
    """The clock's title as it stands inside a sentence."""
    title = tongue.say(reading.title)
    return title[:1].lower() + title[1:]


def standing(verdict: Verdict, tongue: Tongue = ENGLISH) -> str:
    """The verdict in words."""
    return tongue.say(_STANDING[verdict])


def _standing(reading: Reading, zone: tzinfo, tongue: Tongue) -> str:
    line = f"{clock_name(reading, tongue)}: {standing(reading.verdict, tongue)}"
    if reading.motion is Motion.PAUSED:
        return f"{line}, {tongue.say('paused: {why}', why=_why_paused(reading, zone, tongue))}"
    if reading.motion is Motion.PENDING and reading.reason:
        return f"{line}, {tongue.tell(reading.reason, zone)}"
    return line


def _why_paused(reading: Reading, zone: tzinfo, tongue: Tongue) -> str:
    """What the open pause waits for."""
    pauses = reading.counted.count.pauses if reading.counted else ()
    wait = next((wait for wait in reversed(pauses) if wait.end is None), None)
    if wait is None:
        return tongue.say("agreed exclusion")
    if wait.party is not None and wait.party in _AWAITED:
        return tongue.say(_AWAITED[wait.party])
    return tongue.tell(wait.reason, zone)


def _named(readings: Iterable[Reading], verdict: Verdict, tongue: Tongue) -> list[str]:
    return [clock_name(reading, tongue) for reading in readings if reading.verdict is verdict]


def _good_end(readings: tuple[Reading, ...], tongue: Tongue) -> str:
    if any(reading.verdict is Verdict.MET for reading in readings):
        return standing(Verdict.MET, tongue)
    return standing(Verdict.CANCELLED, tongue) if readings else ""
