"""The five offers of the catalogue, each as the smallest contract that extends it."""

from __future__ import annotations

from functools import cache

from redmine_sla.contract import Contract, TargetRule, Terms, loads_contract

_ANYBODY = """
title = "A contract"
customer = "A customer"
provider = "We"
projects = "project"
starts = 2026-01-01
"""
_OWN_FIGURES = {
    "crm-support": 'tier = "5x8xNBD"\nterm_months = 24\n',
    "information-system": 'contract_sum = "100 KZT"\nvat = "net"\n',
}


@cache
def offer(profile: str, more: str = "") -> Contract:
    """The contract that adds to the profile only what it cannot do without."""
    own = _OWN_FIGURES.get(profile, "")
    return loads_contract(f'extends = "{profile}"\n{own}{more}{_ANYBODY}', profile)


def terms(profile: str) -> Terms:
    return offer(profile).terms


def rule(profile: str, name: str) -> TargetRule:
    """The target rule of that name."""
    return next(rule for rule in terms(profile).targets if rule.name == name)


def promised(profile: str, clock: str, **facts: str) -> str:
    """What a clock is promised to a ticket of those facts: the first rule that fits."""
    for found in terms(profile).targets:
        named = {key: getattr(found, key) for key in ("tier", "severity", "kind", "priority")}
        named |= {"problem_class": found.problem_class, "tracker": found.tracker}
        if found.clock == clock and all(
            not names or facts.get(key) in names for key, names in named.items()
        ):
            return str(found.within)
    return "nothing"
