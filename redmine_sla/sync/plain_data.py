"""Judging a ticket from plain data: Redmine's own JSON, and who is who. No network, no files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from redmine_sla.contract import Contract
from redmine_sla.errors import SlaError
from redmine_sla.sla.assess import assess
from redmine_sla.sla.fact_finder import TicketFactFinder
from redmine_sla.sla.moments import Glossary
from redmine_sla.sla.reading import Assessment
from redmine_sla.sync.moment import moment
from redmine_sla.ticket import (
    Appointment,
    CustomField,
    HappenedAt,
    Parties,
    Party,
    Project,
    Status,
    Ticket,
    Vocabulary,
    timeline_of,
)
from redmine_sla.ticket.reading import ticket_from_row, time_entry_from_row

Row = Mapping[str, Any]
Names = Collection[int | str]
"""Numbers or names, as Redmine shows them."""

_NOTHING: Mapping[Any, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who acts for whom, by user number or by name as Redmine shows it."""

    customers: Names = ()
    providers: Names = ()
    third_parties: Names = ()
    bots: Collection[int] = field(default=frozenset())

    def parties(self) -> Parties:
        sides = (
            (self.providers, Party.PROVIDER),
            (self.third_parties, Party.THIRD_PARTY),
            (self.customers, Party.CUSTOMER),
        )
        return Parties(
            appointments=tuple(
                Appointment(str(user), side) for users, side in sides for user in users
            ),
            bots=frozenset(self.bots),
        )


def judge(
    issue: Row,
    contract: Contract,
    *,
    as_of: datetime,
    people: People,
    status_roles: Mapping[str, Names],
    status_names: Mapping[int, str] = _NOTHING,
    fields: Mapping[str, str] = _NOTHING,
    time_entries: Iterable[Row] = (),
) -> Assessment:
    """Judge a ticket by a contract as of an instant: the same inputs, the same answer.

    `issue` is what `GET /issues/ID.json?include=journals,relations` gives under `issue`,
    `time_entries` what `/time_entries.json?issue_id=ID` lists. `status_roles` says which statuses
    are `working`, `waiting_customer`, `resolved` and so on, by number or by name; histories hold
    numbers, so a status given by name must be the ticket's present one or stand in
    `status_names`. `fields` names the custom fields by role, as `{"class": "SLA class"}`.

    Raises `SlaError`: `NaiveDatetimeError` for an `as_of` without a zone, `ReadingError` for a row
    that is not Redmine's, `CalendarError` for a calendar that is never open.
    """
    as_of = moment(as_of)
    ticket = ticket_from_row(issue, [time_entry_from_row(row) for row in time_entries])
    words = _words(issue, ticket, status_names)
    glossary = Glossary(
        status_roles=_roles_by_name(status_roles, words),
        field_names=fields,
        timezone=ZoneInfo(contract.timezone),
    )
    happened_at = HappenedAt(field=fields.get("happened_at"), timezone=ZoneInfo(contract.timezone))
    timeline = timeline_of(ticket, words, people.parties(), happened_at).as_of(as_of)
    facts = TicketFactFinder(timeline, contract.terms_at(timeline.reported), glossary)
    return assess(timeline, contract, glossary, facts, as_of)


def _words(issue: Row, ticket: Ticket, status_names: Mapping[int, str]) -> Vocabulary:
    """What the issue itself tells of names, and what the caller adds."""
    names = {**status_names, ticket.status.id: ticket.status.name}
    closed = bool(issue["status"].get("is_closed"))
    return Vocabulary(
        statuses={
            number: Status(number, name, closed and number == ticket.status.id)
            for number, name in names.items()
        },
        trackers={ticket.tracker.id: ticket.tracker.name},
        priorities={ticket.priority.id: ticket.priority.name},
        fields={row["id"]: CustomField(row["id"], row["name"]) for row in _named_fields(issue)},
        projects={
            ticket.project.id: Project(ticket.project.id, ticket.project.name, ticket.project.name)
        },
    )


def _named_fields(issue: Row) -> Iterator[Row]:
    return (row for row in issue.get("custom_fields") or () if row.get("name"))


def _roles_by_name(
    status_roles: Mapping[str, Names], words: Vocabulary
) -> Mapping[str, frozenset[str]]:
    """The roles of each status. Raises `SlaError` for a name nobody can find in a history."""
    known = {status.name for status in words.statuses.values()}
    roles: dict[str, set[str]] = {}
    for role, statuses in status_roles.items():
        for status in statuses:
            name = status if isinstance(status, str) else words.status_name(status)
            if isinstance(status, str) and status not in known:
                shown = ", ".join(sorted(known))
                raise SlaError(
                    f'status "{status}" ({role}) has no number: histories name statuses by theirs',
                    hint=f"give its number, or add it to status_names; known: {shown}",
                )
            roles.setdefault(name, set()).add(role)
    return {name: frozenset(own) for name, own in roles.items()}
