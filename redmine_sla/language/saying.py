"""Sentences that know how they were made, so that they can be said again in another language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any


def marked(message: str) -> str:
    """The message as it is, found by the collector of messages: for words that stand in tables."""
    return message


class Saying(str):
    """A sentence made below the rooms that know the reader, as a reason or a remark.

    It is its English sentence wherever a `str` is asked for (equality, hash, logs, JSON), and keeps
    the `message` and what stands in its `places` for `Tongue.tell`. A place may hold text, another
    saying, a day, an instant (shown in the reader's zone; in English, as UTC), a `Decimal`, a
    duration, a target or money. A whole number is shown as its digits, as a ticket's number is.

    >>> Saying("cancelled: {status}", status="Rejected")
    'cancelled: Rejected'
    """

    __slots__ = ("message", "places")
    message: str
    places: Mapping[str, Any]

    def __new__(cls, message: str, /, **places: Any) -> Saying:
        filled = {name: _in_english(value) for name, value in places.items()}
        english = message.format_map(filled) if places else message
        saying = super().__new__(cls, english)
        saying.message = message
        saying.places = MappingProxyType(places)
        return saying

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.message,), dict(self.places)

    def __reduce_ex__(self, _protocol: object) -> tuple[Any, ...]:
        return _again, (self.message, dict(self.places))


def _again(message: str, places: Mapping[str, Any]) -> Saying:
    return Saying(message, **places)


def _in_english(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return str(value)
