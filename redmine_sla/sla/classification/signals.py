"""Signals: small facts a ticket's words tell.

"Colleagues can work", "nobody in the accounting department", "six packing stations stand": what a
signal is made of stands in `rules/signals.toml` (see `grammar`), what it weighs in
`rules/weights.toml` (see `scoring`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from redmine_sla.sla.classification.grammar import Signal, signal_grammar
from redmine_sla.sla.classification.lexicon import lexicon
from redmine_sla.sla.classification.matching import MarkedText, Span
from redmine_sla.sla.classification.passages import passages
from redmine_sla.sla.classification.words import words_of


@dataclass(frozen=True, slots=True)
class Found:
    """A signal found: how strongly (1 is the customer's plain words), and in which words."""

    signal: str
    strength: float
    words: str


def find_signals(subject: str, body: str) -> dict[str, Found]:
    """The signals of a ticket by name, each at its strongest."""
    grammar, lists = signal_grammar(), lexicon()
    words = words_of(passages(subject, body))
    text = MarkedText(words, list(lists.hits(words)), grammar)
    found: dict[str, Found] = {}
    for signal in grammar.possible(text.lists):
        best = _evaluate(signal, text, found)
        if best is not None and best.strength > 0:
            found[signal.name] = best
    return found


def _evaluate(signal: Signal, text: MarkedText, found: Mapping[str, Found]) -> Found | None:
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
    strengths = [text.strength(group) for group in groups]
    strength = max(strengths)
    words = text.shown(groups[strengths.index(strength)])
    return Found(signal.name, max(1.0, strength) if signal.quoted else strength, words)


def _several(signal: Signal, text: MarkedText) -> Found | None:
    """Several different words of some lists in one sentence, such as four departments."""
    by_sentence: dict[int, dict[str, Span]] = {}
    for span in text.spans((signal.count,)):
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
