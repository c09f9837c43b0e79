"""Lines over points in time, each named where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from redmine_sla.contract.money import CURRENCIES
from redmine_sla.language import Tongue
from redmine_sla.page.chart import LineChart, Series
from redmine_sla.press.charts.heading import MARGIN, titled
from redmine_sla.press.charts.paints import HAIRLINE, INK, PAPER, SOFT_INK, Paint, paints
from redmine_sla.press.charts.scale import Scale, around
from redmine_sla.press.charts.surface import WIDTH, Surface, width_of, wrapped

SMALL = 10.5
PLOT = 205.0
"""How high the room for the lines is."""

_ENDS = 190.0
_INSET = 16.0
_APART = 13.0
_FEW_POINTS = 9
_FEW_LINES = 2

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Room:
    left: float
    right: float
    top: float
    points: int
    scale: Scale

    @property
    def bottom(self) -> float:
        return self.top + PLOT

    def at(self, point: int, value: Decimal) -> Place:
        return self.across(point), self.down(value)

    def down(self, value: Decimal) -> float:
        return self.bottom - self.scale.share(value) * PLOT

    def across(self, point: int) -> float:
        steps = max(self.points - 1, 1)
        return self.left + _INSET + (self.right - self.left - 2 * _INSET) * point / steps


@dataclass(frozen=True, slots=True)
class _End:
    """The words at the end of a line, and how high the line ends."""

    down: float
    text: str


def lines(chart: LineChart, tongue: Tongue) -> Surface:
    """Lines over the points, with their names and last values to the right."""
    heading = titled(chart.title)
    values = [value for each in chart.series for value in each.values if value is not None]
    scale = around(values, chart.unit, tongue)
    ticks = [scale.text(tick) for tick in scale.ticks]
    named = [_named(each, scale) for each in chart.series]
    beside = max(width_of(text, SMALL, bold=True) for text in named)
    first = width_of(chart.points[0], SMALL) if chart.points else 0
    room = _Room(
        left=max(
            MARGIN + max(width_of(tick, SMALL) for tick in ticks) + 8,
            MARGIN + first / 2 - _INSET,  # the first name is written around its point
        ),
        right=WIDTH - MARGIN - 6 - min(_ENDS, beside),
        top=heading.height + 22,  # room for a value above the uppermost line
        points=len(chart.points),
        scale=scale,
    )
    surface = Surface(room.bottom + 26)
    heading.draw(surface)
    for tick, text in zip(scale.ticks, ticks, strict=True):
        down = room.down(tick)
        surface.stroke([(room.left, down), (room.right, down)], HAIRLINE)
        place = (room.left - 6, down)
        surface.write(place, text, size=SMALL - 1, anchor="right", colour=SOFT_INK)
    _points(surface, room, chart.points)
    ends = []
    for each, paint, text in zip(chart.series, paints(chart.series), named, strict=True):
        places = [
            None if value is None else room.at(at, value) for at, value in enumerate(each.values)
        ]
        _line(surface, places, each, paint)
        last = next((place for place in reversed(places) if place), None)
        if last:
            ends.append(_End(last[1], text))
    _ends(surface, room, ends)
    _values(surface, room, chart)
    return surface


def _named(series: Series, scale: Scale) -> str:
    last = next((value for value in reversed(series.values) if value is not None), None)
    return series.name if last is None else f"{series.name} {scale.text(last)}"


def _line(surface: Surface, places: Sequence[Place | None], series: Series, paint: Paint) -> None:
    """The line, broken where there is no value. What is only expected is dashed and hollow."""
    for run in _runs(places):
        if len(run) > 1:
            dashes = (3.5, 2.0) if series.forecast else ()
            surface.stroke(run, paint.fill, thick=2.4, dashes=dashes)
    marked = [place for place in places if place]
    for place in marked[-1:] if series.forecast else marked:
        surface.point(place, paint, fill=PAPER if series.forecast else paint.fill)


def _runs(places: Sequence[Place | None]) -> list[list[Place]]:
    runs: list[list[Place]] = [[]]
    for place in places:
        if place:
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _points(surface: Surface, room: _Room, names: Sequence[str]) -> None:
    """The names of the points below, as many as there is room for."""
    step = (room.right - room.left - 2 * _INSET) / max(len(names) - 1, 1)
    longest = max(width_of(name, SMALL) for name in names) + 8
    every = max(1, -int(-longest // step)) if len(names) > 1 else 1
    for at in range(0, len(names), every):
        place = (room.across(at), room.bottom + 13)
        surface.write(place, names[at], size=SMALL, anchor="center", colour=INK)
        tick = [(room.across(at), room.bottom), (room.across(at), room.bottom + 4)]
        surface.stroke(tick, SOFT_INK)


def _ends(surface: Surface, room: _Room, ends: list[_End]) -> None:
    """The names right of the lines, moved apart where lines end close together."""
    rows = [(end, row) for end in sorted(ends, key=lambda end: end.down) for row in [_in_rows(end)]]
    down = room.top - _APART
    placed = []
    for end, texts in rows:
        high = _APART * len(texts)
        down = max(end.down - high / 2, down)
        placed.append((down, texts))
        down += high + 2
    over = max(0.0, down - (room.bottom + 14))
    for top, texts in placed:
        for at, text in enumerate(texts):
            place = (room.right + 6, top - over + _APART * (at + 0.5))
            surface.write(place, text, size=SMALL, colour=INK, bold=True, over=PAPER)


def _in_rows(end: _End) -> tuple[str, ...]:
    return wrapped(end.text, SMALL * 1.1, _ENDS)  # bold is wider


def _values(surface: Surface, room: _Room, chart: LineChart) -> None:
    """The values themselves where few lines leave room: above the upper, below the lower one."""
    measured = [each for each in chart.series if not each.forecast]
    if chart.unit in CURRENCIES:
        _last_amounts(surface, room, measured)
        return
    if len(chart.points) > _FEW_POINTS or len(measured) > _FEW_LINES:
        return
    for at in range(len(chart.points)):
        known = sorted(value for each in measured if (value := each.values[at]) is not None)
        for value in known[-1:] + known[:-1]:
            across, down = room.at(at, value)
            side = -11 if value is known[-1] else 11
            text = room.scale.text(value)
            surface.write((across, down + side), text, size=SMALL, anchor="center", over=PAPER)


def _last_amounts(surface: Surface, room: _Room, measured: Sequence[Series]) -> None:
    """Amounts are long: only the last one, of a line that ends before the chart does."""
    for each in measured:
        known = [(at, value) for at, value in enumerate(each.values) if value is not None]
        if known and known[-1][0] < room.points - 1:
            at, value = known[-1]
            across, down = room.at(at, value)
            text = room.scale.text(value)
            surface.write((across, down - 11), text, size=SMALL, anchor="center", over=PAPER)
