"""How each language's businesses write dates, quarters, shares, times and money.

CLDR (through Babel) gives names and separators. Where its patterns are not what stands on an
invoice of that country, the custom is written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from redmine_sla.contract.words import Language

NBSP = "\u00a0"
_ROMAN = ("I", "II", "III", "IV")
_DIGITS = ("1", "2", "3", "4")
_NO_SYMBOLS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Customs:
    """One language's customs. Dates are CLDR patterns; the others have named places.

    `symbols` are what stands for a currency; the others are written by their ISO 4217 code.
    Units of time take no full stop: they may end a sentence.
    """

    cldr: str
    day: str
    date: str
    moment: str
    month: str
    quarter: str
    quarters: tuple[str, ...] = _DIGITS
    percent: str = "{n}%"
    hours: str
    minutes: str
    money: str = "{sign}{amount}" + NBSP + "{symbol}"
    symbols: Mapping[str, str] = field(default_factory=lambda: _NO_SYMBOLS)

    def quarter_of(self, year: int, number: int) -> str:
        return self.quarter.format(year=year, number=self.quarters[number - 1])


CUSTOMS = MappingProxyType(
    {
        Language.ENGLISH: Customs(
            cldr="en_GB",
            day="d MMMM y",
            date="y-MM-dd",
            moment="y-MM-dd HH:mm",
            month="LLLL y",
            quarter="{year} Q{number}",
            percent="{n}" + NBSP + "%",
            hours="{n}" + NBSP + "h",
            minutes="{n}" + NBSP + "min",
            money="{sign}{symbol}" + NBSP + "{amount}",
        ),
        Language.HUNGARIAN: Customs(
            cldr="hu",
            day="y. MMMM d.",
            date=f"y.{NBSP}MM.{NBSP}dd.",
            moment="y. MM. dd. HH:mm",
            month="y. LLLL",
            quarter="{year}. {number}. negyedév",
            quarters=_ROMAN,
            hours="{n}" + NBSP + "óra",
            minutes="{n}" + NBSP + "perc",
            symbols=MappingProxyType({"HUF": "Ft"}),
        ),
        Language.POLISH: Customs(
            cldr="pl",
            day="d MMMM y",
            date="dd.MM.y",
            moment="dd.MM.y HH:mm",
            month="LLLL y",
            quarter="{number} kwartał {year}",
            quarters=_ROMAN,
            hours="{n}" + NBSP + "h",
            minutes="{n}" + NBSP + "min",
            symbols=MappingProxyType({"PLN": "zł", "EUR": "€"}),
        ),
        Language.SLOVAK: Customs(
            cldr="sk",
            day="d. MMMM y",
            date=f"d.{NBSP}M.{NBSP}y",
            moment="d. M. y HH:mm",
            month="LLLL y",
            quarter="{number}. štvrťrok {year}",
            percent="{n}" + NBSP + "%",
            hours="{n}" + NBSP + "h",
            minutes="{n}" + NBSP + "min",
            symbols=MappingProxyType({"EUR": "€"}),
        ),
        Language.RUSSIAN: Customs(
            cldr="ru",
            day="d MMMM y 'г'.",
            date="dd.MM.y",
            moment="dd.MM.y HH:mm",
            month="LLLL y",
            quarter="{number} квартал {year} г.",
            quarters=_ROMAN,
            percent="{n}" + NBSP + "%",
            hours="{n}" + NBSP + "ч",
            minutes="{n}" + NBSP + "мин",
            symbols=MappingProxyType({"EUR": "€", "KZT": "₸"}),
        ),
        Language.KAZAKH: Customs(
            cldr="kk",
            day="y 'жылғы' d MMMM",
            date="dd.MM.y",
            moment="dd.MM.y HH:mm",
            month="y 'жылғы' MMMM",
            quarter="{year} жылғы {number} тоқсан",
            quarters=_ROMAN,
            hours="{n}" + NBSP + "сағ",
            minutes="{n}" + NBSP + "мин",
            symbols=MappingProxyType({"EUR": "€", "KZT": "₸"}),
        ),
    }
)
