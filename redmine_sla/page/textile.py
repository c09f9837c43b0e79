"""A page in Textile, as Redmine writes it (RedCloth 3 with Redmine's own links).

Redmine turns the markup into HTML first and looks for its links and macros afterwards. A numeric
entity passes through both untouched and is shown as the sign it stands for, so that is how every
sign of somebody's words is written that could mean something. An HTML comment is dropped.
"""

from __future__ import annotations

import re

from redmine_sla.page.addresses import leads_to_the_web, plain
from redmine_sla.page.columns import in_a_column
from redmine_sla.page.document import (
    Align,
    Block,
    Bullets,
    Column,
    Figure,
    FileLink,
    Heading,
    Inline,
    IssueLink,
    KeyFigures,
    Line,
    Link,
    Memo,
    Page,
    Paragraph,
    Strong,
    Table,
    Text,
    WikiLink,
)
from redmine_sla.page.key_figures import side_by_side
from redmine_sla.page.words import cleaned, defused, entity, page_title

_BRACKETS = str.maketrans({"(": entity("("), ")": entity(")")})
_NO_BRACKETS = str.maketrans("()", "  ")
_MAY_FOLLOW = re.compile(r"\)?[.,]?(?=[ ]|$)")


def textile(page: Page) -> str:
    """The page's source, ending with a newline."""
    return "\n\n".join(_block(block) for block in page.blocks) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, KeyFigures):
        block = side_by_side(block.figures)
    match block:
        case Heading(level, words):
            return f"h{level}. {_line(words)}"
        case Paragraph(words):
            return f"p. {_line(words)}"
        case Bullets(items):
            return "\n".join(f"* {_line(item)}" for item in items)
        case Table(columns, rows):
            head = "".join(f"|{_head(column)} {_escaped(column.title)} " for column in columns)
            body = ("".join(map(_cell, columns, row)) + "|" for row in rows)
            return "\n".join([f"{head}|", *body])
        case Figure(chart=chart, told=told):
            named = _without_signs(chart.title)
            picture = f"!{block.file}({named})!" if named else f"!{block.file}!"
            return f"{picture}\n\np. {_escaped(told)}"
        case Memo(text):
            return f"<!-- {text} -->"


def _head(column: Column) -> str:
    return "_>." if column.align is Align.RIGHT else "_."


def _cell(column: Column, words: Line) -> str:
    return f"|{'>.' if column.align is Align.RIGHT else ''} {_line(in_a_column(words))} "


def _line(words: Line) -> str:
    written = ""
    behind_an_address = False
    for part in words:
        following = _behind_an_address(part) if behind_an_address else _inline(part)
        written += following
        behind_an_address = isinstance(part, Link) if following else behind_an_address
    return written.strip()


def _behind_an_address(part: Inline) -> str:
    """An address takes in all that follows it to the next blank, but for a sentence's end."""
    if not isinstance(part, Text):
        return f" {_inline(part)}"
    text = cleaned(part.text)
    end = _MAY_FOLLOW.match(text)
    return f"{end[0]}{_escaped(text[end.end() :])}" if end else f" {_escaped(text)}"


def _inline(part: Inline) -> str:
    match part:
        case Text(text):
            return _escaped(text)
        case Strong(text):
            return f"*{_escaped(text.strip())}*" if text.strip() else ""
        case IssueLink(number):
            return f"#{number}"
        case FileLink(name):
            return f"attachment:{name}"
        case Link(address, text):
            return _link(address, text.strip() or address)
        case WikiLink(title, text, project):
            where = f"{project}:" if project else ""
            return f"[[{where}{_escaped(page_title(title))}|{_escaped((text or title).strip())}]]"


def _link(address: str, text: str) -> str:
    if not leads_to_the_web(address):
        return _escaped(text)
    return f'"{_enclosed(text)}":{plain(address)}'


def _enclosed(text: str) -> str:
    """For within brackets or before them, where even an aside has a meaning."""
    return _escaped(text).translate(_BRACKETS)


def _without_signs(text: str) -> str:
    """For a picture's name, where RedCloth escapes entities once more."""
    return " ".join(defused(text, lambda _text, _at: " ").translate(_NO_BRACKETS).split())


def _escaped(text: str) -> str:
    return defused(text, lambda text, at: entity(text[at]))
