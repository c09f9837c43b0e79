"""Each run's look at the sign-offs: how they stand, and what silence or a restatement settles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from redmine_sla.contract import Contract
from redmine_sla.contract.promises.quarterly import Quarter as Promised
from redmine_sla.mirror import Mirror
from redmine_sla.page import Page, Paragraph, line, render
from redmine_sla.plan import Edit, UpdateTicket
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.sign_off import Asking, first_assignee, sign_offs
from redmine_sla.quarter.sign_off_key import beginning
from redmine_sla.quarter.signed import Decision, SignOff, accepted_quarters
from redmine_sla.sync.quarterly.settled_words import SettledWords, told_replaced
from redmine_sla.sync.quarterly.shelf import version_of
from redmine_sla.sync.workbench import Workbench
from redmine_sla.ticket import Attribute, HappenedAt, Party, Status, Ticket, Timeline, timeline_of

_NO_ACCEPTANCE = frozenset({"rejected", "duplicate"})
_ENDED_ALONE = frozenset({Decision.ACCEPTED_TACITLY, Decision.WITHDRAWN, Decision.REPLACED})


@dataclass(frozen=True, slots=True)
class SignOffs:
    """One contract's sign-offs as of an instant, and the tickets' histories by number."""

    bench: Workbench
    contract: Contract
    as_of: datetime
    found: tuple[SignOff, ...]
    timelines: dict[int, Timeline]

    def updates(self) -> Iterator[UpdateTicket]:
        """What has come to its end without anybody's hand is noted on its ticket, once, and the
        ticket is closed, once: who opens it again has his reasons. A late "no" is answered once.
        Where no status can close it, the note is all there is.
        """
        for one in self.found:
            if one.late is not None:
                if not self._is_noted(one, one.late.first):
                    yield self._update(one, self._words.answer(one, one.late), None)
            elif self._is_to_be_closed(one):
                noted = one.at is not None and self._is_noted(one, one.at)
                note = "" if noted else self._words.note(one)
                closing = self._closing_status()
                if note or closing:
                    yield self._update(one, note, closing)

    def findings(self) -> Iterator[str]:
        """What a person of the provider has to look at."""
        counts = {one.edition: one for one in self.found}
        yield from self._namesakes()
        for one in self.found:
            newer = counts[one.edition]
            if one.late is not None:
                yield self._words.told_late(one, one.late)
            if one.decision is Decision.REPLACED and newer.decision is Decision.AWAITED:
                yield told_replaced(one, newer.ticket)
            if one.closed_by:
                yield (
                    f"{one.edition}: #{one.ticket} was closed by {one.closed_by}, who may not sign "
                    "off: this is no acceptance; open it again and ask the contact"
                )
            elif one.decision is Decision.REJECTED:
                yield (
                    f"{one.edition}: rejected by {one.by} in #{one.ticket}: "
                    f"{one.note or 'without a word'}"
                )

    def _update(self, one: SignOff, note: str, closing: Status | None) -> UpdateTicket:
        ticket = self.timelines[one.ticket].ticket
        markup = self.bench.desk.surfaces.wiki_markup
        return UpdateTicket(
            ticket=one.ticket,
            subject=ticket.subject,
            contract=self.contract.name,
            edits=(Edit("status", ticket.status.name, closing.name),) if closing else (),
            status=closing.id if closing else None,
            note=render(_paragraph(note), markup).strip() if note else "",
            why=str(one.decision),
            place=f"{ticket.project.id}/{ticket.tracker.id}/{ticket.status.id}",
        )

    def _is_noted(self, one: SignOff, since: datetime) -> bool:
        """A note of ours since then says it: the ticket could not be closed with it."""
        return any(
            note.author.party is Party.BOT and note.recorded >= since
            for note in self.timelines[one.ticket].notes
        )

    def _is_to_be_closed(self, one: SignOff) -> bool:
        """Open, come to its end, and not opened again by a person since then."""
        if not one.is_open or one.decision not in _ENDED_ALONE:
            return False
        asking = asking_of(self.bench, self.contract)
        spans = self.timelines[one.ticket].track(Attribute.STATUS).spans
        return not any(
            asking.is_closed(before)
            and not asking.is_closed(span)
            and span.by.party is not Party.BOT
            and (one.at is None or span.recorded >= one.at)
            for before, span in pairwise(spans)
        )

    def _namesakes(self) -> Iterator[str]:
        """Contacts who share their name with another member while a decision is awaited: only the
        one whom the ticket was assigned to is known."""
        for one in self.found:
            if one.decision is not Decision.AWAITED:
                continue
            terms = asking_of(self.bench, self.contract).terms_of(one.edition.quarter)
            role = terms.quarter.sign_off_by if terms.quarter else None
            ticket = self.timelines[one.ticket].ticket
            project, asked_of = ticket.project, first_assignee(ticket)
            for contact in terms.contacts_who_may(role) if role else ():
                called = self.bench.parties.called(contact.name, project.id)
                if contact.user is None and len(called) > 1:
                    whom = f"only user {asked_of}" if asked_of in called else "none of them"
                    yield (
                        f"{one.edition}: {len(called)} members of {project.name} are called "
                        f'"{contact.name}", so {whom} can sign off: write user = under '
                        f"[[contacts]] (users {', '.join(map(str, sorted(called)))})"
                    )

    @property
    def _words(self) -> SettledWords:
        def clause(one: SignOff) -> str:
            terms = asking_of(self.bench, self.contract).terms_of(one.edition.quarter)
            return terms.quarter.clause if terms.quarter else ""

        return SettledWords(self.contract, clause)

    def _closing_status(self) -> Status | None:
        """The status that closes: one that means resolved, and if there are several, the last of
        Redmine's; never one that means a rejection."""
        roles = self.bench.glossary(self.contract).roles_of
        closing = [
            status
            for status in self.bench.words.statuses.values()
            if status.closed and not roles(status.name) & _NO_ACCEPTANCE
        ]
        meant = [status for status in closing if "resolved" in roles(status.name)]
        return next(reversed(meant or closing), None)


