"""Rates: whether each is somebody's, and whether customers could divide one out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redmine_sla.contract import Contract
from redmine_sla.contract.explain import near
from redmine_sla.sync.doctor.finding import Finding, advice, named, warning
from redmine_sla.sync.doctor.snapshot import ServerSeen


def check_rates(server: ServerSeen, contracts: Sequence[Contract]) -> Iterator[Finding]:
    """Whether rates name people who are there, and whether hours shown to customers tell rates."""
    for contract in contracts:
        yield from _strangers(server, contract)
    yield from _divisible(server, contracts)


def _strangers(server: ServerSeen, contract: Contract) -> Iterator[Finding]:
    """Rates of nobody fit no hours: what the person meant has booked is priced otherwise or not."""
    rules = contract.versions[-1][1].development
    projects = [one for one in server.projects if contract.name in one.contracts]
    if rules is None or any(one.members is None for one in projects):
        return  # members that cannot be read are told with the people
    members = [member for one in projects for member in one.members or ()]
    names, numbers = {one.name for one in members}, {str(one.id) for one in members}
    for user in dict.fromkeys(user for rate in rules.rates for user in rate.users):
        if user.isdigit() and user not in numbers:
            yield advice(
                "rate-user-not-member",
                f"contract {contract.name}: [[development.rates]] names user #{user}, who is in "
                "none of its projects today",
                "leave it if he has left; else correct the number",
            )
        elif not user.isdigit() and user not in names:
            yield warning(
                "rate-user-unknown",
                f'contract {contract.name}: [[development.rates]] names "{user}", and nobody in '
                "its projects is called so: the rate prices nothing",
                f"{near(user, names)}; write the name as Redmine shows it, or the number in his "
                "page's address: logins are told to nobody",
            )


def _divisible(server: ServerSeen, contracts: Sequence[Contract]) -> Iterator[Finding]:
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
