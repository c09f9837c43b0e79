"""A ticket, its contract and the judgement: what a plan is made from."""

from __future__ import annotations

from dataclasses import dataclass

from redmine_sla.contract import Contract
from redmine_sla.sla.reading import Assessment
from redmine_sla.ticket import Ticket, Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One ticket judged by its contract.

    `moved_to` is the project it has left the contract for; `needs_triage` says that its class waits
    for somebody to confirm it. One that `is_hidden` is counted on the contract's pages and not
    named: not all who read them may read it.
    """

    contract: Contract
    timeline: Timeline
    assessment: Assessment
    moved_to: str = ""
    needs_triage: bool = False
    is_hidden: bool = False

    @property
    def ticket(self) -> Ticket:
        return self.timeline.ticket

    @property
    def number(self) -> int:
        return self.timeline.number
