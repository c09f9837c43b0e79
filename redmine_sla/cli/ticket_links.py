"""Numbers on a terminal that lead to their tickets, where terminals can."""

from __future__ import annotations

from collections.abc import Iterable

from rich.style import Style
from rich.text import Text

from redmine_sla.cli.output import words
from redmine_sla.page.addresses import tickets_address


def ticket_cell(number: int, redmine: str) -> Text:
    """`#12`, which leads to the ticket."""
    return _leading(words(f"#{number}"), f"{redmine.rstrip('/')}/issues/{number}")


def leading_to(cell: Text, tickets: Iterable[int], redmine: str) -> Text:
    """The cell, which leads to the list of these tickets; as it is for none, or too many."""
    return _leading(cell, tickets_address(redmine, tickets))


def _leading(cell: Text, address: str | None) -> Text:
    if address:
        cell.stylize(Style(link=address))
    return cell
