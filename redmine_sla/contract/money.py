"""Money: an exact amount in one currency. Never a float, never two currencies in one sum."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema

from redmine_sla.contract.base import Text
from redmine_sla.contract.findings import WrongValueError

_ISO_4217 = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
    CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP
    GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD
    KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN
    NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP
    SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND
    VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES = frozenset(_ISO_4217.split())
"""ISO 4217 codes of money in circulation (list of 2026; funds and metals left out)."""

_WRITTEN = re.compile(r"(-?\d{1,3}(?:[ _]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?) ?([A-Za-z]{3})")
_RIGHT = 'write an amount and its currency, e.g. "1 200 000 HUF"'


def currency_code(text: str) -> str:
    """An ISO 4217 code. Raises `WrongValueError` for anything else."""
    if text not in CURRENCIES:
        raise WrongValueError(f'"{text}" is not a currency', 'write its ISO 4217 code, e.g. "HUF"')
    return text


CurrencyCode = Annotated[
    Text,
    AfterValidator(currency_code),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$", "examples": ["HUF", "EUR"]}),
]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount with its currency, at full precision; rounding is the reader's business.

    Adding or comparing two currencies raises ValueError: there is no rate to guess.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if type(self.amount) is not Decimal:
            raise TypeError(f"money takes a Decimal, not {type(self.amount).__name__}")
        if not self.amount.is_finite():
            raise WrongValueError(f"{self.amount} is not an amount of money", _RIGHT)
        currency_code(self.currency)

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read `1200000 HUF`, `1 200 000 HUF` or `12.50 EUR`. Raises `WrongValueError`."""
        written = _WRITTEN.fullmatch(" ".join(text.split()))
        if written is None:
            raise WrongValueError(f'"{text}" is not an amount of money', _RIGHT)
        digits = written[1].replace(" ", "").replace("_", "")
        return cls(Decimal(digits), written[2].upper())

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(Decimal(0), currency)

    def percent(self, share: Decimal) -> Money:
        """`share` percent of it, exactly."""
        return Money(self.amount * share / 100, self.currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other), self.currency)

    def __mul__(self, factor: Decimal | int) -> Money:
        return Money(self.amount * factor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"

    def _same(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise ValueError(f"{self} and {other} are in different currencies")
        return other.amount


def _money(value: Any) -> Any:
    if isinstance(value, Money):
        return value
    if isinstance(value, str):
        return Money.parse(value)
    if isinstance(value, Mapping) and value.keys() == {"amount", "currency"}:
        return _from_table(value["amount"], value["currency"])
    if isinstance(value, float):
        raise WrongValueError(f"{value!r} is a binary fraction", _RIGHT)
    shown = "a table" if isinstance(value, Mapping) else value
    raise WrongValueError(f"{shown} is not an amount of money", _RIGHT)


def _from_table(amount: Any, currency: Any) -> Money:
    if isinstance(amount, bool | float) or not isinstance(amount, int | str | Decimal):
        raise WrongValueError(f"amount {amount!r} is not an exact number", _RIGHT)
    try:
        return Money(Decimal(amount), str(currency))
    except InvalidOperation:
        raise WrongValueError(f'amount "{amount}" is not a number', _RIGHT) from None


MoneyText = Annotated[
    Money,
    BeforeValidator(_money),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "examples": ["1 200 000 HUF", "85.50 EUR"]},
                {
                    "type": "object",
                    "properties": {
                        "amount": {"type": ["number", "string"]},
                        "currency": {"type": "string"},
                    },
                    "required": ["amount", "currency"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
