"""How schedules look in a terminal, and how they become a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import click

from redmine_sla.cli.answer_file import write_answer
from redmine_sla.cli.mirror_age import MirrorAge
from redmine_sla.cli.output import clipped, console, local, on_date, print_json, table, utc, words
from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.folder import open_mirror
from redmine_sla.contract import Configuration, Contract, load_folder
from redmine_sla.contract.words import Language
from redmine_sla.duty import Outcome, State
from redmine_sla.duty.telling import outcome_words, reason_words
from redmine_sla.errors import SlaError
from redmine_sla.language import tongue_for
from redmine_sla.sync.duties import DutyBook
from redmine_sla.sync.moment import moment
from redmine_sla.sync.schedules import calendar_file, weeks_around
from redmine_sla.sync.standing import pulled_at
from redmine_sla.sync.workbench import lay_out

_STYLES = MappingProxyType(
    {
        State.DUE: "bold",
        State.DONE: "green",
        State.LATE: "yellow",
        State.MISSED: "bold red",
        State.EXCUSED: "dim",
        State.UNMEASURED: "magenta",
    }
)


def show_schedule(
    settings: Settings, names: Sequence[str], as_of: datetime | None, *, as_json: bool
) -> None:
    """Print the weeks around of the contracts named, or of all. Raises `SlaError`."""
    at = moment(as_of)
    configuration = load_folder(settings.folder)
    with open_mirror(configuration) as mirror:
        book = DutyBook(lay_out(configuration, mirror), mirror)
        age = MirrorAge(pulled_at(mirror), at)
        told = [
            (one, _tellable(weeks_around(book, one, at), age))
            for one in _wanted(configuration, names)
        ]
    if as_json:
        print_json([schedule_data(contract, outcomes, age) for contract, outcomes in told])
        return
    for contract, outcomes in told:
        print_schedule(contract, outcomes)
        console().print()
    console().print(words(age.told, "dim"))


def _tellable(outcomes: Sequence[Outcome], age: MirrorAge) -> Sequence[Outcome]:
    """Of an empty mirror only what the contract alone says: that no ticket is there means nothing,
    and work that was done must not read as not recorded.
    """
    return outcomes if age.pulled else [one for one in outcomes if one.state.is_open]


def write_ics(settings: Settings, names: Sequence[str], file: Path, as_of: datetime | None) -> None:
    """Write the schedule of the one contract meant. Raises `SlaError`."""
    configuration = load_folder(settings.folder)
    contracts = _wanted(configuration, names)
    if len(contracts) != 1:
        known = ", ".join(contract.name for contract in contracts)
        raise SlaError(
            f"--ics writes one contract's schedule, and these are {len(contracts)}",
            hint=f"name one with --contract: {known}",
        )
    with open_mirror(configuration) as mirror:
        book = DutyBook(lay_out(configuration, mirror), mirror)
        at = moment(as_of)
        content = calendar_file(book, contracts[0], at)
        age = MirrorAge(pulled_at(mirror), at)
    write_answer(file, content)
    if not settings.quiet:
        written = "" if str(file) == "-" else f"{file} is written. "
        click.echo(f"{written}{age.told}", err=True)


def print_schedule(contract: Contract, outcomes: Sequence[Outcome]) -> None:
    """Day by day, the oldest first."""
    screen = console()
    screen.print(words(f"{contract.title} ({contract.name})", "bold"))
    if not outcomes:
        screen.print("Nothing is owed at a rhythm in these weeks.")
        return
    zone, tongue = ZoneInfo(contract.timezone), tongue_for(Language.ENGLISH)
    drawn = table("Day", "What", "Outcome", ">Ticket", "Why")
    for one in outcomes:
        begin = one.occurrence.begin
        drawn.add_row(
            words(local(begin, zone) if begin else on_date(one.occurrence.day)),
            clipped(one.occurrence.duty.title),
            words(outcome_words(one, tongue), _STYLES.get(one.state, "")),
            words(f"#{one.ticket}" if one.ticket else ""),
            clipped(reason_words(one, tongue)),
        )
    screen.print(drawn)


def schedule_data(
    contract: Contract, outcomes: Sequence[Outcome], age: MirrorAge
) -> dict[str, Any]:
    """One contract's weeks as JSON-ready data. The keys are stable; instants are UTC."""
    return {
        "contract": contract.name,
        "as_of": utc(age.as_of),
        "mirror_pulled": utc(age.pulled),
        "occurrences": [dict(_data(one)) for one in outcomes],
    }


def _data(one: Outcome) -> Iterator[tuple[str, Any]]:
    what = one.occurrence
    yield "key", what.key
    yield "obligation", what.duty.name
    yield "title", what.duty.title
    yield "clause", what.duty.clause
    yield "day", what.day.isoformat()
    yield "begin", utc(what.begin)
    yield "end", utc(what.end)
    yield "ticket_from", what.ticket_from.isoformat()
    yield "last_day_in_time", what.last_day.isoformat()
    yield "state", str(one.state)
    yield "ticket", one.ticket
    yield "done_on", one.done_on.isoformat() if one.done_on else None
    yield "lacking", [str(lack) for lack in one.lacking]
    yield "closing", str(one.closing) if one.closing else None
    yield "excused_by", one.excuse.by if one.excuse else None
    yield "visible", what.duty.visible


def _wanted(configuration: Configuration, names: Sequence[str]) -> Sequence[Contract]:
    if names:
        return [configuration.contract_named(name) for name in names]
    return configuration.contracts
