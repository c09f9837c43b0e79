"""Where on tickets the tool may write: the fields of `sla.toml` that this Redmine really has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from redmine_sla.contract import Desk
from redmine_sla.ticket import CustomField, Ticket, Vocabulary

WRITTEN = ("sla_class", "sla_status", "response_due", "resolution_due", "gauge", "budget")
"""The roles written on customers' tickets. (`sla_key` marks the tickets the tool itself opens.)"""


@dataclass(frozen=True, slots=True)
class Surface:
    """The output fields by role. In wiki mode there are none, and no ticket is touched.

    `missing` are names in `sla.toml` that no field of this Redmine bears, as far as the key sees.
    """

    fields: Mapping[str, CustomField] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    touches_tickets: bool = False

    def on(self, ticket: Ticket) -> Mapping[str, CustomField]:
        """The fields this ticket has: Redmine ignores what its project or tracker does not use."""
        return {role: known for role, known in self.fields.items() if known.id in ticket.fields}

    def findings(self) -> tuple[str, ...]:
        return tuple(
            f'no custom field "{name}" is to be seen in Redmine: make it (provision), or correct '
            "[fields] in sla.toml"
            for name in self.missing
        )


def surface_of(desk: Desk, vocabulary: Vocabulary) -> Surface:
    """What of the desk's output fields this Redmine has."""
    if desk.surfaces.mode != "fields":
        return Surface()
    mapped = {role: desk.fields[role] for role in WRITTEN if role in desk.fields}
    found = {
        role: known
        for role, name in mapped.items()
        if (known := vocabulary.field_named(name)) is not None
    }
    missing = tuple(name for role, name in mapped.items() if role not in found)
    return Surface(MappingProxyType(found), missing, touches_tickets=True)
