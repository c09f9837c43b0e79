"""Values on paper: where they stand, which ones an axis names, and how they are written."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from babel.numbers import format_compact_decimal

from redmine_sla.contract.money import CURRENCIES
from redmine_sla.language import Tongue

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high`, with the round values in between that an axis names."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]
    unit: str
    tongue: Tongue

    def share(self, value: Decimal) -> float:
        """Where a value lies: 0 at the low end, 1 at the high end."""
        return float((value - self.low) / (self.high - self.low))

    def text(self, value: Decimal) -> str:
        """The value as a label says it."""
        return written(value, self.unit, self.tongue)


def from_zero(values: Iterable[Decimal], unit: str, tongue: Tongue, *, steps: int = 5) -> Scale:
    """A scale for bars, whose length is the value: it begins at zero."""
    return _scale((Decimal(0), max(values, default=Decimal(0))), steps, unit, tongue)


def around(values: Iterable[Decimal], unit: str, tongue: Tongue, *, steps: int = 5) -> Scale:
    """A scale for lines: it begins at zero, unless the values lie close together far above it."""
    known = tuple(values)
    least, most = min(known, default=Decimal(0)), max(known, default=Decimal(0))
    close = least > 0 and most - least < most / 3
    below = least - (most - least) / 10 if close else min(least, Decimal(0))
    return _scale((below, most), steps, unit, tongue)


def _scale(span: tuple[Decimal, Decimal], steps: int, unit: str, tongue: Tongue) -> Scale:
    least, most = span
    step = _step((most - least) / steps, unit)
    low = (least / step).to_integral_value(ROUND_FLOOR) * step
    high = (most / step).to_integral_value(ROUND_CEILING) * step
    if unit == "%" and most <= _WHOLE:
        high = min(high, _WHOLE)
    if high == low:
        high = low + step
    count = int((high - low) / step)
    return Scale(low, high, tuple(low + step * at for at in range(count + 1)), unit, tongue)


def _step(rough: Decimal, unit: str) -> Decimal:
    if rough <= 0:
        return Decimal(1)
    power = Decimal(10) ** math.floor(rough.log10())
    steps = (each * power for each in _STEPS if each * power >= rough)
    if unit == "":  # no half tickets
        return next((step for step in steps if step == step.to_integral_value()), Decimal(1))
    return next(steps)


def written(value: Decimal, unit: str, tongue: Tongue) -> str:
    """A value as a chart's labels say it: short. The exact one stands in the tables.

    A share is cut, never rounded up to a target that it misses.
    """
    if unit == "%":
        return tongue.percent(value / 100)
    short = value.quantize(Decimal(1) if abs(value) >= _WHOLE else Decimal("0.1"), ROUND_HALF_UP)
    if unit == "h":
        return tongue.hours(short)
    if unit in CURRENCIES:
        compact = format_compact_decimal(abs(value), locale=tongue.locale, fraction_digits=1)
        return tongue.customs.money.format(
            sign="-" if value < 0 else "",
            amount=compact.replace(" ", "\u00a0"),
            symbol=tongue.customs.symbols.get(unit, unit),
        )
    text = tongue.number(short.normalize() + 0)
    return f"{text}\u00a0{unit}" if unit else text
