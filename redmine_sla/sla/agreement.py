"""Dates agreed with the customer: proposed by the provider, assented to by the customer.

Contract E, points 2 and 3: the provider sets the due date within two hours and agrees it; the
fault is then fixed no later than that date. Redmine's `due_date` carries the date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from redmine_sla.contract import EventKind, Trigger
from redmine_sla.sla.moments import Glossary, Moment, Side, first_moment
from redmine_sla.ticket import Attribute, Party, Timeline


@dataclass(frozen=True, slots=True)
class Agreement:
    """One date on the ticket. `assent` is `None` while the other side has not agreed."""

    day: date
    proposed: datetime
    proposed_by: Party
    assent: Moment | None


def agreements_of(
    timeline: Timeline, glossary: Glossary, assents: tuple[Trigger, ...], since: datetime
) -> list[Agreement]:
    """Every due date proposed at or after `since`, in order, with the assent it found.

    An assent counts from the proposal until the date is changed. A public note of the customer is
    an assent only to what the provider proposed.
    """
    agreements = []
    for span in timeline.track(Attribute.DUE_DATE).spans:
        if not span.value or (span.end is not None and span.end <= since):
            continue
        proposed = max(span.start, since)
        assent = _assent(timeline, glossary, assents, proposed, span.by.party)
        if assent is not None and span.end is not None and (assent.at or proposed) >= span.end:
            assent = None
        agreements.append(
            Agreement(date.fromisoformat(span.value), proposed, span.by.party, assent)
        )
    return agreements


def _assent(
    timeline: Timeline,
    glossary: Glossary,
    assents: tuple[Trigger, ...],
    proposed: datetime,
    proposed_by: Party,
) -> Moment | None:
    usable = [
        trigger
        for trigger in assents
        if not (trigger.kind is EventKind.NOTE and trigger.what == proposed_by.value)
    ]
    return first_moment(usable, timeline, glossary, since=proposed, side=Side.ANYBODY)
