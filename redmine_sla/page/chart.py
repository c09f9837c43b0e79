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
class Limit:
    """A line across the chart where the values reach `value`: a target, the budget.

    The value is drawn beside its name.
    """

    name: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line between two columns: behind the first `after` of them lies what `name` says."""

    name: str
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Stacked bars, one for each category, lying down: names are long.

    `unit` is "%" (values in percent), "h", a currency's code, another short sign, or "" for counts.
    `notes` are a few words at the end of each bar, in the reader's language.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    limits: tuple[Limit, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _same_length(self.categories, self.series)
        _nothing_below_zero(self.series)
        if self.notes and len(self.notes) != len(self.categories):
            raise ValueError(f"{len(self.notes)} notes for {len(self.categories)} bars")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareChart(BarChart):
    """Bars that are all as long as each other: how each category's sum is shared out.

    What is written on them are the values in `unit`; limits are shares of the sum, in percent.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChart:
    """Stacked columns over neighbouring classes, standing up: a distribution.

    `marks` part the classes: those within the target from those beyond it.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    limits: tuple[Limit, ...] = ()
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        _same_length(self.categories, self.series)
        _nothing_below_zero(self.series)
        for mark in self.marks:
            if not 0 <= mark.after <= len(self.categories):
                raise ValueError(f'"{mark.name}" after column {mark.after}: there is none')


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Lines over points in time."""

    title: str
    points: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    limits: tuple[Limit, ...] = ()

    def __post_init__(self) -> None:
        _same_length(self.points, self.series)


Chart = BarChart | ShareChart | ColumnChart | LineChart


def _same_length(names: tuple[str, ...], series: tuple[Series, ...]) -> None:
    for each in series:
        if len(each.values) != len(names):
            raise ValueError(f'"{each.name}" has {len(each.values)} values for {len(names)} names')


def _nothing_below_zero(series: tuple[Series, ...]) -> None:
    for each in series:
        if any(value is not None and value < 0 for value in each.values):
            raise ValueError(f'"{each.name}" is stacked, and has a value below zero')
