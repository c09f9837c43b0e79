"""How a contract speaks of clocks: what starts, stops and pauses them, and how long they may run.

The built-in clocks are written in the same terms as a contract's own (`[clocks.NAME]`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from pydantic import Field, InstanceOf, PlainSerializer, WithJsonSchema

from redmine_sla.calendar import Target
from redmine_sla.contract.base import Names, Section, Text, reader
from redmine_sla.contract.findings import WrongValueError
from redmine_sla.contract.words import ClassNames, KindNames, SeverityNames


class EventKind(StrEnum):
    """The part of a trigger before the colon: where in Redmine the event is found."""

    RECEIVED = "received"
    NOTE = "note"
    STATUS = "status"
    FIELD = "field"
    TIME = "time"
    DUE_DATE = "due_date"
    VERSION = "version"


_FIXED = MappingProxyType(
    {
        EventKind.RECEIVED: frozenset({""}),
        EventKind.NOTE: frozenset({"provider", "customer"}),
        EventKind.TIME: frozenset({"booked"}),
        EventKind.DUE_DATE: frozenset({"proposed", "agreed"}),
        EventKind.VERSION: frozenset({"set"}),
    }
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event that starts or stops a clock, written `kind:what`.

    `status:ROLE` is a status listed under that role in `sla.toml`; `field:ROLE` is a custom field
    mapped there, whose value is the instant (for roles that end in `_at`) or which is filled in;
    `field:ROLE+ROLE` is when the last of several is. The others stand by themselves: `received`,
    `note:provider`, `note:customer`, `time:booked`, `due_date:proposed`, `due_date:agreed`,
    `version:set`.
    """

    kind: EventKind
    what: str = ""

    @classmethod
    def parse(cls, text: str) -> Trigger:
        """Read `kind:what`. Raises ValueError naming the words there are."""
        kind, _, what = text.partition(":")
        try:
            event = EventKind(kind)
        except ValueError:
            raise _unknown(text) from None
        allowed = _FIXED.get(event)
        if (allowed is not None and what not in allowed) or (allowed is None and not what):
            raise _unknown(text)
        return cls(event, what)

    def __str__(self) -> str:
        return f"{self.kind}:{self.what}" if self.what else str(self.kind)


def _unknown(text: str) -> WrongValueError:
    return WrongValueError(f'"{text}" is not an event', f"write one of {', '.join(_examples())}")


def _examples() -> list[str]:
    fixed = [
        f"{kind}:{what}" if what else str(kind)
        for kind, words in _FIXED.items()
        for what in sorted(words)
    ]
    return [*fixed, "status:ROLE", "field:ROLE"]


TriggerText = Annotated[
    Trigger,
    reader(Trigger.parse),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {"type": "string", "examples": ["received", "note:provider", "status:resolved"]}
    ),
]


TargetText = Annotated[
    InstanceOf[Target],
    Target,
    reader(Target.parse, 'write a target, e.g. "8bh", "24ch", "5bd", "3cd", "nbd" or "agreed"'),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["8bh", "24ch", "5bd", "3cd", "nbd", "agreed"]}),
]


class Clock(Section):
    """`[clocks.NAME]`: one promise that can be timed."""

    title: Text = Field(description="What customers read")
    starts: tuple[TriggerText, ...] = Field(
        min_length=1, description="The first of these starts it", examples=[["received"]]
    )
    stops: tuple[TriggerText, ...] = Field(
        min_length=1,
        description="The first of these after the start stops it",
        examples=[["note:provider"]],
    )
    pauses: bool = Field(default=False, description="Does waiting for the customer stop the time?")
    restarts: bool = Field(
        default=False,
        description="Each stop by the provider starts it again; the longest silence counts",
    )

    @property
    def outlives_resolution(self) -> bool:
        """Is it kept by writing something, as a report is? That is owed after the repair too."""
        return any(
            trigger.kind is EventKind.FIELD and not trigger.what.endswith("_at")
            for trigger in self.stops
        )


class Retarget(StrEnum):
    """Which target governs when class, severity, priority or tier change on the way."""

    FROM_START = "from_start"  # the value at the stop, counted from the start (default)
    FROM_CHANGE = "from_change"  # each change counts anew from its own instant


class TargetRule(Section):
    """`[[targets]]`: how long one clock may run for the tickets it names.

    The first rule that fits wins; a contract's own rules stand before those of the profile it
    extends, but a rule with the `name` of one of the profile's changes that one in its place.
    A key left out fits everything.
    """

    clock: Text = Field(description="Name of the clock", examples=["resolution"])
    within: TargetText = Field(description="How long it may run", examples=["8bh", "5bd", "nbd"])
    name: Text | None = Field(
        default=None,
        description="Short name, by which a contract or an amendment can change this rule",
    )
    clause: Text = Field(description="Where the contract says so; shown by `explain`")
    tier: Names = Field(default=(), description="Service levels it holds for")
    problem_class: ClassNames = Field(
        default=(), alias="class", description="Problem classes, by reach"
    )
    severity: SeverityNames = Field(default=(), description="Severities")
    kind: KindNames = Field(default=(), description="Kinds of ticket")
    tracker: Names = Field(default=(), description="Redmine trackers")
    priority: Names = Field(default=(), description="Redmine priorities")
    channel: Names = Field(default=(), description="Channels it was reported by")
    calendar: Text | None = Field(
        default=None, description="Counted in this calendar instead of the tier's"
    )
    assumption: bool = Field(
        default=False, description="Is this our reading, not the offer's word?"
    )


STANDARD_CLOCKS = MappingProxyType(
    {
        name: Clock(
            title=title,
            starts=tuple(map(Trigger.parse, starts.split())),
            stops=tuple(map(Trigger.parse, stops.split())),
            pauses=pauses,
            restarts=restarts,
        )
        for name, title, starts, stops, pauses, restarts in (
            ("response", "Response", "received", "note:provider", False, False),
            (
                "work_start",
                "Work start",
                "received",
                "status:working time:booked field:work_started_at",
                False,
                False,
            ),
            ("commitment", "Due date proposed", "received", "due_date:proposed", True, False),
            ("resolution", "Resolution", "received", "status:resolved", True, False),
            ("agreed", "Agreed date", "due_date:agreed", "status:resolved", False, False),
            (
                "confirmation",
                "Defect confirmed",
                "received",
                "status:confirmed version:set",
                True,
                False,
            ),
            (
                "arrival",
                "Arrival on site",
                "field:visit_ordered_at",
                "field:arrived_at",
                False,
                False,
            ),
            (
                "replacement",
                "Replacement device",
                "field:device_taken_at",
                "field:replacement_handed_at status:resolved",
                False,
                False,
            ),
            (
                "failure_report",
                "Failure report",
                "field:outage_ended_at",
                "field:failure_cause+failure_measures",
                False,
                False,
            ),
            ("update", "Update", "received", "note:provider", True, True),
        )
    }
)
