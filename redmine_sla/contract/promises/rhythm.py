"""Rhythms: RFC 5545 recurrence rules, read by dateutil, asked for local dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated

from dateutil.rrule import rrule, rruleset, rrulestr
from pydantic import PlainSerializer, WithJsonSchema

from redmine_sla.contract.base import reader
from redmine_sla.contract.findings import WrongValueError

_RIGHT = 'write an RFC 5545 rule, e.g. "FREQ=MONTHLY;BYMONTHDAY=1"'
_ALWAYS_THERE = 28
_ANY_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  (rules are asked for local dates, which have no zone)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A recurrence rule of days. The time of day belongs to whoever uses it.

    `DTSTART` is not part of it: an obligation starts when its contract does, or at its own
    `starts`; `COUNT` and `INTERVAL` are counted from there.
    """

    rule: str

    @classmethod
    def parse(cls, text: str) -> Rhythm:
        """Read `FREQ=…`, with or without `RRULE:` before it. Raises `WrongValueError`."""
        rule = text.strip().removeprefix("RRULE:")
        if "DTSTART" in rule or "\n" in rule:
            raise WrongValueError(
                f'"{text}" carries a start', 'leave DTSTART out and write "starts" instead'
            )
        rhythm = cls(rule)
        if any(part in rule for part in ("HOURLY", "MINUTELY", "SECONDLY", "BYHOUR", "BYMINUTE")):
            raise WrongValueError(
                f'"{text}" is finer than a day', 'write the days here and the hour as "time"'
            )
        try:
            rhythm._from(_ANY_DAY.date())
        except (ValueError, AttributeError, KeyError, TypeError):
            raise WrongValueError(f'"{text}" is not a recurrence rule', _RIGHT) from None
        return rhythm

    def dates(self, starts: date, last: date) -> tuple[date, ...]:
        """The days of the rule begun on `starts`, up to and with `last`."""
        until = datetime.combine(last, time())
        return tuple(
            moment.date()
            for moment in self._from(starts).between(
                datetime.combine(starts, time()), until, inc=True
            )
        )

    def skips_months(self, starts: date) -> bool:
        """Whether a monthly rule begun on that day passes over the months that are too short.

        It takes the day of its start where it names none, and a day that a month does not have is
        ignored (RFC 5545, 3.3.10).
        """
        parts = dict(part.partition("=")[::2] for part in self.rule.upper().split(";"))
        if parts.get("FREQ") != "MONTHLY" or {"BYDAY", "BYSETPOS", "BYYEARDAY"} & parts.keys():
            return False
        named = parts.get("BYMONTHDAY", f"{starts.day}").split(",")
        return all(int(day) > _ALWAYS_THERE for day in named)

    def _from(self, starts: date) -> rrule | rruleset:
        return rrulestr(self.rule, dtstart=datetime.combine(starts, time()))

    def __str__(self) -> str:
        return self.rule


RhythmText = Annotated[
    Rhythm,
    reader(Rhythm.parse, _RIGHT),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": "FREQ=", "examples": ["FREQ=WEEKLY;BYDAY=TU"]}),
]
