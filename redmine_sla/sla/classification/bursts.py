"""Find bursts: several people reporting the same thing within a short time.

Two reports are alike when their significant words overlap enough (Jaccard). Only reports of
neighbouring time slots are compared, and of those only the ones that share a rare word: sets so
alike must agree in one of their rarest words (prefix filtering), so a hundred thousand tickets
take seconds, not a day.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from redmine_sla.sla.classification.passages import Part, passages
from redmine_sla.sla.classification.words import words_of

_SHORTEST, _STEM, _MOST_WORDS = 4, 6, 30
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OWN = frozenset({Part.SUBJECT, Part.BODY, Part.PASTED})


@dataclass(frozen=True, slots=True)
class AlikeReport:
    """A ticket as far as bursts go. `at` must be aware."""

    ticket: int
    reporter: str
    at: datetime
    text: str


@dataclass(slots=True)
class _Slot:
    """All reports of one time slot with the same words: by reporter, first and last time."""

    words: frozenset[str]
    span_of: dict[str, tuple[datetime, datetime]]


def significant_words(text: str) -> frozenset[str]:
    """The first stems of a text that carry meaning: folded, four letters or more."""
    stems: dict[str, None] = {}
    for word in words_of(passages("", text)):
        if word.part in _OWN and len(word.folded) >= _SHORTEST and not word.folded.isdigit():
            stems[word.folded[:_STEM]] = None
            if len(stems) == _MOST_WORDS:
                break
    return frozenset(stems)


def count_alike(
    reports: Iterable[AlikeReport], *, window: timedelta, similarity: float = 0.3
) -> Mapping[int, int]:
    """For each ticket the number of distinct reporters of alike tickets around it, its own included.

    "Around" is at most `window` (positive) before or after. A ticket without significant words is
    like no other. Raises ValueError for a naive time.
    """
    reports = list(reports)
    words = [significant_words(report.text) for report in reports]
    frequency = Counter(word for one in words for word in one)
    slots: dict[int, dict[frozenset[str], _Slot]] = defaultdict(dict)
    for report, own in zip(reports, words, strict=True):
        if report.at.tzinfo is None:
            raise ValueError(f"ticket {report.ticket}: {report.at} has no time zone")
        by_words = slots[_slot_number(report.at, window)]
        slot = by_words.setdefault(own, _Slot(own, {}))
        first, last = slot.span_of.get(report.reporter, (report.at, report.at))
        slot.span_of[report.reporter] = (min(first, report.at), max(last, report.at))
    alike = _alike_slots(slots, frequency, similarity)
    return {
        report.ticket: _reporters(report, window, alike[_slot_number(report.at, window), own])
        for report, own in zip(reports, words, strict=True)
    }


def _slot_number(at: datetime, window: timedelta) -> int:
    return (at - _EPOCH) // window


def _alike_slots(
    slots: Mapping[int, Mapping[frozenset[str], _Slot]],
    frequency: Counter[str],
    similarity: float,
) -> dict[tuple[int, frozenset[str]], list[_Slot]]:
    """For each slot the slots of its own and the neighbouring times with alike words."""

    def rarest(words: frozenset[str]) -> list[str]:
        rare_first = sorted(words, key=lambda word: (frequency[word], word))
        return rare_first[: len(words) - math.ceil(similarity * len(words)) + 1]

    index: dict[tuple[int, str], list[_Slot]] = defaultdict(list)
    for number, by_words in slots.items():
        for slot in by_words.values():
            for word in rarest(slot.words):
                index[number, word].append(slot)
    alike: dict[tuple[int, frozenset[str]], list[_Slot]] = {}
    for number, by_words in slots.items():
        for words, own in by_words.items():
            candidates = {
                id(slot): slot
                for word in rarest(words)
                for near in (number - 1, number, number + 1)
                for slot in index.get((near, word), ())
            }
            close = [s for s in candidates.values() if _jaccard(words, s.words) >= similarity]
            alike[number, words] = close or [own]
    return alike


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    both = len(a & b)
    return both / (len(a) + len(b) - both) if both else 0.0


def _reporters(report: AlikeReport, window: timedelta, slots: Iterable[_Slot]) -> int:
    since, until = report.at - window, report.at + window
    return len(
        {
            reporter
            for slot in slots
            for reporter, (first, last) in slot.span_of.items()
            if (since <= first <= until) or (since <= last <= until)
        }
        | {report.reporter}
    )
