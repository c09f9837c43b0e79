"""What a quarter was judged by, as it is recorded with it: terms, days, sides, versions.

Laws, packages and people change within a year; with this on record the judgement can be followed
later. What is internal is not in it, not even as a digest: a few figures can be guessed from one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from redmine_sla.calendar.daybook import DayKind
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract, Desk, Terms

_INTERNAL = frozenset(
    [
        "accepted_warnings",
        "contacts",
        "escalation",
        "intake",
        "monitoring",
        "notice_before_end",
        "team",
    ]
)
"""Parts of terms that are the provider's own, that hold personal data, or that judge nothing."""

_INTERNAL_KEYS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "availability": frozenset({"agreed_in", "hosts"}),
        "classification": frozenset({"services"}),
        "development": frozenset({"rates", "thresholds"}),
        "exclusions": frozenset({"agreed_in", "tickets"}),
        "obligations": frozenset({"owner"}),
    }
)


def judged_by(
    contract: Contract,
    period: Period,
    desk: Desk,
    *,
    people: Mapping[str, Sequence[int]],
    held: Mapping[int, Mapping[int, Iterable[str]]],
    bearers: Mapping[int, Iterable[int]],
    named: Iterable[int],
    software: Mapping[str, str],
) -> dict[str, Any]:
    """JSON-ready. `people` are the users of the contract's projects by side, by number alone: a
    name that has to be erased later must not stand in a frozen file. `held` are the roles they have
    in each project, by its number too: not every reader may know of each. `bearers` are the users
    whose names were told apart there, `named` the projects whose tickets the pages name. Redmine
    keeps no history of these: the quarter is judged again by them, and rates go by roles.
    `software` are names and versions, of this program and of what it counts with.
    """
    return {
        "terms": [_terms(first, terms) for first, terms in _in_force(contract, period)],
        "days": sorted(_special_days(contract, period), key=lambda day: tuple(day.values())),
        "statuses": {role: list(names) for role, names in desk.statuses.roles.items()},
        "sides": {
            "roles": {
                "provider": list(desk.roles.provider),
                "customer": list(desk.roles.customer),
                "third_party": list(desk.roles.third_party),
            },
            "people": {side: sorted(numbers) for side, numbers in sorted(people.items())},
            "held": {
                str(project): {str(user): sorted(roles) for user, roles in sorted(users.items())}
                for project, users in sorted(held.items())
            },
            "bearers": {str(project): sorted(users) for project, users in sorted(bearers.items())},
        },
        "named_projects": sorted(named),
        "software": dict(software),
    }


def changed_parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Which parts of what it was judged by are not what they were, by name."""
    names = dict.fromkeys([*before, *after])
    return tuple(name for name in names if before.get(name) != after.get(name))


def _in_force(contract: Contract, period: Period) -> Iterator[tuple[str, Terms]]:
    """The terms of any day of the period, each with its first day."""
    versions = contract.versions
    followers = [first for first, _ in versions[1:]]
    for (first, terms), until in zip(versions, [*followers, None], strict=True):
        if first <= period.last and (until is None or until > period.first):
            yield str(first), terms


def _terms(first: str, terms: Terms) -> dict[str, Any]:
    promised = terms.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude_defaults=True, exclude=set(_INTERNAL)
    )
    if "obligations" in promised:
        promised["obligations"] = [
            duty for duty in promised["obligations"] if duty.get("visible", True)
        ]
    for part, keys in _INTERNAL_KEYS.items():
        if part in promised:
            promised[part] = _without(keys, promised[part])
    return {"from": first, "promised": promised}


def _without(keys: frozenset[str], part: Any) -> Any:
    """The same without those keys, however deep."""
    if isinstance(part, list):
        return [_without(keys, row) for row in part]
    if isinstance(part, dict):
        return {key: _without(keys, value) for key, value in part.items() if key not in keys}
    return part


def _special_days(contract: Contract, period: Period) -> Iterator[dict[str, str]]:
    """The days of the period that have not their weekly hours, by calendar."""
    terms = contract.terms_on(period.last)
    for name, calendar in terms.service_calendars.items():
        for day in calendar.days(period.first, period.last):
            if day.kind is not DayKind.WEEKLY:
                yield {
                    "date": str(day.date),
                    "calendar": name,
                    "kind": str(day.kind),
                    "label": day.label,
                    "hours": day.hours,
                    "source": day.source,
                }
