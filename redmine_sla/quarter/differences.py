"""What differs between two quarters' figures, place by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

AND = " · "
"""Between the words that name a row."""

ENTRY = "entry "
"""Before the number of a time entry."""

_NAMING = (
    "ticket",
    "tickets",
    "rule",
    "promise",
    "services",
    "clock",
    "name",
    "entry",
    "service",
    "obligation",
    "version",
    "month",
    "activity",
    "day",
    "first",
    "last",
    "from",
    "since",
    "due",
    "class",
    "severity",
    "title",
)
"""What a row in a list is known by, as far as it has these keys."""

_ELSE = ("began", "done")
"""What it is known by otherwise, as where its ticket is not named."""

_SIGNS = {"ticket": "#", "tickets": "#", "entry": ENTRY}


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
    elif _is_rows(old) and _is_rows(new):
        before, after = _named(old), _named(new)
        for name in dict.fromkeys([*before, *after]):
            yield from _between((*path, name), before.get(name), after.get(name))
    else:
        yield Difference(path, old, new)


def _is_rows(value: Any) -> bool:
    """Lists of plain values are figures as a whole."""
    return _is_list(value) and all(isinstance(row, Mapping) for row in value)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _named(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The rows by name, namesakes numbered in their order."""
    met: Counter[str] = Counter()
    named = {}
    for row in rows:
        name = _name(row)
        met[name] += 1
        named[name if met[name] == 1 else f"{name} ({met[name]})"] = row
    return named


def _name(row: Mapping[str, Any]) -> str:
    return AND.join([*_words(row, _NAMING)] or _words(row, _ELSE))


def _words(row: Mapping[str, Any], keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        value: Any = row.get(key)
        for one in value if _is_list(value) else (value,):
            if one not in (None, ""):
                yield f"{_SIGNS.get(key, '')}{one}"
