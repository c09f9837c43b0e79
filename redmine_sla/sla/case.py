"""A case: one cycle of a ticket, with all that is needed to read its clocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from redmine_sla.contract import Terms
from redmine_sla.sla.agreement import Agreement, Proposal
from redmine_sla.sla.cycles import Cycle, Ending
from redmine_sla.sla.facts import Facts
from redmine_sla.sla.moments import Glossary
from redmine_sla.sla.stopwatch import Wait
from redmine_sla.sla.waits import merged
from redmine_sla.ticket import Party, Timeline


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A time that both sides agreed not to count, for the clocks named (none: for all)."""

    clocks: frozenset[str]
    wait: Wait

    def covers(self, clock: str) -> bool:
        return not self.clocks or clock in self.clocks


@dataclass(frozen=True, kw_only=True)
class Case:
    """One cycle of a ticket when its clocks are read.

    `until` is the start of the next cycle, if there is one. `facts_at` gives the facts at an
    instant, `turns` the instants at which they may have changed, `revisions` those of them at which
    a value changed that a person had set before.
    """

    timeline: Timeline
    terms: Terms
    glossary: Glossary
    cycle: Cycle
    until: datetime | None
    as_of: datetime
    waits: tuple[Wait, ...]
    exclusions: tuple[Exclusion, ...]
    dates: tuple[Proposal | Agreement, ...]
    facts_at: Callable[[datetime], Facts]
    turns: tuple[datetime, ...]
    revisions: tuple[datetime, ...]

    @property
    def cancelled(self) -> datetime | None:
        return self._ended(Ending.CANCELLED)

    @property
    def resolved(self) -> datetime | None:
        return self._ended(Ending.RESOLVED)

    def _ended(self, ending: Ending) -> datetime | None:
        end = self.cycle.end
        return end.start if end is not None and end.ending is ending else None

    @cached_property
    def pauses(self) -> tuple[Wait, ...]:
        """The waits that stop the time of clocks that pause, and the times at rest."""
        stopping = {Party.CUSTOMER}
        if self.terms.third_party_pauses:
            stopping.add(Party.THIRD_PARTY)
        return merged([*self.cycle.rests, *(w for w in self.waits if w.party in stopping)])
