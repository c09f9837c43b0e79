"""Find where patterns of the grammar hold in a ticket's words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from redmine_sla.sla.classification.grammar import NUMBERS, Grammar, Term
from redmine_sla.sla.classification.lexicon import Hit
from redmine_sla.sla.classification.words import Word

_ADJACENT = 3  # places from the end of one word list to the start of the next
_NEAR = 9  # places between words that speak of one another
_TURN = 5  # a "but" between two words is worth this distance
_FAR = 1_000
_LONGEST_PHRASE = 24  # words an entry may span, gaps included


class Span(NamedTuple):
    """From word to word."""

    first: int
    last: int


class MarkedText:
    """The words of one ticket and the lists found in them.

    All look-ups go by position, so that the work grows with the length of the text alone.
    """

    def __init__(self, words: Sequence[Word], hits: Sequence[Hit], grammar: Grammar) -> None:
        self.words = words
        self.grammar = grammar
        self._turns = sorted({hit.first for hit in hits if hit.list == "turn"})
        self._first_turn: dict[int, int] = {}
        for turn in self._turns:
            self._first_turn.setdefault(words[turn].sentence, turn)
        spans: dict[str, set[Span]] = {}
        nots = {hit.last for hit in hits if hit.list == "not"}
        for hit in hits:
            name = hit.list
            if name in grammar.negations and self._negated(hit.first, nots):
                name = grammar.negations[name]
            if name:
                spans.setdefault(name, set()).add(Span(hit.first, hit.last))
        for name, index in self._numbers():
            spans.setdefault(name, set()).add(Span(index, index))
        self._spans = {name: sorted(found) for name, found in spans.items()}
        self._found: dict[tuple[frozenset[str], ...], list[Span]] = {}

    @property
    def lists(self) -> Collection[str]:
        """The names of the lists found."""
        return self._spans.keys()

    def _negated(self, at: int, nots: set[int]) -> bool:
        word = self.words[at]
        before = (index for index in (at - 1, at - 2) if index in nots)
        return any(
            self.words[index].sentence == word.sentence
            and word.place - self.words[index].place <= at - index
            for index in before
        )

    def _numbers(self) -> Iterator[tuple[str, int]]:
        for index, word in enumerate(self.words):
            if word.folded.isdecimal() and len(word.folded) <= 4:
                number = int(word.folded)
                for name, low, high in NUMBERS:
                    if low <= number <= high:
                        yield name, index

    def spans(self, sequence: tuple[frozenset[str], ...]) -> list[Span]:
        """Where lists follow each other closely (or share a word), in order."""
        known = self._found.get(sequence)
        if known is None:
            lasts = self._either(sequence[-1])
            before = sequence[:-1]
            known = self._joined(self.spans(before), lasts) if before and lasts else lasts
            self._found[sequence] = known
        return known

    def _either(self, lists: frozenset[str]) -> list[Span]:
        found = [self._spans[name] for name in lists if name in self._spans]
        return found[0] if len(found) == 1 else sorted(set().union(*found))

    def _joined(self, spans: list[Span], lasts: list[Span]) -> list[Span]:
        return sorted(
            {
                Span(span.first, max(span.last, following.last))
                for span in spans
                for following in self.around(span, lasts, _ADJACENT)
                if following.first > span.last or following.first == span.first
            }
        )

    def around(self, span: Span, others: list[Span], reach: int) -> Iterator[Span]:
        """Those of `others` (in order) within `reach` places of a span."""
        start = bisect_left(others, Span(span.first - reach - _LONGEST_PHRASE, 0))
        for index in range(start, len(others)):
            other = others[index]
            if other.first > span.last + reach:
                return
            if self.distance(span, other) <= reach:
                yield other

    def distance(self, a: Span, b: Span) -> int:
        """Places between two spans; far away when a sentence ends between them."""
        if a.first > b.first:
            a, b = b, a
        if self.words[a.first].sentence != self.words[b.first].sentence:
            return _FAR
        gap = max(0, self.words[b.first].place - self.words[a.last].place)
        turn = bisect_right(self._turns, a.last)
        turned = turn < len(self._turns) and self._turns[turn] < b.first
        return gap + _TURN * turned

    def match(self, pattern: tuple[Term, ...]) -> list[tuple[Span, ...]]:
        """Each place where a pattern holds, as the spans that make it."""
        present: list[list[Span]] = []
        for term in pattern:
            if not term.absent:
                present.append(self.spans(term.sequence))
                if not present[-1]:
                    return []
        absent = [self.spans(term.sequence) for term in pattern if term.absent]
        groups: list[tuple[Span, ...]] = [(span,) for span in present[0]]
        for spans in present[1:]:
            groups = [
                (*group, closest)
                for group in groups
                if (closest := self._closest(group[0], spans)) is not None
            ]
        return [
            group
            for group in groups
            if not any(
                next(self.around(span, bad, _NEAR), None) for bad in absent for span in group
            )
        ]

    def _closest(self, span: Span, spans: list[Span]) -> Span | None:
        near = self.around(span, spans, _NEAR)
        return min(near, key=lambda other: self.distance(span, other), default=None)

    def strength(self, group: tuple[Span, ...]) -> float:
        """The weight of the weakest part involved; words after a "but" weigh more."""
        parts = (self.words[span.first].part for span in group)
        weakest = min(self.grammar.strength[part] for part in parts)
        turn = self._first_turn.get(self.words[group[0].first].sentence)
        turned = turn is not None and turn <= max(span.first for span in group)
        return weakest * (self.grammar.turned if turned else 1.0)

    def shown(self, group: tuple[Span, ...]) -> str:
        """The words of a group as they stand in the ticket."""
        return " … ".join(
            " ".join(word.shown for word in self.words[span.first : span.last + 1])
            for span in sorted(group)
        )
