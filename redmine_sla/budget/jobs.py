"""A ticket as the budgets see it: what was estimated or agreed, whether it is done and accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from redmine_sla.budget.work import Work
from redmine_sla.contract import Contract
from redmine_sla.sla.moments import Glossary
from redmine_sla.ticket import Attribute, Party, Ref, Ticket, TimeEntry, Timeline

_DROPPED = frozenset({"rejected", "duplicate"})
_DONE = _DROPPED | {"resolved"}
_UNTICKED = (None, "", "0")  # "0" where the key may not read that the field is a yes or no
_NOTHING: Mapping[str, datetime] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One ticket. `fields` are its custom fields by their role in `sla.toml`.

    `estimated` is in hours. `is_open` until it is resolved or dropped, that is rejected or a
    duplicate, or the contract is over. `parent` is the ticket it is a subtask of. `accepted` is
    the day the customer accepted it. `roles` are the assignee's. A hidden one is counted and never
    named to customers.
    """

    number: int
    subject: str = ""
    tracker: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    estimated: Decimal | None = None
    is_open: bool = True
    is_dropped: bool = False
    parent: int | None = None
    assignee: Ref | None = None
    roles: frozenset[str] = frozenset()
    accepted: date | None = None
    hidden: bool = False

    def work(self, entry: TimeEntry, roles: frozenset[str]) -> Work:
        """Time booked on it, with what the contract's rules look at, and the person's roles."""
        return Work(entry=entry, tracker=self.tracker, fields=self.fields, roles=roles)


def public_job(jobs: Mapping[int, Job], number: int | None) -> Job | None:
    """The ticket of that number if every reader may see it. One nobody knows of is hidden."""
    job = jobs.get(number) if number is not None else None
    return None if job is None or job.hidden else job


def job_of(
    timeline: Timeline,
    contract: Contract,
    glossary: Glossary,
    roles: frozenset[str] = frozenset(),
    *,
    hidden: bool = False,
    accepted_versions: Mapping[str, datetime] = _NOTHING,
) -> Job:
    """The ticket as the timeline tells it; give `timeline.as_of(...)` to see it as it was then.

    `roles` are those of its assignee. It is accepted when a person of the customer ticks the field
    with the role `accepted`, or with the version it had at the instant `accepted_versions` gives
    for that. What the provider ticks himself, or puts into an accepted version, is no acceptance.
    The estimate is the one it had then, by its journals.
    """
    ticket = timeline.ticket
    status = timeline.track(Attribute.STATUS).now.value or ""
    meant = glossary.status_roles.get(status, frozenset())
    parent = timeline.track(Attribute.PARENT).now.value or ""
    fields = {
        role: track.now.value
        for role, name in glossary.field_names.items()
        if (track := timeline.field(name)) is not None and track.now.value
    }
    return Job(
        number=ticket.id,
        subject=timeline.track(Attribute.SUBJECT).now.value or "",
        tracker=timeline.track(Attribute.TRACKER).now.value or ticket.tracker.name,
        fields=fields,
        estimated=_estimated(timeline),
        is_open=not meant & _DONE,
        is_dropped=bool(meant & _DROPPED),
        parent=int(parent) if parent.isdigit() else None,
        assignee=_assignee(timeline, ticket),
        roles=roles,
        accepted=_accepted(timeline, contract, glossary, accepted_versions),
        hidden=hidden,
    )


def _estimated(timeline: Timeline) -> Decimal | None:
    """In hours. `None` for none, and for what people once could write and is no number."""
    written = timeline.track(Attribute.ESTIMATE).now.value
    try:
        hours = Decimal(written) if written else None
    except InvalidOperation:
        return None
    return hours if hours is not None and hours.is_finite() else None


def _assignee(timeline: Timeline, ticket: Ticket) -> Ref | None:
    """The present one, if he was it already as of the timeline: then his number is known."""
    known = timeline.track(Attribute.ASSIGNEE).now.value
    assignee = ticket.assignee
    return assignee if assignee and known in (assignee.name, f"#{assignee.id}") else None


def _accepted(
    timeline: Timeline, contract: Contract, glossary: Glossary, versions: Mapping[str, datetime]
) -> date | None:
    days = [contract.day_of(at) for at in _accepted_with(timeline, versions)]
    ticked = timeline.field(glossary.field_names.get("accepted"))
    if ticked is not None:
        now = ticked.set_by_people().now
        if now.value not in _UNTICKED and now.by.party is Party.CUSTOMER:
            days.append(contract.day_of(now.recorded))
    return min(days, default=None)


def _accepted_with(timeline: Timeline, versions: Mapping[str, datetime]) -> Iterator[datetime]:
    """When each version was accepted that the ticket, as was known then, belonged to."""
    ever = {span.value for span in timeline.track(Attribute.VERSION).spans}
    for version, at in versions.items():
        if version not in ever or at < timeline.ticket.created:
            continue
        if timeline.as_of(at).track(Attribute.VERSION).now.value == version:
            yield at
