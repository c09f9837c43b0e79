"""What stands above every chart: its title, and what its colours mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from redmine_sla.page.chart import Series
from redmine_sla.press.charts.paints import INK, SOFT_INK, Paint, paints
from redmine_sla.press.charts.surface import WIDTH, Surface, shortened, width_of

TITLE = 14.0
TEXT = 11.5
MARGIN = 1.5

_TITLE_ROOM = 26.0
_ROW = 19.0
_SWATCH = 11.0
_GAP = 20.0


@dataclass(frozen=True, slots=True)
class Heading:
    """A title, and a key of colours where there is more than one of them to tell apart."""

    title: str
    rows: tuple[tuple[tuple[str, Paint], ...], ...]

    @property
    def height(self) -> float:
        return _TITLE_ROOM + _ROW * len(self.rows) + (5 if self.rows else 0)

    def draw(self, surface: Surface) -> None:
        title = shortened(self.title, TITLE * 1.08, WIDTH - 2 * MARGIN)  # bold is wider
        surface.write((MARGIN, 13), title, size=TITLE, bold=True, colour=INK)
        for at, row in enumerate(self.rows):
            left, middle = MARGIN, _TITLE_ROOM + _ROW * (at + 0.5)
            for name, paint in row:
                surface.box(left, middle - _SWATCH / 2, _SWATCH, _SWATCH, paint)
                surface.write((left + _SWATCH + 5, middle), name, size=TEXT, colour=SOFT_INK)
                left += _room(name)


def titled(title: str) -> Heading:
    """A title alone."""
    return Heading(title, ())


def keyed(title: str, series: Sequence[Series]) -> Heading:
    """A title with the names of the series, as many rows as they need."""
    named = [
        (shortened(each.name, TEXT, WIDTH / 2), paint)
        for each, paint in zip(series, paints(series), strict=True)
    ]
    rows: list[list[tuple[str, Paint]]] = [[]]
    taken = 0.0
    for name, paint in named:
        if taken + _room(name) > WIDTH - MARGIN and rows[-1]:
            rows.append([])
            taken = 0.0
        rows[-1].append((name, paint))
        taken += _room(name)
    return Heading(title, tuple(map(tuple, rows)))


def _room(name: str) -> float:
    return _SWATCH + 5 + width_of(name, TEXT) + _GAP
