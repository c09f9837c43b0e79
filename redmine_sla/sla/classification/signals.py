"""Signals: what the words of a ticket say together, by the grammar of `rules/signals.toml`.

A signal is a small fact about the ticket ("colleagues can work", "nobody in the accounting
department", "six packing stations stand"). Its patterns name word lists:

    peer & fine & !area      one word of each list near each other in a sentence, none of `area`
    every area               a word of `area` at most two words after one of `every`
    whole|every company      either list

`count = "area"` asks for `at_least` so many different words of a list in one sentence; `all`/`none` build a
signal from other signals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from redmine_sla.sla.classification.lexicon import Hit, Lexicon, lexicon, read_rules
from redmine_sla.sla.classification.passages import Part, passages
from redmine_sla.sla.classification.words import Word, words_of

_ADJACENT = 3  # places from the end of one word list to the start of the next
_NEAR = 9  # places between words that speak of one another
_NUMBERS = (("few_n", 2, 3), ("some_n", 4, 39), ("many_n", 40, 9_999))
_TURN = 5  # a "but" between two words is worth this distance


@dataclass(frozen=True, slots=True)
class Found:
    """A signal found: how strongly (1 is the customer's plain words), and in which words."""

    signal: str
    strength: float
    words: str


@dataclass(frozen=True, slots=True)
class _Span:
    list: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Term:
    sequence: tuple[frozenset[str], ...]
    absent: bool


@dataclass(frozen=True, slots=True)
class _Signal:
    name: str
    means: str
    patterns: tuple[tuple[_Term, ...], ...]
    count: frozenset[str]
    at_least: int
    every_of: tuple[str, ...]
    none_of: tuple[str, ...]
    quoted: bool


@dataclass(frozen=True)
class Grammar:
    """The signals and how much each part of a ticket may say."""

    signals: tuple[_Signal, ...]
    strength: Mapping[Part, float]
    turned: float
    negations: Mapping[str, str]


class _Text:
    """The words of one ticket and the lists found in them."""

    def __init__(self, words: Sequence[Word], hits: Iterable[Hit], grammar: Grammar) -> None:
        self.words = words
        self.grammar = grammar
        self.spans: dict[str, list[_Span]] = {}
        hits = list(hits)
        self.turns = sorted(hit.first for hit in hits if hit.list == "turn")
        nots = {hit.last for hit in hits if hit.list == "not"}
        for hit in hits:
            name = hit.list
            if name in grammar.negations and self._negated(hit.first, nots):
                name = grammar.negations[name]
            if name:
                self.spans.setdefault(name, []).append(_Span(name, hit.first, hit.last))
        self._numbers()

    def _negated(self, at: int, nots: set[int]) -> bool:
        sentence = self.words[at].sentence
        return any(
            at - back in nots and self.words[at - back].sentence == sentence
            for back in (1, 2)
            if at - back >= 0 and self.words[at].place - self.words[at - back].place <= back
        )

    def _numbers(self) -> None:
        for index, word in enumerate(self.words):
            if word.folded.isdecimal() and len(word.folded) <= 4:
                number = int(word.folded)
                for name, low, high in _NUMBERS:
                    if low <= number <= high:
                        self.spans.setdefault(name, []).append(_Span(name, index, index))

    def distance(self, a: _Span, b: _Span) -> int:
        """Places between two spans; far away when a sentence ends between them."""
        if a.first > b.first:
            a, b = b, a
        if self.words[a.first].sentence != self.words[b.first].sentence:
            return 1_000
        gap = max(0, self.words[b.first].place - self.words[a.last].place)
        return gap + _TURN * any(a.last < turn < b.first for turn in self.turns)

    def find(self, lists: Iterable[str]) -> list[_Span]:
        return [span for name in lists for span in self.spans.get(name, ())]

    def sequences(self, term: _Term) -> list[_Span]:
        """Where the lists of a term follow each other closely (or share a word)."""
        spans = self.find(term.sequence[0])
        for lists in term.sequence[1:]:
            nexts = self.find(lists)
            spans = [
                _Span(span.list, span.first, max(span.last, following.last))
                for span in spans
                for following in nexts
                if (following.first > span.last or following.first == span.first)
                and self.distance(span, following) <= _ADJACENT
            ]
        return spans

    def match(self, pattern: tuple[_Term, ...]) -> list[tuple[_Span, ...]]:
        present = [term for term in pattern if not term.absent]
        absent = [term for term in pattern if term.absent]
        groups: list[tuple[_Span, ...]] = [(span,) for span in self.sequences(present[0])]
        for term in present[1:]:
            spans = self.sequences(term)
            joined: list[tuple[_Span, ...]] = []
            for group in groups:
                closest = min(spans, key=lambda s: self.distance(group[0], s), default=None)
                if closest is not None and self.distance(group[0], closest) <= _NEAR:
                    joined.append((*group, closest))
            groups = joined
        banned = [span for term in absent for span in self.sequences(term)]
        return [
            group
            for group in groups
            if not any(self.distance(span, bad) <= _NEAR for bad in banned for span in group)
        ]

    def strength(self, group: tuple[_Span, ...]) -> float:
        """The weight of the weakest part involved; words after a "but" weigh more."""
        firsts = [span.first for span in group]
        weakest = min(self.grammar.strength[self.words[at].part] for at in firsts)
        sentence = self.words[firsts[0]].sentence
        turned = any(
            turn <= max(firsts) and self.words[turn].sentence == sentence for turn in self.turns
        )
        return weakest * (self.grammar.turned if turned else 1.0)

    def shown(self, group: tuple[_Span, ...]) -> str:
        return " … ".join(
            " ".join(word.shown for word in self.words[span.first : span.last + 1])
            for span in sorted(group, key=lambda span: span.first)
        )


def find_signals(subject: str, body: str) -> dict[str, Found]:
    """The signals of a ticket by name, each at its strongest."""
    grammar, lists = signal_grammar(), lexicon()
    words = words_of(passages(subject, body))
    text = _Text(words, lists.hits(words), grammar)
    found: dict[str, Found] = {}
    for signal in grammar.signals:
        best = _evaluate(signal, text, found)
        if best is not None and best.strength > 0:
            found[signal.name] = best
    return found


def _evaluate(signal: _Signal, text: _Text, found: Mapping[str, Found]) -> Found | None:
    if signal.every_of or signal.none_of:
        if all(name in found for name in signal.every_of) and not any(
            name in found for name in signal.none_of
        ):
            parts = [found[name] for name in signal.every_of]
            words = "; ".join(part.words for part in parts)
            return Found(signal.name, min((p.strength for p in parts), default=1.0), words)
        return None
    if signal.count:
        return _several(signal, text)
    groups = [group for pattern in signal.patterns for group in text.match(pattern)]
    if not groups:
        return None
    best = max(groups, key=text.strength)
    strength = max(1.0, text.strength(best)) if signal.quoted else text.strength(best)
    return Found(signal.name, strength, text.shown(best))


def _several(signal: _Signal, text: _Text) -> Found | None:
    """Several different words of some lists in one sentence, such as four departments."""
    by_sentence: dict[int, dict[str, _Span]] = {}
    for span in text.find(signal.count):
        word = text.words[span.first]
        by_sentence.setdefault(word.sentence, {}).setdefault(word.folded[:4], span)
    best: Found | None = None
    for distinct in by_sentence.values():
        if len(distinct) >= signal.at_least:
            group = tuple(distinct.values())
            strength = text.strength(group)
            if best is None or strength > best.strength:
                best = Found(signal.name, strength, text.shown(group))
    return best


@cache
def signal_grammar() -> Grammar:
    """The packaged grammar, read once. Raises ValueError when it names an unknown list."""
    rules = read_rules("signals")
    known = lexicon()
    signals = tuple(_parse_signal(name, body, known) for name, body in rules["signal"].items())
    parts = rules["parts"]
    return Grammar(
        signals,
        {part: float(parts[part.value]) for part in Part},
        float(parts["turned"]),
        {name: str(other) for name, other in rules["negated"].items()},
    )


def _parse_signal(name: str, body: Mapping[str, object], known: Lexicon) -> _Signal:
    patterns = tuple(_parse_pattern(text, known) for text in body.get("any", ()))
    return _Signal(
        name,
        str(body["means"]),
        patterns,
        frozenset(str(body.get("count", "")).split("|")) - {""},
        int(body.get("at_least", 0)),
        tuple(body.get("all", ())),
        tuple(body.get("none", ())),
        bool(body.get("quoted", False)),
    )


def _parse_pattern(text: str, known: Lexicon) -> tuple[_Term, ...]:
    terms = []
    for part in text.split("&"):
        term = part.strip()
        absent = term.startswith("!")
        sequence = tuple(frozenset(item.split("|")) for item in term.removeprefix("!").split())
        terms.append(_Term(sequence, absent))
    return tuple(terms)
