"""The grammar of `rules/signals.toml`: how word lists make signals.

A pattern names word lists:

    peer & fine & !area      a word of each list near each other in a sentence, none of `area`
    every area               a word of `area` at most two words after one of `every`
    whole|every company      either list

`count = "area"` asks for `at_least` so many different words of a list in one sentence; `all` and
`none` build a signal from signals above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from redmine_sla.errors import SlaError
from redmine_sla.sla.classification.lexicon import lexicon
from redmine_sla.sla.classification.passages import Part
from redmine_sla.sla.classification.ruleset import read_rules

NUMBERS = (("few_n", 2, 3), ("some_n", 4, 39), ("many_n", 40, 9_999))
"""Lists the numbers of a ticket stand in, with their bounds."""


class RulesError(SlaError):
    """A rules file contradicts itself."""


@dataclass(frozen=True, slots=True)
class Term:
    """Lists in sequence, or (`absent`) a sequence that must not stand near."""

    sequence: tuple[frozenset[str], ...]
    absent: bool

    @property
    def lists(self) -> frozenset[str]:
        return frozenset().union(*self.sequence)


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal's definition."""

    name: str
    means: str
    patterns: tuple[tuple[Term, ...], ...]
    count: frozenset[str]
    at_least: int
    every_of: tuple[str, ...]
    none_of: tuple[str, ...]
    quoted: bool

    @property
    def openings(self) -> frozenset[str]:
        """The lists one of which the text must have, if this is to be found; none: any text."""
        first = (next(term for term in pattern if not term.absent) for pattern in self.patterns)
        return self.count.union(*(term.sequence[0] for term in first))


@dataclass(frozen=True)
class Grammar:
    """The signals and how much each part of a ticket may say."""

    signals: tuple[Signal, ...]
    strength: Mapping[Part, float]
    turned: float
    negations: Mapping[str, str]

    def possible(self, lists: Iterable[str]) -> list[Signal]:
        """The signals that can be in a text with words of these lists, in order."""
        opened = set().union(*(self._opened.get(name, ()) for name in ("", *lists)))
        return [signal for signal in self.signals if signal.name in opened]

    @cached_property
    def _opened(self) -> dict[str, set[str]]:
        """The names of signals by the lists that open them; under "" those that need none."""
        opened: dict[str, set[str]] = {}
        for signal in self.signals:
            for name in signal.openings or {""}:
                opened.setdefault(name, set()).add(signal.name)
        return opened


@cache
def signal_grammar() -> Grammar:
    """The packaged grammar, read once. Raises RulesError when it names what does not exist."""
    rules = read_rules("signals")
    signals: list[Signal] = []
    for name, body in rules["signal"].items():
        signal = _parse_signal(name, body)
        _check(signal, {known.name for known in signals})
        signals.append(signal)
    parts = rules["parts"]
    return Grammar(
        tuple(signals),
        {part: float(parts[part.value]) for part in Part},
        float(parts["turned"]),
        rules["negated"],
    )


def _parse_signal(name: str, body: Mapping[str, Any]) -> Signal:
    return Signal(
        name,
        body["means"],
        tuple(_parse_pattern(text) for text in body.get("any", ())),
        frozenset(body.get("count", "").split("|")) - {""},
        body.get("at_least", 0),
        tuple(body.get("all", ())),
        tuple(body.get("none", ())),
        body.get("quoted", False),
    )


def _parse_pattern(text: str) -> tuple[Term, ...]:
    terms: list[Term] = []
    for part in text.split("&"):
        term = part.strip()
        sequence = tuple(frozenset(item.split("|")) for item in term.removeprefix("!").split())
        terms.append(Term(sequence, term.startswith("!")))
    return tuple(terms)


def _check(signal: Signal, above: set[str]) -> None:
    lists = lexicon().lists | {name for name, _, _ in NUMBERS}
    named = {name for pattern in signal.patterns for term in pattern for name in term.lists}
    for name in sorted((named | signal.count) - lists):
        raise RulesError(
            f'signals.toml: signal {signal.name} names the word list "{name}": no file fills it.',
            hint="Correct the name, or add the list to a language file.",
        )
    for name in sorted({*signal.every_of, *signal.none_of} - above):
        raise RulesError(
            f'signals.toml: signal {signal.name} is made of "{name}": it does not stand above it.',
            hint="Correct the name, or move the signal below.",
        )
