"""A sheet of paper to draw on: a few strokes, in points from the upper left corner.

matplotlib writes the strokes down, as picture or as vector; where they go is decided here, so that
a chart comes out alike on every machine. The font is the DejaVu Sans that matplotlib brings along.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from redmine_sla.page.words import cleaned
from redmine_sla.press.charts.fonts import font_file
from redmine_sla.press.charts.paints import INK, PAPER, Paint

Anchor = Literal["left", "center", "right"]

WIDTH = 700.0
"""Every chart is as wide as this; how high it is depends on what it shows."""

_BETWEEN_WORDS = re.compile(r"[^\S\u00a0\u202f]+")
_DOTS_PER_INCH = 144  # two dots a point: 1400 wide, sharp on a wiki page
_UNKNOWN = "\u25a1"  # what a font shows for a sign that it lacks
_WORDS_ON_TOP = 1_000_000  # of every line, or nobody could read them
_ALWAYS: dict[Any, Any] = {
    "svg.hashsalt": "redmine-sla",  # else the names inside an SVG differ from run to run
    "svg.fonttype": "path",  # a reader's machine need not have the font
    "hatch.linewidth": 1.1,
}


class Surface:
    """Paper of `WIDTH` by `height` points. Later strokes lie over earlier ones, words over all."""

    def __init__(self, height: float) -> None:
        self._figure = Figure((WIDTH / 72, height / 72), _DOTS_PER_INCH, facecolor=PAPER)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, WIDTH), ylim=(height, 0))
        self._axes.axis("off")
        self._order = 0

    def box(self, left: float, top: float, width: float, height: float, paint: Paint) -> None:
        """A filled box, hatched if its paint is."""
        box = Rectangle((left, top), width, height, linewidth=0, zorder=self._next())
        box.set(facecolor=paint.fill, edgecolor=PAPER, hatch="////" if paint.hatched else None)
        self._axes.add_patch(box)

    def stroke(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        *,
        thick: float = 0.8,
        dashes: tuple[float, ...] = (),
    ) -> None:
        """A line from point to point. `dashes` are lengths drawn and left out by turns."""
        across, down = zip(*points, strict=True)
        self._axes.add_line(
            Line2D(
                across,
                down,
                color=colour,
                linewidth=thick,
                linestyle=(0, dashes) if dashes else "-",
                solid_capstyle="butt",
                solid_joinstyle="round",
                zorder=self._next(),
            )
        )

    def label(self, at: tuple[float, float], text: str, paint: Paint, *, size: float) -> None:
        """Words in the middle of a box of that paint, which is plain behind them."""
        if paint.hatched:
            wide = width_of(text, size) + 6
            left, top = at[0] - wide / 2, at[1] - size * 0.65
            self.box(left, top, wide, size * 1.3, replace(paint, hatched=False))
        self.write(at, text, size=size, anchor="center", colour=paint.ink)

    def point(self, at: tuple[float, float], paint: Paint, *, fill: str) -> None:
        """The mark of a value on a line."""
        self._axes.add_line(
            Line2D(
                [at[0]],
                [at[1]],
                marker=paint.marker,
                markersize=5.5,
                markerfacecolor=fill,
                markeredgecolor=paint.fill,
                markeredgewidth=1.4,
                linestyle="none",
                zorder=self._next(),
            )
        )

    def write(
        self,
        at: tuple[float, float],
        text: str,
        *,
        size: float,
        anchor: Anchor = "left",
        colour: str = INK,
        bold: bool = False,
        over: str = "",
    ) -> None:
        """Words whose middle line is at `at`; `over` keeps a rim of that colour around them."""
        self._axes.text(
            *at,
            _legible(text),
            color=colour,
            fontproperties=_font(bold, size),
            ha=anchor,
            va="center_baseline",
            parse_math=False,  # a dollar is a dollar
            path_effects=[withStroke(linewidth=4.5, foreground=over)] if over else None,
            zorder=_WORDS_ON_TOP + self._next(),
        )

    def svg(self) -> str:
        return self._saved("svg", {"Date": None, "Creator": None}).decode()

    def png(self) -> bytes:
        return self._saved("png", {"Software": None})

    def _saved(self, form: str, metadata: dict[str, None]) -> bytes:
        with mpl.rc_context(_ALWAYS):
            file = io.BytesIO()
            self._figure.savefig(file, format=form, metadata=metadata)
            return file.getvalue()

    def _next(self) -> int:
        self._order += 1
        return self._order


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How much room words take in one line, in points."""
    face = _face(bold)
    face.set_size(100, 72)
    face.set_text(_legible(text))
    return float(face.get_width_height()[0]) / 64 * size / 100


def shortened(text: str, size: float, room: float) -> str:
    """The words, cut with an ellipsis where they are longer than the room."""
    if width_of(text, size) <= room:
        return text
    while text and width_of(f"{text}…", size) > room:
        text = text[:-1].rstrip()
    return f"{text}…"


def wrapped(text: str, size: float, room: float, *, lines: int = 2) -> tuple[str, ...]:
    """The words in so many lines at most, the last one cut if it must be. A hard space is kept."""
    found: list[str] = []
    words = [cleaned(word) for word in _BETWEEN_WORDS.split(text)]
    while words:
        if len(found) == lines - 1:
            return (*found, shortened(" ".join(words), size, room))
        taken = 1
        while taken < len(words) and width_of(" ".join(words[: taken + 1]), size) <= room:
            taken += 1
        found.append(shortened(" ".join(words[:taken]), size, room))
        words = words[taken:]
    return tuple(found)


def _legible(text: str) -> str:
    known = _signs()
    return "".join(sign if ord(sign) in known else _UNKNOWN for sign in cleaned(text))


@cache
def _signs() -> frozenset[int]:
    return frozenset(_face(False).get_charmap()) & frozenset(_face(True).get_charmap())


@cache
def _face(bold: bool) -> FT2Font:
    return FT2Font(str(font_file(bold=bold)))


@cache
def _font(bold: bool, size: float) -> FontProperties:
    return FontProperties(fname=str(font_file(bold=bold)), size=size)
