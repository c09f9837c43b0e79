"""A report on a terminal. Each number leads to the tickets behind it, where terminals can."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from redmine_sla.cli.output import clipped, fit_last_column, table, words
from redmine_sla.cli.report_subject import Subject
from redmine_sla.cli.report_values import Headline, address_of, told
from redmine_sla.page import local_text
from redmine_sla.report.listing import Column, Entry, Kind, Listing, Room, Row

_FIGURES = (Kind.TICKET, Kind.NUMBER, Kind.SHARE, Kind.HOURS, Kind.DURATION)
_BAD = frozenset({"broken", "unmeasured", "close", "untold", "no_service"})
_LONG = frozenset({"breaches", "unmeasured"})
"""Subjects of which an overview shows only the first rows."""

_OVERVIEW_ROWS = 10


def print_report(screen: Console, head: Headline, listings: Iterable[Listing]) -> None:
    """The tables below each other. An overview shows the first rows of long ones."""
    screen.print(words(f"{', '.join(head.titles)}: {head.period}", "bold"))
    screen.print()
    for listing in listings:
        cut = head.subject is Subject.OVERVIEW and listing.key in _LONG
        shown = listing.rows[:_OVERVIEW_ROWS] if cut else listing.rows
        screen.print(words(listing.title, "bold"))
        if not listing.rows:
            screen.print(words(listing.nothing, "dim"))
        else:
            screen.print(_drawn(listing, shown, head))
        if more := len(listing.rows) - len(shown):
            screen.print(words(f"and {more} more: redmine-sla report {listing.key}", "dim"))
        screen.print()
    if head.found.is_incomplete:
        since = (
            f"The mirror holds nothing before {head.found.held_from}: what was before is missing."
        )
        screen.print(words(since, "yellow"))
    screen.print(words(_footer(head), "dim"))


def _drawn(listing: Listing, shown: tuple[Row, ...], head: Headline) -> Table:
    some = Listing(listing.key, listing.title, listing.columns, shown)
    narrow = some.within(Room.TERMINAL)
    drawn = table(
        *(
            f">{column.title}" if column.kind in _FIGURES else column.title
            for column in narrow.columns
        )
    )
    if narrow.columns[-1].key == "subject":
        fit_last_column(drawn)
    for row, whole in zip(narrow.rows, shown, strict=True):
        cells = [
            _cell(entry, column, head) for entry, column in zip(row, narrow.columns, strict=True)
        ]
        if narrow.columns[-1].key == "subject":
            cells[-1] = _subject(row[-1], _known(whole, listing))
        drawn.add_row(*cells)
    return drawn


def _known(row: Row, listing: Listing) -> str:
    """What is known of a broken promise, where the listing tells it."""
    told_there = (
        str(entry.value or "")
        for entry, column in zip(row, listing.columns, strict=True)
        if column.key == "known"
    )
    return next(told_there, "")


def _subject(entry: Entry, known: str) -> Text:
    """The subject, below it what is known; each ends in an ellipsis where the room does."""
    cell = clipped(entry.value)
    if known:
        cell.append("\n")
        cell.append_text(words(known, "dim"))
    return cell


def _cell(entry: Entry, column: Column, head: Headline) -> Text:
    said = told(entry.value, column, head.zone)
    if column.kind in (Kind.NUMBER, Kind.HOURS) and not entry.value:
        return words("·", "dim")
    cell = words(said, "red" if column.key in _BAD else "")
    address = address_of(entry, column.kind, head.redmine)
    if address:
        cell.stylize(Style(link=address))
    return cell


def _footer(head: Headline) -> str:
    return (
        f"Times are those of {head.zone}; late by and not counted are service time. "
        f"Known until {local_text(head.found.known, head.zone)}. {head.age.told}"
    )
