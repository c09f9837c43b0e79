"""Findings about hours as written, before any holiday or time zone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from redmine_sla.calendar.finding import CalendarFinding
from redmine_sla.calendar.hours import MINUTES_A_DAY, ServiceHours, Span, clock
from redmine_sla.calendar.local_time import weekday_name

LONGEST_NIGHT = 12 * 60
"""Minutes. A window past midnight that is longer looks like a day with its ends swapped; meant
as a night, it can be written without doubt, `17:00-33:00` for `17:00-09:00`."""

_Dated = Mapping[date, list[Span]]


def lint_hours(hours: ServiceHours, first: date, last: date) -> Iterator[CalendarFinding]:
    """Findings about weekly hours as they apply from `first` to `last`."""
    if hours.style_warnings:
        yield CalendarFinding(
            "warning",
            "spelling",
            f"hours {hours.text!r}: {'; '.join(hours.style_warnings)}",
            f"write {hours.canonical!r}",
        )
    yield from lint_times(hours)
    yield from _replaced_rules(hours, first, last)
    yield from _cut_nights(hours, first, last)


def lint_times(hours: ServiceHours) -> Iterator[CalendarFinding]:
    """Windows with their ends swapped, and those that leave a minute out."""
    for span in hours.times:
        if span.closes <= span.opens:
            yield from _long_night(hours, span)
        if span.closes % 60 == 59:
            yield CalendarFinding(
                "warning",
                "minute-left-out",
                f"hours {hours.text!r}: {span} leaves out the minute before "
                f"{clock(span.closes + 1)}, every time",
                f"write {clock(span.opens)}-{clock(span.closes + 1)}",
            )


def _long_night(hours: ServiceHours, span: Span) -> Iterator[CalendarFinding]:
    night = Span(span.opens, span.closes + MINUTES_A_DAY)
    length = night.closes - night.opens
    if length > LONGEST_NIGHT:
        day = f"{clock(span.closes)}-{clock(span.opens)}, or " if span.closes < span.opens else ""
        yield CalendarFinding(
            "error",
            "ends-swapped",
            f"hours {hours.text!r}: {span} is a window of {length / 60:g} hours, "
            f"to {clock(span.closes)} of the next day",
            f"write {day}{night} if it is meant so",
        )


def _replaced_rules(hours: ServiceHours, first: date, last: date) -> Iterator[CalendarFinding]:
    """Rules after `;` that take the place of windows they were probably to join.

    A later rule normally changes hours (`Fr 08:00-14:00`) or closes days. One that opens a
    window apart from those it removes, or that leaves nothing of an earlier rule on any date,
    is suspect.
    """
    result = _by_date(hours, first, last)
    rules = [ServiceHours.parse(rule) for rule in hours.rules]
    opened = [_by_date(rule, first, last) for rule in rules]
    for at, later in enumerate(opened):
        before = [(earlier, opened[index]) for index, earlier in enumerate(rules[:at])]
        for earlier, windows in before:
            shared = [day for day in windows if day in later]
            apart = next((day for day in shared if _apart(windows[day], later[day])), None)
            gone = all(not _within(spans, result.get(day, [])) for day, spans in windows.items())
            if apart and not _within(windows[apart], result[apart]):
                yield _replaced(hours, earlier.text, rules[at].text, apart)
            elif gone and shared and len(shared) == len(windows):
                yield _replaced(hours, earlier.text, rules[at].text, shared[0])


def _replaced(hours: ServiceHours, earlier: str, later: str, day: date) -> CalendarFinding:
    return CalendarFinding(
        "warning",
        "rule-replaced",
        f"hours {hours.text!r}: after ';' {later!r} replaces {earlier!r}, first on {day}",
        f"to have both, join them with a comma: '{earlier}, {later}'; or else drop what is void",
    )


def _cut_nights(hours: ServiceHours, first: date, last: date) -> Iterator[CalendarFinding]:
    result = _by_date(hours, first, last)
    seen: set[int] = set()
    for day, span in hours.windows_before_cuts(first, last):
        if _within([span], result.get(day, [])) or day.weekday() in seen:
            continue
        seen.add(day.weekday())
        yield CalendarFinding(
            "warning",
            "night-cut",
            f"hours {hours.text!r}: the rule for the next day cuts short the night {span} of "
            f"{weekday_name(day)}s, first on {day}",
            "join the rules with ', ' in place of '; ', or write nights in one rule: "
            "Mo-Fr 22:00-06:00",
        )


def _by_date(hours: ServiceHours, first: date, last: date) -> _Dated:
    found: defaultdict[date, list[Span]] = defaultdict(list)
    for day, span in hours.windows(first, last):
        found[day].append(span)
    return found


def _apart(some: list[Span], others: list[Span]) -> bool:
    return all(
        one.closes <= other.opens or other.closes <= one.opens for one in some for other in others
    )


def _within(some: list[Span], others: list[Span]) -> bool:
    return all(
        any(other.opens <= one.opens and one.closes <= other.closes for other in others)
        for one in some
    )
