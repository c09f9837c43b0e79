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
        "accepted_on": marked("accepted on"),
        "activities": marked("activities"),
        "activity": marked("activity"),
        "adjusted": marked("with exclusions"),
        "adjusted_seconds": marked("down for, with exclusions"),
        "agreed_in": marked("agreed in"),
        "agreed_not_begun": marked("agreed, not begun"),
        "agreed_price": marked("agreed price"),
        "answers": marked("answers"),
        "at_risk": marked("at risk"),
        "author": marked("written by"),
        "average_a_month": marked("average a month"),
        "awaited": marked("awaited"),
        "before_cap": marked("before the cap"),
        "began": marked("began"),
        "beyond": marked("beyond the included hours"),
        "booked": marked("booked"),
        "broken": marked("broken"),
        "breached": marked("breached"),
        "by_its_end": marked("by its end"),
        "cancelled": marked("cancelled"),
        "carried_in": marked("carried over into it"),
        "carried_out": marked("carried over from it"),
        "changed": marked("changed"),
        "changes": marked("changes"),
        "class": marked("class"),
        "clause": marked("clause"),
        "clock": marked("promise"),
        "clocks": marked("promises"),
        "count": marked("number"),
        "counted": marked("counted"),
        "counts": marked("number"),
        "credit": marked("credit"),
        "credits": marked("credits"),
        "customer": marked("customer"),
        "day": marked("day"),
        "development": marked("development"),
        "development_not_included": marked("development not included"),
        "done": marked("done"),
        "done_on": marked("done on"),
        "down_seconds": marked("down for"),
        "due": marked("due"),
        "ended": marked("ended"),
        "entries": marked("booked time"),
        "entries_against_time_rules": marked("booked time counted otherwise"),
        "exclusions": marked("exclusions"),
        "excused": marked("done without"),
        "excused_by": marked("agreed by"),
        "expected": marked("expected"),
        "failures": marked("failures"),
        "fee": marked("fee"),
        "files": marked("files"),
        "finished": marked("finished"),
        "first": marked("first day"),
        "forecast": marked("forecast"),
        "found": marked("found"),
        "from": marked("from"),
        "has_unpriced_work": marked("work without a price"),
        "hidden_tickets": marked("on tickets that are not public"),
        "hours": marked("hours"),
        "in_time": marked("in time"),
        "included": marked("included"),
        "kept": marked("kept"),
        "key": marked("number"),
        "lacking": marked("missing"),
        "lapsed": marked("lapsed"),
        "last": marked("last day"),
        "last_day_in_time": marked("in time until"),
        "late": marked("late"),
        "late_by_seconds": marked("late by"),
        "late_entries": marked("corrections of earlier months"),
        "later": marked("later"),
        "left": marked("left"),
        "limit": marked("limit"),
        "limit_reached_in": marked("limit reached in"),
        "lost_seconds": marked("lost"),
        "may_be_lost_seconds": marked("perhaps lost"),
        "made_up": marked("made up for since"),
        "met": marked("met"),
        "median_service_time": marked("time with us"),
        "median_wall_clock": marked("time until the end"),
        "missed": marked("missed"),
        "month": marked("month"),
        "months": marked("months"),
        "motion": marked("motion"),
        "name": marked("name"),
        "nobody": marked("resolved, before it was reopened"),
        "not_measured": marked("not measured"),
        "obligations": marked("obligations"),
        "occurrences": marked("days"),
        "on_track": marked("on track"),
        "on_hidden_tickets": marked("on tickets that are not public"),
        "open": marked("open"),
        "outages": marked("outages"),
        "over": marked("over the limit"),
        "overrun_seconds": marked("late by"),
        "owed": marked("owed"),
        "owed_without_exclusions": marked("owed without exclusions"),
        "pauses": marked("pauses"),
        "percent_of_sum": marked("percent of the contract sum"),
        "price": marked("price"),
        "promise": marked("promise"),
        "promise_clause": marked("clause"),
        "provider": marked("provider"),
        "quarter": marked("quarter"),
        "raw": marked("without exclusions"),
        "raw_seconds": marked("down for, without exclusions"),
        "reached": marked("reached"),
        "reason": marked("reason"),
        "remaining": marked("remaining"),
        "reported": marked("reported"),
        "response_times": marked("first answers and starts of work"),
        "rule": marked("rule"),
        "seconds": marked("time"),
        "service": marked("service"),
        "service_time": marked("service time"),
        "service_time_seconds": marked("service time"),
        "severities": marked("severities"),
        "severity": marked("severity"),
        "share": marked("share"),
        "share_kept": marked("share kept"),
        "since": marked("since"),
        "size": marked("size"),
        "spent": marked("spent"),
        "state": marked("state"),
        "stated": marked("stated"),
        "target": marked("target"),
        "third_party": marked("third party"),
        "thresholds": marked("thresholds"),
        "ticket": marked("ticket"),
        "tickets": marked("tickets"),
        "tickets_not_named": marked("tickets that are not public"),
        "time_booked": marked("booked time"),
        "times": marked("times"),
        "title": marked("name"),
        "to": marked("to"),
        "unmeasured": marked("not measured"),
        "until": marked("until"),
        "up_to_twice": marked("late, up to 200 %"),
        "used": marked("used"),
        "vat": marked("VAT"),
        "verdict": marked("outcome"),
        "version": marked("version"),
        "will_be_over": marked("will be over the limit"),
        "with": marked("with exclusions"),
        "within_half": marked("up to 50 %"),
        "within_quarter": marked("up to 25 %"),
        "within_three_quarters": marked("up to 75 %"),
        "without": marked("without exclusions"),
        "without_exclusions": marked("without exclusions"),
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
