"""Frozen words in their readers' language: how a promise stands, what is missing on a ticket."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from redmine_sla.availability import WhyUnmeasured
from redmine_sla.contract.promises.budgets import Rollover
from redmine_sla.contract.words import ProblemClass, Severity, Vat
from redmine_sla.duty import State
from redmine_sla.duty.outcome import Closing, Lack
from redmine_sla.duty.telling import closing_words, lack_words, state_title
from redmine_sla.language import Tongue, marked
from redmine_sla.quarter.availability_told import gap_words, verdict_words
from redmine_sla.report.promise import Awaited
from redmine_sla.report.words import awaited_words, outcome_words
from redmine_sla.sla.verdict import Motion, Verdict

_MOTIONS: Mapping[Motion, str] = MappingProxyType(
    {
        Motion.PENDING: marked("has not begun"),
        Motion.RUNNING: marked("runs"),
        Motion.PAUSED: marked("stands still"),
        Motion.STOPPED: marked("has ended"),
    }
)
_ROLLOVERS: Mapping[Rollover, str] = MappingProxyType(
    {
        Rollover.NONE: marked("Unused hours lapse at the end of the month."),
        Rollover.NEXT_MONTH: marked("Unused hours can be used in the following month."),
        Rollover.QUARTER: marked("Unused hours can be used until the end of the quarter."),
        Rollover.CONTRACT: marked("Unused hours can be used until the contract ends."),
    }
)


class ListedWords(NamedTuple):
    """The closed list that a key's values are from, and how one of them is said."""

    listed: type[StrEnum]
    say: Callable[[Any, Tongue], str]


LISTS: Mapping[str, ListedWords] = MappingProxyType(
    {
        "awaited": ListedWords(Awaited, awaited_words),
        "class": ListedWords(ProblemClass, lambda one, tongue: tongue.say(one)),
        "closing": ListedWords(Closing, closing_words),
        "lacking": ListedWords(Lack, lack_words),
        "motion": ListedWords(Motion, lambda one, tongue: tongue.say(_MOTIONS[one])),
        "rollover": ListedWords(Rollover, lambda one, tongue: tongue.say(_ROLLOVERS[one])),
        "severity": ListedWords(Severity, lambda one, tongue: tongue.say(one)),
        "standing": ListedWords(Verdict, verdict_words),
        "state": ListedWords(State, state_title),
        "vat": ListedWords(Vat, lambda one, tongue: tongue.say(one)),
        "verdict": ListedWords(Verdict, outcome_words),
        "why": ListedWords(WhyUnmeasured, gap_words),
    }
)
"""By key. What stands under other keys is said as it is: names, clauses, free text."""


def listed_words(key: str, value: str, tongue: Tongue) -> str:
    """What a word of a closed list means; empty for what is none, as names and free text."""
    words = LISTS.get(key)
    if words is None or value not in set(words.listed):
        return ""
    return words.say(words.listed(value), tongue)
