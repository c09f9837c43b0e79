"""A page in CommonMark with GitHub's tables, as Redmine 5 and later write it.

A numeric entity has no meaning to CommonMark (its section 2.5) but the sign it stands for. Redmine,
however, looks for its own links, macros and addresses in the HTML that comes out. There a word
joiner (U+2060), which nobody sees, parts what would belong together. An
HTML comment is dropped.
"""

from __future__ import annotations

from redmine_sla.page.addresses import leads_to_the_web, plain
from redmine_sla.page.columns import in_a_column
from redmine_sla.page.document import (
    Align,
    Block,
    Bullets,
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
from redmine_sla.page.words import defused, entity, page_title

JOINER = "\u2060"
_WOULD_END_A_LINK = str.maketrans("[]|", "()/")


def common_mark(page: Page) -> str:
    """The page's source, ending with a newline."""
    return "\n\n".join(_block(block) for block in page.blocks) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, KeyFigures):
        block = side_by_side(block.figures)
    match block:
        case Heading(level, words):
            return f"{'#' * level} {_line(words)}"
        case Paragraph(words):
            return _line(words)
        case Bullets(items):
            return "\n".join(f"- {_line(item)}" for item in items)
        case Table(columns, rows):
            titles = _row([_escaped(column.title) for column in columns])
            rule = _row(["---:" if column.align is Align.RIGHT else "---" for column in columns])
            cells = ([_line(in_a_column(words)) for words in row] for row in rows)
            return "\n".join([titles, rule, *map(_row, cells)])
        case Figure(chart=chart, told=told):
            return f"![{_escaped(chart.title)}]({block.file})\n\n{_escaped(told)}"
        case Memo(text):
            return f"<!-- {text} -->"


def _row(cells: list[str]) -> str:
    """The one bar that a cell may hold stands in a link to a page."""
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _line(words: Line) -> str:
    return "".join(map(_inline, words)).strip()


def _inline(part: Inline) -> str:
    match part:
        case Text(text):
            return _escaped(text)
        case Strong(text):
            return f"**{_escaped(text.strip())}**" if text.strip() else ""
        case IssueLink(number):
            return f"#{number}"
        case FileLink(name):
            return f"attachment:{name}"
        case Link(address, text):
            shown = _escaped(text.strip() or address)
            return f"[{shown}]({plain(address)})" if leads_to_the_web(address) else shown
        case WikiLink(title, text, project):
            where = f"{project}:" if project else ""
            shown = (text or title).strip().translate(_WOULD_END_A_LINK)
            return f"[[{where}{defused(page_title(title), _whole)}|{_escaped(shown)}]]"


def _whole(title: str, at: int) -> str:
    return entity(title[at]) if title[at] != "r" else "r"


def _escaped(text: str) -> str:
    return defused(text, _parted)


def _parted(text: str, at: int) -> str:
    sign, following = text[at], text[at + 1 : at + 2]
    if sign == "r":
        return f"r{JOINER}"
    if sign == ":":
        return JOINER + entity(sign)
    apart = (
        (sign in "#@" and following.strip())
        or (sign in "{[" and following)
        or (sign == "." and text[:at].lower().endswith("www"))
    )
    return entity(sign) + JOINER if apart else entity(sign)
