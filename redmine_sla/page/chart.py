"""Charts as values: what they show, not how they are drawn. Drawn by `press`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Tone(StrEnum):
    """What a colour means. Every chart must be readable without colours, too."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    NEUTRAL = "neutral"
    ACCENT = "accent"
    MUTED = "muted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Named values, one for each category or point; `None` where there is none.

    `forecast` marks values that are expected, not measured: they are drawn dashed.
    """

    name: str
    values: tuple[Decimal | None, ...]
    tone: Tone
    forecast: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A line across the chart: a target, the budget."""

    name: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Stacked bars, one for each category, lying down: names are long. `unit` as "%" or "h"."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChart:
    """Stacked columns over neighbouring classes, standing up: a distribution."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Lines over points in time."""

    title: str
    points: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    limits: tuple[Limit, ...] = ()


Chart = BarChart | ColumnChart | LineChart
