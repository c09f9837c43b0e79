"""What differs between two quarters' figures, place by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_NAMING = (
    "ticket",
    "contract",
    "clock",
    "key",
    "name",
    "entry",
    "service",
    "obligation",
    "version",
    "month",
    "activity",
    "day",
    "due",
    "user",
    "class",
    "severity",
    "title",
)
"""What a row in a list is known by, as far as it has these keys."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is not what it was. `None` on a side: it did not stand there.

    `path` leads to it through the figures, beginning with the section's content.
    """

    path: tuple[str, ...]
    before: Any
    after: Any


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Every difference, in the order of the sections. Rows of lists are known by what names
    them, so that one that came or went does not shift the others. JSON-ready on both sides.
    """
    return tuple(_between((), old, new))


def _between(path: tuple[str, ...], old: Any, new: Any) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys([*old, *new]):
            yield from _between((*path, key), old.get(key), new.get(key))
    elif _is_list(old) and _is_list(new):
        before, after = _named(old), _named(new)
        for name in dict.fromkeys([*before, *after]):
            yield from _between((*path, name), before.get(name), after.get(name))
    else:
        yield Difference(path, old, new)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _named(rows: Sequence[Any]) -> dict[str, Any]:
    """The rows by name, namesakes numbered in their order; plain values are their own names."""
    met: Counter[str] = Counter()
    named = {}
    for row in rows:
        name = _name(row)
        met[name] += 1
        named[name if met[name] == 1 else f"{name} ({met[name]})"] = row
    return named


def _name(row: Any) -> str:
    if not isinstance(row, Mapping):
        return str(row)
    words = [_word(key, row[key]) for key in _NAMING if isinstance(row.get(key), str | int)]
    return " ".join(words)


def _word(key: str, value: str | int) -> str:
    return f"#{value}" if key == "ticket" else str(value)
