"""`[intake]`: rules for what comes in, before any clock is looked at (profile help-desk).

Most are on record: the rules of classification give their hints by words of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pydantic import Field

from redmine_sla.contract.base import Names, Section, Text, on_record
from redmine_sla.contract.findings import Finding
from redmine_sla.contract.words import ContactRole, Kind


class Matching(Section):
    """Which tickets a rule means: any one of the keys given must fit."""

    trackers: Names = Field(default=(), description=on_record("Tracker names"))
    categories: Names = Field(default=(), description=on_record("Issue categories"))
    kinds: tuple[Kind, ...] = Field(default=(), description=on_record("Kinds of ticket"))
    words: Names = Field(default=(), description=on_record("Words of the subject, any case"))

    @property
    def says_something(self) -> bool:
        return bool(self.trackers or self.categories or self.kinds or self.words)


class Route(Section):
    """Where a ticket goes that is not for support."""

    project: Text | None = Field(
        default=None, description=on_record("Project identifier"), examples=["sales"]
    )
    assignee: Text | None = Field(
        default=None, description=on_record("Login or group"), examples=["sales"]
    )
    mail: Text | None = Field(
        default=None, description=on_record("Who is told"), examples=["sales@example.com"]
    )
    note: Text | None = Field(default=None, description=on_record("Public note to the reporter"))

    def contradictions(self) -> Iterable[Finding]:
        if not (self.project or self.assignee or self.mail):
            yield Finding((), "leads nowhere", "write project, assignee or mail")


class SpecialRequest(Matching):
    """`[intake.special_requests.NAME]`: carried out only after the requester is checked.

    `required = false` takes an inherited one back.
    """

    title: Text = Field(description="What customers read", examples=["Permission change"])
    clause: Text = Field(description=on_record("Where the contract says so"))
    required: bool = Field(default=True, description="Does the rule hold?")
    approval_by: ContactRole | None = Field(
        default=ContactRole.APPROVE,
        description="Contacts whose approval is needed; `check` warns if there are none",
    )
    check_requester: bool = Field(
        default=True, description=on_record("Is the requester's identity checked?")
    )
    written_only: bool = Field(default=False, description=on_record("Is it refused by phone?"))


class Complaints(Matching):
    """`[intake.complaints]`: handled out of turn."""

    priority: Text | None = Field(
        default=None, description=on_record("Redmine priority they are given")
    )
    assignee: Text | None = Field(default=None, description=on_record("Who takes them"))
    clause: Text = Field(description=on_record("Where the contract says so"))


class OutcomeKind(StrEnum):
    """How a ticket can end."""

    DONE = "done"
    PROJECT = "project"
    SPECIAL_REQUEST = "special_request"
    QUOTE = "quote"


class TicketEnding(Section):
    """`[[intake.outcomes]]`: what happens to a ticket that is not simply done."""

    kind: OutcomeKind = Field(description=on_record("How it ends"))
    text: Text = Field(description=on_record("What happens then"))
    route: Route | None = Field(default=None, description=on_record("Who takes over"))
    linked: bool = Field(
        default=False, description=on_record("Is the ticket linked to what follows?")
    )
    closed: bool = Field(default=True, description=on_record("Is the ticket closed?"))


class MailIntake(Section):
    """`[intake.mail]`: how a mail becomes a ticket, and what is answered."""

    by_sender: bool = Field(
        default=True,
        description=on_record("Does the sender's address give the company and the user?"),
    )
    number_in_subject: Text | None = Field(
        default=None,
        description=on_record("How the ticket's number stands in subjects"),
        examples=["#{number}"],
    )
    reply_shows: Names = Field(
        default=(),
        description=on_record("Parameters of the ticket in the automatic answer"),
        examples=[["number", "class", "work_start_due"]],
    )
    phases: Names = Field(default=(), description=on_record("Phases of the work that send a mail"))


class Intake(Section):
    """`[intake]`: who is served, what needs approval, what goes first."""

    no_contract: Route | None = Field(
        default=None,
        description=on_record(
            "Where tickets go that the contract does not cover: ended, not selected"
        ),
    )
    special_requests: dict[Text, SpecialRequest] = Field(
        default_factory=dict, description="Requests that need approval or writing"
    )
    complaints: Complaints | None = Field(
        default=None, description=on_record("Complaints go out of turn")
    )
    outcomes: tuple[TicketEnding, ...] = Field(
        default=(), description=on_record("How tickets can end")
    )
    good_report: Names = Field(
        default=(),
        description=on_record("What a report should say; what is missing is asked back"),
        examples=[["subject", "description", "screenshot", "place", "contact"]],
    )
    visit_needs_contact: bool = Field(
        default=False, description="Does only a contact who may order_visit start a visit?"
    )
    mail: MailIntake | None = Field(default=None, description=on_record("Tickets from mail"))
