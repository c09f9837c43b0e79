"""Each run's look at the sign-offs: how they stand, and what silence or a restatement settles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from redmine_sla.contract import Contract
from redmine_sla.language import Tongue, tongue_for
from redmine_sla.mirror import Mirror
from redmine_sla.page import Page, Paragraph, line, render
from redmine_sla.plan import Edit, UpdateTicket
from redmine_sla.quarter.sign_off import (
    Asking,
    Decision,
    SignOff,
    accepted_quarters,
    sign_offs,
)
from redmine_sla.sync.workbench import Workbench
from redmine_sla.ticket import HappenedAt, Party, Status, Ticket, Timeline, timeline_of

_NO_ACCEPTANCE = frozenset({"rejected", "duplicate"})


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
        ticket is closed."""
        for one in self.found:
            if one.is_open and one.decision in (Decision.ACCEPTED_TACITLY, Decision.WITHDRAWN):
                yield self._update(one)

    def findings(self) -> Iterator[str]:
        """What a person of the provider has to look at."""
        for one in self.found:
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

    def _update(self, one: SignOff) -> UpdateTicket:
        timeline = self.timelines[one.ticket]
        ticket, closing = timeline.ticket, self._closing_status()
        return UpdateTicket(
            ticket=one.ticket,
            subject=ticket.subject,
            contract=self.contract.name,
            edits=(Edit("status", ticket.status.name, closing.name),) if closing else (),
            status=closing.id if closing else None,
            note="" if self._is_noted(one, timeline) else self._note(one),
            why=str(one.decision),
            place=f"{ticket.project.id}/{ticket.tracker.id}/{ticket.status.id}",
        )

    def _is_noted(self, one: SignOff, timeline: Timeline) -> bool:
        """A note of ours since then says it: the ticket could not be closed with it."""
        return any(
            note.author.party is Party.BOT and one.at is not None and note.recorded >= one.at
            for note in timeline.notes
        )

    def _note(self, one: SignOff) -> str:
        tongue = tongue_for(self.contract.language)
        said = self._said(one, tongue)
        page = Page((Paragraph(line(said)),))
        return render(page, self.bench.desk.surfaces.wiki_markup).strip()

    def _said(self, one: SignOff, tongue: Tongue) -> str:
        if one.decision is Decision.WITHDRAWN:
            return tongue.say(
                "A restatement has taken the place of this publication before it was signed off. "
                "The restatement has a sign-off ticket of its own."
            )
        zone, promised = ZoneInfo(self.contract.timezone), self._promised_clause(one)
        return tongue.say(
            "Nobody answered before {moment}. By the contract that is acceptance ({clause}).",
            moment=tongue.moment(one.at, zone) if one.at else "",
            clause=tongue.say(promised) if promised else "",
        )

    def _promised_clause(self, one: SignOff) -> str:
        terms = asking_of(self.bench, self.contract).terms_of(one.edition.quarter)
        return terms.quarter.clause if terms.quarter else ""

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
        numbers = view.numbers_saying(_beginning(contract))
    timelines = {one.number: one for one in _own(bench, mirror.tickets(numbers=numbers), contract)}
    known = {
        number: one.as_of(as_of) for number, one in timelines.items() if one.ticket.created <= as_of
    }
    found = sign_offs(known.values(), asking_of(bench, contract), as_of)
    return SignOffs(bench, contract, as_of, found, known)


def accepted_versions(found: SignOffs) -> dict[str, datetime]:
    """The Redmine versions whose quarter is accepted, each with the instant it was."""
    contract = found.contract
    accepted = accepted_quarters(found.found)
    instants: dict[str, datetime] = {}
    for one in found.found:
        quarter = one.edition.quarter
        promised = asking_of(found.bench, contract).terms_of(quarter).quarter
        if promised and one.at and quarter in accepted and one.decision.is_acceptance:
            name = promised.version_name.replace("{quarter}", str(quarter))
            instants.setdefault(name, one.at)
    return instants


def asking_of(bench: Workbench, contract: Contract) -> Asking:
    """What it takes to read the contract's sign-offs."""
    closed = frozenset(status.name for status in bench.words.statuses.values() if status.closed)
    return Asking(contract, bench.glossary(contract), closed)


def _own(bench: Workbench, tickets: Iterable[Ticket], contract: Contract) -> Iterator[Timeline]:
    name = bench.desk.fields.get("sla_key")
    field = bench.words.field_named(name) if name else None
    if field is None:
        return
    begin = _beginning(contract)
    happened = HappenedAt(timezone=ZoneInfo(contract.timezone))
    for ticket in tickets:
        value = ticket.fields.get(field.id)
        if isinstance(value, str) and value.startswith(begin):
            yield timeline_of(ticket, bench.words, bench.parties, happened)


def _beginning(contract: Contract) -> str:
    """How the keys of its sign-offs begin."""
    return f"quarter/{contract.name}/"
