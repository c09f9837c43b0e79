"""Add up signals: each speaks for or against a label with the weight `rules/weights.toml` gives it.

One linear sum a label, made into probabilities by a softmax. Nothing is hidden: the sum of a label
is its `base` and, for each signal found, weight times strength.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from redmine_sla.sla.classification.ruleset import read_rules
from redmine_sla.sla.classification.signals import Found

BASE = "base"


class Share(NamedTuple):
    """What one signal adds to one label, against the mean of all labels."""

    signal: str
    label: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Scored:
    """The probability of each label, most likely first, and the shares that made it."""

    probability: Mapping[str, float]
    shares: tuple[Share, ...]

    @property
    def best(self) -> str:
        return max(self.probability, key=lambda label: self.probability[label])


@dataclass(frozen=True)
class Scale:
    """The weights of one question ("how far does it reach?") by signal and label.

    `temperature` tempers the probabilities: found on tickets the rules had not seen, where a sum
    that sounds sure is wrong more often than on those they were made with.
    """

    labels: tuple[str, ...]
    temperature: float
    weights: Mapping[str, Mapping[str, float]]

    def score(self, found: Mapping[str, Found]) -> Scored:
        """Probabilities with the shares that explain them."""
        shares = tuple(
            Share(name, label, weight * signal.strength / self.temperature, signal.words)
            for name, signal in found.items()
            for label, weight in self._against_mean.get(name, ())
        )
        return Scored(self.probabilities(found), shares)

    def probabilities(self, found: Mapping[str, Found]) -> dict[str, float]:
        """The softmax of each label's sum."""
        sums = {label: self.weights[BASE].get(label, 0.0) for label in self.labels}
        for name, signal in found.items():
            for label, weight in self.weights.get(name, {}).items():
                sums[label] += weight * signal.strength
        top = max(sums.values())
        powers = {
            label: math.exp((total - top) / self.temperature) for label, total in sums.items()
        }
        whole = sum(powers.values())
        return {label: power / whole for label, power in powers.items()}

    @cached_property
    def _against_mean(self) -> dict[str, tuple[tuple[str, float], ...]]:
        """By signal: each label's weight, less the mean of all labels."""
        means = {name: sum(row.values()) / len(self.labels) for name, row in self.weights.items()}
        return {
            name: tuple((label, weight - means[name]) for label, weight in row.items())
            for name, row in self.weights.items()
        }


@cache
def scale(question: str) -> Scale:
    """The packaged weights of `problem_class`, `kind`, `special` or `outage`, read once."""
    table = read_rules("weights")[question]
    weights = {name: row for name, row in table.items() if isinstance(row, dict)}
    return Scale(tuple(table["labels"]), float(table["temperature"]), weights)
