"""Dates agreed with the customer: proposed by one side, assented to by the other.

Contract E, points 2 and 3: the provider sets the due date within two hours and agrees it; the
fault is then fixed no later than that date. Redmine's `due_date` carries the date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from redmine_sla.contract import Terms
from redmine_sla.sla.authority import authorised
from redmine_sla.sla.moments import Accepts, Glossary, Moment, anybody, first_moment
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
    timeline: Timeline, glossary: Glossary, terms: Terms, since: datetime, as_of: datetime
) -> Iterator[Proposal | Agreement]:
    """Every due date proposed at or after `since`, in order, agreed or not.

    An assent counts from the proposal until the date is changed. A public note of the customer is
    an assent only to what the provider proposed.
    """
    for span in timeline.track(Attribute.DUE_DATE).spans:
        if not span.value or (span.end is not None and span.end <= since):
            continue
        day, proposed = date.fromisoformat(span.value), max(span.start, since)
        assents = [
            (moment.at, moment.what)
            for moment in (
                _assent(timeline, glossary, terms, proposed, span.by.party),
                _tacit(terms, proposed, as_of),
            )
            if moment and moment.at and _holds(span, moment.at)
        ]
        if assents:
            yield Agreement(day, proposed, *min(assents))
        else:
            yield Proposal(day, proposed, span.by.party)


def _holds(span: Span, instant: datetime) -> bool:
    return span.end is None or instant < span.end


def _assent(
    timeline: Timeline, glossary: Glossary, terms: Terms, proposed: datetime, by: Party
) -> Moment | None:
    own_note = f"note:{by}"
    usable = [trigger for trigger in terms.agreement.assent if str(trigger) != own_note]
    return first_moment(usable, timeline, glossary, since=proposed, accepts=_who_may_assent(terms))


def _who_may_assent(terms: Terms) -> Accepts:
    agreement = terms.agreement

    def may(author: Author) -> bool:
        if author.party is Party.PROVIDER:
            return agreement.provider_may_record
        if agreement.by_contacts_only:
            return authorised(author, terms.contacts, "agree_dates")
        return anybody(author)

    return may


def _tacit(terms: Terms, proposed: datetime, as_of: datetime) -> Moment | None:
    """Silence as assent, where the contract says so."""
    after = terms.agreement.tacit_after
    if after is None:
        return None
    at = terms.due(after, terms.calendar_for(), proposed)
    return Moment(at, at, f"no objection within {after}") if at <= as_of else None
