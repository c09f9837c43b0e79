"""Contacts: whether Redmine has the person, and whether it can be told from others by more than a
name, which any user may change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redmine_sla.contract import Configuration, ContactRole, Contract
from redmine_sla.contract.explain import near
from redmine_sla.contract.promises.people import Contact
from redmine_sla.sync.doctor.finding import Finding, advice, named, warning
from redmine_sla.sync.doctor.people import MEMBERS, people_of
from redmine_sla.sync.doctor.snapshot import MemberSeen, ServerSeen

_SIGNS = frozenset({ContactRole.SIGN_OFF, ContactRole.APPROVE})


def check_contacts(
    server: ServerSeen, configuration: Configuration, contracts: Sequence[Contract]
) -> Iterator[Finding]:
    """Each contact of the running contracts among the members of the contract's projects."""
    for contract in contracts:
        people = {one.id: one for one in people_of(server, configuration, contract)}
        for contact in contract.versions[-1][1].contacts:
            if contact.user is None:
                yield from _known_by_name(contract, contact, list(people.values()))
            else:
                yield from _known_by_number(contract, contact, people.get(contact.user))


def _known_by_name(
    contract: Contract, contact: Contact, people: Sequence[MemberSeen]
) -> Iterator[Finding]:
    called = [member for member in people if member.name == contact.name]
    who = f'contract {contract.name}: contact "{contact.name}"'
    if not called:
        yield warning(
            "contact-unknown",
            f"{who} is not a member of its projects, so nothing he does is authorised",
            f"{near(contact.name, {member.name for member in people})}; write the name as Redmine "
            f"shows it, or add him in {MEMBERS}",
        )
    elif len(called) > 1:
        numbers = " or ".join(f"user = {member.id}" for member in called)
        yield warning(
            "contact-ambiguous",
            f"{who} is what {len(called)} members are called, so nothing any of them does is "
            "authorised",
            f"write {numbers} under his [[contacts]]: the number of his page's address",
        )
    elif _SIGNS.intersection(contact.may):
        yield advice(
            "contact-by-name",
            f"{who} is known by his name alone: any user may take it, and he himself loses what he "
            "signed when he changes it or leaves the project",
            f"write user = {called[0].id} under his [[contacts]]",
        )


def _known_by_number(
    contract: Contract, contact: Contact, member: MemberSeen | None
) -> Iterator[Finding]:
    who = f'contract {contract.name}: contact "{contact.name}"'
    if member is None:
        yield advice(
            "contact-not-member",
            f"{who} (user {contact.user}) is in none of its projects today: what he did counts, "
            "and nothing can be assigned to him",
            "leave it if he has left; else correct the number",
        )
    elif member.name != contact.name:
        yield advice(
            "contact-other-name",
            f"{who} is user {contact.user}, whom Redmine calls {named([member.name])}",
            "correct name if he has another one now; else correct user",
        )
