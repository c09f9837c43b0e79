"""Whom a contract names: the customer's authorised contacts, and what it selects in a project."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from pydantic import Field

from redmine_sla.contract.base import Names, Section, Text, on_record
from redmine_sla.contract.findings import Finding
from redmine_sla.contract.words import ContactRole


class Contact(Section):
    """`[[contacts]]`: a person of the customer and what he may do."""

    name: Text = Field(
        description="As customers and engineers call the person", examples=["Anna Nowak"]
    )
    user: int | None = Field(
        default=None,
        gt=0,
        description="The user's number in Redmine, as in his page's address: with it he is known "
        "by that alone, whatever his name is and whether he is still a member; without it by his "
        "name, which any user may change. `redmine-sla doctor` tells the numbers",
        examples=[17],
    )
    login: Text | None = Field(default=None, description="Redmine login", examples=["anowak"])
    mail: Text | None = Field(
        default=None, description="Mail address", examples=["anna@customer.example"]
    )
    phone: Text | None = Field(
        default=None, description=on_record("Phone number"), examples=["+48 22 123 45 67"]
    )
    may: tuple[ContactRole, ...] = Field(
        description="What the person is authorised to do", examples=[["order_visit", "verify_work"]]
    )

    def contradictions(self) -> Iterable[Finding]:
        if self.user is None and self.login is None and self.mail is None:
            yield Finding(
                (),
                f'contact "{self.name}" cannot be recognised',
                "write user = his number in Redmine, or his login or mail",
            )


class Selection(Section):
    """`[select]`: which tickets of a shared project belong to this contract.

    All the keys given must fit; a key left out fits everything.
    """

    trackers: Names = Field(default=(), description="Tracker names", examples=[["Bug", "Support"]])
    categories: Names = Field(default=(), description="Issue categories", examples=[["ERP"]])
    fields: dict[Text, Names] = Field(
        default_factory=dict,
        description="Custom fields, by role in sla.toml, and the values that fit",
        examples=[{"customer": "Alma Kft."}],
    )

    def overlaps(self, other: Selection) -> bool:
        """Whether a ticket could be selected by both."""
        pairs = [(self.trackers, other.trackers), (self.categories, other.categories)]
        shared = self.fields.keys() & other.fields.keys()
        pairs += [(self.fields[name], other.fields[name]) for name in shared]
        return all(_meet(mine, theirs) for mine, theirs in pairs)


def _meet(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    if not mine or not theirs:
        return True
    return any(a.casefold() == b.casefold() for a, b in product(mine, theirs))
