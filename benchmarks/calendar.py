"""Calendar questions a second, beside businesstimedelta and pandas, in one run.

One desk, Mo-Fr 09:00-17:00 in Budapest with the Hungarian holidays of 2026, and the same 1,000
questions to everyone: how much service time lies between two instants up to 21 days apart, and
when are 16 hours of it used up. Worked Saturdays are left out, because only we know them. pandas
counts whole hours only, and closes at the next opening; it is asked every tenth question.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from time import perf_counter
from typing import Any

from redmine_sla.calendar import DayKind, ServiceCalendar

ZONE = "Europe/Budapest"
DATES = date(2026, 1, 1), date(2027, 12, 31)
QUESTIONS = 1_000
ROUNDS = 3
TARGET = timedelta(hours=16)
RUNS_OF_OURS = 20  # one would be over in two milliseconds

Range = tuple[datetime, datetime]
Ask = Callable[[Range], timedelta | datetime]


@dataclass(frozen=True)
class Rate:
    """How fast a library answers a question, by how much we are faster, and the share of its
    answers that are ours.
    """

    question: str
    library: str
    per_second: float
    times_faster: float
    agrees: float


def measure(questions: int = QUESTIONS) -> list[Rate]:
    """All libraries on both questions, in about ten seconds."""
    asked = ranges(questions)
    desk = service_calendar()
    desk.elapsed(asked[0][0], asked[0][1])  # the table is made once in a run
    return [
        *compare(
            "elapsed",
            asked,
            lambda pair: desk.elapsed(*pair),
            business_elapsed(),
            pandas_elapsed(),
        ),
        *compare(
            "deadline",
            asked,
            lambda pair: desk.add(pair[0], TARGET),
            business_deadline(),
            pandas_deadline(),
        ),
    ]


def compare(
    question: str, asked: Sequence[Range], ours: Ask, business: Ask, pandas: Ask
) -> list[Rate]:
    """The best round of each, taken in turn, so that a busy moment of the machine is no one's."""
    libraries = {
        "redmine-sla": (ours, 1, RUNS_OF_OURS),
        "businesstimedelta": (business, 1, 1),
        "pandas": (pandas, 10, 1),
    }
    rates = dict.fromkeys(libraries, 0.0)
    same = dict.fromkeys(libraries, 1.0)
    for _ in range(ROUNDS):
        answers: list[timedelta | datetime] = []
        for library, (ask, step, runs) in libraries.items():
            rate, given = timed(ask, asked[::step], runs=runs)
            answers = answers or given
            rates[library] = max(rate, rates[library])
            equal = [mine == their for mine, their in zip(answers[::step], given, strict=True)]
            same[library] = sum(equal) / len(equal)
    return [
        Rate(question, library, rate, rates["redmine-sla"] / rate, same[library])
        for library, rate in rates.items()
    ]


def timed(
    ask: Ask, asked: Sequence[Range], *, runs: int
) -> tuple[float, list[timedelta | datetime]]:
    """Answers a second, and the answers of one run."""
    begun = perf_counter()
    for _ in range(runs):
        answers = [ask(pair) for pair in asked]
    return runs * len(asked) / (perf_counter() - begun), answers


def ranges(count: int) -> list[Range]:
    """Starts spread over the year and lengths over 21 days, the same in every run. None begins or
    ends at night: pandas raises at a repeated hour.
    """
    first = datetime(2026, 1, 1, tzinfo=UTC)
    found: list[Range] = []
    for at in itertools.count():
        start = first + timedelta(minutes=at * 104_729 % (344 * 24 * 60))
        end = start + timedelta(minutes=1 + at * 15_485_863 % (21 * 24 * 60))
        if start.hour >= 4 <= end.hour:
            found.append((start, end))
        if len(found) == count:
            break
    return found


def service_calendar() -> ServiceCalendar:
    return ServiceCalendar(
        timezone=ZONE, hours="Mo-Fr 09:00-17:00", holidays="HU", working_saturdays=False
    )


def days_off() -> list[date]:
    days = service_calendar().days(*DATES)
    return [day.date for day in days if day.kind is DayKind.HOLIDAY]


def business_elapsed() -> Ask:
    rules = business_rules()
    return lambda pair: timedelta(seconds=rules.difference(*pair).timedelta.total_seconds())


def business_deadline() -> Ask:
    rules = business_rules()
    target = import_module("businesstimedelta").BusinessTimeDelta(rules, timedelta=TARGET)
    return lambda pair: (pair[0] + target).astimezone(UTC)


def business_rules() -> Any:
    library = import_module("businesstimedelta")
    zone = import_module("pytz").timezone(ZONE)
    office = library.WorkDayRule(time(9), time(17), [0, 1, 2, 3, 4], tz=zone)
    return library.Rules([office, library.HolidayRule(dict.fromkeys(days_off()), tz=zone)])


def pandas_elapsed() -> Ask:
    pandas, hour = import_module("pandas"), pandas_business_hour()

    def count_hours(pair: Range) -> timedelta:
        start, end = (pandas.Timestamp(moment).tz_convert(ZONE) for moment in pair)
        return timedelta(hours=max(0, len(pandas.date_range(start, end, freq=hour)) - 1))

    return count_hours


def pandas_deadline() -> Ask:
    pandas = import_module("pandas")
    target = pandas_business_hour() * (TARGET // timedelta(hours=1))

    def add_hours(pair: Range) -> datetime:
        due = pandas.Timestamp(pair[0]).tz_convert(ZONE) + target
        return due.to_pydatetime().astimezone(UTC)  # type: ignore[no-any-return]

    return add_hours


def pandas_business_hour() -> Any:
    offsets = import_module("pandas").offsets
    return offsets.CustomBusinessHour(start="09:00", end="17:00", holidays=days_off())


def table(rates: Sequence[Rate]) -> str:
    """The rates as lines to print."""
    lines = [f"{'question':<10}{'library':<20}{'per second':>12}{'we are':>10}{'agrees':>9}"]
    lines += [
        f"{row.question:<10}{row.library:<20}{row.per_second:>12,.0f}"
        f"{row.times_faster:>9,.0f}x{row.agrees:>9.1%}"
        for row in rates
    ]
    return "\n".join(lines)
