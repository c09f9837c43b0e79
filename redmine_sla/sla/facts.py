"""What a contract's target rules look at, and which rule fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from redmine_sla.contract import TargetRule, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The properties of a ticket, at one instant, that decide what was promised for it."""

    tier: str = ""
    problem_class: str = ""
    severity: str = ""
    kind: str = ""
    tracker: str = ""
    priority: str = ""
    channel: str = ""


class FactFinder(Protocol):
    """Finds the facts of one ticket."""

    @property
    def turns(self) -> tuple[datetime, ...]:
        """The instants at which people changed something the facts depend on, in order."""

    @property
    def revisions(self) -> tuple[datetime, ...]:
        """Those of them at which a value changed that a person had set before."""

    def at(self, instant: datetime) -> Facts:
        """The facts as they held at that instant."""

    def under(self, terms: Terms) -> FactFinder:
        """The same ticket's facts by other terms: those of a later cycle."""


_SELECTORS = ("tier", "problem_class", "severity", "kind", "tracker", "priority", "channel")


def rule_for(rules: Iterable[TargetRule], clock: str, facts: Facts) -> TargetRule | None:
    """The first rule for that clock whose every key fits. A key left out fits everything."""
    return next((rule for rule in rules if rule.clock == clock and _fits(rule, facts)), None)


def _fits(rule: TargetRule, facts: Facts) -> bool:
    return all(
        not (allowed := getattr(rule, name)) or getattr(facts, name) in allowed
        for name in _SELECTORS
    )
