"""A language as customers read it: sentences by gettext, figures by CLDR (through Babel)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from redmine_sla.contract import Money
from redmine_sla.contract.words import Language

NBSP = "\u00a0"


@dataclass(frozen=True)
class Tongue:
    """One language. Get it with `tongue_for`; it is pure and cheap to keep.

    Sentences are written in English in the code, with named places: `say("{n} left", n="2")`.
    What stands in a place is put in as it is: format figures with this tongue first.
    """

    language: Language
    locale: Locale

    def say(self, message: str, **places: str) -> str:
        """The sentence in this language; as written where nobody translated it."""
        return message.format_map(places) if places else message

    def count(self, one: str, many: str, n: int, **places: str) -> str:
        """The sentence in the plural form of `n`, which stands at `{n}`."""
        message = one if n == 1 else many
        return message.format_map({"n": self.number(Decimal(n)), **places})

    def number(self, value: Decimal | int, places: int | None = None) -> str:
        """A number with this language's separators; exact, or with so many decimals."""
        pattern = None if places is None else "#,##0." + "0" * places if places else "#,##0"
        return format_decimal(value, format=pattern, locale=self.locale, decimal_quantization=False)

    def percent(self, share: Decimal, places: int = 1) -> str:
        """A share of 1 as `74.9 %`. Cut, not rounded: 99.96 % must not read as all of it."""
        cut = (share * 100).quantize(Decimal(1).scaleb(-places), ROUND_DOWN)
        return f"{self.number(cut.normalize() + 0)}{NBSP}%"

    def hours(self, hours: Decimal) -> str:
        """Hours as `7.25 h`."""
        return (
            f"{self.number(hours.quantize(Decimal('0.01'), ROUND_HALF_UP).normalize() + 0)}{NBSP}h"
        )

    def money(self, money: Money) -> str:
        """An amount in its currency, rounded half up to its minor unit."""
        return format_currency(money.amount, money.currency, locale=self.locale)

    def day(self, day: date) -> str:
        """A day in figures and words, as `21 November 2026`."""
        return format_date(day, "long", locale=self.locale)

    def month(self, day: date) -> str:
        """The month of a day, as `November 2026`."""
        return format_date(day, "LLLL y", locale=self.locale)

    def moment(self, instant: datetime, zone: tzinfo) -> str:
        """An instant on that zone's clocks, to the minute: `2026-11-21 14:00 CET`."""
        local = instant.astimezone(zone)
        return f"{local:%Y-%m-%d %H:%M} {local.tzname()}"

    def duration(self, span: timedelta) -> str:
        """Elapsed time as `26 h 15 min`."""
        minutes = int(span.total_seconds() // 60)
        return f"{minutes // 60}{NBSP}h {minutes % 60:02}{NBSP}min"


@lru_cache
def tongue_for(language: Language) -> Tongue:
    """The tongue of a language."""
    return Tongue(language, Locale.parse(str(language)))
