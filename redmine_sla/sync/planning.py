"""From the mirror to the plan: judge what can have changed, say what should stand in Redmine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from redmine_sla.budget import DevelopmentBudget
from redmine_sla.contract import Contract
from redmine_sla.language import tongue_for
from redmine_sla.mirror import Mirror
from redmine_sla.page import Page, page_title
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
    with_budget,
)
from redmine_sla.quarter import Quarter, quarter_page, summarise
from redmine_sla.sync.apply import PUT_OFF
from redmine_sla.sync.budgets import Budgets, budgets_of
from redmine_sla.sync.duties import duty_changes
from redmine_sla.sync.judging import judged_tickets, quarters_in_motion, worth_judging
from redmine_sla.sync.pages import PageMemory
from redmine_sla.sync.schedules import schedule_of
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
        for contract in self.bench.contracts:
            budgets = self._budgets(contract, findings)
            own = [(one, self._shown(one, budgets)) for one in judged if one.contract is contract]
            changes += filter(None, (tickets.update(one, shown) for one, shown in own))
            changes += self._page_changes(contract, own, budgets, findings)
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

    def _budgets(self, contract: Contract, findings: list[str]) -> Budgets:
        def unreadable(error: ReadingError) -> None:
            if str(error) not in findings:
                findings.append(str(error))

        return budgets_of(self.bench, self.mirror, contract, self.as_of, unreadable=unreadable)

    def _shown(self, one: Judged, budgets: Budgets) -> Shown:
        tongue = tongue_for(self.bench.desk.surfaces.language)
        return with_budget(shown_for(one, tongue), budgets.on_ticket(one.number, tongue))

    def _page_changes(
        self,
        contract: Contract,
        own: list[tuple[Judged, Shown]],
        budgets: Budgets,
        findings: list[str],
    ) -> Iterator[Change]:
        desk, words = self.bench.desk, self.bench.words
        place = place_of(contract, desk, words)
        if place is None:
            findings.append(f"contract {contract.name}: its wiki's project is out of sight")
            return
        pages = {
            Place(place.project, page_title(f"{place.title} {quarter}")): self._quarter_page(
                contract, quarter, own, budgets.development
            )
            for quarter in quarters_in_motion(contract, self.as_of)
        }
        board = board_of((one for one, _ in own), words, self.as_of)
        ending = ending_of(contract, board, self.as_of)
        if ending is not None:
            findings.append(str(ending))
        limit = desk.surfaces.tickets_on_page
        schedule = schedule_of(self.bench, self.mirror, contract, self.as_of)
        pages[place] = contract_page(
            contract,
            board,
            as_of=self.as_of,
            tickets_on_page=limit,
            ending=ending_blocks(ending, limit),
            budget=budgets.blocks(tongue_for(contract.language)),
            schedule=schedule.blocks,
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
                attachments=schedule.attachments if where == place else (),
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
