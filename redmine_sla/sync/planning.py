"""From the mirror to the plan: judge what can have changed, say what should stand in Redmine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from redmine_sla.contract import Contract
from redmine_sla.language import tongue_for
from redmine_sla.mirror import Mirror
from redmine_sla.plan import (
    Change,
    Judged,
    Plan,
    PutOff,
    Shown,
    TicketPlan,
    made_once,
    shown_for,
    with_budget,
)
from redmine_sla.sync.budgets import Budgets, budgets_of
from redmine_sla.sync.contract_pages import ContractPages
from redmine_sla.sync.crossed_thresholds import REACHED, crossed_thresholds
from redmine_sla.sync.duties import duty_changes
from redmine_sla.sync.judging import judged_tickets, worth_judging
from redmine_sla.sync.pages import PageMemory
from redmine_sla.sync.put_off import put_off_in
from redmine_sla.sync.quarterly.drafts import Drafts
from redmine_sla.sync.quarterly.settling import sign_offs_of
from redmine_sla.sync.quarterly.watching import PublishedQuarters
from redmine_sla.sync.untaken_hours import untaken_hours
from redmine_sla.sync.workbench import Workbench
from redmine_sla.ticket.reading import ReadingError


@dataclass(slots=True)
class Planner:
    """Makes one run's plan, of the tickets worth judging, and of the drafts if they are due;
    then published quarters are looked at, too.

    `reached` are the budgets' thresholds as the plan found them, for the next run to know.
    """

    bench: Workbench
    mirror: Mirror
    pages: PageMemory
    as_of: datetime
    drafts: Drafts | None = None
    reached: str = ""

    def plan(self) -> Plan:
        """The plan as of the instant. Raises `CalendarError`, `RedmineError`, `MirrorError`."""
        put_off = put_off_in(self.mirror)
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
        pages = ContractPages(self.bench, self.mirror, self.pages, self.as_of)
        accounts = self._budgets(findings)
        for contract, budgets in accounts:
            own = [one for one in judged if one.contract is contract]
            others = [one for one in judged if one.contract is not contract]
            sign_offs = sign_offs_of(self.bench, self.mirror, contract, self.as_of)
            shown = ((one, self._shown(one, accounts)) for one in own)
            page = pages.change(contract, own, others, budgets, sign_offs.found)
            changes += filter(None, [*(tickets.update(*one) for one in shown), page])
            changes += sign_offs.updates()
            findings += sign_offs.findings()
        findings += untaken_hours(self.bench, self.mirror, self.as_of)
        changes += self._duties(put_off, findings)
        if self.drafts is not None:
            changes += self.drafts.changes()
            findings += self.drafts.findings
            published = PublishedQuarters(self.bench, self.mirror, self.pages.reader, self.as_of)
            findings += published.findings()
        return Plan.of(self.as_of, changes, (*findings, *pages.findings, *tickets.findings))

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

    def _budgets(self, findings: list[str]) -> list[tuple[Contract, Budgets]]:
        def unreadable(error: ReadingError) -> None:
            if str(error) not in findings:
                findings.append(str(error))

        found = budgets_of(self.bench, self.mirror, self.as_of, unreadable=unreadable)
        accounts = [(contract, found[contract.name]) for contract in self.bench.contracts]
        for contract, budgets in accounts:
            findings += budgets.findings(contract)
        with self.mirror.reading() as view:
            crossed = crossed_thresholds(accounts, view.recorded(REACHED))
        findings += crossed.findings
        self.reached = crossed.reached
        return accounts

    def _shown(self, one: Judged, accounts: Sequence[tuple[Contract, Budgets]]) -> Shown:
        """With the budget its work is booked on now, be it another contract's than its promises."""
        tongue = tongue_for(self.bench.desk.surfaces.language)
        texts = (budgets.on_ticket(one.number, tongue) for _, budgets in accounts)
        return with_budget(shown_for(one, tongue), next(filter(None, texts), ""))
