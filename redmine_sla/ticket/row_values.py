"""Values out of a JSON row, each of the kind it must be, or named as nonsense."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from redmine_sla.ticket.ticket import Ref

Row = Mapping[str, Any]
Value = TypeVar("Value")


class NonsenseError(Exception):
    """A value that cannot be; carries the way from it up to its row."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(key, problem)
        self.key = key
        self.problem = problem

    def inside(self, place: str) -> NonsenseError:
        return NonsenseError(f"{place}.{self.key}", self.problem)


def parse_time(text: str) -> datetime:
    """A time of the API, `…Z` or with an offset, in UTC and whole seconds. Raises `ValueError`."""
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(f"{text!r} has no zone")
    if time.tzinfo is not UTC:
        time = time.astimezone(UTC)
    return time.replace(microsecond=0) if time.microsecond else time


def required(row: Row, key: str) -> Any:
    value = row.get(key)
    if value is None:
        raise NonsenseError(key, "is missing")
    return value


def optional(read: Callable[[Row, str], Value], row: Row, key: str) -> Value | None:
    return None if row.get(key) in (None, "") else read(row, key)


def number_of(row: Row, key: str) -> int:
    value = required(row, key)
    if type(value) is not int:
        raise NonsenseError(key, f"is {value!r}, not a number")
    return value


def text_of(row: Row, key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if type(value) is not str:
        raise NonsenseError(key, f"is {value!r}, not a text")
    return value


def time_of(row: Row, key: str) -> datetime:
    value = required(row, key)
    try:
        return parse_time(value)
    except (TypeError, ValueError):
        raise NonsenseError(key, f"is {value!r}, not a time like 2026-11-21T09:00:00Z") from None


def date_of(row: Row, key: str) -> date:
    value = required(row, key)
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise NonsenseError(key, f"is {value!r}, not a date like 2026-11-21") from None


def hours_of(row: Row, key: str) -> Decimal:
    value = required(row, key)
    try:
        hours = Decimal(str(value))
    except InvalidOperation:
        hours = Decimal("NaN")
    if not hours.is_finite() or isinstance(value, bool):
        raise NonsenseError(key, f"is {value!r}, not hours like 0.25")
    return hours


def ref_of(row: Row, key: str) -> Ref:
    value = required(row, key)
    if not (type(value) is dict or isinstance(value, Mapping)) or type(value.get("id")) is not int:
        raise NonsenseError(key, f"is {value!r}, not an object with an id")
    number: int = value["id"]
    return Ref(number, value.get("name") or f"#{number}")


def objects_of(row: Row, key: str) -> Iterable[Row]:
    value = row.get(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise NonsenseError(key, f"is {value!r}, not a list of objects")
    for entry in value:
        if not (type(entry) is dict or isinstance(entry, Mapping)):
            raise NonsenseError(key, f"is {value!r}, not a list of objects")
    return value
