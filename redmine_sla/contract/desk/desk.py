"""`sla.toml`: one Redmine, how to reach it, and what its names mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import Field

from redmine_sla.contract.base import Names, Section, Text, on_record
from redmine_sla.contract.desk.connection import Mirror, Pull, RedmineConnection
from redmine_sla.contract.desk.duties import Duties
from redmine_sla.contract.desk.fields import INPUT_FIELDS, OUTPUT_FIELDS
from redmine_sla.contract.desk.parties import Bots, PartyEntry, Roles
from redmine_sla.contract.desk.surfaces import Notifications, Surfaces
from redmine_sla.contract.findings import Finding, Path
from redmine_sla.contract.promises.intake import Route

STATUS_ROLES: Mapping[str, str] = {
    "working": "the provider works on it",
    "waiting_customer": "waiting for the customer: clocks that pause stand still",
    "waiting_third_party": "waiting for a vendor or another third party",
    "confirmed": "a reported defect is confirmed",
    "agreed": "the customer agreed to the proposed date",
    "resolved": "the promise is kept, closed or not",
    "rejected": "no service was owed: clocks are cancelled",
    "duplicate": "another ticket speaks for it: clocks are cancelled",
}
"""The status roles the built-in clocks know; contracts may use names of their own beside them."""

_A_SLIP = 0.8
"""Likeness from which an own role is taken for a known one, badly written."""

_NEEDED_STATUSES = ("working", "waiting_customer", "resolved")


class Statuses(Section):
    """`[statuses]`: roles, and the names of the Redmine statuses that play them.

    `confirmed = []` says openly that this Redmine has no such status.
    """

    roles: dict[Text, Names] = Field(description="Status names by role")

    @classmethod
    def arranged(cls, written: Mapping[str, Any]) -> Mapping[str, Any]:
        return written if "roles" in written else {"roles": written}

    @classmethod
    def as_written(cls, path: Path) -> Path:
        return path[1:] if path[:1] == ("roles",) else path

    def contradictions(self) -> Iterable[Finding]:
        for role in _NEEDED_STATUSES:
            if role not in self.roles:
                yield Finding(
                    ("roles", role),
                    "is missing",
                    f"name the statuses that mean: {STATUS_ROLES[role]}",
                )

    def named(self, role: str) -> tuple[str, ...]:
        """The statuses of a role; none where the role is not mapped."""
        return self.roles.get(role, ())

    def roles_of(self, status: str) -> frozenset[str]:
        """The roles a status plays."""
        return frozenset(role for role, names in self.roles.items() if status in names)


class RequiredFields(Section):
    """`[required_fields]`: values Redmine wants on every ticket that we create."""

    fields: dict[Text, Text] = Field(
        default_factory=dict,
        description="By custom field name",
        examples=[{"Department": "Support"}],
    )
    trackers: dict[Text, dict[Text, Text]] = Field(
        default_factory=dict, description="The same for one tracker"
    )
    tracker: Text | None = Field(default=None, description="Tracker of tickets that name none")


class Desk(Section):
    """`sla.toml` in whole. Immutable; secrets are never shown."""

    redmine: RedmineConnection = Field(description="How to reach Redmine")
    mirror: Mirror = Field(default_factory=Mirror, description="Where what was read is kept")
    pull: Pull = Field(default_factory=Pull, description="How much is read, and how often")
    roles: Roles = Field(description="Which Redmine roles stand for whom")
    parties: tuple[PartyEntry, ...] = Field(
        default=(), description="People whose side roles do not tell, or did not always"
    )
    bots: Bots = Field(default_factory=Bots, description="Users that are programs")
    statuses: Statuses = Field(description="What the statuses mean")
    fields: dict[Text, Text] = Field(
        default_factory=dict,
        description="Custom field names by role",
        examples=[{"class": "Problem class", "sla_status": "SLA status"}],
    )
    surfaces: Surfaces = Field(description="Where and how results are shown in Redmine")
    required_fields: RequiredFields = Field(
        default_factory=RequiredFields, description="Values for tickets that we create"
    )
    obligations: Duties = Field(
        default_factory=Duties, description="Tickets for what is owed at a rhythm"
    )
    no_contract: Route | None = Field(
        default=None, description=on_record("Where tickets go whose project has no contract")
    )
    notifications: Notifications = Field(
        default_factory=Notifications,
        description="Mail and chat, and the ping that watches the cron",
    )

    def contradictions(self) -> Iterable[Finding]:
        yield from self._fields_twice()
        if self.surfaces.mode == "fields" and not self.fields.keys() & OUTPUT_FIELDS.keys():
            yield Finding(
                ("surfaces", "mode"),
                'mode "fields" has no field to write to',
                'map one under [fields], as sla_status = "SLA status", or write mode = "wiki"',
            )

    def _fields_twice(self) -> Iterable[Finding]:
        taken: dict[str, str] = {}
        for role, name in self.fields.items():
            other = taken.setdefault(name, role)
            if other != role and {other, role} & OUTPUT_FIELDS.keys():
                yield Finding(
                    ("fields", role),
                    f'"{name}" is already the field of "{other}"',
                    "give each value a field of its own",
                )

    def warnings(self) -> Iterable[Finding]:
        """Roles that look like a slip of the pen."""
        for section, written, known in (
            ("statuses", self.statuses.roles, STATUS_ROLES),
            ("fields", self.fields, INPUT_FIELDS | OUTPUT_FIELDS),
        ):
            for role in written:
                alike = get_close_matches(role, known, n=1, cutoff=_A_SLIP)
                if role not in known and alike:
                    yield Finding(
                        (section, role),
                        f'"{role}" is a role of your own',
                        f'did you mean "{alike[0]}"?',
                    )
