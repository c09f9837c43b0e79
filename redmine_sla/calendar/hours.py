"""Service hours: OpenStreetMap's `opening_hours` syntax, read into windows of a local date.

The syntax is that of https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification, parsed
and evaluated by `opening_hours`. Refused is what no clock can be held against: comments,
`unknown`, fallback rules (`||`), open ends (`09:00+`), sunrise and its kin, repetitions
(`09:00-17:00/30`) and school holidays. Public holidays may have one rule of their own, the last
one (`; PH 10:00-14:00`, `; PH off`); *which* dates are holidays is the calendar's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from typing import NamedTuple

# The stub of opening_hours leaves its error out.
from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]

from redmine_sla.calendar.errors import HoursError

MINUTES_A_DAY = 24 * 60

_TIMES = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_ONLY_TIMES = re.compile(rf"24/7|24/7 closed|{_TIMES.pattern}(?:,{_TIMES.pattern})*")
_HOLIDAY_RULE = re.compile(r"(?:(?P<weekly>.*); )?PH(?: (?P<hours>closed|[\d:,-]+))?")
_REFUSED = (
    (re.compile(r'"'), "a comment cannot be measured", "leave the comment out"),
    (re.compile(r"\bunknown\b"), "'unknown' hours cannot be measured", "say when it is open"),
    (re.compile(r"\|\|"), "a fallback rule (||) leaves the hours open", "write the windows out"),
    (
        re.compile(r"\b(?:sunrise|sunset|dawn|dusk)\b"),
        "the sun keeps no contract",
        "write the times, like 06:00-18:00",
    ),
    (re.compile(r"\d\d:\d\d\+"), "an open end (+) has no closing", "write the closing time"),
    (re.compile(r"\d\d:\d\d/"), "a repetition (/) is not a window", "write the windows out"),
    (re.compile(r"\bSH\b"), "school holidays are not known here", "name the dates instead"),
)


class Span(NamedTuple):
    """One window of a local date, in minutes since its 00:00; past midnight `closes` > 1440."""

    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{clock(self.opens)}-{clock(self.closes)}"


@dataclass(frozen=True)
class ServiceHours:
    """Hours as written in a contract, and the windows they open on each date.

    `text` is what was written, `canonical` the parser's spelling of it without a rule for
    public holidays, `on_holidays` the windows of that rule (none: closed).
    """

    text: str
    canonical: str
    on_holidays: tuple[Span, ...]
    has_holiday_rule: bool
    style_warnings: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> ServiceHours:
        """Read hours such as `Mo-Fr 09:00-17:00`. Raises `HoursError`."""
        parsed = _parsed(text)
        canonical = str(parsed)
        for pattern, problem, remedy in _REFUSED:
            if pattern.search(canonical):
                raise HoursError(f"hours {text!r}: {problem}", hint=remedy)
        holiday_rule = _HOLIDAY_RULE.fullmatch(canonical)
        on_holidays: tuple[Span, ...] = ()
        if holiday_rule:
            canonical = holiday_rule["weekly"] or "24/7 closed"
            on_holidays = _spans(holiday_rule["hours"] or "24/7")
        if re.search(r"\bPH\b", canonical):
            raise HoursError(
                f"hours {text!r}: public holidays (PH) need a rule of their own, the last one",
                hint="end with '; PH 10:00-14:00' or '; PH off', and keep PH out of other rules",
            )
        return cls(text, canonical, on_holidays, bool(holiday_rule), tuple(parsed.warnings))

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules between semicolons, in order: a later one replaces the days it names."""
        return tuple(self.canonical.split("; "))

    @property
    def times(self) -> tuple[Span, ...]:
        """Every pair of times as written, `17:00-09:00` with `closes` before `opens`."""
        return tuple(_as_written(match) for match in _TIMES.finditer(self.canonical))

    def windows(self, first: date, last: date) -> Iterator[tuple[date, Span]]:
        """Each window that starts on a date from `first` to `last`, holidays not considered.

        OpenStreetMap lets a later rule replace the whole day it names, also the hours that the
        night before reaches into it: `Mo-Fr 22:00-06:00; Sa 10:00-12:00` ends Friday's night at
        midnight. That is followed here, and `check` warns of it.
        """
        for day, span in self.windows_before_cuts(first, last):
            if span.closes > MINUTES_A_DAY and len(self.rules) > 1:
                yield from ((day, piece) for piece in self._left_open(day, span))
            else:
                yield day, span

    def windows_before_cuts(self, first: date, last: date) -> Iterator[tuple[date, Span]]:
        """The same, with nights in full even where a later rule cuts them at midnight."""
        bounds = self._bounds
        for opens, closes in _open_intervals(self._one_day_expression, first, last):
            yield (
                opens.date(),
                Span(bounds[_minute_of_day(opens)], bounds[_minute_of_day(closes)]),
            )

    def _left_open(self, day: date, span: Span) -> Iterator[Span]:
        midnight = datetime.combine(day, time())
        begin = midnight + timedelta(minutes=span.opens)
        end = midnight + timedelta(minutes=span.closes)
        for opens, closes, state, _ in self._expression.intervals(begin, end):
            if state == State.OPEN:
                yield Span(_minutes(opens - midnight), _minutes(closes - midnight))

    @cached_property
    def _expression(self) -> OpeningHours:
        return OpeningHours(self.canonical)

    @cached_property
    def _bounds(self) -> list[int]:
        spans = _written_spans(_whole_days_spelled_out(self.canonical))
        return sorted({bound for span in spans for bound in span})

    @cached_property
    def _one_day_expression(self) -> OpeningHours:
        """The hours with each time replaced by its rank among all times, as a minute.

        Midnight disappears: no window can run into the next date, so that each interval found
        belongs to the date it starts on. The order of times is kept, and with it the union of
        windows and the replacing of rules, which stay the library's.
        """
        rank = {bound: clock(minute) for minute, bound in enumerate(self._bounds)}

        def ranked(match: re.Match[str]) -> str:
            span = _past_midnight(_as_written(match))
            return f"{rank[span.opens]}-{rank[span.closes]}"

        return OpeningHours(_TIMES.sub(ranked, _whole_days_spelled_out(self.canonical)))


