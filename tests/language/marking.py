"""A language that marks whatever is said: what stays unmarked was never given to the tongue.

with marking():
    page = contract_page(...)
assert unsaid(page) <= {"Acme", "Printer"}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from unittest import mock

from redmine_sla.language import tongue
from redmine_sla.page import (
    Block,
    Bullets,
    Figure,
    FileLink,
    Heading,
    Inline,
    IssueLink,
    KeyFigures,
    Page,
    Paragraph,
    Table,
    WikiLink,
)

_WORD = re.compile(r"[^\W\d_]+")
_OPEN, _CLOSE = "⟦", "⟧"


class _Marking(NullTranslations):
    def gettext(self, message: str) -> str:
        return f"{_OPEN}{message}{_CLOSE}"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"{_OPEN}{one if n == 1 else many}{_CLOSE}"


@contextmanager
def marking() -> Iterator[None]:
    """All languages but English say what they say in brackets."""
    tongue.tongue_for.cache_clear()
    with mock.patch.object(tongue, "translations_of", return_value=_Marking()):
        yield
    tongue.tongue_for.cache_clear()


def unsaid(page: Page) -> frozenset[str]:
    """The words of a page, the titles of its columns included, that stand outside of brackets."""
    return frozenset(word for text in _texts(page.blocks) for word in _WORD.findall(_outside(text)))


def _outside(text: str) -> str:
    """What is left of a text when all that stands in brackets is taken away."""
    kept, depth = [], 0
    for sign in text:
        depth += sign == _OPEN
        if not depth:
            kept.append(sign)
        depth -= sign == _CLOSE
    return "".join(kept)


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield from _words(block.words)
            case Bullets():
                yield from (text for item in block.items for text in _words(item))
            case Table():
                yield from (column.title for column in block.columns)
                yield from (text for row in block.rows for cell in row for text in _words(cell))
            case KeyFigures():
                for figure in block.figures:
                    yield from (figure.label, figure.value, figure.note)
            case Figure():
                yield block.told


def _words(words: Iterable[Inline]) -> Iterator[str]:
    return (word.text for word in words if not isinstance(word, IssueLink | WikiLink | FileLink))
