"""The priority that impact and urgency give together (contract D).

A value counts when the provider set it, or the customer where the contract lets his choice count
at once. A priority that somebody set after both stands: the matrix proposes, people decide.
"""

from __future__ import annotations

from collections.abc import Mapping

from redmine_sla.contract import Choice, Terms
from redmine_sla.ticket import Attribute, Party, Span, Timeline


def matrix_priority(
    timeline: Timeline, terms: Terms, field_names: Mapping[str, str]
) -> tuple[str, str] | None:
    """The name of the Redmine priority and why, or `None` where there is nothing to say.

    `field_names` gives the custom field's name of each role.
    """
    impact = _counting(timeline, field_names, Choice.IMPACT, terms)
    urgency = _counting(timeline, field_names, Choice.URGENCY, terms)
    if impact is None or urgency is None:
        return None
    wanted = _looked_up(terms, impact.value or "", urgency.value or "")
    priorities = timeline.track(Attribute.PRIORITY)
    chosen_after = len(priorities.spans) > 1 and priorities.now.recorded >= max(
        impact.recorded, urgency.recorded
    )
    if wanted is None or chosen_after or wanted == priorities.now.value:
        return None
    return wanted, f"impact {impact.value} x urgency {urgency.value}"


def _counting(
    timeline: Timeline, field_names: Mapping[str, str], choice: Choice, terms: Terms
) -> Span | None:
    track = timeline.field(field_names.get(choice.value))
    span = track.set_by_people().now if track else None
    if span is None or not span.value:
        return None
    at_once = span.by.party is Party.CUSTOMER and choice in terms.customer_may_set
    return span if at_once or span.by.party is Party.PROVIDER else None


def _looked_up(terms: Terms, impact: str, urgency: str) -> str | None:
    for row, cells in terms.classification.matrix.items():
        if row.casefold() == impact.casefold():
            for column, priority in cells.items():
                if column.casefold() == urgency.casefold():
                    return priority
    return None
