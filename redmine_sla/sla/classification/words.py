"""The words of a ticket, each with its folded form, its part and its place.

Places grow by one a word and by more at a comma, so that a distance between two places says how
closely two words belong together; a sentence's end cuts the bond.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from redmine_sla.sla.classification.folding import fold_word, is_cyrillic
from redmine_sla.sla.classification.passages import Part, Passage

_LONGEST_WORD = 40
_COMMA = 2  # a comma is worth two words of distance
_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*|[^\W\d_][^\W_]*(?:['\u2019][^\W_]+)*|[.!?;\u2026]|[,:()+/\u2013\u2014]"
)
_STOPS = frozenset(".!?;\u2026")
_JOINED = re.compile(
    r"\b(wi|e|и|вай)-(fi|mail|net|shop|фай|mailu|maile|mailom|maily)\b", re.IGNORECASE
)


class Word(NamedTuple):
    """One word as it stands in the ticket."""

    folded: str
    shown: str
    part: Part
    sentence: int
    place: int
    cyrillic: bool


def words_of(passages: Iterable[Passage]) -> tuple[Word, ...]:
    """All words in reading order. A quotation continues its line's sentence."""
    words: list[Word] = []
    sentence = place = 0
    line: int | None = None
    for passage in passages:
        if passage.line != line:
            sentence += 1
            line = passage.line
        for match in _TOKEN.finditer(_JOINED.sub(r"\1\2", passage.text)):
            token = match.group()
            if token in _STOPS:
                if match.group() == "?":
                    words.append(Word("?", "?", passage.part, sentence, place, cyrillic=False))
                sentence += 1
            elif len(token) == 1 and not token.isalnum():
                place += _COMMA
            else:
                place += 1
                token = token[:_LONGEST_WORD]
                words.append(
                    Word(fold_word(token), token, passage.part, sentence, place, is_cyrillic(token))
                )
    return tuple(words)
