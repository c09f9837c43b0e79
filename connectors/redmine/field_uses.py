"""Which field roles a contract needs, so that no empty field stands on every ticket."""

from __future__ import annotations

from collections.abc import Iterator

from redmine_sla.contract import Contract, EventKind, Terms, Trigger


def roles_used(contract: Contract) -> frozenset[str]:
    """The input roles that something in the contract, now or after an amendment, looks at."""
    used = {role for _, terms in contract.versions for role in _of(terms)}
    return frozenset(used | contract.select.fields.keys())


def _of(terms: Terms) -> Iterator[str]:
    yield from ("class", "severity", "kind", "happened_at", "customer", "satisfaction")
    for clock in terms.clocks_in_use:
        for trigger in (*terms.clocks[clock].starts, *terms.clocks[clock].stops):
            yield from _field_of(trigger)
    if terms.classification.matrix:
        yield from ("impact", "urgency")
    if terms.channels:
        yield "channel"
    if terms.tiers:
        yield "tier"
    if terms.availability is not None:
        yield from ("outage_began_at", "outage_ended_at", "outage_service")
    if "failure_report" in terms.clocks_in_use:
        yield from ("outage_began_at", "failure_cause", "failure_measures")
    if "agreed" in terms.clocks_in_use:
        for trigger in terms.agreement.assent:
            yield from _field_of(trigger)
    if terms.intake.special_requests:
        yield "approved_by"
    if terms.development is not None:
        yield from ("fixed_price", "accepted")


def _field_of(trigger: Trigger) -> Iterator[str]:
    if trigger.kind is EventKind.FIELD:
        yield trigger.what
