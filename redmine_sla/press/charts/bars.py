"""Bars lying down, as long as their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from redmine_sla.language import Tongue
from redmine_sla.page.chart import BarChart
from redmine_sla.press.charts.heading import MARGIN, TEXT, keyed, titled
from redmine_sla.press.charts.paints import HAIRLINE, PAPER, SOFT_INK, Paint, paints
from redmine_sla.press.charts.scale import Scale, from_zero, written
from redmine_sla.press.charts.surface import WIDTH, Surface, width_of, wrapped

MOST_BARS = 20
"""More than a reader takes in; the rest is drawn as one bar."""

SMALL = 10.5
_BAR = 19.0
_PITCH = 33.0
_NAMES = 215.0
_AFTER_BARS = 42.0  # room for a value that does not fit into its part
_AXIS = 20.0
_NONE = "–"

Amounts = tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class _Room:
    """Where the bars are: from `left` to `right`, the first one's band beginning at `top`."""

    left: float
    right: float
    top: float
    bottom: float
    scale: Scale

    def across(self, value: Decimal) -> float:
        return self.left + self.scale.share(value) * (self.right - self.left)


def bars(chart: BarChart, tongue: Tongue) -> Surface:
    """Stacked bars as long as their values."""
    chart = _few(chart, tongue)
    stacked = _amounts(chart)
    scale = from_zero([sum(amounts, Decimal(0)) for amounts in stacked], chart.unit, tongue)
    heading = keyed(chart.title, chart.series) if len(chart.series) > 1 else titled(chart.title)
    top = heading.height + 4
    room = _Room(
        left=MARGIN + _widest(chart.categories, TEXT, _NAMES) + 12,
        right=WIDTH - MARGIN - _AFTER_BARS,
        top=top,
        bottom=top + _PITCH * len(chart.categories),
        scale=scale,
    )
    surface = Surface(room.bottom + _AXIS)
    heading.draw(surface)
    _axis(surface, room)
    colours = paints(chart.series)
    for at, (name, amounts) in enumerate(zip(chart.categories, stacked, strict=True)):
        middle = room.top + _PITCH * (at + 0.5)
        _name(surface, room, middle, name)
        labels = tuple(written(amount, chart.unit, tongue) for amount in amounts)
        ends = tuple(room.across(end) for end in _running(amounts))
        _bar(surface, middle, (room.left, *ends), labels, colours)
    surface.stroke([(room.left, room.top), (room.left, room.bottom)], SOFT_INK, thick=1)
    return surface


def _amounts(chart: BarChart) -> list[Amounts]:
    by_category = zip(*(each.values for each in chart.series), strict=True)
    return [tuple(value or Decimal(0) for value in values) for values in by_category]


def _bar(
    surface: Surface,
    middle: float,
    edges: Sequence[float],
    labels: Sequence[str],
    colours: Sequence[Paint],
) -> None:
    """One bar from edge to edge. A label that does not fit into the last part stands behind it."""
    if edges[-1] <= edges[0]:
        surface.write((edges[0] + 6, middle), _NONE, size=SMALL, colour=SOFT_INK)
        return
    shown = [at for at in range(len(labels)) if edges[at + 1] > edges[at]]
    for at in shown:
        left, right = edges[at], edges[at + 1]
        paint = colours[at]
        surface.box(left, middle - _BAR / 2, max(right - left, 1.5), _BAR, paint)
        if at != shown[-1]:
            edge = [(right, middle - _BAR / 2), (right, middle + _BAR / 2)]
            surface.stroke(edge, PAPER, thick=1.2)
        alone = len(labels) == 1
        if not alone and width_of(labels[at], SMALL) + 8 <= right - left:
            surface.label(((left + right) / 2, middle), labels[at], paint, size=SMALL)
        elif at == shown[-1]:
            surface.write((max(right, left + 1.5) + 5, middle), labels[at], size=SMALL, over=PAPER)


def _name(surface: Surface, room: _Room, middle: float, name: str) -> None:
    rows = wrapped(name, TEXT, _NAMES)
    for at, row in enumerate(rows):
        down = middle + (at - (len(rows) - 1) / 2) * (TEXT + 2)
        surface.write((room.left - 8, down), row, size=TEXT, anchor="right")


def _axis(surface: Surface, room: _Room) -> None:
    for tick in room.scale.ticks:
        across = room.across(tick)
        surface.stroke([(across, room.top), (across, room.bottom)], HAIRLINE)
        at = (across, room.bottom + 10)
        text = room.scale.text(tick)
        surface.write(at, text, size=SMALL - 1, anchor="center", colour=SOFT_INK)


def _running(amounts: Amounts) -> tuple[Decimal, ...]:
    ends, end = [], Decimal(0)
    for amount in amounts:
        end += amount
        ends.append(end)
    return tuple(ends)


def _widest(texts: Sequence[str], size: float, most: float) -> float:
    return min(max((width_of(text, size) for text in texts), default=0.0), most)


def _few(chart: BarChart, tongue: Tongue) -> BarChart:
    """The chart with no more than `MOST_BARS`, the last standing for all that follow."""
    rest = len(chart.categories) - MOST_BARS + 1
    if rest <= 1:
        return chart
    kept = MOST_BARS - 1
    named = tongue.count("{n} other", "{n} others", rest)
    return replace(
        chart,
        categories=(*chart.categories[:kept], named),
        series=tuple(
            replace(each, values=(*each.values[:kept], _sum(each.values[kept:])))
            for each in chart.series
        ),
    )


def _sum(values: Sequence[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))
