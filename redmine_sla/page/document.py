"""A page as a value: what it says, not how a wiki writes it.

Text is text: whatever stands in it is shown as it is, and nothing in it becomes a link, a macro or
an element. Only links lead anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from redmine_sla.page.chart import Chart, Tone

_FILE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ATTACHED = re.compile(r"[A-Za-z0-9]+([-.][A-Za-z0-9]+)*")
_MEMO = re.compile(r"[A-Za-z0-9]+([-. ][A-Za-z0-9]+)*")

Markup = Literal["textile", "common_mark"]
"""The text formatting a Redmine is set to; REST does not tell which."""


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words, from anybody."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that should catch the eye."""

    text: str


@dataclass(frozen=True, slots=True)
class IssueLink:
    """`#123`, leading to the ticket for those who may see it."""

    number: int


@dataclass(frozen=True, slots=True)
class WikiLink:
    """A page of the same project's wiki, or of another `project` (its identifier)."""

    title: str
    text: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address of our own making (a list in Redmine, a file)."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file attached to the wiki page, by its name (letters, digits, hyphens, stops); of several
    with that name the newest.
    """

    name: str

    def __post_init__(self) -> None:
        if not _ATTACHED.fullmatch(self.name):
            raise ValueError(f'a link to a file named "{self.name}"')


Inline = Text | Strong | IssueLink | WikiLink | Link | FileLink

Line = tuple[Inline, ...]
"""What stands in one line, cell or paragraph."""


def line(*parts: Inline | str | int) -> Line:
    """A line from its parts: a string is text, a number is a link to that ticket."""
    return tuple(_part(part) for part in parts if part != "")


def _part(part: Inline | str | int) -> Inline:
    if isinstance(part, str):
        return Text(part)
    return IssueLink(part) if isinstance(part, int) else part


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the page's own title."""

    level: int
    words: Line

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 6:
            raise ValueError(f"a heading of level {self.level}: there are 1 to 6")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of one line."""

    words: Line


@dataclass(frozen=True, slots=True)
class Imprint(Paragraph):
    """A paragraph that says whose page it is, and for when: a print's masthead says it instead."""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order."""

    items: tuple[Line, ...]


class Align(StrEnum):
    """Where a column's cells stand."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, and how its cells stand."""

    title: str
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head. Every row has a cell for every column."""

    columns: tuple[Column, ...]
    rows: tuple[Sequence[Line], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells under {len(self.columns)} columns")

    def trimmed(self) -> Table:
        """The table without the columns in which no row says anything."""
        kept = [at for at in range(len(self.columns)) if any(row[at] for row in self.rows)]
        rows = tuple(tuple(row[at] for at in kept) for row in self.rows)
        return Table(tuple(self.columns[at] for at in kept), rows)


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, and below it in words what it shows.

    `name` is small letters, digits and hyphens, and no other figure of the page has it.
    """

    name: str
    chart: Chart
    told: str

    def __post_init__(self) -> None:
        if not _FILE_NAME.fullmatch(self.name):
            raise ValueError(f'a figure named "{self.name}": only a-z, 0-9 and hyphens')

    @property
    def file(self) -> str:
        """The name of its picture, attached to the wiki page that shows it."""
        return f"{self.name}.png"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One number that a reader should see first: a label, the number, a few words about it."""

    label: str
    value: str
    note: str = ""
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Up to six of them side by side."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Memo:
    """What the tool notes for itself in a page's source: nobody who reads the page is shown it.

    A page that differs in it alone is another page. Words of letters and digits, and single blanks,
    stops and hyphens between them.
    """

    text: str

    def __post_init__(self) -> None:
        if not _MEMO.fullmatch(self.text):
            raise ValueError(f'a memo of "{self.text}"')


Block = Heading | Paragraph | Bullets | Table | Figure | KeyFigures | Memo


@dataclass(frozen=True, slots=True)
class Page:
    """A page from top to bottom."""

    blocks: tuple[Block, ...]