@cache
def parse_day_hours(text: str) -> tuple[Span, ...]:
    """The windows of one day: `09:00-17:00`, several with commas, `24/7`, or `off`.

    Raises `HoursError`, also for hours that name days of their own.
    """
    hours = ServiceHours.parse(text)
    if hours.has_holiday_rule or not _ONLY_TIMES.fullmatch(hours.canonical):
        raise HoursError(
            f"hours {text!r}: a single day takes times only",
            hint="write '09:00-12:00,13:00-17:00', or 'off' to close the day",
        )
    return _spans(hours.canonical)


def clock(minute: int) -> str:
    """A minute of the day as `HH:MM`, past midnight as OpenStreetMap writes it (`30:00`)."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _parsed(text: str) -> OpeningHours:
    try:
        return OpeningHours(text)
    except ParserError as error:
        column = re.search(r"--> 1:(\d+)", str(error))
        where = f" from character {column[1]}" if column else ""
        raise HoursError(
            f"hours {text!r} cannot be read{where}",
            hint="write OpenStreetMap opening_hours, like 'Mo-Fr 08:00-12:00,13:00-17:00'",
        ) from None


def _spans(times: str) -> tuple[Span, ...]:
    """The union of windows written without days, sorted; `closed` and `24/7 closed` give none."""
    if times.endswith("closed"):
        return ()
    merged: list[Span] = []
    for span in sorted(_written_spans(_whole_days_spelled_out(times))):
        if merged and span.opens <= merged[-1].closes:
            merged[-1] = Span(merged[-1].opens, max(merged[-1].closes, span.closes))
        else:
            merged.append(span)
    return tuple(merged)


def _written_spans(expression: str) -> Iterable[Span]:
    return (_past_midnight(_as_written(match)) for match in _TIMES.finditer(expression))


def _as_written(match: re.Match[str]) -> Span:
    from_hour, from_minute, to_hour, to_minute = map(int, match.groups())
    return Span(from_hour * 60 + from_minute, to_hour * 60 + to_minute)


def _past_midnight(span: Span) -> Span:
    return span if span.closes > span.opens else Span(span.opens, span.closes + MINUTES_A_DAY)


def _whole_days_spelled_out(expression: str) -> str:
    """`Mo-Fr` and `24/7` mean whole days; give every open rule its times."""
    parts = re.split(r"(; |, )", expression)
    for at, rule in enumerate(parts[::2]):
        if not _TIMES.search(rule) and not rule.endswith("closed"):
            parts[2 * at] = f"{rule.removesuffix('24/7')} 00:00-24:00".strip()
    return "".join(parts)


def _open_intervals(
    expression: OpeningHours, first: date, last: date
) -> Iterator[tuple[datetime, datetime]]:
    begin, end = datetime.combine(first, time()), datetime.combine(last, time()) + timedelta(days=1)
    for opens, closes, state, _ in expression.intervals(begin, end):
        if state == State.OPEN:
            yield opens, closes


def _minute_of_day(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _minutes(duration: timedelta) -> int:
    return duration // timedelta(minutes=1)
