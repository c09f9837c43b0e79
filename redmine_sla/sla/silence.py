"""Tickets that have no service clocks, and why."""

from __future__ import annotations

from redmine_sla.contract import Terms
from redmine_sla.language import Saying
from redmine_sla.sla.moments import Glossary
from redmine_sla.ticket import Attribute, Party, Timeline


def why_silent(timeline: Timeline, terms: Terms, glossary: Glossary) -> str:
    """Why no clock runs for this ticket; empty where clocks run.

    What the tool itself opened (a monitoring's alert names its channel), what the provider opened
    for itself, and what was opened as a subtask, whose parent speaks for it, are no reports of a
    customer. Nor is a ticket with the tool's key on it, whatever else its fields say; a customer's
    copy of one is.
    """
    opened_by = timeline.opened_by.party
    key = timeline.field(glossary.field_names.get("sla_key"))
    if key is not None and key.now.value and opened_by is not Party.CUSTOMER:
        return f"opened by redmine-sla for {key.now.value}"
    named = [timeline.field(glossary.field_names.get(role)) for role in ("channel", "customer")]
    for_a_customer = any(track and track.now.value for track in named)
    if opened_by is Party.BOT and not for_a_customer:
        return Saying("opened by a program, with neither a channel nor a customer named")
    is_internal = opened_by is Party.PROVIDER and terms.provider_tickets_are_internal
    if is_internal and not for_a_customer:
        return Saying(
            "internal: opened by the provider, with neither a channel nor a customer named"
        )
    parents = timeline.track(Attribute.PARENT)
    born_under_one = parents.first.value and parents.now.value
    if born_under_one and terms.parent_speaks_for_subtasks:
        return Saying("a subtask: #{number} speaks for it", number=parents.now.value)
    return ""
