"""Find bursts: several people reporting the same thing within a short time.

Two reports are alike when their significant words overlap enough (Jaccard). Only reports of
neighbouring time slots are compared, and of those only the ones that share a rare word: sets so
alike must agree in one of their rarest words (prefix filtering), so a hundred thousand tickets
take seconds, not a day.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from redmine_sla.errors import SlaError
from redmine_sla.sla.classification.folding import fold

_WORD = re.compile(r"[^\W\d_]\w{3,}")
_STEM, _MOST_WORDS, _MOST_LETTERS = 6, 30, 2_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class AlikeReport:
    """A ticket as far as bursts go. `at` must be aware."""

    ticket: int
    reporter: str
    at: datetime
    text: str


class NaiveReportError(SlaError):
    """A report's time has no zone."""

    def __init__(self, report: AlikeReport) -> None:
        super().__init__(
            f"Ticket {report.ticket}: the time {report.at} has no time zone.",
            hint="Give aware datetimes, UTC inside.",
        )


@dataclass(slots=True)
class _Slot:
    """All reports of one time slot with the same words: by reporter, first and last time."""

    words: frozenset[str]
    span_of: dict[str, tuple[datetime, datetime]]


def significant_words(text: str) -> frozenset[str]:
    """The first stems of a text that carry meaning: folded, four letters or more."""
    stems: dict[str, None] = {}
    for match in _WORD.finditer(fold(text[:_MOST_LETTERS])):
        stems[match.group()[:_STEM]] = None
        if len(stems) == _MOST_WORDS:
            break
    return frozenset(stems)


def count_alike(
    reports: Iterable[AlikeReport],
    *,
    window: timedelta,
    similarity: float = 0.3,
    enough: int = 20,
) -> Mapping[int, int]:
    """For each ticket the number of distinct reporters of alike tickets, its own among them.

    Those at most `window` (positive) before or after it count, and counting stops at `enough`, so
    that a storm of tickets costs no more than a quiet day. A ticket without significant words is
    like no other. Raises NaiveReportError for a time without zone.
    """
    reports = list(reports)
    for report in reports:
        if report.at.tzinfo is None:
            raise NaiveReportError(report)
    words = [significant_words(report.text) for report in reports]
    index = _Index(zip(reports, words, strict=True), window, similarity)
    return {
        report.ticket: index.reporters(report, own, enough)
        for report, own in zip(reports, words, strict=True)
    }


class _Index:
    """Slots by time and rare word."""

    def __init__(
        self,
        reports: Iterable[tuple[AlikeReport, frozenset[str]]],
        window: timedelta,
        similarity: float,
    ) -> None:
        self.window = window
        self.similarity = similarity
        by_key: dict[tuple[int, frozenset[str]], _Slot] = {}
        for report, words in reports:
            slot = by_key.setdefault((self._number(report.at), words), _Slot(words, {}))
            first, last = slot.span_of.get(report.reporter, (report.at, report.at))
            slot.span_of[report.reporter] = (min(first, report.at), max(last, report.at))
        self.frequency = Counter(word for _, words in by_key for word in words)
        self.by_word: dict[tuple[int, str], list[_Slot]] = defaultdict(list)
        for (number, words), slot in by_key.items():
            for word in self._rarest(words):
                self.by_word[number, word].append(slot)

    def reporters(self, report: AlikeReport, words: frozenset[str], enough: int) -> int:
        """Distinct reporters of alike reports around one, itself included, up to `enough`."""
        since, until = report.at - self.window, report.at + self.window
        found = {report.reporter}
        for slot in self._alike(self._number(report.at), words):
            for reporter, (first, last) in slot.span_of.items():
                if since <= first <= until or since <= last <= until:
                    found.add(reporter)
                    if len(found) >= enough:
                        return enough
        return len(found)

    def _alike(self, number: int, words: frozenset[str]) -> Iterator[_Slot]:
        seen: set[int] = set()
        for word in self._rarest(words):
            for near in (number, number - 1, number + 1):
                for slot in self.by_word.get((near, word), ()):
                    if id(slot) not in seen:
                        seen.add(id(slot))
                        if _jaccard(words, slot.words) >= self.similarity:
                            yield slot

    def _number(self, at: datetime) -> int:
        return (at - _EPOCH) // self.window

    def _rarest(self, words: frozenset[str]) -> list[str]:
        """The words of which alike sets must share one."""
        rare_first = sorted(words, key=lambda word: (self.frequency[word], word))
        return rare_first[: len(words) - math.ceil(self.similarity * len(words)) + 1]


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    both = len(a & b)
    return both / (len(a) + len(b) - both)
