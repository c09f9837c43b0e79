"""Weigh all evidence on how far a problem reaches (`design.md`, Classification).

A provider's choice decides. A customer's is a claim: it decides where the contract says so, and
else waits for triage while the other evidence speaks. The rest is added up as log odds, each kind
with its own weight, heaviest first: a tracker or category set by a person, the host or service an
alert names, a burst of alike tickets, the words of the ticket.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import TypeVar

from redmine_sla.contract.words import ProblemClass
from redmine_sla.sla.classification.policy import ClassificationPolicy
from redmine_sla.sla.classification.reading import TextReading, read_text
from redmine_sla.sla.classification.values import (
    Choice,
    Classification,
    Evidence,
    EvidenceSource,
    TicketFacts,
)
from redmine_sla.ticket import Party

Value = TypeVar("Value", bound=str)

DECIDES = 100.0
"""The weight written beside a choice that decides: no sum of other evidence reaches it."""

WEIGHTS = {
    EvidenceSource.TRACKER: 4.5,
    EvidenceSource.CATEGORY: 4.0,
    EvidenceSource.SERVICE: 3.5,
    EvidenceSource.BURST: 3.0,
}
_TEXT_FLOOR = 0.05  # however sure the words sound, they leave each class this much


def classify(facts: TicketFacts, policy: ClassificationPolicy) -> Classification:
    """The class of a ticket under a contract's policy, with its evidence."""
    reading = read_text(facts.subject, facts.description) if policy.text_rules else None
    evidence = [*_set_by_people(facts, policy), *_observed(facts, policy)]
    everything = (*evidence, *(reading.evidence if reading else ()))
    provider = standing_choice(facts.class_choices, Party.PROVIDER)
    if provider is not None:
        chosen = _chosen(EvidenceSource.PROVIDER, provider, "chosen by the provider")
        return Classification(provider, 1.0, (chosen, *everything), False, None, None)
    claim = standing_choice(facts.class_choices, Party.CUSTOMER)
    if claim is not None and policy.customer_choice_counts:
        chosen = _chosen(EvidenceSource.CUSTOMER, claim, "chosen by the customer, as agreed")
        return Classification(claim, 1.0, (chosen, *everything), False, None, None)
    probability = _weighed(evidence, reading)
    best = max(ProblemClass, key=lambda one: probability[one])
    known = bool(evidence) or (reading is not None and reading.says_something)
    sure = known and probability[best] >= policy.threshold
    return Classification(
        best if sure else policy.default_class,
        probability[best] if known else 0.0,
        everything,
        needs_triage=not sure or claim is not None,
        suggestion=best if known else None,
        claim=claim,
    )


def standing_choice(choices: Iterable[Choice[Value]], party: Party) -> Value | None:
    """What a party last chose; `None` if it never did, or took the choice back."""
    own = [choice for choice in choices if choice.party is party and choice.is_a_persons]
    return own[-1].value if own else None


def named(mapping: Mapping[str, Value], choice: Choice[str] | None) -> Value | None:
    """What a tracker, category or priority stands for, if a person set it and the contract says."""
    if choice is None or not choice.is_a_persons or choice.value is None:
        return None
    wanted = choice.value.casefold()
    return next((value for name, value in mapping.items() if name.casefold() == wanted), None)


def monitored(mapping: Mapping[str, Value], names: Iterable[str]) -> tuple[str, Value] | None:
    """The first of an alert's host and service names the contract knows, and what it stands for."""
    for name in names:
        for pattern, value in mapping.items():
            if fnmatchcase(name.casefold(), pattern.casefold()):
                return name, value
    return None


def _chosen(source: EvidenceSource, value: ProblemClass, why: str) -> Evidence[ProblemClass]:
    return Evidence(source, value, DECIDES, why)


def _set_by_people(
    facts: TicketFacts, policy: ClassificationPolicy
) -> Iterable[Evidence[ProblemClass]]:
    for source, mapping, choice in (
        (EvidenceSource.TRACKER, policy.tracker_classes, facts.tracker),
        (EvidenceSource.CATEGORY, policy.category_classes, facts.category),
    ):
        value = named(mapping, choice)
        if value is not None and choice is not None:
            why = f"{source} {choice.value} set by the {choice.party.replace('_', ' ')}"
            yield Evidence(source, value, WEIGHTS[source], why)


def _observed(facts: TicketFacts, policy: ClassificationPolicy) -> Iterable[Evidence[ProblemClass]]:
    alert = monitored(policy.service_classes, facts.monitoring)
    if alert is not None:
        name, value = alert
        why = f"monitoring names {name}"
        yield Evidence(EvidenceSource.SERVICE, value, WEIGHTS[EvidenceSource.SERVICE], why)
    if facts.alike_reporters >= policy.burst_reporters:
        why = f"{facts.alike_reporters} people reported alike within {policy.burst_window}"
        weight = WEIGHTS[EvidenceSource.BURST]
        yield Evidence(EvidenceSource.BURST, policy.burst_class, weight, why)


def _weighed(
    evidence: Iterable[Evidence[ProblemClass]], reading: TextReading | None
) -> dict[ProblemClass, float]:
    """The probability of each class after all evidence that can be weighed."""
    odds = dict.fromkeys(ProblemClass, 0.0)
    if reading is not None:
        for one in ProblemClass:
            odds[one] = math.log(max(_TEXT_FLOOR, reading.reach.probability[one]))
    for piece in evidence:
        odds[piece.value] += piece.weight
    top = max(odds.values())
    powers = {one: math.exp(value - top) for one, value in odds.items()}
    whole = sum(powers.values())
    return {one: power / whole for one, power in powers.items()}
