"""Rates stay secret only where customers do not see the hours behind the money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redmine_sla.contract import Contract
from redmine_sla.sync.doctor.finding import Finding, named, warning
from redmine_sla.sync.doctor.snapshot import ServerSeen


def check_rates(server: ServerSeen, contracts: Sequence[Contract]) -> Iterator[Finding]:
    """Whether a customer could divide a published amount by hours that Redmine shows him."""
    priced = [
        contract.name
        for contract in contracts
        for rules in [contract.versions[-1][1].development]
        if rules is not None and rules.rates
    ]
    roles = [role.name for role in server.customer_roles if role.sees_booked_hours]
    if priced and roles:
        yield warning(
            "rates-can-be-divided-out",
            f"role {named(roles)} shows customers the hours booked: with the amounts on the pages "
            f"of {named(priced)} anybody can divide out the rates",
            f"Administration, Roles and permissions, {named(roles)}: untick "
            '"View spent time", if the rates are nobody\'s business',
        )
