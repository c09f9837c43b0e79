"""The word lists of `rules/*.toml`, indexed so that a word finds its lists in one look-up.

A list ("colleague", "whole company", "stands still") is filled by each language's file. An entry is
a word, a stem (`account*`), an ending (`*мын`), a piece (`*rendszer*`), a name with or without a
number (`dc#`) or a phrase of those; `..` in a phrase lets up to three words stand between.
Matching walks words, never a regular expression, so no text can make it slow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from redmine_sla.sla.classification.passages import Part
from redmine_sla.sla.classification.ruleset import LANGUAGES, NEUTRAL, entries, read_rules
from redmine_sla.sla.classification.words import Word

_CYRILLIC_LANGUAGES = frozenset({"ru", "kk"})
_SHORTEST_STEM = 2
_GAP = 3
_DIGITS = "0123456789"
_ENOUGH = 0.15  # share of the leading language's marker words that makes a second language spoken


class Hit(NamedTuple):
    """A list's entry found in the text: from word `first` to word `last` of it."""

    list: str
    language: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """One word of an entry."""

    text: str
    open_start: bool
    open_end: bool
    numbered: bool
    after_gap: bool

    def fits(self, word: str) -> bool:
        if self.numbered:
            return word.rstrip(_DIGITS) == self.text
        if self.open_start and self.open_end:
            return self.text in word
        if self.open_start:
            return len(word) > len(self.text) and word.endswith(self.text)
        return word.startswith(self.text) if self.open_end else word == self.text


@dataclass(frozen=True, slots=True)
class _Entry:
    """`second` is how the word after the first begins; empty where that can be any."""

    list: str
    language: str
    pieces: tuple[_Piece, ...]
    second: str


def _entry(name: str, language: str, text: str) -> _Entry:
    pieces = _parse(text)
    close = [piece.text for piece in pieces[1:2] if not (piece.after_gap or piece.open_start)]
    return _Entry(name, language, pieces, "".join(close))


@dataclass(frozen=True, slots=True)
class _Index:
    """The entries by their first word: whole, its beginning, its ending, or a piece of it."""

    exact: dict[str, list[_Entry]] = field(default_factory=dict)
    stems: dict[str, list[_Entry]] = field(default_factory=dict)
    endings: dict[str, list[_Entry]] = field(default_factory=dict)
    pieces: list[_Entry] = field(default_factory=list)

    def add(self, entry: _Entry) -> None:
        first = entry.pieces[0]
        if first.open_start and first.open_end:
            self.pieces.append(entry)
            return
        by_text = self.endings if first.open_start else self.stems if first.open_end else self.exact
        by_text.setdefault(first.text, []).append(entry)

    def starting_with(self, word: str, languages: frozenset[str]) -> tuple[_Entry, ...]:
        """The entries of these languages whose first word this can be."""
        return tuple(entry for entry in self._fitting(word) if entry.language in languages)

    def _fitting(self, word: str) -> list[_Entry]:
        found = list(self.exact.get(word, ()))
        name = word.rstrip(_DIGITS)
        if name != word:
            found += (entry for entry in self.exact.get(name, ()) if entry.pieces[0].numbered)
        for length in range(_SHORTEST_STEM, len(word) + 1):
            found += self.stems.get(word[:length], ())
        for start in range(1, len(word)):
            found += self.endings.get(word[start:], ())
        found += (entry for entry in self.pieces if entry.pieces[0].text in word)
        return found


@dataclass(frozen=True)
class Lexicon:
    """All lists of all languages."""

    lists: frozenset[str]
    _starting_with: Callable[[str, frozenset[str]], tuple[_Entry, ...]] = field(repr=False)
    _markers: dict[str, tuple[str, ...]] = field(repr=False)  # small word: its languages

    def hits(self, words: Sequence[Word]) -> Iterator[Hit]:
        """Every entry that stands in the text, in the languages the text is written in."""
        spoken = self.languages(words)
        following = [*(word.folded for word in words[1:]), ""]
        for index, (word, after) in enumerate(zip(words, following, strict=False)):
            if word.part is Part.GREETING:
                continue
            for entry in self._starting_with(word.folded, spoken[word.cyrillic]):
                if after.startswith(entry.second):
                    phrase = len(entry.pieces) > 1
                    last = _end_of(entry.pieces, words, index) if phrase else index
                    if last is not None:
                        yield Hit(entry.list, entry.language, index, last)

    def languages(self, words: Sequence[Word]) -> dict[bool, frozenset[str]]:
        """The languages to read Cyrillic words (True) and Latin words (False) in.

        Cyrillic is read as Russian and Kazakh, which mix freely. Latin words are read in each
        language whose small words occur often enough, in all when none do.
        """
        said: dict[str, float] = {}
        for word in words:
            sharing = () if word.cyrillic else self._markers.get(word.folded, ())
            for language in sharing:
                # A small word of three languages speaks a third as loudly for each.
                said[language] = said.get(language, 0.0) + 1.0 / len(sharing)
        enough = _ENOUGH * max(said.values(), default=0.0)
        latin = {language for language, loudness in said.items() if loudness >= enough}
        latin = latin or set(LANGUAGES)
        return {
            True: _CYRILLIC_LANGUAGES | {NEUTRAL},
            False: frozenset(latin | {NEUTRAL}),
        }


def _end_of(pieces: tuple[_Piece, ...], words: Sequence[Word], first: int) -> int | None:
    """The index of the entry's last word when it stands at `first`, else None."""
    at = first
    for piece in pieces[1:]:
        reach = _GAP if piece.after_gap else 0
        for ahead in range(at + 1, min(at + 2 + reach, len(words))):
            if words[ahead].sentence != words[first].sentence:
                return None
            if piece.fits(words[ahead].folded):
                at = ahead
                break
        else:
            return None
    return at


@cache
def lexicon() -> Lexicon:
    """The packaged lists, read once."""
    index = _Index()
    markers: dict[str, tuple[str, ...]] = {}
    names: set[str] = set()
    for language in (*LANGUAGES, NEUTRAL):
        lists = dict(read_rules(language)["words"])
        for marker in entries(lists.pop("marker", "")):
            markers[marker] = (*markers.get(marker, ()), language)
        names.update(lists)
        for key, text in lists.items():
            for one in entries(text):
                index.add(_entry(key, language, one))
    # The words of tickets repeat: most are looked up once in a run.
    starting_with = lru_cache(maxsize=20_000)(index.starting_with)
    return Lexicon(frozenset(names), starting_with, markers)


def _parse(text: str) -> tuple[_Piece, ...]:
    pieces: list[_Piece] = []
    gap = False
    for word in text.split():
        if word == "..":
            gap = True
            continue
        start, end, numbered = word.startswith("*"), word.endswith("*"), word.endswith("#")
        pieces.append(_Piece(word.strip("*#"), start, end, numbered, gap))
        gap = False
    return tuple(pieces)
