"""Columns standing up, side by side: a distribution."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from redmine_sla.language import Tongue
from redmine_sla.page.chart import ColumnChart
from redmine_sla.press.charts.heading import MARGIN, keyed, titled
from redmine_sla.press.charts.paints import HAIRLINE, INK, PAPER, SOFT_INK, Paint, paints
from redmine_sla.press.charts.scale import Scale, from_zero
from redmine_sla.press.charts.surface import WIDTH, Surface, width_of, wrapped

SMALL = 10.5
PLOT = 200.0
"""How high the tallest column may be."""

_NAMES = 32.0
_LINE = 12.0
_FILLED = 0.72  # of a column's share of the width


@dataclass(frozen=True, slots=True)
class _Room:
    left: float
    right: float
    top: float
    columns: int
    scale: Scale

    @property
    def bottom(self) -> float:
        return self.top + PLOT

    @property
    def pitch(self) -> float:
        return (self.right - self.left) / self.columns

    def down(self, value: Decimal) -> float:
        return self.bottom - self.scale.share(value) * PLOT

    def middle(self, column: int) -> float:
        return self.left + self.pitch * (column + 0.5)


def columns(chart: ColumnChart, tongue: Tongue) -> Surface:
    """Stacked columns with their sums on top."""
    heading = keyed(chart.title, chart.series) if len(chart.series) > 1 else titled(chart.title)
    sums = [
        sum((value for value in values if value), Decimal(0))
        for values in zip(*(each.values for each in chart.series), strict=True)
    ]
    scale = from_zero(sums, chart.unit, tongue, steps=4)
    ticks = [scale.text(tick) for tick in scale.ticks]
    room = _Room(
        left=MARGIN + max(width_of(tick, SMALL) for tick in ticks) + 8,
        right=WIDTH - MARGIN,
        top=heading.height + 18,
        columns=len(chart.categories),
        scale=scale,
    )
    surface = Surface(room.bottom + _NAMES + 4)
    heading.draw(surface)
    for tick, text in zip(scale.ticks, ticks, strict=True):
        down = room.down(tick)
        surface.stroke([(room.left, down), (room.right, down)], HAIRLINE)
        place = (room.left - 6, down)
        surface.write(place, text, size=SMALL - 1, anchor="right", colour=SOFT_INK)
    colours = paints(chart.series)
    for at in range(len(chart.categories)):
        parts = [
            (value, paint)
            for each, paint in zip(chart.series, colours, strict=True)
            if (value := each.values[at])
        ]
        _column(surface, room, at, parts)
    surface.stroke([(room.left, room.bottom), (room.right, room.bottom)], SOFT_INK, thick=1)
    _names(surface, room, chart.categories)
    return surface


def _column(surface: Surface, room: _Room, column: int, parts: list[tuple[Decimal, Paint]]) -> None:
    wide = room.pitch * _FILLED
    left, middle = room.middle(column) - wide / 2, room.middle(column)
    end = Decimal(0)
    for value, paint in parts:
        bottom, top = room.down(end), room.down(end + value)
        surface.box(left, top, wide, max(bottom - top, 1.5), paint)
        if end:
            surface.stroke([(left, bottom), (left + wide, bottom)], PAPER, thick=1.2)
        text = room.scale.text(value)
        if len(parts) > 1 and bottom - top >= _LINE + 2 and width_of(text, SMALL) <= wide:
            surface.label((middle, (top + bottom) / 2), text, paint, size=SMALL)
        end += value
    text = room.scale.text(end)
    if end and width_of(text, SMALL) <= room.pitch:
        place = (middle, room.down(end) - 8)
        surface.write(place, text, size=SMALL, anchor="center", over=PAPER)


def _names(surface: Surface, room: _Room, names: tuple[str, ...]) -> None:
    """Each name below its column in two lines; every second or third where they are crowded."""
    longest = max(width_of(word, SMALL) for name in names for word in name.split(" "))
    every = max(1, min(len(names), round(longest / room.pitch + 0.49)))
    for at in range(0, len(names), every):
        for row, text in enumerate(wrapped(names[at], SMALL, room.pitch * every - 4)):
            place = (room.middle(at), room.bottom + 11 + row * (SMALL + 2))
            surface.write(place, text, size=SMALL, anchor="center", colour=INK)
