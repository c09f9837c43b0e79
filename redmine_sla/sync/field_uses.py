"""Which field roles a contract needs, so that no empty field stands on every ticket."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from redmine_sla.contract import OUTPUT_FIELDS, Contract, EventKind, Terms, Trigger
from redmine_sla.contract.promises.quarterly import Content

_ALWAYS = frozenset({"class", "severity", "kind", "happened_at", "customer", "satisfaction"})

_WITH: tuple[tuple[Callable[[Terms], object], tuple[str, ...]], ...] = (
    (lambda terms: terms.classification.matrix, ("impact", "urgency")),
    (lambda terms: terms.channels, ("channel",)),
    (lambda terms: terms.tiers, ("tier",)),
    (lambda terms: terms.availability, ("outage_began_at", "outage_ended_at", "outage_service")),
    (
        lambda terms: "failure_report" in terms.clocks_in_use,
        ("outage_began_at", "failure_cause", "failure_measures"),
    ),
    (
        lambda terms: terms.hands_over(Content.FAILURE_REPORTS),
        ("failure_cause", "failure_measures"),
    ),
    (lambda terms: terms.intake.special_requests, ("approved_by",)),
    (lambda terms: terms.development, ("fixed_price", "accepted")),
    (
        lambda terms: any(duty.confirmed_by_contact for duty in terms.obligations_for()),
        ("accepted",),
    ),
)
"""What a contract has, and the fields it then looks at."""


def roles_used(contract: Contract) -> frozenset[str]:
    """The input roles that something in the contract, now or after an amendment, looks at."""
    used = {role for _, terms in contract.versions for role in _of(terms)}
    return _ALWAYS | used | contract.select.fields.keys()


def users_of(role: str, contracts: Iterable[Contract]) -> tuple[str, ...]:
    """The names of the contracts on whose tickets the field is of use.

    What we write is on all, but for the development budget.
    """
    return tuple(contract.name for contract in contracts if _uses(contract, role))


def _uses(contract: Contract, role: str) -> bool:
    if role == "budget":
        return any(terms.development for _, terms in contract.versions)
    return role in OUTPUT_FIELDS or role in roles_used(contract)


def _of(terms: Terms) -> Iterator[str]:
    for has, roles in _WITH:
        if has(terms):
            yield from roles
    for name in terms.clocks_in_use:
        clock = terms.clocks[name]
        yield from _fields_of([*clock.starts, *clock.stops])
    if "agreed" in terms.clocks_in_use:
        yield from _fields_of(terms.agreement.assent)


def _fields_of(triggers: Iterable[Trigger]) -> Iterator[str]:
    return (trigger.what for trigger in triggers if trigger.kind is EventKind.FIELD)
