"""The keys of all figures of a deliverable, and the version they have: the list beside this file.

Written anew with `python -m tests.quarter.figures_version`, when FIGURES_VERSION has been raised.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from redmine_sla.quarter.section import FIGURES_VERSION
from tests.quarter.full_deliverable import NO_HOURS_INCLUDED, figures_of, full_deliverable

LIST = Path(__file__).with_suffix(".txt")
_WORDS_OF_THE_DESK = "satisfaction.answers"


def listed() -> list[str]:
    """The version, and below it the way to each figure: `hours.months[].used_hours`."""
    ways = {
        way
        for under in (full_deliverable(), full_deliverable(under=NO_HOURS_INCLUDED))
        for way in _ways("", figures_of(under))
    }
    return [f"version {FIGURES_VERSION}", *sorted(ways)]


def _ways(way: str, figures: Any) -> Iterator[str]:
    match figures:
        case dict() if way != _WORDS_OF_THE_DESK:
            for key, part in figures.items():
                yield from _ways(f"{way}.{key}".removeprefix("."), part)
        case [dict(), *_]:
            for row in figures:
                yield from _ways(f"{way}[]", row)
        case _:
            yield way


if __name__ == "__main__":
    LIST.write_text("\n".join(listed()) + "\n", encoding="utf-8")
