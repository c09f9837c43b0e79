"""Names that lead nowhere: a target for a clock, tier or calendar that the contract has not.

Worked on the raw tables, so that they are told together with whatever else is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from redmine_sla.contract.explain import near
from redmine_sla.contract.findings import Finding, Path
from redmine_sla.contract.words import Kind, ProblemClass, Severity


class _Reference(NamedTuple):
    """Where names stand (`*` is every entry), what they name, and what a person calls that."""

    where: Path
    table: str
    called: str


_REFERENCES = tuple(
    _Reference(tuple(where.split()), table, called)
    for where, table, called in (
        ("tier", "tiers", "tier"),
        ("calendar", "calendars", "calendar"),
        ("default_channel", "channels", "channel"),
        ("tiers * calendar", "calendars", "calendar"),
        ("tiers * service_code_clock", "clocks", "clock"),
        ("channels * calendar", "calendars", "calendar"),
        ("channels * tiers", "tiers", "tier"),
        ("targets * clock", "clocks", "clock"),
        ("targets * tier", "tiers", "tier"),
        ("targets * channel", "channels", "channel"),
        ("targets * calendar", "calendars", "calendar"),
        ("exclusions * clocks", "clocks", "clock"),
        ("escalation * clocks", "clocks", "clock"),
        ("credits * clock", "clocks", "clock"),
        ("credits * tiers", "tiers", "tier"),
        ("availability calendar", "calendars", "calendar"),
        ("availability maintenance * services", "availability services", "service"),
        ("monitoring calendar", "calendars", "calendar"),
        ("obligations * calendar", "calendars", "calendar"),
        ("obligations * tiers", "tiers", "tier"),
        ("clauses * tiers", "tiers", "tier"),
    )
)
_WORDS: tuple[tuple[str, type[StrEnum], str], ...] = tuple(
    (f"{table} * {key}", words, called)
    for table in ("targets", "credits", "escalation")
    for key, words, called in (
        ("class", ProblemClass, "problem class"),
        ("severity", Severity, "severity"),
        ("kind", Kind, "kind"),
    )
)


def dangling_names(terms: Mapping[str, Any]) -> Iterator[Finding]:
    """Every name in raw terms that names nothing, with the nearest that does."""
    for reference in _REFERENCES:
        known = _table(terms, tuple(reference.table.split()))
        yield from _unknown(terms, reference.where, known, reference.called)
    for where, words, called in _WORDS:
        yield from _unknown(terms, tuple(where.split()), [str(word) for word in words], called)
    duties = [name for _, name in _names(terms, ("obligations", "*", "name"))]
    for tier, level in _entries(terms.get("tiers")):
        for duty, _ in _entries(level.get("rhythms") if isinstance(level, Mapping) else None):
            if duty not in duties:
                yield Finding(
                    ("tiers", tier, "rhythms", duty),
                    f'no obligation is called "{duty}"',
                    near(str(duty), duties),
                )


def _unknown(
    terms: Mapping[str, Any], where: Path, known: list[str], called: str
) -> Iterator[Finding]:
    for path, name in _names(terms, where):
        if name not in known:
            yield Finding(path, f'no {called} is called "{name}"', near(name, known))


def _table(terms: Mapping[str, Any], where: Path) -> list[str]:
    value: Any = terms
    for step in where:
        value = value.get(step) if isinstance(value, Mapping) else None
    return [str(key) for key, _ in _entries(value)]


def _names(value: Any, where: Path, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if not where:
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, list | tuple):
            yield from ((path, name) for name in value if isinstance(name, str))
        return
    step, rest = where[0], where[1:]
    for key, child in _entries(value):
        if step in ("*", key):
            yield from _names(child, rest, (*path, key))


def _entries(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, Mapping):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list | tuple) else []
