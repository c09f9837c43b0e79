"""A contract about to end is announced in time, with the tickets that are still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from redmine_sla.calendar import Agreed, ServiceCalendar
from redmine_sla.contract import Contract
from redmine_sla.language import Tongue, tongue_for
from redmine_sla.page import Block, Bullets, Heading, Paragraph, Strong, line
from redmine_sla.plan.board import Board, OpenRow

_AN_INSTANT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Ending:
    """A contract within its notice time, or past its end, and what is open under it."""

    contract: Contract
    last_day: date
    is_past: bool
    open: tuple[OpenRow, ...]
    hidden: int

    @property
    def count(self) -> int:
        """All open tickets, those included that not every reader may see."""
        return len(self.open) + self.hidden

    def __str__(self) -> str:
        """The finding for the report of a run."""
        ends = "ended" if self.is_past else "ends"
        tickets = "1 open ticket" if self.count == 1 else f"{self.count} open tickets"
        return f"contract {self.contract.name} {ends} on {self.last_day}, with {tickets}"


def ending_of(contract: Contract, board: Board, as_of: datetime) -> Ending | None:
    """The ending to announce at an instant; `None` outside of `notice_before_end`.

    Past its end a contract is announced as long as tickets are open under it.
    """
    last_day = contract.last_day
    notice = contract.terms_at(as_of).notice_before_end
    if last_day is None or notice is None or notice == Agreed():
        return None
    is_past = contract.day_of(as_of) > last_day
    due = contract.terms_at(as_of).due(notice, _calendar(contract, as_of), as_of)
    if contract.day_of(due - _AN_INSTANT) < last_day:
        return None
    ending = Ending(contract, last_day, is_past, board.open, board.hidden)
    return ending if ending.count or not is_past else None


def _calendar(contract: Contract, as_of: datetime) -> ServiceCalendar:
    """A contract without service hours counts its notice in days of the calendar."""
    try:
        return contract.terms_at(as_of).calendar_for()
    except LookupError:
        return ServiceCalendar(timezone=contract.timezone, hours="24/7")


def ending_blocks(ending: Ending | None, tickets_on_page: int = 200) -> Sequence[Block]:
    """The notice on the contract's page, with the open tickets by number and subject."""
    if ending is None:
        return ()
    tongue = tongue_for(ending.contract.language)
    blocks: list[Block] = [
        Heading(2, line(tongue.say("The end of the contract"))),
        Paragraph(line(Strong(_announced(ending, tongue)), f" {_open(ending, tongue)}")),
    ]
    shown = ending.open[:tickets_on_page]
    if shown:
        rows = tuple(line(row.number, f" {row.subject}") for row in shown)
        blocks.append(Bullets(rows))
    rest = len(ending.open) - len(shown)
    if rest:
        blocks.append(Paragraph(line(tongue.count("And {n} more.", "And {n} more.", rest))))
    if ending.hidden:
        blocks.append(Paragraph(line(hidden_words(ending.hidden, tongue))))
    return blocks


def hidden_words(count: int, tongue: Tongue) -> str:
    """How tickets are told of that not every reader may see: counted, never named."""
    return tongue.count(
        "And {n} ticket that not every reader of this page may see.",
        "And {n} tickets that not every reader of this page may see.",
        count,
    )


def _announced(ending: Ending, tongue: Tongue) -> str:
    day = tongue.day(ending.last_day)
    if ending.is_past:
        return tongue.say("The contract ended on {day}.", day=day)
    return tongue.say("The contract ends on {day}.", day=day)


def _open(ending: Ending, tongue: Tongue) -> str:
    if not ending.count:
        return tongue.say("No ticket is open.")
    return tongue.count("{n} ticket is open.", "{n} tickets are open.", ending.count)
