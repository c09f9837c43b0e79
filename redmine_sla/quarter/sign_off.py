"""What became of a quarter's sign-off, read from the history of the ticket that asked for it.

His closing the ticket is acceptance: that of the contact whom the contract names, by his own hand
(contracts, checklist 14). Somebody else's closing is not. What the contract says of silence is
counted in its calendar from the publication.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from redmine_sla.contract import Contract, Terms
from redmine_sla.quarter.edition import Edition
from redmine_sla.quarter.quarter import Quarter, QuarterError
from redmine_sla.quarter.reckoning import Reckoning
from redmine_sla.sla.authority import authorised
from redmine_sla.sla.moments import Glossary
from redmine_sla.ticket import Attribute, Author, Party, Span, Timeline

_NO_ACCEPTANCE = frozenset({"rejected", "duplicate"})


class Decision(StrEnum):
    """How a sign-off stands."""

    AWAITED = "awaited"
    ACCEPTED = "accepted"
    ACCEPTED_TACITLY = "accepted tacitly"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # a restatement took its place before anybody had decided

    @property
    def is_acceptance(self) -> bool:
        return self in (Decision.ACCEPTED, Decision.ACCEPTED_TACITLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """One edition's sign-off as of an instant.

    `at` and `by` are of the decision, `note` is what was said with a rejection. `silent_until` is
    when silence becomes acceptance; `None` where it never does, or somebody of the customer has
    answered. `closed_by` names somebody who closed the ticket and may not sign off, `closer` as
    customers read it: people of the provider are named by their company.
    """

    edition: Edition
    ticket: int
    asked: datetime
    decision: Decision
    is_open: bool
    at: datetime | None = None
    by: str = ""
    note: str = ""
    silent_until: datetime | None = None
    closed_by: str = ""
    closer: str = ""


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

    def edition_of(self, timeline: Timeline) -> Edition | None:
        """Which edition a ticket asks to sign off; `None` for any other ticket.

        Only the program's own tickets ask: anybody who may fill the field could claim a key.
        """
        key = timeline.field(self.glossary.field_names.get("sla_key"))
        if key is None or timeline.opened_by.party is not Party.BOT:
            return None
        return edition_with(key.now.value or "", self.contract.name)


def edition_with(key: str, contract: str) -> Edition | None:
    """The contract's edition with that key; `None` for any other key."""
    begin = f"quarter/{contract}/"
    if not key.startswith(begin):
        return None
    quarter, _, number = key.removeprefix(begin).partition("/restatement-")
    try:
        edition = Edition(contract, Quarter.parse(quarter), int(number or 0))
    except (QuarterError, ValueError):
        return None
    return edition if edition.key == key else None


def sign_offs(
    timelines: Iterable[Timeline], asking: Asking, as_of: datetime
) -> tuple[SignOff, ...]:
    """Those of one contract among the tickets, in order of quarter and restatement.

    The timelines are as known at `as_of`. An edition that was restated before anybody had decided
    is withdrawn.
    """
    asked: dict[Edition, Timeline] = {}
    for timeline in timelines:
        edition = asking.edition_of(timeline)
        if edition is not None and timeline.ticket.created <= as_of:
            asked.setdefault(edition, timeline)
    return tuple(
        _read(edition, timeline, asking, as_of, asked.get(edition.next))
        for edition, timeline in sorted(asked.items(), key=lambda pair: pair[0])
    )


def accepted_quarters(found: Iterable[SignOff]) -> frozenset[Quarter]:
    """The quarters whose latest edition is accepted, in words or by silence."""
    latest = {one.edition.quarter: one for one in sorted(found, key=lambda one: one.edition)}
    return frozenset(quarter for quarter, one in latest.items() if one.decision.is_acceptance)


@dataclass(slots=True)
class _Seen:
    """What the walk through the ticket's states has come to."""

    decided: tuple[Decision, Span] | None = None
    stranger: Span | None = None


def _read(
    edition: Edition,
    timeline: Timeline,
    asking: Asking,
    as_of: datetime,
    following: Timeline | None,
) -> SignOff:
    terms = asking.terms_of(edition.quarter)
    seen = _walk(timeline, asking)
    silence = _silent_until(timeline, terms, seen)
    status = timeline.track(Attribute.STATUS).now
    told = SignOff(
        edition=edition,
        ticket=timeline.number,
        asked=timeline.ticket.created,
        decision=Decision.AWAITED,
        is_open=status.value not in asking.closed,
        silent_until=silence,
        closed_by=seen.stranger.by.name if seen.stranger else "",
        closer=_closer(seen.stranger.by, asking.contract) if seen.stranger else "",
    )
    if seen.decided and not _too_late(seen.decided, silence):
        decision, span = seen.decided
        note = _note(timeline, span) if decision is Decision.REJECTED else ""
        return _settled(told, decision, span.recorded, by=span.by.name, note=note)
    restated = following.ticket.created if following else None
    if silence is not None and silence <= as_of and (restated is None or silence <= restated):
        return _settled(told, Decision.ACCEPTED_TACITLY, silence)
    if restated is not None:
        return _settled(told, Decision.WITHDRAWN, restated)
    return told


def _settled(
    told: SignOff, decision: Decision, at: datetime, *, by: str = "", note: str = ""
) -> SignOff:
    return replace(told, decision=decision, at=at, by=by, note=note, closed_by="", closer="")


def _closer(author: Author, contract: Contract) -> str:
    return author.name if author.party is Party.CUSTOMER else contract.provider


def _walk(timeline: Timeline, asking: Asking) -> _Seen:
    """His decision stands until he himself takes it back by opening the ticket again."""
    seen = _Seen()
    for span in timeline.track(Attribute.STATUS).spans[1:]:
        roles = asking.glossary.roles_of(span.value)
        closed = span.value in asking.closed
        if _may_sign_off(span.by, span.recorded, asking):
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


def _may_sign_off(author: Author, at: datetime, asking: Asking) -> bool:
    """A name alone is no proof of side: people may change their own names in Redmine."""
    terms = asking.contract.terms_at(at)
    role = terms.quarter.sign_off_by if terms.quarter else None
    return (
        role is not None
        and author.party is Party.CUSTOMER
        and authorised(author, terms.contacts, role)
    )


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
    silent: then a person has to decide.
    """
    until = silence_until(terms, timeline.ticket.created)
    if until is None or seen.stranger is not None:
        return None
    spans = timeline.track(Attribute.STATUS).spans[1:]
    acts = [(span.recorded, span.by) for span in spans]
    acts += [(note.recorded, note.author) for note in timeline.notes if note.public]
    spoken = any(by.party is Party.CUSTOMER and at < until for at, by in acts)
    return None if spoken else until


def _too_late(decided: tuple[Decision, Span], silence: datetime | None) -> bool:
    """A rejection after silence had become acceptance changes nothing."""
    decision, span = decided
    return decision is Decision.REJECTED and silence is not None and silence <= span.recorded


def _note(timeline: Timeline, span: Span) -> str:
    """What he said with it, or last before it, where everybody may read it."""
    said = [
        note.text
        for note in timeline.notes
        if note.public and note.author.id == span.by.id and note.recorded <= span.recorded
    ]
    return said[-1] if said else ""
