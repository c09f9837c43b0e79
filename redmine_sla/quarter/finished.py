"""Tickets that were done in a period: the changes delivered, and what customers thought of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from redmine_sla.calendar.period import Period
from redmine_sla.sla.cycles import Ending, rests_of
from redmine_sla.sla.judged import Judged
from redmine_sla.sla.moments import Glossary
from redmine_sla.ticket import Attribute, Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A ticket that came to rest as resolved, and stood so at the end of a period.

    A later reopening takes nothing back: what is delivered again is told again. What a customer
    thought of it is as known now, whenever he said it.
    `version` is the name of its Redmine version, empty without one. `changes` says whether it
    changed the product: it is a change by kind, or development by the contract's rule.
    """

    ticket: int
    hidden: bool
    subject: str
    tracker: str
    version: str
    at: datetime
    changes: bool
    satisfaction: str = ""


def finished_of(judged: Judged, glossary: Glossary, period: Period) -> Iterator[Finished]:
    """The ticket, if it stood resolved at the period's end. A subtask is named by its parent."""
    timeline = judged.timeline.happened_by(period.last, period.zone)
    rests = rests_of(timeline.track(Attribute.STATUS), glossary.roles_of)
    if not rests or rests[-1].end is not None or rests[-1].ending is not Ending.RESOLVED:
        return
    if timeline.track(Attribute.PARENT).now.value:
        return
    opinion = judged.timeline.field(glossary.field_names.get("satisfaction"))
    yield Finished(
        ticket=judged.number,
        hidden=judged.is_hidden,
        subject=timeline.track(Attribute.SUBJECT).now.value or judged.ticket.subject,
        tracker=timeline.track(Attribute.TRACKER).now.value or judged.ticket.tracker.name,
        version=timeline.track(Attribute.VERSION).now.value or "",
        at=rests[-1].start,
        changes=_changes_the_product(judged, timeline),
        satisfaction=(opinion.now.value or "").strip() if opinion else "",
    )


def _changes_the_product(judged: Judged, timeline: Timeline) -> bool:
    terms = judged.contract.terms_at(timeline.reported)
    facts = judged.assessment.facts
    if facts is not None and facts.kind == "change":
        return True
    if terms.development is None:
        return False
    trackers = terms.development.counts.trackers
    return bool(trackers) and timeline.track(Attribute.TRACKER).now.value in trackers
