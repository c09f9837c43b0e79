"""The roles custom fields can play: what is read from them, and what is written to them."""

from __future__ import annotations

INPUT_FIELDS: dict[str, str] = {
    "class": "problem class: user, system, infrastructure",
    "severity": "critical, priority, function",
    "kind": "incident, problem, request, change",
    "impact": "impact on the organisation",
    "urgency": "urgency",
    "channel": "how it was reported",
    "customer": "the customer it was reported for",
    "tier": "a service level chosen on the ticket",
    "happened_at": "when what is noted really happened",
    "work_started_at": "when work started",
    "visit_ordered_at": "when an authorised contact ordered a visit",
    "arrived_at": "when the engineer arrived",
    "device_taken_at": "when a device was taken in for repair",
    "replacement_handed_at": "when the replacement was handed over",
    "outage_began_at": "when an outage began",
    "outage_ended_at": "when it ended",
    "outage_service": "the service that was down",
    "failure_cause": "the causes of a failure",
    "failure_measures": "what keeps it from happening again",
    "date_agreed": "the customer agreed to the due date",
    "approved_by": "who approved a special request",
    "fixed_price": "an agreed price of development",
    "accepted": "the customer accepted the work",
    "satisfaction": "what the customer thought of it",
}
"""Roles of fields that people fill in. Contracts may use names of their own beside them."""

OUTPUT_FIELDS: dict[str, str] = {
    "sla_class": "class and severity in force, and whether somebody has to confirm them",
    "sla_status": "the worst open clock and how it stands",
    "response_due": "when work starts or an answer is due",
    "resolution_due": "when it is to be done",
    "sla_key": "the mark by which the tool knows its own tickets",
    "gauge": "share of the target used, 0 to 100",
    "budget": "the development budget: limit, used, remaining, on tickets that count on it",
}
"""Roles of fields that the tool writes and people only read."""
