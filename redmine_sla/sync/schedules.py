"""A contract's schedule as its page shows it and as a calendar file, from the mirror alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract
from redmine_sla.duty import Outcome, schedule_blocks, schedule_ics, schedule_period
from redmine_sla.duty.ics import MEDIA_TYPE
from redmine_sla.language import tongue_for
from redmine_sla.mirror import Mirror
from redmine_sla.page import Block, FileLink, Memo, Paragraph, line
from redmine_sla.plan import Attachment
from redmine_sla.quarter import Quarter
from redmine_sla.sync.duties import DutyBook
from redmine_sla.sync.workbench import Workbench

FILENAME = "schedule.ics"
_EDITION = 8  # signs of the file's digest that tell it from others


@dataclass(frozen=True, slots=True)
class Schedule:
    """What stands on the contract's page, and the files attached to it; nothing where nothing is
    owed that the customer may see."""

    blocks: tuple[Block, ...] = ()
    attachments: tuple[Attachment, ...] = ()


def schedule_of(bench: Workbench, mirror: Mirror, contract: Contract, as_of: datetime) -> Schedule:
    """The schedule as of an instant.

    It leads to the tickets that stand, so the run after one that made some saves the page. Redmine
    keeps each edition of a file beside the next: so the file is that of the running week's
    beginning, and the page, whose source notes its edition, is saved whenever it changes.
    Raises `CalendarError`, `MirrorError`.
    """
    book = DutyBook(bench, mirror)
    outcomes = weeks_around(book, contract, as_of)
    tongue = tongue_for(contract.language)
    blocks = schedule_blocks(contract, outcomes, tongue, as_of)
    if not blocks:
        return Schedule()
    content = calendar_file(book, contract, _week_of(contract, as_of))
    file = Attachment(FILENAME, content, MEDIA_TYPE.partition(";")[0])
    offered = line(
        tongue.say("These days for your own calendar, as a file to download and open there:"),
        " ",
        FileLink(FILENAME),
    )
    edition = Memo(f"{FILENAME} {file.sha256[:_EDITION]}")
    return Schedule((*blocks, Paragraph(offered), edition), (file,))


def _week_of(contract: Contract, as_of: datetime) -> datetime:
    """The first instant of the running week."""
    today = contract.day_of(as_of)
    monday = today - timedelta(days=today.weekday())
    return Period(monday, monday, ZoneInfo(contract.timezone)).begin


def weeks_around(book: DutyBook, contract: Contract, as_of: datetime) -> tuple[Outcome, ...]:
    """What came of the last weeks, and what comes in the next. Raises as `schedule_of`."""
    return book.outcomes(contract, schedule_period(contract, as_of), as_of)


def calendar_file(book: DutyBook, contract: Contract, as_of: datetime) -> bytes:
    """From the quarter before to the next one, so that the file changes with what is done, and
    not each day. Raises as `schedule_of`."""
    quarter = Quarter.of(contract.day_of(as_of))
    zone = ZoneInfo(contract.timezone)
    period = Period(quarter.previous.first_day, quarter.next.last_day, zone)
    outcomes = book.outcomes(contract, period, as_of)
    tongue = tongue_for(contract.language)
    return schedule_ics(contract, outcomes, tongue, book.bench.desk.redmine.url)
