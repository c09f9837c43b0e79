"""What a ticket's SLA fields should show, whatever they show now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from redmine_sla.language import ENGLISH, Tongue
from redmine_sla.page import local_text
from redmine_sla.plan.reasons import reason_of
from redmine_sla.plan.status_line import status_line
from redmine_sla.sla.judged import Judged
from redmine_sla.sla.reading import Assessment, Reading

FIRST_REACTION = ("response", "work_start", "commitment", "arrival")
DONE = ("agreed", "resolution")
_GAUGE_STEP = 25


@dataclass(frozen=True, slots=True)
class Shown:
    """The texts by their role in `sla.toml`, in the order people read them.

    Dues are absolute and local to the contract, and empty while the time is frozen or nothing is
    owed any more. `why` is for the plan, not for Redmine.
    """

    sla_class: str = ""
    sla_status: str = ""
    response_due: str = ""
    resolution_due: str = ""
    gauge: str = ""
    budget: str = ""
    why: str = ""

    def values(self) -> dict[str, str]:
        """The texts by role."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "why"}


def shown_for(judged: Judged, tongue: Tongue = ENGLISH) -> Shown:
    """What the ticket should show. Nothing for one without service clocks.

    `tongue` is that of the desk's fields, one for all contracts: people filter by these texts.
    """
    assessment = judged.assessment
    zone = ZoneInfo(judged.contract.timezone)
    why = reason_of(assessment, zone)
    if assessment.silent or not assessment.readings:
        return Shown(why=why)
    return Shown(
        sla_class=class_words(judged, tongue),
        sla_status=status_line(assessment, zone, tongue),
        response_due=local_text(response_due(assessment), zone),
        resolution_due=local_text(resolution_due(assessment), zone),
        gauge=_gauge(assessment),
        why=why,
    )


def with_budget(shown: Shown, text: str) -> Shown:
    """The same with the development budget on it; empty for a ticket that does not count on it."""
    if not text:
        return shown
    return replace(shown, budget=text, why=shown.why or "counts on the development budget")


def class_words(judged: Judged, tongue: Tongue = ENGLISH) -> str:
    """Reach and severity, and whether somebody has still to confirm the reach.

    A reach that nobody confirmed is left out where no promise depends on it: it decides nothing.
    """
    facts = judged.assessment.facts
    if facts is None:
        return ""
    reach = tongue.say(facts.problem_class)
    if reach and judged.needs_triage:
        rules = judged.contract.terms_at(judged.timeline.reported).targets
        decides = any(rule.problem_class for rule in rules)
        reach = tongue.say("{reach} (to be confirmed)", reach=reach) if decides else ""
    return ", ".join(filter(None, (reach, tongue.say(facts.severity))))


def response_due(assessment: Assessment) -> datetime | None:
    """When the first reaction that is still owed is due."""
    return _earliest(_owed(assessment, FIRST_REACTION))


def _owed(assessment: Assessment, clocks: Iterable[str]) -> list[Reading]:
    """The open readings of those clocks, in that order."""
    readings = (assessment.reading(clock) for clock in clocks)
    return [reading for reading in readings if reading and reading.verdict.is_open]


def _earliest(readings: Iterable[Reading]) -> datetime | None:
    return min((reading.due for reading in readings if reading.due), default=None)


def resolution_due(assessment: Assessment) -> datetime | None:
    """When it is to be done; an agreed date goes before a target."""
    owed = _owed(assessment, DONE)
    return next((reading.due for reading in owed if reading.due), None)


def _gauge(assessment: Assessment) -> str:
    """The share used of the clock named in the status, in few steps: each one costs a journal.

    A progress bar refuses more than 100.
    """
    worst = assessment.worst
    if worst is None or worst.measured is None:
        return ""
    steps = int(worst.measured.share * 100) // _GAUGE_STEP
    return str(min(100, steps * _GAUGE_STEP))
