"""A price as people of these countries write it on a ticket: `450 000 Ft`, `1 250,50 zł`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

from babel.numbers import get_currency_precision

from redmine_sla.contract import Money
from redmine_sla.contract.money import CURRENCIES


class NoPrice(Enum):
    """Why a ticket has no agreed price. Hours under one that cannot be used have no price."""

    NONE = "none"  # nothing is written
    UNREADABLE = "unreadable"  # as "450.000", which may be 450, or "to be agreed"
    FOREIGN = "foreign"  # agreed in a currency that is not the contract's


_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "ft": "HUF",
        "zł": "PLN",
        "zl": "PLN",
        "€": "EUR",
        "₸": "KZT",
        "тг": "KZT",
        "тенге": "KZT",
        "₽": "RUB",
        "kč": "CZK",
        "$": "USD",
        "£": "GBP",
    }
)
_WRITTEN = re.compile(r"(?P<before>[^\W\d_]+|[€₸₽$£])? ?(?P<number>\d[\d .,]*?)"
                      r"(?:[.,][-–—])? ?(?P<after>[^\W\d_]+\.?|[€₸₽$£])?")  # fmt: skip
_PLAIN = re.compile(r"(?P<whole>\d+|\d{1,3}(?: \d{3})+)(?:[.,](?P<rest>\d+))?")
_GROUPED = (
    re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})+),(?P<rest>\d+)"),  # 1.250,50
    re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+)\.(?P<rest>\d+)"),  # 1,250.50
    re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:,\d{3}){2,})(?P<rest>)"),  # 1.250.000
)


def price_written(text: str, currency: str) -> Money | NoPrice:
    """The price a text says, in the contract's currency where it names none.

    Groups are parted by spaces, decimals by a comma or a point. What can be read in two ways
    (`450.000`), has more decimals than the currency, or is below nothing, is unreadable.
    """
    said = " ".join(text.split())
    if not said:
        return NoPrice.NONE
    written = _WRITTEN.fullmatch(said)
    amount = _amount(written["number"].strip(), currency) if written else None
    if written is None or amount is None:
        return NoPrice.UNREADABLE
    named = {_currency(one) for one in (written["before"], written["after"]) if one}
    if None in named or len(named) > 1:
        return NoPrice.UNREADABLE
    return Money(amount, currency) if named <= {currency} else NoPrice.FOREIGN


def _amount(number: str, currency: str) -> Decimal | None:
    found = next(filter(None, (form.fullmatch(number) for form in (_PLAIN, *_GROUPED))), None)
    if found is None:
        return None
    rest = found["rest"] or ""
    if len(rest) > get_currency_precision(currency):
        return None
    return Decimal(re.sub(r"[ .,]", "", found["whole"]) + (f".{rest}" if rest else ""))


def _currency(name: str) -> str | None:
    code = name.removesuffix(".").casefold()
    return _SIGNS.get(code) or (code.upper() if code.upper() in CURRENCIES else None)
