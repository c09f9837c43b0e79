"""Charts of the service levels: compliance, its trend, and how fast the first answer came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from redmine_sla.language import Tongue
from redmine_sla.page import BarChart, ColumnChart, Figure, LineChart, Series, Tone
from redmine_sla.report.compliance import Compliance
from redmine_sla.report.response_times import Distribution, Speed
from redmine_sla.report.words import speed_words

_HUNDRED = Decimal(100)
_TENTH = Decimal("0.1")
_LINES = (Tone.ACCENT, Tone.GOOD, Tone.WARNING, Tone.NEUTRAL, Tone.MUTED)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A quarter by its name, and the kept share of each clock in it."""

    quarter: str
    shares: Mapping[str, Decimal | None]


def trend_point(quarter: str, figures: Mapping[str, Any]) -> TrendPoint:
    """The point of a quarter from the frozen figures of its service levels."""
    counts: dict[str, tuple[int, int]] = {}
    for row in figures.get("clocks", ()):
        kept, judged = counts.get(row["clock"], (0, 0))
        counts[row["clock"]] = kept + row["kept"], judged + row["kept"] + row["broken"]
    shares = {
        clock: Decimal(kept) / judged if judged else None
        for clock, (kept, judged) in counts.items()
    }
    return TrendPoint(quarter, shares)


def compliance_chart(
    rows: Sequence[Compliance], names: Sequence[str], told: str, tongue: Tongue
) -> Figure | None:
    """Of each row the kept and the broken part, in percent; `None` where nothing was judged.

    `names` are what the rows are called, `told` says in words what the chart shows.
    """
    judged = [
        (name, _percent(row.adjusted.share))
        for name, row in zip(names, rows, strict=True)
        if row.adjusted.share is not None
    ]
    if not judged:
        return None
    kept = tuple(percent for _, percent in judged)
    chart = BarChart(
        title=tongue.say("Promises kept, by promise and class"),
        categories=tuple(name for name, _ in judged),
        series=(
            Series(name=tongue.say("Kept"), values=kept, tone=Tone.GOOD),
            Series(
                name=tongue.say("Broken"),
                values=tuple(_HUNDRED - percent for percent in kept),
                tone=Tone.BAD,
            ),
        ),
        unit="%",
    )
    return Figure("compliance", chart, told)


def trend_chart(
    points: Sequence[TrendPoint], titles: Mapping[str, str], tongue: Tongue
) -> Figure | None:
    """The kept share of each clock of `titles` over the quarters; `None` for less than two."""
    lines = [
        Series(
            name=tongue.say(title),
            values=tuple(
                None if (share := point.shares.get(clock)) is None else _percent(share)
                for point in points
            ),
            tone=_LINES[at % len(_LINES)],
        )
        for at, (clock, title) in enumerate(titles.items())
    ]
    drawn = tuple(each for each in lines if any(value is not None for value in each.values))
    if len(points) < 2 or not drawn:
        return None
    chart = LineChart(
        title=tongue.say("Promises kept, quarter by quarter"),
        points=tuple(point.quarter for point in points),
        series=drawn,
        unit="%",
    )
    told = tongue.say(
        "Of the promises judged, the part kept in each quarter, as it was published then."
    )
    return Figure("trend", chart, told)


def response_chart(found: Distribution, tongue: Tongue) -> Figure | None:
    """How much of the target the first answers used; `None` where there was none."""
    total = sum(found.numbers)
    if not total:
        return None
    in_time = sum(found.numbers[: Speed.UP_TO_TWICE])
    chart = ColumnChart(
        title=tongue.say("First answers and starts of work, by the part of the target used"),
        categories=tuple(speed_words(speed, tongue) for speed in Speed),
        series=(
            Series(
                name=tongue.say("In time"),
                values=_from_to(found.numbers, 0, Speed.UP_TO_TWICE),
                tone=Tone.GOOD,
            ),
            Series(
                name=tongue.say("Late"),
                values=_from_to(found.numbers, Speed.UP_TO_TWICE, len(Speed)),
                tone=Tone.BAD,
            ),
        ),
    )
    told = tongue.count(
        "Of {n} first answer or start of work, {in_time} came in time.",
        "Of {n} first answers and starts of work, {in_time} came in time.",
        total,
        in_time=tongue.number(in_time),
    )
    return Figure("response-times", chart, told)


def _from_to(numbers: Iterable[int], first: int, after: int) -> tuple[Decimal | None, ...]:
    return tuple(
        Decimal(number) if first <= at < after else None for at, number in enumerate(numbers)
    )


def _percent(share: Decimal) -> Decimal:
    """Cut, not rounded: 99.96 % must not be drawn as all of it."""
    return (share * _HUNDRED).quantize(_TENTH, ROUND_DOWN)
