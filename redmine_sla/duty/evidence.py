"""What is on an occurrence's ticket: work, evidence, confirmation, and a contact's excuse.

A contact confirms and does without by an act, never by words alone: a note may as well object or
complain. His act is that he closes the ticket himself, or ticks the field of role `accepted`,
which serves where Redmine's workflow lets the customer change no status.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from redmine_sla.contract import ContactRole, Contract
from redmine_sla.contract.promises.obligations import Evidence, Obligation
from redmine_sla.duty.outcome import Excuse, Lack
from redmine_sla.sla.authority import authorised
from redmine_sla.sla.cycles import Ending, Rest, rests_of
from redmine_sla.sla.moments import Glossary, provider_side
from redmine_sla.ticket import Attribute, Author, Timeline

_LACKS = {
    Evidence.NOTE: Lack.NOTE,
    Evidence.FILE: Lack.FILE,
    Evidence.TIME_ENTRY: Lack.TIME_ENTRY,
}
_MAY_EXCUSE = (ContactRole.VERIFY_WORK, ContactRole.APPROVE, ContactRole.SIGN_OFF)
"""Who may confirm work or approve requests may also do without."""
_RESOLVED = frozenset({"resolved"})
_AT_REST = _RESOLVED | {"rejected", "duplicate"}
_UNTICKED = (None, "", "0")


@dataclass(frozen=True, slots=True)
class Record:
    """A ticket as the service record of one obligation. The timeline is as of the instant asked."""

    timeline: Timeline
    duty: Obligation
    contract: Contract
    glossary: Glossary

    @property
    def rest(self) -> Rest | None:
        """How the ticket rests now, if it does. One that was reopened does not."""
        rests = rests_of(self.timeline.track(Attribute.STATUS), self.glossary.roles_of)
        return rests[-1] if rests and rests[-1].end is None else None

    @property
    def is_cancelled(self) -> bool:
        return self.rest is not None and self.rest.ending is Ending.CANCELLED

    def done_on(self) -> date | None:
        """The local day on which it was resolved and all its evidence had happened.

        Evidence is the provider's (or a third party's for him) and counts when it *happened*:
        a note by its "happened at", hours by the day they were spent on. A private note proves
        as well as a public one. Evidence may come before or after the ticket is resolved.
        """
        rest = self.rest
        days = [self._earliest(kind) for kind in self.duty.evidence]
        if rest is None or rest.ending is not Ending.RESOLVED or None in days:
            return None
        return max(self.contract.day_of(rest.start), *(day for day in days if day))

    def lacking(self) -> tuple[Lack, ...]:
        """What is missing on the ticket; without the work nothing else is asked for."""
        rest = self.rest
        if rest is None:
            return (Lack.WORK,)
        if rest.ending is Ending.CANCELLED:
            return () if self.excuse() else (Lack.AGREEMENT,)
        missing = [_LACKS[kind] for kind in self.duty.evidence if self._earliest(kind) is None]
        if self.duty.confirmed_by_contact and not self._is_confirmed(rest.start):
            missing.append(Lack.CONFIRMATION)
        return tuple(missing)

    def excuse(self) -> Excuse | None:
        """Why the customer does without it.

        Either the ticket was rejected, and a contact who may verify work, approve or sign off
        did that himself, or closed it or ticked `accepted` after somebody else did; or an exclusion
        agreed in the contract names the ticket. The provider alone cannot excuse himself.
        """
        return self._excluded() or (self._agreed() if self.is_cancelled else None)

    def _excluded(self) -> Excuse | None:
        for _, terms in self.contract.versions:
            for exclusion in terms.exclusions:
                if self.timeline.number in exclusion.tickets and not exclusion.clocks:
                    return Excuse(exclusion.author, exclusion.reason, exclusion.agreed_in)
        return None

    def _agreed(self) -> Excuse | None:
        rest = self.rest
        if rest is None:
            return None
        acts = self._acts(rest.start, _AT_REST)
        return next((Excuse(who.name) for who, at in acts if self._may(who, at, _MAY_EXCUSE)), None)

    def _is_confirmed(self, since: datetime) -> bool:
        """Did a contact who may verify work resolve or close it, or tick `accepted` since then?"""
        acts = self._acts(since, _RESOLVED)
        return any(self._may(who, at, (ContactRole.VERIFY_WORK,)) for who, at in acts)

    def _acts(self, since: datetime, closing: frozenset[str]) -> Iterator[tuple[Author, datetime]]:
        """Who set a status of one of those roles from then on, and who has ticked `accepted`."""
        for span in self.timeline.track(Attribute.STATUS).spans:
            if span.start >= since and self.glossary.roles_of(span.value) & closing:
                yield span.by, span.start
        accepted = self.timeline.field(self.glossary.field_names.get("accepted"))
        ticked = accepted.set_by_people().now if accepted is not None else None
        if ticked is not None and ticked.start >= since and ticked.value not in _UNTICKED:
            yield ticked.by, ticked.start

    def _may(self, author: Author, at: datetime, roles: Iterable[ContactRole]) -> bool:
        contacts = self.contract.terms_at(at).contacts
        return any(authorised(author, contacts, role) for role in roles)

    def _earliest(self, kind: Evidence) -> date | None:
        return min(self._days(kind), default=None)

    def _days(self, kind: Evidence) -> Iterator[date]:
        told = self.timeline
        if kind is Evidence.NOTE:
            times = [note.at for note in told.notes if provider_side(note.author)]
        elif kind is Evidence.FILE:
            files = (file for file in told.files if provider_side(file.author))
            times = [file.at for file in files if file.removed is None]
        else:
            bookings = (one for one in told.bookings if provider_side(one.author) and one.hours)
            yield from (booking.spent_on for booking in bookings)
            return
        yield from map(self.contract.day_of, times)
