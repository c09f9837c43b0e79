"""Which booked time was touched between two editions: the cause of most of what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.language import Tongue
from redmine_sla.page import Line, line
from redmine_sla.quarter.differences import AND
from redmine_sla.quarter.figure_words import FigureWords
from redmine_sla.quarter.manifest import Changed

_LISTS: Mapping[str, str] = MappingProxyType({Content.BUDGET: "entries", Content.HOURS: "tickets"})
"""Where a section's figures count time entries, by ticket and month."""

_COUNTS = frozenset({"count", "entries"})


def touched_time(
    differences: Sequence[Changed], words: FigureWords, tongue: Tongue
) -> Iterator[Line]:
    """A line for each ticket and month whose time entries were changed, added or deleted.

    On the development budget a ticket that alone was touched is not named: what its budget differs
    by is the price of its time (see `budget.discretion`).
    """
    told: dict[tuple[str, str], int] = {}
    alone = _alone_in_the_budget(differences)
    for one in differences:
        name = _row_of(one)
        if name is not None:
            if one.path[0] == Content.BUDGET and name.startswith(f"{alone}{AND}"):
                name = name.removeprefix(f"{alone}{AND}")
            key = one.path[0], name
            told[key] = told.get(key, 0) + _more_entries(one)
    for which, more in dict.fromkeys(
        (words.way((name,)), more) for (_, name), more in told.items()
    ):
        yield line(_said(which, more, tongue))


def counts_time_entries(one: Changed) -> bool:
    """Whether it is no figure for a reader, but one that tells that time was touched."""
    in_a_row = _row_of(one) is not None
    return in_a_row and (one.path[0] == Content.BUDGET or one.path[-1] in _COUNTS)


def _said(which: str, more: int, tongue: Tongue) -> str:
    if more > 0:
        return tongue.say("Time was booked later: {which}.", which=which)
    if more < 0:
        return tongue.say("Booked time was deleted: {which}.", which=which)
    return tongue.say("A time entry was changed: {which}.", which=which)


def _row_of(one: Changed) -> str | None:
    """The name of the row that counts time entries; `None` for other figures."""
    wanted = _LISTS.get(one.path[0])
    if wanted is None or wanted not in one.path[1:-1]:
        return None
    return one.path[one.path.index(wanted, 1) + 1]


def _more_entries(one: Changed) -> int:
    if isinstance(one.before, Mapping) or isinstance(one.after, Mapping):
        return _counted(one.after) - _counted(one.before)
    return one.after - one.before if one.path[-1] in _COUNTS else 0


def _counted(row: Any) -> int:
    return sum(row.get(key, 0) for key in _COUNTS) if row else 0


def _alone_in_the_budget(differences: Iterable[Changed]) -> str:
    """The sign of the only ticket whose time on the budget was touched; empty if there are more."""
    names = {
        name.partition(AND)[0]
        for one in differences
        if one.path[0] == Content.BUDGET and (name := _row_of(one)) is not None
    }
    (only,) = names if len(names) == 1 else ("",)
    return only if only.startswith("#") else ""
