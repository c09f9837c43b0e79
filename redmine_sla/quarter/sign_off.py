"""What became of a quarter's sign-off, read from the history of the ticket that asked for it.

His closing the ticket is acceptance: that of the contact whom the contract names, by his own hand
(contracts, checklist 14). Somebody else's closing is not. What the contract says of silence is
counted in its calendar from the publication; a "no" that comes after that is told, and undoes
nothing.

A ticket asks about the manifest whose digest its key names, and about nothing else that may be
published under the same names later.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from redmine_sla.contract import Contract, Terms
from redmine_sla.quarter.edition import Edition
from redmine_sla.quarter.quarter import Quarter
from redmine_sla.quarter.reckoning import Reckoning
from redmine_sla.quarter.sign_off_key import SignOffKey, key_in
from redmine_sla.quarter.signed import Decision, LateNo, SignOff
from redmine_sla.sla.authority import authorised_customer, of_customer
from redmine_sla.sla.moments import Glossary
from redmine_sla.ticket import Attribute, Author, DetailKind, Party, Span, Ticket, Timeline

_NO_ACCEPTANCE = frozenset({"rejected", "duplicate"})


@dataclass(frozen=True, slots=True)
class Asking:
    """What it takes to read a contract's sign-offs: `closed` are the names of closed statuses."""

    contract: Contract
    glossary: Glossary
    closed: frozenset[str]

    def terms_of(self, quarter: Quarter) -> Terms:
        """The terms by which that quarter is handed over: those of its last covered day."""
        last = Reckoning.of(self.contract).period(quarter).last
        return self.contract.terms_on(min(last, self.contract.last_day or last))

    def key_of(self, timeline: Timeline) -> SignOffKey | None:
        """What a ticket asks to sign off; `None` for any other ticket.

        Only the program's own tickets ask, and by the key it gave them itself: anybody who may
        fill the field could claim one.
        """
        key = timeline.field(self.glossary.field_names.get("sla_key"))
        hands = (timeline.opened_by, key.now.by) if key is not None else ()
        if key is None or any(by.party is not Party.BOT for by in hands):
            return None
        return key_in(key.now.value or "", self.contract.name)

    def is_closed(self, span: Span) -> bool:
        return span.value in self.closed


def sign_offs(
    timelines: Iterable[Timeline], asking: Asking, as_of: datetime
) -> tuple[SignOff, ...]:
    """Those of one contract among the tickets, in order of quarter and restatement.

    The timelines are as known at `as_of`. An edition that was restated before anybody had decided
    is withdrawn. Where an edition was published anew with other files, its last request counts; it
    comes after those it replaced.
    """
    asked: dict[Edition, dict[SignOffKey, Timeline]] = {}
    for timeline in sorted(timelines, key=lambda one: (one.ticket.created, one.number)):
        key = asking.key_of(timeline)
        if key is not None and timeline.ticket.created <= as_of:
            asked.setdefault(key.edition, {}).setdefault(key, timeline)
    found: list[SignOff] = []
    for edition in sorted(asked):
        following = next(iter(asked.get(edition.next, {}).values()), None)
        requests = list(asked[edition].items())
        read = [_read(*request, asking, as_of, following) for request in requests]
        found += [_replaced(one, after) for one, after in pairwise(read)]
        found.append(read[-1])
    return tuple(found)


@dataclass(slots=True)
class _Seen:
    """What the walk through the ticket's states has come to."""

    decided: tuple[Decision, Span] | None = None
    stranger: Span | None = None


def _read(
    key: SignOffKey,
    timeline: Timeline,
    asking: Asking,
    as_of: datetime,
    following: Timeline | None,
) -> SignOff:
    terms = asking.terms_of(key.edition.quarter)
    seen = _walk(timeline, asking)
    silence = _silent_until(timeline, terms, seen)
    status = timeline.track(Attribute.STATUS).now
    told = SignOff(
        edition=key.edition,
        manifest=key.manifest,
        ticket=timeline.number,
        asked=timeline.ticket.created,
        decision=Decision.AWAITED,
        is_open=not asking.is_closed(status),
        silent_until=silence,
        closed_by=seen.stranger.by.name if seen.stranger else "",
        closer=_closer(seen.stranger.by, asking.contract) if seen.stranger else "",
    )
    restated = following.ticket.created if following else None
    tacit = silence if silence and (restated is None or silence <= restated) else None
    if seen.decided and not _too_late(seen.decided, tacit):
        decision, span = seen.decided
        note = _note(timeline, span) if decision is Decision.REJECTED else ""
        return _settled(told, decision, span.recorded, by=span.by.name, note=note)
    if tacit is not None and tacit <= as_of:
        accepted = _settled(told, Decision.ACCEPTED_TACITLY, tacit)
        return replace(accepted, late=_late_no(timeline, asking, tacit))
    if restated is not None:
        return _settled(told, Decision.WITHDRAWN, restated)
    return told


def _settled(
    told: SignOff, decision: Decision, at: datetime, *, by: str = "", note: str = ""
) -> SignOff:
    return replace(told, decision=decision, at=at, by=by, note=note, closed_by="", closer="")


