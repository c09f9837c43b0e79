"""How the desk's standing looks: a count for each contract, then the tickets by urgency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from rich.table import Table

from redmine_sla.cli.mirror_age import MirrorAge
from redmine_sla.cli.output import (
    clipped,
    console,
    counted,
    fit_last_column,
    hours,
    percent,
    print_json,
    seconds,
    table,
    utc,
    words,
)
from redmine_sla.cli.reading_data import reading_data
from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.folder import open_mirror
from redmine_sla.contract import load_folder
from redmine_sla.page import local_text
from redmine_sla.plan.status_line import clock_name, status_line
from redmine_sla.sla.reading import Reading
from redmine_sla.sync.moment import moment
from redmine_sla.sync.standing import DeskStanding, Group, Standing, desk_standing

_STYLES = MappingProxyType(
    {
        Group.LATE: "bold red",
        Group.AT_RISK: "bold yellow",
        Group.ON_TRACK: "bold green",
        Group.PAUSED: "bold",
        Group.UNMEASURED: "bold magenta",
    }
)
_TITLES = MappingProxyType(
    {
        Group.LATE: "Late",
        Group.AT_RISK: "At risk",
        Group.ON_TRACK: "On track",
        Group.PAUSED: "Paused",
        Group.UNMEASURED: "Unmeasured",
    }
)
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tickets are shown, and in which order; no contract named means all."""

    order: str
    contracts: tuple[str, ...]
    only_late: bool

    def takes(self, one: Standing) -> bool:
        named = not self.contracts or one.judged.contract.name in self.contracts
        return named and (not self.only_late or one.group is Group.LATE)


def show_status(
    settings: Settings, wanted: Wanted, as_of: datetime | None, *, as_json: bool
) -> None:
    """Judge what is open and show what is wanted of it. Raises `SlaError`."""
    configuration = load_folder(settings.folder)
    for name in wanted.contracts:
        configuration.contract_named(name)
    with open_mirror(configuration) as mirror:
        desk = desk_standing(configuration, mirror, moment(as_of))
    standings = [one for one in desk.standings if wanted.takes(one)]
    if as_json:
        print_json(status_data(desk, standings, wanted.order))
    else:
        print_status(desk, standings, wanted.order)


def print_status(desk: DeskStanding, standings: Sequence[Standing], order: str) -> None:
    """Nothing is shown twice: a ticket stands once, with the promise that presses most."""
    screen = console()
    several = len({one.judged.contract.name for one in standings}) > 1
    if several:
        screen.print(_by_contract(standings))
        screen.print()
    for group in Group:
        found = ordered((one for one in standings if one.group is group), order)
        if found:
            screen.print(words(f"{_TITLES[group]} ({len(found)})", _STYLES[group]))
            screen.print(_tickets(group, found, named=several))
            screen.print()
    if not standings:
        screen.print("No open promise." if desk.pulled else "Nothing was pulled yet.")
    screen.print(words(_footer(desk), "dim"))


def status_data(desk: DeskStanding, standings: Iterable[Standing], order: str) -> dict[str, Any]:
    """The same as JSON-ready data, in one list."""
    return {
        "as_of": utc(desk.as_of),
        "mirror_pulled": utc(desk.pulled),
        "without_clocks": desk.without_clocks,
        "tickets": [_standing_data(one) for one in ordered(standings, order)],
    }


def ordered(standings: Iterable[Standing], order: str) -> list[Standing]:
    """Sorted by the chosen key; what has no due time comes last, ties by number."""
    return sorted(standings, key=lambda one: (_KEYS[order](one), one.judged.number))


def _due(one: Standing) -> Any:
    return one.reading.due or _LAST


def _share(one: Standing) -> Any:
    return -(one.reading.measured.share if one.reading.measured else 0)


_KEYS: dict[str, Callable[[Standing], Any]] = {
    "due": _due,
    "share": _share,
    "ticket": lambda one: one.judged.number,
    "contract": lambda one: (one.judged.contract.name, _due(one)),
}


def _by_contract(standings: Iterable[Standing]) -> Table:
    counts: dict[str, Counter[Group]] = {}
    for one in standings:
        counts.setdefault(one.judged.contract.name, Counter())[one.group] += 1
    drawn = table("Contract", *(f">{_TITLES[group]}" for group in Group))
    for name, own in sorted(counts.items()):
        cells = [words(own[g] or "·", _STYLES[g] if own[g] else "dim") for g in Group]
        drawn.add_row(words(name), *cells)
    return drawn


def _tickets(group: Group, standings: Sequence[Standing], *, named: bool) -> Table:
    """A row for each; the contract is named where there are several."""
    waits = group in (Group.PAUSED, Group.UNMEASURED)
    contract = ["Contract"] if named else []
    titles = (">Ticket", *contract, "Promise", "Why" if waits else "Due", ">Left", ">Used")
    drawn = table(*titles, "Subject")
    fit_last_column(drawn)
    for one in standings:
        judged, reading = one.judged, one.reading
        measured = reading.measured
        zone = ZoneInfo(judged.contract.timezone)
        drawn.add_row(
            words(f"#{judged.number}"),
            *([words(judged.contract.name)] if named else []),
            words(clock_name(reading)),
            words(_why(reading) if waits else local_text(reading.due, zone)),
            words(hours(measured.remaining, seconds=False) if measured else ""),
            words(percent(measured.share) if measured else ""),
            clipped(judged.ticket.subject),
        )
    return drawn


def _why(reading: Reading) -> str:
    if reading.reason:
        return reading.reason
    pauses = reading.counted.count.pauses if reading.counted else ()
    return next((wait.reason for wait in reversed(pauses) if wait.end is None), "")


def _footer(desk: DeskStanding) -> str:
    parts = []
    if desk.without_clocks:
        parts.append(f"{counted(desk.without_clocks, 'open ticket')} without a clock.")
    return " ".join(
        [
            *parts,
            MirrorAge(desk.pulled, desk.as_of).told,
            "Left and used are service time, hours:minutes.",
        ]
    )


def _standing_data(one: Standing) -> dict[str, Any]:
    judged, measured = one.judged, one.reading.measured
    return {
        "ticket": judged.number,
        "subject": judged.ticket.subject,
        "contract": judged.contract.name,
        "status": judged.ticket.status.name,
        "standing": status_line(judged.assessment, ZoneInfo(judged.contract.timezone)),
        "group": one.group.replace(" ", "_"),
        "clock": one.reading.clock,
        "due": utc(one.reading.due),
        "remaining_seconds": seconds(measured.remaining) if measured else None,
        "share": round(measured.share, 4) if measured else None,
        "clocks": [reading_data(reading) for reading in judged.assessment.current],
    }
