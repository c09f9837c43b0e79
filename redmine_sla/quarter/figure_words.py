"""Figures in their readers' words: the way to a figure, and its value with its unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from redmine_sla.calendar import Target, TargetError
from redmine_sla.contract import Money, Terms
from redmine_sla.language import Tongue
from redmine_sla.quarter.differences import AND, ENTRY
from redmine_sla.quarter.figure_keys import KEYS
from redmine_sla.quarter.figure_values import listed_words
from redmine_sla.quarter.quarter import Quarter

NOTHING = "–"

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}-\d\d")
_QUARTER = re.compile(r"\d{4}Q[1-4]")
_AMOUNT = re.compile(r"-?\d+(\.\d+)? [A-Z]{3}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_TICKETS = frozenset({"ticket", "tickets", "agreed_in"})
_PLACES = 4
"""Decimals of a percentage: figures that differ by little must not read the same."""

_UNITS: Mapping[str, Callable[[Tongue, Decimal], str]] = MappingProxyType(
    {
        "seconds": lambda tongue, number: tongue.duration(timedelta(seconds=int(number))),
        "hours": Tongue.hours,
        "share": lambda tongue, number: tongue.percent(number, _PLACES),
        "percent": lambda tongue, number: tongue.percent(number / 100, _PLACES),
        "bytes": lambda tongue, number: tongue.count("{n} byte", "{n} bytes", int(number)),
    }
)
"""How a measure is said whose key ends in that word; see `Section`."""


class FigureWords:
    """One reader's words for figures: his language, his clocks, the names of his contract."""

    def __init__(self, tongue: Tongue, zone: tzinfo, terms: Terms) -> None:
        self._tongue = tongue
        self._zone = zone
        self._names = {"availability": tongue.say("Availability")}
        services = terms.availability.services if terms.availability else {}
        self._names |= {name: tongue.say(one.title) for name, one in services.items()}
        self._names |= {rule.name: tongue.say(rule.clause) for rule in terms.credits}
        self._names |= {duty.name: tongue.say(duty.title) for duty in terms.obligations}
        self._names |= {name: tongue.say(clock.title) for name, clock in terms.clocks.items()}

    def way(self, steps: tuple[str, ...]) -> str:
        """The steps to a figure, from the section on: `time booked: August 2026, Support`."""
        return ": ".join(self._step(step) for step in steps)

    def value(self, value: Any, key: str = "") -> str:
        """A figure as its reader writes such figures. `key` is the last step on the way to it."""
        match value:
            case None | "":
                return NOTHING
            case bool():
                return self._tongue.say("yes") if value else self._tongue.say("no")
            case int():
                return self._number(Decimal(value), key)
            case str():
                return self._text(value, key)
            case Mapping():
                parts = (
                    f"{self._step(name)}: {self.value(part, name)}"
                    for name, part in value.items()
                    if part not in (None, "", [], {})
                )
                return "; ".join(parts) or NOTHING
            case _:
                return ", ".join(self.value(part, key) for part in value) or NOTHING

    def both(self, before: Any, after: Any, key: str) -> tuple[str, str]:
        """Two figures that differ, told so that they read differently: times to the second where
        the minute is the same.
        """
        told = self.value(before, key), self.value(after, key)
        if told[0] != told[1]:
            return told
        return self._to_the_second(before, key), self._to_the_second(after, key)

    def _to_the_second(self, value: Any, key: str) -> str:
        told = self.value(value, key)
        if _unit(key) == "seconds" and isinstance(value, int | str):
            seconds = int(Decimal(value)) % 60
        elif isinstance(value, str) and _INSTANT.fullmatch(value):
            seconds = datetime.fromisoformat(value).second
        else:
            return told
        return self._tongue.count(
            "{told} and {n} second", "{told} and {n} seconds", seconds, told=told
        )

    def _step(self, step: str) -> str:
        """A word of the figures, or the name of a row."""
        if step in KEYS:
            return self._tongue.say(KEYS[step])
        return ", ".join(self._part(part) for part in step.split(AND))

    def _part(self, part: str) -> str:
        if part.startswith(ENTRY):
            return self._tongue.say("time entry {number}", number=part.removeprefix(ENTRY))
        return self._names.get(part) or self._point_in_time(part) or self._tongue.say(part)

    def _number(self, number: Decimal, key: str) -> str:
        unit = _UNITS.get(_unit(key))
        if unit is not None:
            return unit(self._tongue, number)
        if key in _TICKETS:
            return f"#{number}"
        return str(number) if key == "entry" else self._tongue.number(number)

    def _text(self, text: str, key: str) -> str:
        if _unit(key) in _UNITS and _NUMBER.fullmatch(text):
            return self._number(Decimal(text), key)
        if _AMOUNT.fullmatch(text):
            return self._tongue.money(Money.parse(text))
        if key == "target":
            return self._target(text)
        return (
            listed_words(key, text, self._tongue)
            or self._names.get(text)
            or self._point_in_time(text)
            or self._tongue.say(text)
        )

    def _target(self, text: str) -> str:
        try:
            return self._tongue.target(Target.parse(text))
        except TargetError:
            return text

    def _point_in_time(self, text: str) -> str:
        """As people write it; empty for what is none."""
        try:
            if _INSTANT.fullmatch(text):
                return self._tongue.moment(datetime.fromisoformat(text), self._zone)
            if _DAY.fullmatch(text):
                return self._tongue.short_day(date.fromisoformat(text))
            if _MONTH.fullmatch(text):
                return self._tongue.month(date.fromisoformat(f"{text}-01"))
        except ValueError:  # somebody's words that look like a day
            return ""
        if _QUARTER.fullmatch(text):
            quarter = Quarter.parse(text)
            return self._tongue.quarter(quarter.year, quarter.number)
        return ""


def _unit(key: str) -> str:
    return key.rpartition("_")[2]
