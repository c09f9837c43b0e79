"""From the mirror to the plan: judge what can have changed, say what should stand in Redmine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from redmine_sla.budget import DevelopmentBudget, Work, development_budget, work_on
from redmine_sla.contract import Contract
from redmine_sla.language import tongue_for
from redmine_sla.mirror import Mirror
from redmine_sla.page import Block, Heading, Page, Paragraph, Strong, line, page_title
from redmine_sla.plan import (
    Change,
    Judged,
    Place,
    Plan,
    PutOff,
    Shown,
    TicketPlan,
    board_of,
    contract_page,
    ending_blocks,
    ending_of,
    made_once,
    page_change,
    place_of,
    shown_for,
)
from redmine_sla.quarter import Quarter, quarter_page, summarise
from redmine_sla.sync.apply import PUT_OFF
from redmine_sla.sync.duties import duty_changes
from redmine_sla.sync.judging import judged_tickets, quarters_in_motion, worth_judging
from redmine_sla.sync.pages import PageMemory
from redmine_sla.sync.workbench import Workbench
from redmine_sla.ticket.reading import ReadingError


@dataclass(slots=True)
class Planner:
    """Makes one run's plan, of the tickets worth judging."""

    bench: Workbench
    mirror: Mirror
    pages: PageMemory
    as_of: datetime

    def plan(self) -> Plan:
        """The plan as of the instant. Raises `CalendarError`, `RedmineError`, `MirrorError`."""
        with self.mirror.reading() as view:
            remembered = view.remembered(PUT_OFF)
        put_off = {
            ticket: note
            for ticket, text in remembered.items()
            if (note := PutOff.decoded(text)) is not None
        }
        changes: list[Change] = []
        findings: list[str] = []
        judged = self._judged(findings)
        tickets = TicketPlan(
            self.bench.desk,
            self.bench.words,
            self.as_of,
            parents={one.ticket.parent for one in judged if one.ticket.parent},
            put_off=put_off,
        )
        in_fields = tongue_for(self.bench.desk.surfaces.language)
        for contract in self.bench.contracts:
            own = [(one, shown_for(one, in_fields)) for one in judged if one.contract is contract]
            changes += filter(None, (tickets.update(one, shown) for one, shown in own))
            changes += self._page_changes(contract, own, findings)
        changes += self._duties(put_off, findings)
        return Plan.of(self.as_of, changes, (*findings, *tickets.findings))

    def _duties(self, put_off: Mapping[int, PutOff], findings: list[str]) -> Iterator[Change]:
        """The tickets of obligations that should stand by now, each made once."""
        wanted, noticed = duty_changes(self.bench, self.mirror, self.as_of)
        findings += noticed
        standing = {one.id: one for one in self.mirror.tickets(numbers=put_off.keys())}
        return made_once(wanted, put_off, standing, self.as_of)

    def _judged(self, findings: list[str]) -> list[Judged]:
        def unreadable(error: ReadingError) -> None:
            findings.append(str(error))

        wanted = worth_judging(self.bench.contracts, self.mirror, self.as_of)
        return list(
            judged_tickets(self.bench, self.mirror, wanted, self.as_of, unreadable=unreadable)
        )

    def _page_changes(
        self, contract: Contract, own: list[tuple[Judged, Shown]], findings: list[str]
    ) -> Iterator[Change]:
        desk, words = self.bench.desk, self.bench.words
        place = place_of(contract, desk, words)
        if place is None:
            findings.append(f"contract {contract.name}: its wiki's project is out of sight")
            return
        budget = self._budget(contract)
        pages = {
            Place(place.project, page_title(f"{place.title} {quarter}")): self._quarter_page(
                contract, quarter, own, budget
            )
            for quarter in quarters_in_motion(contract, self.as_of)
        }
        board = board_of((one for one, _ in own), words, self.as_of)
        ending = ending_of(contract, board, self.as_of)
        if ending is not None:
            findings.append(str(ending))
        limit = desk.surfaces.tickets_on_page
        pages[place] = contract_page(
            contract,
            board,
            as_of=self.as_of,
            tickets_on_page=limit,
            ending=ending_blocks(ending, limit),
            budget=_budget_blocks(budget),
            quarters=[quarterly.title for quarterly in pages],
        )
        for where, page in pages.items():
            change = page_change(
                page,
                where,
                self.pages.now(where),
                contract=contract,
                desk=desk,
                as_of=self.as_of,
            )
            if change is not None:
                yield change

    def _quarter_page(
        self,
        contract: Contract,
        quarter: Quarter,
        own: list[tuple[Judged, Shown]],
        budget: DevelopmentBudget | None,
    ) -> Page:
        zone = ZoneInfo(contract.timezone)
        reported = (one for one, _ in own if one.timeline.reported < quarter.end(zone))
        return quarter_page(
            contract,
            summarise((one.assessment for one in reported), quarter, zone),
            hidden=[one.number for one, _ in own if one.ticket.private or one.moved_to],
            budget=budget,
            as_of=self.as_of,
        )

    def _budget(self, contract: Contract) -> DevelopmentBudget | None:
        if contract.terms_at(self.as_of).development is None:
            return None
        return development_budget(contract, self._work(contract), contract.day_of(self.as_of))

    def _work(self, contract: Contract) -> Iterator[Work]:
        """The hours booked on the contract's tickets since it began."""
        booked = self.mirror.time_entries(spent_from=contract.starts)
        numbers = {entry.ticket for entry in booked if entry.ticket is not None}
        bench = self.bench
        for ticket in self.mirror.tickets(numbers=numbers):
            found = bench.match(ticket)
            if found is not None and found[1].contract is contract:
                roles = bench.parties.members.get(ticket.project.id, {})
                yield from work_on(ticket, bench.words, bench.desk.fields, roles)


def _budget_blocks(budget: DevelopmentBudget | None) -> Sequence[Block]:
    if budget is None:
        return ()
    told = f"{budget}."
    words = line(
        Strong(told) if budget.is_over else told,
        f" The limit is {budget.percent} % of the contract sum ({budget.clause}).",
    )
    return Heading(2, line("Development budget")), Paragraph(words)
