"""A page in Textile, as Redmine writes it (RedCloth 3 with Redmine's own links).

Redmine turns the markup into HTML first and looks for its links and macros afterwards. A numeric
entity passes through both untouched and is shown as the sign it stands for, so that is how every
sign of somebody's words is written that could mean something.
"""

from __future__ import annotations

from redmine_sla.page.document import (
    Align,
    Block,
    Bullets,
    Column,
    Figure,
    Heading,
    Inline,
    IssueLink,
    KeyFigures,
    Line,
    Link,
    Page,
    Paragraph,
    Strong,
    Table,
    Text,
    WikiLink,
)
from redmine_sla.page.key_figures import side_by_side
from redmine_sla.page.words import defused, entity, page_title


def textile(page: Page) -> str:
    """The page's source, ending with a newline."""
    return "\n\n".join(_block(block) for block in page.blocks) + "\n"


def _block(block: Block) -> str:
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
        case Figure(name, _, told):
            return f"!{name}.png({_escaped(told)})!"
        case KeyFigures(figures):
            return _block(side_by_side(figures))


def _head(column: Column) -> str:
    return "_>." if column.align is Align.RIGHT else "_."


def _cell(column: Column, words: Line) -> str:
    return f"|{'>.' if column.align is Align.RIGHT else ''} {_line(words)} "


def _line(words: Line) -> str:
    return "".join(map(_inline, words)).strip()


def _inline(part: Inline) -> str:
    match part:
        case Text(text):
            return _escaped(text)
        case Strong(text):
            return f"*{_escaped(text.strip())}*" if text.strip() else ""
        case IssueLink(number):
            return f"#{number}"
        case Link(address, text):
            return f'"{_escaped(text)}":{address}'
        case WikiLink(title, text, project):
            where = f"{project}:" if project else ""
            return f"[[{where}{_escaped(page_title(title))}|{_escaped((text or title).strip())}]]"


def _escaped(text: str) -> str:
    return defused(text, lambda text, at: entity(text[at]))
