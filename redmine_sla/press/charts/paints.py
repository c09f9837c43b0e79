"""What the tones look like: apart for colour-blind eyes, and apart in grey.

Blue-green against dark red keeps good and bad apart in the common kinds of colour blindness. In
grey the tones differ in lightness, and bad is hatched besides, since those two must never be mixed
up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from redmine_sla.page.chart import Series, Tone

INK = "#1f2933"
SOFT_INK = "#5b6770"
HAIRLINE = "#dfe3e6"
PAPER = "#ffffff"

_COLOURS = {
    Tone.GOOD: "#56b3a2",
    Tone.WARNING: "#f0bc4a",
    Tone.BAD: "#a8321c",
    Tone.NEUTRAL: "#5f8fc0",
    Tone.ACCENT: "#1e3f66",
    Tone.MUTED: "#cdd3d9",
}
_LIGHTER = (0.0, 0.4, 0.65, 0.8)
_MARKERS = ("o", "s", "^", "D")
_DARK = 140


@dataclass(frozen=True, slots=True)
class Paint:
    """How one series is filled, what its labels on that are written in, and its point's shape."""

    fill: str
    ink: str
    hatched: bool
    marker: str


def paints(series: Iterable[Series]) -> tuple[Paint, ...]:
    """A paint for each series. A tone used again is lighter, with another point."""
    used: dict[Tone, int] = {}
    found: list[Paint] = []
    for each in series:
        again = used.get(each.tone, 0)
        used[each.tone] = again + 1
        fill = _lightened(_COLOURS[each.tone], _LIGHTER[min(again, len(_LIGHTER) - 1)])
        marker = _MARKERS[len(found) % len(_MARKERS)]
        found.append(Paint(fill, _ink_on(fill), each.tone is Tone.BAD, marker))
    return tuple(found)


def _lightened(colour: str, share: float) -> str:
    parts = (round(part + (255 - part) * share) for part in _parts(colour))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _ink_on(fill: str) -> str:
    red, green, blue = _parts(fill)
    grey = 0.299 * red + 0.587 * green + 0.114 * blue  # luma of ITU-R BT.601
    return PAPER if grey < _DARK else INK


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
