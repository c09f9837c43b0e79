"""Which promises are looked at, and by what they are grouped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from redmine_sla.contract import STANDARD_CLOCKS, ProblemClass, Severity
from redmine_sla.report.by import By
from redmine_sla.report.promise import Promise

# Empty names mean nothing: a promise without a class, a ticket of nobody.
_NAME_OF: Mapping[By, Callable[[Promise], str]] = MappingProxyType(
    {
        By.CONTRACT: lambda one: one.contract,
        By.PROJECT: lambda one: one.project,
        By.CLOCK: lambda one: one.clock,
        By.CLASS: lambda one: one.problem_class,
        By.SEVERITY: lambda one: one.severity,
        By.TRACKER: lambda one: one.tracker,
        By.TIER: lambda one: one.tier,
        By.CHANNEL: lambda one: one.channel,
        By.ASSIGNEE: lambda one: one.assignee,
    }
)
_USUAL_ORDER: Mapping[By, tuple[str, ...]] = MappingProxyType(
    {
        By.CLOCK: tuple(STANDARD_CLOCKS),
        By.CLASS: tuple(ProblemClass),
        By.SEVERITY: tuple(Severity),
    }
)
Group = tuple[str, ...]
"""The names of a group, one for each thing grouped by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Names of what is wanted; nothing named in a respect means everything."""

    contract: frozenset[str] = frozenset()
    project: frozenset[str] = frozenset()
    clock: frozenset[str] = frozenset()
    problem_class: frozenset[str] = frozenset()
    severity: frozenset[str] = frozenset()
    tracker: frozenset[str] = frozenset()
    assignee: frozenset[str] = frozenset()

    def takes(self, one: Any) -> bool:
        """Is it within? Of what a promise or a ticket's course does not have, nothing is asked."""
        return all(
            not (wanted := getattr(self, each.name))
            or not hasattr(one, each.name)
            or getattr(one, each.name) in wanted
            for each in fields(self)
        )


def grouped(promises: Iterable[Promise], by: Iterable[By]) -> dict[Group, list[Promise]]:
    """The promises by group, in the usual order of clocks, classes and severities."""
    respects = tuple(by)
    found: dict[Group, list[Promise]] = {}
    for one in promises:
        found.setdefault(tuple(_NAME_OF[respect](one) for respect in respects), []).append(one)
    return dict(sorted(found.items(), key=lambda item: _order(item[0], respects)))


def _order(group: Group, by: tuple[By, ...]) -> list[tuple[bool, int, str]]:
    """What has no name comes last."""
    order = []
    for name, respect in zip(group, by, strict=True):
        usual = _USUAL_ORDER.get(respect, ())
        order.append((not name, usual.index(name) if name in usual else len(usual), name))
    return order
