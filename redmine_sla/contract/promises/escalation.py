"""`[[escalation]]`: who is warned how, and when, before a promise is broken."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from redmine_sla.calendar import BusinessTime, CalendarTime
from redmine_sla.contract.base import Exact, Names, Section, Text, on_record
from redmine_sla.contract.findings import Finding
from redmine_sla.contract.promises.clocks import TargetText
from redmine_sla.contract.words import ClassNames, SeverityNames


class Means(StrEnum):
    """How a step is taken."""

    PRIVATE_NOTE = "private_note"
    ASSIGNMENT = "assignment"
    PRIORITY = "priority"
    MAIL = "mail"
    CHAT = "chat"


class Quiet(StrEnum):
    """When nobody is disturbed; what falls into it is told together at the next opening."""

    OUTSIDE_SERVICE = "outside_service"
    NEVER = "never"


class Step(Section):
    """One step of the ladder."""

    name: Text = Field(
        description=on_record("Short name; a contract's step of that name changes the profile's")
    )
    means: Means = Field(description=on_record("private_note, assignment, priority, mail or chat"))
    recipients: Names = Field(
        default=(),
        description=on_record(
            "assignee, a name of [team], a contact's authority, a login or a mail address"
        ),
        examples=[["assignee", "service_manager"]],
    )
    at_percent: Exact | None = Field(
        default=None,
        gt=0,
        description=on_record("When this share of the target is used"),
        examples=[75],
    )
    time_left: TargetText | None = Field(
        default=None, description=on_record("Or when so much time is left"), examples=["1bh"]
    )
    clocks: Names = Field(default=(), description=on_record("Clocks; left out: all"))
    severity: SeverityNames = Field(default=(), description=on_record("Severities; left out: all"))
    problem_class: ClassNames = Field(
        default=(), alias="class", description=on_record("Classes; left out: all")
    )
    priority: Text | None = Field(
        default=None, description=on_record("The priority given, by means = priority")
    )
    assignee: Text | None = Field(
        default=None, description=on_record("The login or group given, by means = assignment")
    )
    quiet: Quiet = Field(
        default=Quiet.OUTSIDE_SERVICE, description=on_record("When nobody is disturbed")
    )
    text: Text | None = Field(
        default=None, description=on_record("What is said, where the usual text will not do")
    )

    def contradictions(self) -> Iterable[Finding]:
        if (self.at_percent is None) is (self.time_left is None):
            yield Finding((), "a step has one moment", "write at_percent or time_left")
        if self.time_left is not None and not isinstance(
            self.time_left, BusinessTime | CalendarTime
        ):
            yield Finding(
                ("time_left",),
                f'"{self.time_left}" is not a length of time',
                'write hours, e.g. "1bh"',
            )
        wanted = {Means.PRIORITY: "priority", Means.ASSIGNMENT: "assignee"}.get(self.means)
        if wanted and getattr(self, wanted) is None:
            yield Finding((wanted,), "is missing", f'"{self.means}" needs the {wanted} to set')
        if self.means in {Means.MAIL, Means.CHAT, Means.PRIVATE_NOTE} and not self.recipients:
            yield Finding(("recipients",), "is missing", 'write who is told, e.g. ["assignee"]')

    @property
    def share(self) -> Decimal | None:
        """`at_percent` as a share of 1."""
        return None if self.at_percent is None else self.at_percent / 100
