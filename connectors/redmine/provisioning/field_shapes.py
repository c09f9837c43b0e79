"""What each field role looks like in Redmine: format, values, and who reads and writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from redmine_sla.contract import Choice, Kind, ProblemClass, Severity, Terms
from redmine_sla.contract.desk.parties import Side

PROVIDER = (Side.PROVIDER,)
BOTH = (Side.PROVIDER, Side.CUSTOMER)
EVERYBODY = (Side.PROVIDER, Side.CUSTOMER, Side.THIRD_PARTY)
NOBODY: tuple[Side, ...] = ()

INSTANT = r"\A\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?\z"
"""Date and time as the timeline reads them; Redmine refuses anything else at entry."""


class Format(StrEnum):
    """Redmine's own names of its formats."""

    STRING = "string"
    TEXT = "text"
    LIST = "list"
    BOOL = "bool"
    PROGRESS = "progressbar"  # from 6.1


Values = Callable[[Terms], Iterable[str]]


def _fixed(words: Iterable[str]) -> Values:
    fixed = tuple(map(str, words))
    return lambda _: fixed


def _none(_: Terms) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShape:
    """A field as it is to be made. `formats`: the first that the release has.

    `writers` are the sides that fill it in; the bot always may. `claimed_as` is the choice of a
    customer that lets him write it where a contract accepts that choice.
    """

    describes: str
    formats: tuple[Format, ...] = (Format.STRING,)
    values: Values = _none
    readers: tuple[Side, ...] = EVERYBODY
    writers: tuple[Side, ...] = PROVIDER
    pattern: str = ""
    searchable: bool = False
    claimed_as: Choice | None = None


def _instant(describes: str, *, writers: tuple[Side, ...] = PROVIDER) -> FieldShape:
    return FieldShape(
        describes=f"{describes}: date and time, as 2026-03-31 14:05",
        pattern=INSTANT,
        writers=writers,
    )


def _choice(choice: Choice, describes: str, values: Values) -> FieldShape:
    return FieldShape(describes=describes, formats=(Format.LIST,), values=values, claimed_as=choice)


def _text(describes: str, *, writers: tuple[Side, ...] = PROVIDER) -> FieldShape:
    return FieldShape(describes=describes, formats=(Format.TEXT,), writers=writers, searchable=True)


def _line(describes: str, *, writers: tuple[Side, ...] = PROVIDER) -> FieldShape:
    return FieldShape(describes=describes, writers=writers, searchable=True)


def _yes_no(describes: str) -> FieldShape:
    return FieldShape(describes=describes, formats=(Format.BOOL,), writers=BOTH)


def _output(describes: str, *, formats: tuple[Format, ...] = (Format.STRING,)) -> FieldShape:
    return FieldShape(
        describes=f"{describes}. Written by redmine-sla",
        formats=formats,
        readers=BOTH,
        writers=NOBODY,
    )


def _degrees(terms: Terms) -> Iterable[str]:
    return dict.fromkeys(degree for row in terms.classification.matrix.values() for degree in row)


def _services(terms: Terms) -> Iterable[str]:
    return terms.availability.services if terms.availability else ()


_SHAPES: dict[str, FieldShape] = {
    "class": _choice(Choice.CLASS, "How far the problem reaches", _fixed(ProblemClass)),
    "severity": _choice(Choice.SEVERITY, "How bad the fault is", _fixed(Severity)),
    "kind": _choice(Choice.KIND, "What the ticket is", _fixed(Kind)),
    "impact": FieldShape(
        describes="Impact on the organisation",
        formats=(Format.LIST,),
        values=lambda terms: terms.classification.matrix,
        writers=BOTH,
    ),
    "urgency": FieldShape(
        describes="How urgent it is", formats=(Format.LIST,), values=_degrees, writers=BOTH
    ),
    "channel": FieldShape(
        describes="How it was reported",
        formats=(Format.LIST,),
        values=lambda terms: terms.channels,
    ),
    "customer": _line("The customer it was reported for"),
    "tier": _choice(Choice.TIER, "Service level of this ticket", lambda terms: terms.tiers),
    "happened_at": _instant("When what is noted here really happened"),
    "work_started_at": _instant("When work started"),
    "visit_ordered_at": _instant("When a visit was ordered", writers=BOTH),
    "arrived_at": _instant("When the engineer arrived"),
    "device_taken_at": _instant("When the device was taken in"),
    "replacement_handed_at": _instant("When the replacement was handed over"),
    "outage_began_at": _instant("When the outage began"),
    "outage_ended_at": _instant("When the outage ended"),
    "outage_service": FieldShape(
        describes="The service that was down",
        formats=(Format.LIST, Format.STRING),
        values=_services,
    ),
    "failure_cause": _text("Detailed causes of the failure"),
    "failure_measures": _text("What keeps it from happening again"),
    "date_agreed": _yes_no("The customer agrees to the due date"),
    "approved_by": _line("Who approved the request", writers=BOTH),
    "fixed_price": _line("Agreed price, as 120 000 HUF"),
    "accepted": _yes_no("The customer accepted the work"),
    "satisfaction": FieldShape(
        describes="What the customer thought of it, 5 is best",
        formats=(Format.LIST,),
        values=_fixed("12345"),
        writers=BOTH,
    ),
    "sla_class": _output("Class, severity and target in force"),
    "sla_status": _output("How the promise stands"),
    "response_due": _output("When work starts or an answer is due"),
    "resolution_due": _output("When it is to be done"),
    "sla_key": FieldShape(
        describes="Mark of redmine-sla on its own tickets", readers=PROVIDER, writers=NOBODY
    ),
    "gauge": _output("Share of the target used", formats=(Format.PROGRESS, Format.STRING)),
    "budget": _output("Development budget: its limit, and how much is used and left"),
}


def shape_of(role: str) -> FieldShape:
    """The shape of a role; one of the desk's own is an instant if it ends in `_at`, else text."""
    known = _SHAPES.get(role)
    if known is not None:
        return known
    words = role.replace("_", " ").capitalize()
    return _instant(words.removesuffix(" at")) if role.endswith("_at") else _line(words)
