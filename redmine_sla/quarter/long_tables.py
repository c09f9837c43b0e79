"""Tables that would be too long to read: the page shows the first rows, the spreadsheet all."""

from __future__ import annotations

from collections.abc import Iterable

from redmine_sla.page import Block, Paragraph, line
from redmine_sla.quarter.frame import Frame

ROWS_ON_PAGE = 200


def further_rows(rows: int, frame: Frame) -> Iterable[Block]:
    """The line that says how many of so many rows are not on the page, if any."""
    more = rows - ROWS_ON_PAGE
    if more > 0:
        said = frame.tongue.count(
            "{n} more stands in the spreadsheet.", "{n} more stand in the spreadsheet.", more
        )
        yield Paragraph(line(said))
