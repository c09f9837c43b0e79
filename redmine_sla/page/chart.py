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

    `forecast` marks values that are expected, not measured: lines draw them dashed. A forecast
    begins at the last measured point, with that point's value.
    """

    name: str
    values: tuple[Decimal | None, ...]
    tone: Tone
    forecast: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Stacked bars, one for each category, lying down: names are long.

    `unit` is "%" (values in percent), "h", a currency's code, another short sign, or "" for counts.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""

    def __post_init__(self) -> None:
        _same_length(self.categories, self.series)
        _nothing_below_zero(self.series)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChart:
    """Stacked columns over neighbouring classes, standing up: a distribution."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""

    def __post_init__(self) -> None:
        _same_length(self.categories, self.series)
        _nothing_below_zero(self.series)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Lines over points in time."""

    title: str
    points: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""

    def __post_init__(self) -> None:
        _same_length(self.points, self.series)


Chart = BarChart | ColumnChart | LineChart


def _same_length(names: tuple[str, ...], series: tuple[Series, ...]) -> None:
    for each in series:
        if len(each.values) != len(names):
            raise ValueError(f'"{each.name}" has {len(each.values)} values for {len(names)} names')


def _nothing_below_zero(series: tuple[Series, ...]) -> None:
    for each in series:
        if any(value is not None and value < 0 for value in each.values):
            raise ValueError(f'"{each.name}" is stacked, and has a value below zero')
