"""Dates agreed with the customer: proposed by one side, assented to by the other.

Profile information-system: the provider sets the due date within two hours and agrees it; the
fault is then fixed no later than that date. Redmine's `due_date` carries the date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from redmine_sla.contract import Terms
from redmine_sla.language import Saying
from redmine_sla.sla.authority import authorised_customer, of_customer
from redmine_sla.sla.moments import Accepts, Glossary, Moment, Reach, first_moment
from redmine_sla.ticket import Attribute, Author, Party, Span, Timeline


@dataclass(frozen=True, slots=True)
class Proposal:
    """A due date set on the ticket that the other side has not agreed to."""

    day: date
    proposed: datetime
    proposed_by: Party


@dataclass(frozen=True, slots=True)
class Agreement:
    """A due date that both sides agreed on, and what shows it."""

    day: date
    proposed: datetime
    agreed: datetime
    how: str


def dates_of(
    timeline: Timeline,
    glossary: Glossary,
    terms: Terms,
    cycle: tuple[datetime, datetime | None],
    as_of: datetime,
) -> Iterator[Proposal | Agreement]:
    """Every due date proposed within a cycle `[start, end)`, in order, agreed or not.

    An assent counts from the proposal until the date is changed: what was ticked for one date says
    nothing of the next. A public note is an assent only to what the other side proposed.
    """
    start, end = cycle
    for span in timeline.track(Attribute.DUE_DATE).spans:
        if not span.value or span.start < start or (end is not None and span.start >= end):
            continue
        day = date.fromisoformat(span.value)
        assents = [
            (moment.at, moment.what)
            for moment in (
                _assent(timeline, glossary, terms, span),
                _tacit(terms, span.start, as_of),
            )
            if moment and moment.at and _holds(span, moment.at)
        ]
        if assents:
            yield Agreement(day, span.start, *min(assents))
        else:
            yield Proposal(day, span.start, span.by.party)


def _holds(span: Span, instant: datetime) -> bool:
    return span.end is None or instant < span.end


def _assent(timeline: Timeline, glossary: Glossary, terms: Terms, proposal: Span) -> Moment | None:
    proposed_by = proposal.by.party
    own_note = f"note:{proposed_by}"
    usable = [trigger for trigger in terms.agreement.assent if str(trigger) != own_note]
    accepts = _who_may_assent(terms, proposed_by)
    reach = Reach.start(proposal.start)
    return first_moment(usable, timeline, glossary, reach=reach, accepts=accepts)


def _who_may_assent(terms: Terms, proposed_by: Party) -> Accepts:
    """The other side; and the provider, for an assent that he was given by phone or mail."""
    agreement = terms.agreement

    def may(author: Author) -> bool:
        if author.party is Party.PROVIDER:
            return proposed_by is Party.CUSTOMER or agreement.provider_may_record
        if proposed_by is Party.CUSTOMER:
            return False
        if agreement.by_contacts_only:
            return authorised_customer(author, terms.contacts, "agree_dates")
        return of_customer(author, terms.contacts)

    return may


def _tacit(terms: Terms, proposed: datetime, as_of: datetime) -> Moment | None:
    """Silence as assent, where the contract says so."""
    after = terms.agreement.tacit_after
    if after is None:
        return None
    at = terms.due(after, terms.calendar_for(), proposed)
    return Moment(at, at, Saying("no objection within {time}", time=after)) if at <= as_of else None