def sign_offs_of(bench: Workbench, mirror: Mirror, contract: Contract, as_of: datetime) -> SignOffs:
    """The contract's sign-offs as known at an instant.

    They are known by their key alone: the contract may have ended before its last quarter was
    handed over, and may select other trackers.
    """
    with mirror.reading() as view:
        numbers = view.numbers_saying(beginning(contract.name))
    timelines = {one.number: one for one in _own(bench, mirror.tickets(numbers=numbers), contract)}
    known = {
        number: one.as_of(as_of) for number, one in timelines.items() if one.ticket.created <= as_of
    }
    found = sign_offs(known.values(), asking_of(bench, contract), as_of)
    return SignOffs(bench, contract, as_of, found, known)


def accepted_versions(found: SignOffs) -> dict[str, datetime]:
    """The Redmine versions whose quarter is accepted, by the names they have today, each with the
    instant it was."""
    contract = found.contract
    accepted = accepted_quarters(found.found)
    instants: dict[str, datetime] = {}
    for one in found.found:
        quarter = one.edition.quarter
        promised = asking_of(found.bench, contract).terms_of(quarter).quarter
        if promised and one.at and quarter in accepted and one.decision.is_acceptance:
            instants.setdefault(_version_of(found.timelines[one.ticket], promised, quarter), one.at)
    return instants


def asking_of(bench: Workbench, contract: Contract) -> Asking:
    """What it takes to read the contract's sign-offs."""
    closed = frozenset(status.name for status in bench.words.statuses.values() if status.closed)
    return Asking(contract, bench.glossary(contract), closed)


def _paragraph(text: str) -> Page:
    return Page((Paragraph(line(text)),))


def _own(bench: Workbench, tickets: Iterable[Ticket], contract: Contract) -> Iterator[Timeline]:
    name = bench.desk.fields.get("sla_key")
    field = bench.words.field_named(name) if name else None
    if field is None:
        return
    begin = beginning(contract.name)
    happened = HappenedAt(timezone=ZoneInfo(contract.timezone))
    for ticket in tickets:
        value = ticket.fields.get(field.id)
        if isinstance(value, str) and value.startswith(begin):
            yield timeline_of(ticket, bench.words, bench.parties, happened)


def _version_of(asked: Timeline, promised: Promised, quarter: Quarter) -> str:
    """The version that the sign-off was asked under: people may have renamed it since."""
    return asked.track(Attribute.VERSION).first.value or version_of(promised, quarter)
