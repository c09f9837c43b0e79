"""`check --diff`: what a changed configuration would do, before it is put to work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from textwrap import shorten
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from redmine_sla.cli.output import (
    clipped,
    console,
    counted,
    fit_last_column,
    print_json,
    table,
    utc,
    words,
)
from redmine_sla.cli.settings import Settings
from redmine_sla.cli.ticket_links import leading_to, ticket_cell
from redmine_sla.connectors.folder import open_mirror
from redmine_sla.contract import Configuration, ConfigurationError, load_folder
from redmine_sla.contract.difference import KeyDifference
from redmine_sla.errors import ExitCode, SlaError
from redmine_sla.page import local_text
from redmine_sla.report.moves import Effect, Move
from redmine_sla.report.promise import Promise
from redmine_sla.sync.diffing import Consequences, consequences
from redmine_sla.sync.moment import moment

_LONGEST = 60
"""Signs of a value on a terminal; JSON has all of them."""

_STYLES = {
    Effect.BECOMES_LATE: "bold red",
    Effect.LOST: "magenta",
    Effect.GAINED: "green",
    Effect.EARLIER: "yellow",
    Effect.LATER: "green",
    Effect.FREED: "green",
    Effect.OTHERWISE: "",
}


def check_difference(
    settings: Settings, old: Path, as_of: datetime | None, *, as_json: bool
) -> ExitCode:
    """Compare the folder `old` with the configuration's own. Something late ends with 1.

    Raises `SlaError`.
    """
    before, after = _read(old), _read(settings.folder)
    found = _judged(before, after, moment(as_of))
    if as_json:
        print_json(consequences_data(found))
    elif not settings.quiet:
        zone = ZoneInfo(after.contracts[0].timezone)
        print_consequences(console(), found, zone, after.desk.redmine.url)
    return ExitCode.FINDINGS if found.something_becomes_late else ExitCode.OK


def _read(folder: Path) -> Configuration:
    """Raises `SlaError` that says in which of the two folders the mistakes are."""
    try:
        return load_folder(folder)
    except ConfigurationError as error:
        raise SlaError(
            f"mistakes in {folder}:\n{error.message}", hint=f"redmine-sla check {folder}"
        ) from None


def _judged(before: Configuration, after: Configuration, as_of: datetime) -> Consequences:
    """From the mirror of the old folder, which is at work; else from the new one's."""
    with open_mirror(before) as mirror:
        found = consequences(before, after, mirror, as_of)
    if found.pulled is None:
        with open_mirror(after) as mirror:
            found = consequences(before, after, mirror, as_of)
    return found


def print_consequences(screen: Console, found: Consequences, zone: ZoneInfo, redmine: str) -> None:
    """The keys, then what they do to tickets, the worst first; numbers lead to the tickets."""
    screen.print(words(f"Keys that differ ({len(found.keys)})", "bold"))
    screen.print(_keys(found.keys) if found.keys else words("None.", "dim"))
    screen.print()
    if found.pulled is None:
        said = "The mirror is empty, so nothing is known of tickets: run `redmine-sla sync` first."
        screen.print(words(said, "dim"))
        return
    title = words(f"Promises on open tickets that change ({len(found.moves)})", "bold")
    screen.print(leading_to(title, (one.ticket for one in found.moves), redmine))
    screen.print(_moves(found.moves, zone, redmine) if found.moves else words("None.", "dim"))
    screen.print()
    if found.reclassified:
        title = words(f"Tickets taken for something else ({len(found.reclassified)})", "bold")
        screen.print(leading_to(title, (one.ticket for one in found.reclassified), redmine))
        screen.print(_reclassified(found, redmine))
        screen.print()
    tickets = counted(found.open_tickets, "open ticket")
    pulled = local_text(found.pulled, zone)
    screen.print(
        words(f"{tickets} judged by both, as pulled {pulled}. Nothing was written.", "dim")
    )


def _keys(keys: tuple[KeyDifference, ...]) -> Table:
    drawn = table("Where", "Key", "Before", "After")
    for one in keys:
        key = one.key or "the contract"
        drawn.add_row(words(one.where), words(key), _value(one.before), _value(one.after))
    return drawn


def _value(said: str | None) -> Text:
    return words("not there", "dim") if said is None else words(shorten(said, _LONGEST))


def _moves(moves: tuple[Move, ...], zone: ZoneInfo, redmine: str) -> Table:
    drawn = table(">Ticket", "Promise", "What changes", "Before", "After", "Subject")
    fit_last_column(drawn)
    for one in moves:
        drawn.add_row(
            ticket_cell(one.ticket, redmine),
            words(one.title),
            words(one.effect.value, _STYLES[one.effect]),
            words(_told(one.before, zone)),
            words(_told(one.after, zone)),
            clipped(one.subject),
        )
    return drawn


def _told(promise: Promise | None, zone: ZoneInfo) -> str:
    if promise is None:
        return "–"
    if promise.due is not None:
        return local_text(promise.due, zone)
    return f"{promise.motion}, {promise.target}"


def _reclassified(found: Consequences, redmine: str) -> Table:
    drawn = table(">Ticket", "Before", "After", "Subject")
    fit_last_column(drawn)
    for one in found.reclassified:
        cells = (ticket_cell(one.ticket, redmine), words(one.before), words(one.after))
        drawn.add_row(*cells, clipped(one.subject))
    return drawn


def consequences_data(found: Consequences) -> dict[str, Any]:
    """The same as JSON-ready data."""
    return {
        "as_of": utc(found.as_of),
        "mirror_pulled": utc(found.pulled),
        "open_tickets": found.open_tickets if found.pulled else None,
        "something_becomes_late": found.something_becomes_late,
        "keys": [
            {"where": one.where, "key": one.key, "before": one.before, "after": one.after}
            for one in found.keys
        ],
        "promises": list(_moves_data(found.moves)),
        "classes": [
            {
                "ticket": one.ticket,
                "subject": one.subject,
                "before": one.before,
                "after": one.after,
            }
            for one in found.reclassified
        ],
    }


def _moves_data(moves: tuple[Move, ...]) -> Iterator[dict[str, Any]]:
    for one in moves:
        yield {
            "ticket": one.ticket,
            "subject": one.subject,
            "promise": one.title,
            "effect": one.effect.name.lower(),
            "before": _promise_data(one.before),
            "after": _promise_data(one.after),
        }


def _promise_data(promise: Promise | None) -> dict[str, Any] | None:
    if promise is None:
        return None
    return {
        "target": str(promise.target),
        "verdict": str(promise.verdict),
        "motion": str(promise.motion),
        "due": utc(promise.due),
    }
