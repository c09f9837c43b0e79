"""A language as customers read it: sentences by gettext, figures by CLDR (through Babel)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from gettext import NullTranslations
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, get_currency_precision

from redmine_sla.calendar import Target
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Money
from redmine_sla.contract.words import Language
from redmine_sla.language.customs import CUSTOMS, NBSP, Customs
from redmine_sla.language.saying import Saying
from redmine_sla.language.targets import target_words
from redmine_sla.language.translations import translations_of

_EXACT = Context(prec=60)
_CENT = Decimal("0.01")
_WHOLE_UNITS = frozenset({"HUF"})
"""ISO 4217 gives these two decimals, and their countries print whole units."""

_MONTHS_OF_A_QUARTER = 3
_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Tongue:
    """One language. Get it with `tongue_for`; it is pure and cheap to keep.

    Sentences are written in English in the code, with named places: `say("{n} left", n="2")`.
    What stands in a place is put in as it is: format figures with this tongue first.
    """

    language: Language
    locale: Locale
    customs: Customs
    words: NullTranslations

    def say(self, message: str, **places: str) -> str:
        """The sentence in this language; as written where nobody translated it.

        A text that comes from a contract or from Redmine is given without places and looked up as
        it is: braces in it are only shown.
        """
        said = self.words.gettext(message) if message else ""
        return said.format_map(places) if places else said

    def count(self, one: str, many: str, n: int, **places: str) -> str:
        """The sentence in the plural form of `n`, which stands at `{n}`."""
        said = self.words.ngettext(one, many, n)
        return said.format_map({"n": self.number(n), **places})

    def tell(self, text: str, zone: tzinfo) -> str:
        """A reason or a remark made elsewhere: a `Saying` with its places, other text looked up.

        Instants in it are shown on the clocks of `zone`: those of the page it stands on.
        """
        if not isinstance(text, Saying):
            return self.say(text)
        places = {name: self._placed(value, zone) for name, value in text.places.items()}
        return self.say(text.message, **places)

    def target(self, target: Target) -> str:
        """A promised time, as `8 business hours` or `next business day`."""
        return target_words(target, self)

    def listed(self, words: Iterable[str]) -> str:
        """`a, b and c`. Empty for nothing."""
        return format_list(list(words), "standard", locale=self.locale)

    def either(self, words: Iterable[str]) -> str:
        """`a, b or c`. Empty for nothing."""
        return format_list(list(words), "or", locale=self.locale)

    def number(self, value: Decimal | int, places: int | None = None) -> str:
        """A number with this language's separators; exact, or half up to so many decimals."""
        if places is None:
            return format_decimal(value, locale=self.locale, decimal_quantization=False)
        unit = Decimal(1).scaleb(-places)
        rounded = Decimal(value).quantize(unit, ROUND_HALF_UP, _EXACT)
        pattern = "#,##0." + "0" * places if places else "#,##0"
        return format_decimal(
            rounded, format=pattern, locale=self.locale, decimal_quantization=False
        )

    def percent(self, share: Decimal, places: int = 1) -> str:
        """A share of 1 as `74.9 %`. Cut, not rounded: 99.96 % must not read as all of it."""
        cut = (share * 100).quantize(Decimal(1).scaleb(-places), ROUND_DOWN, _EXACT)
        return self.customs.percent.format(n=self.number(_plain(cut)))

    def hours(self, hours: Decimal) -> str:
        """Hours as `7.25 h`, half up to a hundredth."""
        return self.customs.hours.format(
            n=self.number(_plain(hours.quantize(_CENT, ROUND_HALF_UP, _EXACT)))
        )

    def money(self, money: Money) -> str:
        """An amount in its currency, half up to its minor unit.

        Whole forints have no decimals, as on Hungarian invoices; a broken amount shows its two.
        """
        places = get_currency_precision(money.currency)
        rounded = money.amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
        if money.currency in _WHOLE_UNITS and rounded == rounded.to_integral_value():
            places = 0
        return self.customs.money.format(
            sign="-" if rounded < 0 else "",
            amount=self.number(abs(rounded), places),
            symbol=self.customs.symbols.get(money.currency, money.currency),
        )

    def day(self, day: date) -> str:
        """A day in figures and words, as `21 November 2026`."""
        return format_date(day, self.customs.day, locale=self.locale)

    def short_day(self, day: date) -> str:
        """A day in figures, for tables: `2026-11-21`."""
        return format_date(day, self.customs.date, locale=self.locale)

    def month(self, day: date) -> str:
        """The month of a day in the nominative, as it stands within a sentence: `November 2026`,
        `ноябрь 2026`.
        """
        return format_date(day, self.customs.month, locale=self.locale)

    def short_month(self, day: date) -> str:
        """The month of a day where there is little room, as below a chart: `Nov 2026`."""
        return format_skeleton("yMMM", day, locale=self.locale)

    def quarter(self, year: int, number: int) -> str:
        """A calendar quarter, as `2026 Q3`."""
        return self.customs.quarter_of(year, number)

    def period(self, period: Period) -> str:
        """A year, a quarter or a month by its name; other periods by their first and last day."""
        first = period.first
        months = len(period.months)
        whole = first.day == 1 and _is_last_of_month(period.last)
        if whole and months == 1:
            return self.month(first)
        if whole and months == _MONTHS_OF_A_QUARTER and first.month % _MONTHS_OF_A_QUARTER == 1:
            return self.quarter(first.year, first.month // _MONTHS_OF_A_QUARTER + 1)
        if whole and months == _MONTHS_OF_A_YEAR and first.month == 1:
            return str(first.year)
        return self.days(period)

    def titled(self, words: str) -> str:
        """The words as they begin a title, a line or a cell: `Ноябрь 2026`."""
        return words[:1].upper() + words[1:]

    def days(self, period: Period) -> str:
        """Its first and its last day."""
        return f"{self.day(period.first)} – {self.day(period.last)}"

    def moment(self, instant: datetime, zone: tzinfo) -> str:
        """An instant on that zone's clocks, to the minute: `2026-11-21 14:00 CET`."""
        local = instant.astimezone(zone)
        written = format_datetime(
            local.replace(tzinfo=None), self.customs.moment, locale=self.locale
        )
        name = local.tzname() or ""
        return f"{written} {f'UTC{name}' if name[:1] in {'+', '-'} else name}"

    def duration(self, span: timedelta) -> str:
        """Elapsed time as `26 h 15 min`, cut to the minute, in one piece."""
        minutes = abs(span) // timedelta(minutes=1)
        hours = self.customs.hours.format(n=self.number(minutes // 60))
        rest = self.customs.minutes.format(n=f"{minutes % 60:02}")
        return f"{'-' if span < timedelta() and minutes else ''}{hours}{NBSP}{rest}"

    def weekdays(self) -> Sequence[str]:
        """The short names of the days, Monday first."""
        names = self.locale.days["format"]["abbreviated"]
        return [names[day] for day in range(7)]

    def _placed(self, value: Any, zone: tzinfo) -> str:
        match value:
            case Saying():
                placed = self.tell(value, zone)
            case datetime():
                placed = self.moment(value, zone)
            case date():
                placed = self.short_day(value)
            case timedelta():
                placed = self.duration(value)
            case Money():
                placed = self.money(value)
            case Target():
                placed = self.target(value)
            case Decimal():
                placed = self.number(value)
            case _:
                placed = str(value)
        return placed


def _plain(value: Decimal) -> Decimal:
    """Without zeros at the end of a fraction, and never as a power of ten."""
    return value.normalize() + 0


def _is_last_of_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


@lru_cache
def tongue_for(language: Language) -> Tongue:
    """The tongue of a language. Its words are read once, those of English not at all."""
    customs = CUSTOMS[language]
    return Tongue(language, Locale.parse(customs.cldr), customs, translations_of(language))


ENGLISH = tongue_for(Language.ENGLISH)
