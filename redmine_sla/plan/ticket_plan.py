"""Desired against actual, ticket by ticket: at most one update each, and none without need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from redmine_sla.contract import Desk
from redmine_sla.plan.changes import Edit, UpdateTicket
from redmine_sla.plan.put_off import PutOff
from redmine_sla.plan.shown import Shown
from redmine_sla.plan.surfaces import surface_of
from redmine_sla.sla.judged import Judged
from redmine_sla.sla.matrix import matrix_priority
from redmine_sla.ticket import Attribute, FieldValue, Ticket, Vocabulary

OPEN_PROJECT = 1
LEFT_ALONE_AFTER = timedelta(days=7)


class TicketPlan:
    """Makes the updates of one run's tickets, and gathers what a person should hear of once.

    `parents` are the tickets with subtasks, whose priority Redmine keeps to itself. `put_off` is
    what earlier runs could not write. A ticket at rest since before `since` (seven days ago, if
    not given) that carries nothing of ours is left alone: nobody wants mail about it now.
    """

    def __init__(
        self,
        desk: Desk,
        vocabulary: Vocabulary,
        as_of: datetime,
        *,
        parents: Collection[int] = (),
        put_off: Mapping[int, PutOff] | None = None,
        since: datetime | None = None,
    ) -> None:
        self._field_names = desk.fields
        self._surface = surface_of(desk, vocabulary)
        self._words = vocabulary
        self._priorities = {name: number for number, name in vocabulary.priorities.items()}
        self._as_of = as_of
        self._parents = parents
        self._put_off = put_off or {}
        self._since = since or as_of - LEFT_ALONE_AFTER
        self._noticed: Counter[str] = Counter()

    @property
    def findings(self) -> tuple[str, ...]:
        """What stood in the way so far, each thing said once."""
        return (
            *self._surface.findings(),
            *(
                f"{what} (1 ticket)" if count == 1 else f"{what} ({count} tickets)"
                for what, count in sorted(self._noticed.items())
            ),
        )

    def update(self, judged: Judged, shown: Shown) -> UpdateTicket | None:
        """What must be written on the ticket so that it shows that; `None` if it does."""
        if not self._surface.touches_tickets or self._is_out_of_reach(judged):
            return None
        ticket = judged.ticket
        fields, edits = self._fields(ticket, shown)
        priority, why = self._priority(judged)
        place = f"{ticket.project.id}/{ticket.tracker.id}/{ticket.status.id}"
        memory = self._put_off.get(ticket.id)
        if memory is not None and memory.holds(place, self._as_of):
            fields, priority = self._without_vain(memory, fields, priority)
        if not fields and priority is None:
            return None
        changed = [edit for number, edit in edits.items() if number in fields]
        if priority is not None:
            after = self._words.priorities[priority]
            changed.append(Edit("Priority", ticket.priority.name, after))
        return UpdateTicket(
            ticket=ticket.id,
            subject=ticket.subject,
            contract=judged.contract.name,
            edits=tuple(changed),
            fields=fields,
            priority=priority,
            why="; ".join(filter(None, [shown.why if fields else "", why if priority else ""])),
            place=place,
        )

    def _is_out_of_reach(self, judged: Judged) -> bool:
        project = self._words.projects.get(judged.ticket.project.id)
        if project is not None and project.status != OPEN_PROJECT:
            self._noticed[
                f'project "{project.name}" is closed or archived: nothing is written'
            ] += 1
            return True
        return self._rests_unmarked(judged)

    def _rests_unmarked(self, judged: Judged) -> bool:
        status = self._words.statuses.get(judged.ticket.status.id)
        if status is None or not status.closed:
            return False
        closed = judged.timeline.track(Attribute.STATUS).now.recorded
        marks = (judged.ticket.fields[it.id] for it in self._surface.on(judged.ticket).values())
        return closed < self._since and not any(map(_text, marks))

    def _fields(self, ticket: Ticket, shown: Shown) -> tuple[dict[int, str], dict[int, Edit]]:
        wanted = shown.values()
        usable = self._surface.on(ticket)
        fields, edits = {}, {}
        for role, known in self._surface.fields.items():
            if role not in usable:
                if wanted[role]:
                    self._noticed[
                        f'field "{known.name}" is not used for tracker "{ticket.tracker.name}" in '
                        f'project "{ticket.project.name}", or is hidden from the key'
                    ] += 1
                continue
            before = _text(ticket.fields[known.id])
            if before != wanted[role]:
                fields[known.id] = wanted[role]
                edits[known.id] = Edit(known.name, before, wanted[role])
        return fields, edits

    def _priority(self, judged: Judged) -> tuple[int | None, str]:
        status = self._words.statuses.get(judged.ticket.status.id)
        if (
            judged.assessment.silent
            or judged.number in self._parents
            or (status is not None and status.closed)
        ):
            return None, ""
        terms = judged.contract.terms_at(judged.timeline.reported)
        found = matrix_priority(judged.timeline, terms, self._field_names, self._as_of)
        if found is None or found.name == judged.timeline.track(Attribute.PRIORITY).now.value:
            return None, ""
        name, why = found.name, found.why
        if name not in self._priorities:
            self._noticed[f'contract {judged.contract.name}: no priority "{name}" in Redmine'] += 1
            return None, ""
        return self._priorities[name], why

    def _without_vain(
        self, memory: PutOff, fields: dict[int, str], priority: int | None
    ) -> tuple[dict[int, str], int | None]:
        left = {
            number: value for number, value in fields.items() if memory.fields.get(number) != value
        }
        again = priority if priority != memory.priority else None
        if left != fields or again != priority:
            self._noticed[f"not tried again today: {memory.said}"] += 1
        return left, again


def _text(value: FieldValue) -> str:
    """A field's value as it would be typed; Redmine may have turned line ends and trimmed."""
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else ", ".join(value)
