"""Rows as JSON text and back, with every `Decimal` digit for digit as Redmine wrote it."""

from __future__ import annotations

import json
import re
import secrets
from decimal import Decimal
from typing import Any

# The standard encoder writes numbers only from float, so decimals travel as marked strings. The
# mark is drawn anew in each process: no text from a ticket can contain it.
_MARK = secrets.token_hex(12)
_DECODER = json.JSONDecoder(parse_float=Decimal)
_MARKED = re.compile(rf'"{_MARK}:([^"]+)"')


def dumped(value: object) -> str:
    """JSON text, compact. Raises `ValueError` for what JSON cannot hold (NaN, infinities)."""
    text = _dumps(value, ascii_only=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, cut by somebody's mail robot
        text = _dumps(value, ascii_only=True)
    return _MARKED.sub(r"\1", text) if _MARK in text else text


def loaded(text: str) -> Any:
    """The rows again, fractions as `Decimal`."""
    return _DECODER.decode(text)


def _dumps(value: object, *, ascii_only: bool) -> str:
    return json.dumps(
        value,
        ensure_ascii=ascii_only,
        allow_nan=False,
        separators=(",", ":"),
        default=_number,
    )


def _number(value: object) -> str:
    if not isinstance(value, Decimal):
        raise TypeError(f"{value!r} has no place in JSON")
    if not value.is_finite():
        raise ValueError(f"{value} has no place in JSON")
    return f"{_MARK}:{value}"
