"""What is drawn of a chart: its words and where they stand, its boxes and lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from redmine_sla.contract import Language
from redmine_sla.language import tongue_for
from redmine_sla.page import Chart, Series, Tone
from redmine_sla.press.charts.drawing import drawn
from redmine_sla.press.charts.paints import Paint
from redmine_sla.press.charts.surface import Surface

Point = tuple[float, float]


@dataclass
class Drawing:
    """`words` with their places; `boxes` as left, top, width, height and paint; dashed lines."""

    words: list[tuple[str, Point]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float, Paint]] = field(default_factory=list)
    dashed: list[list[Point]] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return [text.replace("\u00a0", " ") for text, _ in self.words]

    def place(self, text: str) -> Point:
        (place,) = (at for said, at in self.words if said.replace("\u00a0", " ") == text)
        return place


def drawing(chart: Chart, language: Language = Language.ENGLISH) -> Drawing:
    """The chart, with every stroke still done on a real surface."""
    found = Drawing()
    write, box, stroke = Surface.write, Surface.box, Surface.stroke

    def writes(self: Surface, at: Point, text: str, **how: Any) -> None:
        found.words.append((text, at))
        write(self, at, text, **how)

    def boxes(self: Surface, *where: Any) -> None:
        found.boxes.append(where)
        box(self, *where)

    def strokes(self: Surface, points: list[Point], colour: str, **how: Any) -> None:
        if how.get("dashes"):
            found.dashed.append(list(points))
        stroke(self, points, colour, **how)

    with patch.multiple(Surface, write=writes, box=boxes, stroke=strokes):
        drawn(chart, tongue_for(language)).svg()
    return found


def series(*values: int | str | None, name: str = "all", tone: Tone = Tone.NEUTRAL) -> Series:
    return Series(name=name, values=decimals(*values), tone=tone)


def decimals(*values: int | str | None) -> tuple[Decimal | None, ...]:
    return tuple(None if value is None else Decimal(value) for value in values)
