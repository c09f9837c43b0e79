"""Which targets of a level apply: of those that fit the first wins, whatever a later one says."""

from __future__ import annotations

from dataclasses import dataclass

from redmine_sla.contract.promises.clocks import TargetRule
from redmine_sla.contract.terms import Terms

_SELECTORS = ("problem_class", "severity", "kind", "tracker", "priority", "channel")


@dataclass(frozen=True, slots=True)
class RankedTarget:
    """A target rule, and the earlier one that takes every ticket it names."""

    rule: TargetRule
    overridden_by: TargetRule | None


def targets_of_level(terms: Terms) -> tuple[RankedTarget, ...]:
    """The target rules of the level bought, in the order in which they are asked."""
    rules = [rule for rule in terms.targets if not rule.tier or terms.tier in rule.tier]
    return tuple(
        RankedTarget(rule, next((one for one in rules[:place] if _takes_all_of(one, rule)), None))
        for place, rule in enumerate(rules)
    )


def _takes_all_of(earlier: TargetRule, later: TargetRule) -> bool:
    return earlier.clock == later.clock and all(
        not (taken := getattr(earlier, name))
        or ((named := getattr(later, name)) and set(named) <= set(taken))
        for name in _SELECTORS
    )
