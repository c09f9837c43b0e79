"""The priority that impact and urgency give together (profile cloud-erp).

A value counts when the provider set it, or the customer where the contract lets his choice count
at once. A priority that somebody set after both stands: the matrix proposes, people decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from redmine_sla.contract import Choice, Terms
from redmine_sla.ticket import Attribute, Party, Span, Timeline


@dataclass(frozen=True, slots=True)
class MatrixPriority:
    """The name of a Redmine priority, and the values it follows from."""

    name: str
    why: str


def matrix_priority(
    timeline: Timeline, terms: Terms, field_names: Mapping[str, str], at: datetime
) -> MatrixPriority | None:
    """What the contract's matrix gives at that instant; `None` where it has nothing to say.

    `field_names` gives the custom field's name of each role.
    """
    impact = _counting(timeline, field_names, Choice.IMPACT, terms, at)
    urgency = _counting(timeline, field_names, Choice.URGENCY, terms, at)
    if impact is None or urgency is None:
        return None
    name = _looked_up(terms, impact.value or "", urgency.value or "")
    if name is None or _chosen_after(timeline, max(impact.recorded, urgency.recorded), at):
        return None
    return MatrixPriority(name, f"impact {impact.value} x urgency {urgency.value}")


def _counting(
    timeline: Timeline,
    field_names: Mapping[str, str],
    choice: Choice,
    terms: Terms,
    at: datetime,
) -> Span | None:
    track = timeline.field(field_names.get(choice.value))
    span = track.set_by_people().span_at(at) if track else None
    if span is None or not span.value or span.start > at:
        return None
    at_once = span.by.party is Party.CUSTOMER and choice in terms.customer_may_set
    return span if at_once or span.by.party is Party.PROVIDER else None


def _chosen_after(timeline: Timeline, both_set: datetime, at: datetime) -> bool:
    """Did a person change the priority after impact and urgency were there?"""
    chosen = timeline.track(Attribute.PRIORITY).set_by_people()
    span = chosen.span_at(at)
    return span != chosen.first and span.recorded >= both_set


def _looked_up(terms: Terms, impact: str, urgency: str) -> str | None:
    for row, cells in terms.classification.matrix.items():
        if row.casefold() == impact.casefold():
            for column, priority in cells.items():
                if column.casefold() == urgency.casefold():
                    return priority
    return None