def _replaced(one: SignOff, after: SignOff) -> SignOff:
    """What silence was about is gone with its files, and so is a late "no" to it."""
    by = one.by if one.decision.is_acceptance else ""
    settled = _settled(one, Decision.REPLACED, after.asked, by=by)
    return replace(settled, late=None, silent_until=None)


def _closer(author: Author, contract: Contract) -> str:
    return author.name if author.party is Party.CUSTOMER else contract.provider


def _walk(timeline: Timeline, asking: Asking) -> _Seen:
    """His decision stands until he himself takes it back by opening the ticket again."""
    seen = _Seen()
    asked_of = first_assignee(timeline.ticket)
    for span in timeline.track(Attribute.STATUS).spans[1:]:
        roles = asking.glossary.roles_of(span.value)
        closed = asking.is_closed(span)
        if _may_sign_off(span.by, span.recorded, asking, asked_of):
            seen.stranger = None
            if "rejected" in roles:
                seen.decided = Decision.REJECTED, span
            elif closed and not roles & _NO_ACCEPTANCE:
                seen.decided = Decision.ACCEPTED, span
            else:
                seen.decided = None
        elif span.by.party is not Party.BOT:
            seen.stranger = span if closed else None
    return seen


def first_assignee(ticket: Ticket) -> int | None:
    """The user it was assigned to when it was opened, whatever became of it since.

    For a sign-off that is the contact it asks: assigned by number, and by a name only while no
    other member had it.
    """
    for journal in ticket.journals or ():
        for detail in journal.details:
            if detail.kind is DetailKind.ATTRIBUTE and detail.name == "assigned_to_id":
                return int(detail.old) if detail.old else None
    return ticket.assignee.id if ticket.assignee else None


def _may_sign_off(author: Author, at: datetime, asking: Asking, asked_of: int | None) -> bool:
    """A namesake who joins later takes nothing from the one who was asked."""
    terms = asking.contract.terms_at(at)
    role = terms.quarter.sign_off_by if terms.quarter else None
    if author.id == asked_of:
        author = replace(author, has_namesake=False)
    return role is not None and authorised_customer(author, terms.contacts, role)


def silence_until(terms: Terms, asked: datetime) -> datetime | None:
    """When silence on a request of that instant becomes acceptance; `None`: never.

    Raises `CalendarError`.
    """
    tacit = terms.quarter.tacit_after if terms.quarter else None
    if tacit is None:
        return None
    return tacit.due(
        terms.calendar_for(),
        asked,
        day_rule=terms.day_rule,
        calendar_day_rule=terms.calendar_day_rule,
    )


def _silent_until(timeline: Timeline, terms: Terms, seen: _Seen) -> datetime | None:
    """When silence is acceptance; `None` where it is not, or there is none.

    Whoever of the customer answered, or closed the ticket without being the one who may, was not
    silent: then a person has to decide. What happens after it was acceptance changes nothing.
    """
    until = silence_until(terms, timeline.ticket.created)
    if until is None or (seen.stranger is not None and seen.stranger.recorded < until):
        return None
    spans = timeline.track(Attribute.STATUS).spans[1:]
    acts = [(span.recorded, span.by) for span in spans]
    acts += [(note.recorded, note.author) for note in timeline.notes if note.public]
    spoken = any(of_customer(by, terms.contacts) and at < until for at, by in acts)
    return None if spoken else until


def _too_late(decided: tuple[Decision, Span], tacit: datetime | None) -> bool:
    """After silence became acceptance neither a rejection nor an acceptance in words changes it:
    the day of acceptance stays.
    """
    _, span = decided
    return tacit is not None and tacit <= span.recorded


def _late_no(timeline: Timeline, asking: Asking, since: datetime) -> LateNo | None:
    """What the customer made of the ticket since then, until he closes it himself."""
    first: Span | None = None
    last: Span | None = None
    for before, span in pairwise(timeline.track(Attribute.STATUS).spans):
        contacts = asking.contract.terms_at(span.recorded).contacts
        if span.recorded < since or not of_customer(span.by, contacts):
            continue
        opened = asking.is_closed(before) and not asking.is_closed(span)
        if opened or "rejected" in asking.glossary.roles_of(span.value):
            first, last = first or span, span
        elif asking.is_closed(span):
            first = last = None
    if first is None or last is None:
        return None
    return LateNo(
        by=last.by.name,
        first=first.recorded,
        at=last.recorded,
        note=_last_word(timeline, last.by),
        rejected="rejected" in asking.glossary.roles_of(last.value),
    )


def _note(timeline: Timeline, span: Span) -> str:
    """What he said with it, or last before it, where everybody may read it."""
    until = [note for note in timeline.notes if note.recorded <= span.recorded]
    return _last_word(replace(timeline, notes=tuple(until)), span.by)


def _last_word(timeline: Timeline, author: Author) -> str:
    said = [note.text for note in timeline.notes if note.public and note.author.id == author.id]
    return said[-1] if said else ""
