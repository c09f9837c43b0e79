"""New tickets whose key Redmine passed over: not made a second time, but given it later.

Such a ticket cannot be found by its key, so each run would make another. The note of what was put
off says which ticket it is; it is given its key once Redmine takes it, tried once a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from redmine_sla.plan.changes import Change, CreateTicket, Edit, UpdateTicket
from redmine_sla.plan.put_off import AGAIN_AFTER, PutOff
from redmine_sla.ticket import Ticket


def made_once(
    changes: Iterable[Change],
    put_off: Mapping[int, PutOff],
    standing: Mapping[int, Ticket],
    as_of: datetime,
) -> Iterator[Change]:
    """The changes, each new ticket that stands without its key turned into an update or left out.

    `standing` are the tickets the mirror has, at least those in `put_off`. One that was deleted
    since is made anew, a day after it was made first.
    """
    keyless = {
        (field, key): number
        for number, note in put_off.items()
        for field, key in note.fields.items()
    }
    for change in changes:
        number = (
            keyless.get((change.key_field, change.key))
            if isinstance(change, CreateTicket)
            else None
        )
        if number is None or not isinstance(change, CreateTicket):
            yield change
            continue
        ticket = standing.get(number)
        rests = as_of < put_off[number].tried + AGAIN_AFTER
        if not rests:
            yield change if ticket is None else _given_its_key(change, ticket)


def _given_its_key(change: CreateTicket, ticket: Ticket) -> UpdateTicket:
    return UpdateTicket(
        ticket=ticket.id,
        subject=ticket.subject,
        contract=change.contract,
        edits=(Edit(f"field {change.key_field}", "", change.key),),
        fields={change.key_field: change.key},
        why="was made without the mark it is found by",
        place=f"{ticket.project.id}/{ticket.tracker.id}/{ticket.status.id}",
    )
