"""The word lists of `rules/*.toml`, indexed so that a word finds its lists in one look-up.

A list ("colleague", "whole company", "stands still") is filled by each language's file. An entry is
a word, a stem (`account*`), an ending (`*мын`), a piece (`*rendszer*`), a name with or without a
number (`dc#`) or a phrase of those; `..` in a phrase lets up to three words stand between.
Matching walks words, never a regular expression, so no text can make it slow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from redmine_sla.sla.classification.passages import Part
from redmine_sla.sla.classification.ruleset import LANGUAGES, NEUTRAL, entries, read_rules
from redmine_sla.sla.classification.words import Word

_CYRILLIC_LANGUAGES = frozenset({"ru", "kk"})
_SHORTEST_STEM = 2
_GAP = 3
_DIGITS = "0123456789"
_ENOUGH = 0.15  # share of the leading language's marker words that makes a second language spoken


@dataclass(frozen=True, slots=True)
class Hit:
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
    list: str
    language: str
    pieces: tuple[_Piece, ...]


@dataclass(frozen=True)
class Lexicon:
    """All lists of all languages."""

    lists: frozenset[str]
    _exact: dict[str, list[_Entry]] = field(repr=False)
    _stems: dict[str, list[_Entry]] = field(repr=False)
    _pieces: list[_Entry] = field(repr=False)
    _markers: dict[str, tuple[str, ...]] = field(repr=False)  # small word: its languages

    def hits(self, words: Sequence[Word]) -> Iterator[Hit]:
        """Every entry that stands in the text, in the languages the text is written in."""
        spoken = self.languages(words)
        known: dict[str, list[_Entry]] = {}
        for index, word in enumerate(words):
            if word.part is Part.GREETING:
                continue
            entries = known.get(word.folded)
            if entries is None:
                entries = known[word.folded] = self._starting_with(word.folded)
            languages = spoken[word.cyrillic]
            for entry in entries:
                if entry.language in languages:
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

    def _starting_with(self, word: str) -> list[_Entry]:
        found = list(self._exact.get(word, ()))
        name = word.rstrip(_DIGITS)
        if name != word:
            found += (entry for entry in self._exact.get(name, ()) if entry.pieces[0].numbered)
        for length in range(_SHORTEST_STEM, len(word) + 1):
            found += self._stems.get(word[:length], ())
        found += (entry for entry in self._pieces if entry.pieces[0].fits(word))
        return found


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
    exact: dict[str, list[_Entry]] = {}
    stems: dict[str, list[_Entry]] = {}
    pieces: list[_Entry] = []
    markers: dict[str, tuple[str, ...]] = {}
    names: set[str] = set()
    for language in (*LANGUAGES, NEUTRAL):
        lists = dict(read_rules(language)["words"])
        for marker in entries(lists.pop("marker", "")):
            markers[marker] = (*markers.get(marker, ()), language)
        names.update(lists)
        for key, text in lists.items():
            for entry in (_Entry(key, language, _parse(one)) for one in entries(text)):
                first = entry.pieces[0]
                if first.open_start:
                    pieces.append(entry)
                elif first.open_end:
                    stems.setdefault(first.text, []).append(entry)
                else:
                    exact.setdefault(first.text, []).append(entry)
    return Lexicon(frozenset(names), exact, stems, pieces, markers)


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
