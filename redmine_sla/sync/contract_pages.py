"""The wiki page of each contract: its tickets, budgets, availability, schedule and quarters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from redmine_sla.availability import outages_of, unrecorded
from redmine_sla.contract import Contract
from redmine_sla.language import tongue_for
from redmine_sla.mirror import Mirror
from redmine_sla.page import Block
from redmine_sla.plan import (
    Judged,
    PageParts,
    SaveWikiPage,
    board_of,
    contract_page,
    ending_blocks,
    ending_of,
    page_change,
    place_of,
)
from redmine_sla.quarter.availability_told import availability_blocks
from redmine_sla.quarter.sign_off_words import sign_offs_blocks
from redmine_sla.quarter.signed import SignOff
from redmine_sla.sla.matching import fitting
from redmine_sla.sync.budgets import Budgets
from redmine_sla.sync.named_tickets import hidden_names
from redmine_sla.sync.pages import PageMemory
from redmine_sla.sync.quarterly.drafts import draft_titles
from redmine_sla.sync.schedules import schedule_of
from redmine_sla.sync.workbench import Workbench


@dataclass(slots=True)
class ContractPages:
    """Plans the pages of one run; `findings` are what it came across."""

    bench: Workbench
    mirror: Mirror
    pages: PageMemory
    as_of: datetime
    findings: list[str] = field(default_factory=list)

    def change(
        self,
        contract: Contract,
        own: Sequence[Judged],
        others: Sequence[Judged],
        budgets: Budgets,
        sign_offs: Sequence[SignOff],
    ) -> SaveWikiPage | None:
        """What must be saved so that the contract's page says how it stands.

        `others` are tickets of other contracts: of those the page tells only what their outages
        took of this contract's days.
        Raises `CalendarError`, `RedmineError`, `MirrorError`.
        """
        desk, words = self.bench.desk, self.bench.words
        place = place_of(contract, desk, words)
        if place is None:
            self.findings.append(f"contract {contract.name}: its wiki's project is out of sight")
            return None
        board = board_of(own, words, self.as_of)
        ending = ending_of(contract, board, self.as_of)
        if ending is not None:
            self.findings.append(str(ending))
        limit, tongue = desk.surfaces.tickets_on_page, tongue_for(contract.language)
        schedule = schedule_of(self.bench, self.mirror, contract, self.as_of)
        zone = ZoneInfo(contract.timezone)
        parts = PageParts(
            ending=ending_blocks(ending, limit),
            budget=budgets.blocks(tongue),
            availability=self._availability(contract, own, others),
            schedule=schedule.blocks,
            sign_offs=tuple(sign_offs_blocks(sign_offs, place.title, tongue, zone)),
            quarters=draft_titles(contract, place.title, self.as_of),
            hidden=hidden_names(self.bench, self.mirror, contract, self.as_of),
        )
        page = contract_page(contract, board, parts, as_of=self.as_of, tickets_on_page=limit)
        return page_change(
            page,
            place,
            self.pages.now(place),
            contract=contract,
            desk=desk,
            as_of=self.as_of,
            attachments=schedule.attachments,
        )

    def _availability(
        self, contract: Contract, own: Sequence[Judged], others: Sequence[Judged]
    ) -> Sequence[Block]:
        if not any(terms.availability for _, terms in contract.versions):
            return ()
        above, glossary = self.bench.above, self.bench.glossary(contract)
        shared = (one for one in others if fitting(one.timeline, contract, above, glossary))
        told = (event for one in (*own, *shared) for event in outages_of(one, glossary))
        events = [*unrecorded(glossary), *told]
        return availability_blocks(contract, events, self.as_of, tongue_for(contract.language))
