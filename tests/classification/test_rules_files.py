"""The rules are data that people keep: what is written there must fit together."""

from __future__ import annotations

import pytest

from redmine_sla.sla.classification.folding import fold
from redmine_sla.sla.classification.grammar import NUMBERS, signal_grammar
from redmine_sla.sla.classification.lexicon import lexicon
from redmine_sla.sla.classification.ruleset import LANGUAGES, entries, read_rules
from redmine_sla.sla.classification.scoring import BASE, scale
from tests.classification.labelled import QUESTIONS

SPOKEN = sorted({key for language in LANGUAGES for key in read_rules(language)["words"]})
NUMBER_LISTS = {name for name, _, _ in NUMBERS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fills_every_list(language: str) -> None:
    assert sorted(read_rules(language)["words"]) == SPOKEN


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_how_letters_begin_and_end(language: str) -> None:
    assert set(read_rules(language)["letter"]) == {"greeting", "closing", "sent_from", "forward"}


def test_every_list_says_what_it_is_for() -> None:
    assert set(read_rules("neutral")["meaning"]) == lexicon().lists | {"marker"}


def test_every_list_is_used_by_a_signal() -> None:
    grammar = signal_grammar()
    named = {name for s in grammar.signals for p in s.patterns for t in p for name in t.lists}
    named |= {name for s in grammar.signals for name in s.count} | {"turn", "not"}
    assert lexicon().lists - NUMBER_LISTS <= named


@pytest.mark.parametrize("question", QUESTIONS)
def test_weights_stand_for_signals_and_labels_that_exist(question: str) -> None:
    known = {signal.name for signal in signal_grammar().signals} | {BASE}
    weights = scale(question).weights
    assert weights.keys() <= known
    assert all(row.keys() <= set(scale(question).labels) for row in weights.values())


def test_no_stem_is_so_short_that_it_means_everything() -> None:
    short = {
        (language, key, entry)
        for language in LANGUAGES
        for key, text in read_rules(language)["words"].items()
        for entry in entries(text)
        if entry.endswith("*") and len(entry.split()[-1].strip("*")) < 2
    }
    assert short == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("не работает", "ne rabotaet"),
        ("Nefungujú", "nefunguju"),
        ("bejelentkezés", "BEJELENTKEZES"),
        ("баринде", "бәрінде"),
        ("łącze", "lacze"),
        ("doesn't", "doesnt"),
    ],
)
def test_folding_makes_spellings_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)
