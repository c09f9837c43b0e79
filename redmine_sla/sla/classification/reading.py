"""Read a ticket's words: how far it reaches, what it is, what it asks for, whether work stands.

The text alone, in English, Hungarian, Polish, Slovak, Russian and Kazakh, mixed or not. What is
read is evidence among other evidence (see `classifier`), and each part of it can say which words
it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from redmine_sla.contract.words import ProblemClass
from redmine_sla.sla.classification.grammar import signal_grammar
from redmine_sla.sla.classification.scoring import Scored, scale
from redmine_sla.sla.classification.signals import Found, find_signals
from redmine_sla.sla.classification.values import Evidence, EvidenceSource, Special, TicketKind

_LIGHTEST = 0.1  # shares under this are noise to a reader
_STOPPED = "stopped"


@dataclass(frozen=True)
class TextReading:
    """What a ticket's words say, each answer with its probabilities."""

    signals: Mapping[str, Found]
    reach: Scored
    kinds: Scored
    specials: Scored
    standstill: Scored

    @property
    def says_something(self) -> bool:
        """Whether any words of the ticket speak about reach at all."""
        return bool(self.reach.shares)

    @property
    def problem_class(self) -> ProblemClass:
        return ProblemClass(self.reach.best)

    @property
    def confidence(self) -> float:
        return self.reach.probability[self.reach.best]

    @property
    def kind(self) -> TicketKind:
        return TicketKind(self.kinds.best)

    @property
    def special(self) -> Special:
        return Special(self.specials.best)

    @property
    def outage(self) -> bool:
        """Are those affected stopped, not merely hampered?"""
        return self.standstill.best == _STOPPED

    @cached_property
    def evidence(self) -> tuple[Evidence[ProblemClass], ...]:
        """The signals that speak for a class, heaviest first, with the words they rest on."""
        meanings = {signal.name: signal.means for signal in signal_grammar().signals}
        shares = [share for share in self.reach.shares if share.weight >= _LIGHTEST]
        return tuple(
            Evidence(
                EvidenceSource.TEXT,
                ProblemClass(share.label),
                round(share.weight, 2),
                f"{meanings[share.signal]} ({share.signal}): {share.words}",
            )
            for share in sorted(shares, key=lambda share: -share.weight)
        )


@lru_cache(maxsize=16)
def read_text(subject: str, description: str) -> TextReading:
    """Read a ticket. Any text will do: empty, hostile, huge (its middle is skipped).

    Remembers the last few, because class, severity, kind and hints of a ticket ask in turn.
    """
    found = find_signals(subject, description)
    return TextReading(
        found,
        scale("problem_class").score(found),
        scale("kind").score(found),
        scale("special").score(found),
        scale("outage").score(found),
    )
