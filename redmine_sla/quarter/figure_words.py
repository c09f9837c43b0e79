"""Figures in their readers' words: what a step on the way to a figure is called, and its value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from redmine_sla.contract import Money, Terms
from redmine_sla.language import Tongue, marked

NOTHING = "–"

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}-\d\d")
_AMOUNT = re.compile(r"-?\d+(\.\d+)? [A-Z]{3}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_SECONDS = "_seconds"

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "accepted": marked("accepted"),
        "answers": marked("answers"),
        "booked": marked("booked"),
        "broken": marked("broken"),
        "by_its_end": marked("by its end"),
        "cancelled": marked("cancelled"),
        "changes": marked("changes"),
        "clause": marked("clause"),
        "clocks": marked("promises"),
        "counts": marked("number"),
        "credit": marked("credit"),
        "credits": marked("credits"),
        "done": marked("done"),
        "done_on": marked("done on"),
        "down_seconds": marked("down for"),
        "due": marked("due"),
        "ended": marked("ended"),
        "entries": marked("booked time"),
        "exclusions": marked("exclusions"),
        "failures": marked("failures"),
        "fee": marked("fee"),
        "files": marked("files"),
        "finished": marked("finished"),
        "forecast": marked("forecast"),
        "included": marked("included"),
        "kept": marked("kept"),
        "late": marked("late"),
        "late_by_seconds": marked("late by"),
        "left": marked("left"),
        "limit": marked("limit"),
        "missed": marked("missed"),
        "months": marked("months"),
        "not_measured": marked("not measured"),
        "obligations": marked("obligations"),
        "occurrences": marked("days"),
        "open": marked("open"),
        "outages": marked("outages"),
        "overrun_seconds": marked("late by"),
        "pauses": marked("pauses"),
        "remaining": marked("remaining"),
        "reported": marked("reported"),
        "share_kept": marked("share kept"),
        "spent": marked("spent"),
        "state": marked("state"),
        "tickets": marked("tickets"),
        "unmeasured": marked("not measured"),
        "used": marked("used"),
        "verdict": marked("outcome"),
        "with": marked("with exclusions"),
        "without": marked("without exclusions"),
    }
)
"""What customers call it. What is not here is shown by its own name, in English."""


class FigureWords:
    """One reader's words for figures: his language, his clocks, the names of his contract."""

    def __init__(self, tongue: Tongue, zone: tzinfo, terms: Terms) -> None:
        self._tongue = tongue
        self._zone = zone
        self._names = {name: clock.title for name, clock in terms.clocks.items()}
        self._names |= {duty.name: duty.title for duty in terms.obligations}

    def way(self, steps: tuple[str, ...]) -> str:
        """The steps to a figure, from the section on: `booked time, #12 August 2026, spent`."""
        return ", ".join(self._step(step) for step in steps)

    def value(self, value: Any, step: str = "") -> str:
        """A figure as its reader writes such figures. `step` is the last one on the way to it."""
        tongue = self._tongue
        match value:
            case None:
                return NOTHING
            case bool():
                return tongue.say("yes") if value else tongue.say("no")
            case int():
                is_time = step.endswith(_SECONDS)
                return (
                    tongue.duration(timedelta(seconds=value)) if is_time else tongue.number(value)
                )
            case str():
                return self._text(value)
            case Mapping():
                parts = (
                    f"{self._step(key)}: {self.value(part, key)}"
                    for key, part in value.items()
                    if part not in (None, "", [], {})
                )
                return "; ".join(parts) or NOTHING
            case _:
                return ", ".join(self.value(part, step) for part in value) or NOTHING

    def _whole(self, value: int, step: str) -> str:
        if step.endswith(_SECONDS):
            return self._tongue.duration(timedelta(seconds=value))
        return self._tongue.number(value)

    def _step(self, step: str) -> str:
        """A word of the figures, or the name of a row, part by part."""
        if step in _WORDS:
            return self._tongue.say(_WORDS[step])
        return " ".join(self._part(part) for part in step.split(" "))

    def _part(self, part: str) -> str:
        if part in self._names:
            return self._tongue.say(self._names[part])
        if re.fullmatch(r"[a-z]+(_[a-z]+)*", part):
            return part.replace("_", " ")
        return self._point_in_time(part) or part

    def _text(self, text: str) -> str:
        if _AMOUNT.fullmatch(text):
            return self._tongue.money(Money.parse(text))
        if _NUMBER.fullmatch(text):
            return self._tongue.number(Decimal(text))
        return self._point_in_time(text) or self._step(text)

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
        return ""
