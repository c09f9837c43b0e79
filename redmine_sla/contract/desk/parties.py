"""`[roles]`, `[[parties]]`, `[bots]`: who acts for whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from redmine_sla.contract.base import Names, Section, Text
from redmine_sla.contract.findings import Finding


class Side(StrEnum):
    """The side somebody acts for."""

    CUSTOMER = "customer"
    PROVIDER = "provider"
    THIRD_PARTY = "third_party"


def _user(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


User = Annotated[
    Text,
    BeforeValidator(_user),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
]
"""A Redmine user by number, login, or name as Redmine shows it."""


class Roles(Section):
    """`[roles]`: Redmine's role names by the side they stand for."""

    provider: Names = Field(
        description="Roles of the provider", examples=[["Developer", "Manager"]]
    )
    customer: Names = Field(description="Roles of customers", examples=[["Reporter"]])
    third_party: Names = Field(default=(), description="Roles of vendors and the like")

    def contradictions(self) -> Iterable[Finding]:
        seen: dict[str, str] = {}
        for side in (Side.PROVIDER, Side.CUSTOMER, Side.THIRD_PARTY):
            for role in getattr(self, side):
                if role in seen:
                    yield Finding(
                        (str(side),),
                        f'role "{role}" already stands for the {seen[role]}',
                        "keep one of them",
                    )
                seen.setdefault(role, str(side))


class PartyEntry(Section):
    """`[[parties]]`: a person's side for a time. Asked before roles, first line that fits wins.

    Redmine keeps no history of memberships: without a `role` here, hours are priced by the roles
    somebody holds today, and those of somebody who has left the project have no price by role.
    """

    user: User = Field(description="Number, login or name in Redmine", examples=["jkovacs"])
    party: Side = Field(description="customer, provider or third_party")
    role: Names = Field(
        default=(),
        description="Redmine roles held in these days, for rates by role; left out: those held "
        "today, none once somebody has left",
        examples=["Developer"],
    )
    since: date | None = Field(
        default=None, alias="from", description="First day; left out: always"
    )
    until: date | None = Field(default=None, alias="to", description="Last day, included")

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    def contradictions(self) -> Iterable[Finding]:
        if self.since and self.until and self.until < self.since:
            yield Finding(("to",), f"{self.until} is before from", "write the later day")


class Bots(Section):
    """`[bots]`: programs. What they do is neither an answer nor evidence."""

    users: tuple[User, ...] = Field(
        default=(), description="Beside the user of the API key", examples=[["monitoring"]]
    )
