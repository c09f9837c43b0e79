"""When a ticket's relations were made, as its journals tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from redmine_sla.ticket.ticket import DetailKind, Relation, RelationKind, Ticket


def relations_of(
    ticket: Ticket, happened: Mapping[int, datetime]
) -> tuple[tuple[datetime, Relation], ...]:
    """Each present relation with the instant it was made (the creation where none is told).

    `happened` gives the instant of each journal.
    """
    made = {
        (detail.name, detail.new): happened[journal.id]
        for journal in ticket.journals or ()
        for detail in journal.details
        if detail.kind is DetailKind.RELATION and detail.new
    }
    return tuple(
        (made.get(_seen_from(relation, ticket.id), ticket.created), relation)
        for relation in ticket.relations
    )


_REVERSED = MappingProxyType(
    {
        RelationKind.DUPLICATES: RelationKind.DUPLICATED,
        RelationKind.BLOCKS: RelationKind.BLOCKED,
        RelationKind.PRECEDES: RelationKind.FOLLOWS,
        RelationKind.COPIED_TO: RelationKind.COPIED_FROM,
        RelationKind.RELATES: RelationKind.RELATES,
    }
)


def _seen_from(relation: Relation, ticket: int) -> tuple[str, str]:
    """The relation as this ticket's journal writes it: its kind from here, the other's number."""
    if relation.source == ticket:
        return relation.kind.value, str(relation.target)
    return _REVERSED.get(relation.kind, relation.kind).value, str(relation.source)
