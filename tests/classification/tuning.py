"""Fit the weights of `rules/weights.toml` and measure them honestly.

    python -m tests.classification.tuning            # cross-validated figures
    python -m tests.classification.tuning --write    # fit on everything and write the file

Each question's weights start from `PRIORS`, what a person would say before seeing any ticket, and
labelled tickets move them only as far as `PULL` lets them: regularised multinomial regression
toward a prior. Signals without a prior have no say in that question. No library is needed.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from redmine_sla.sla.classification import evaluate, render_evaluation
from redmine_sla.sla.classification.scoring import BASE, Scale
from redmine_sla.sla.classification.signals import Found, find_signals
from tests.classification.labelled import QUESTIONS, tickets, truth
from tests.classification.priors import LABELS, PRIORS, TEMPERATURE

PULL = 2.0
ROUNDS = 150
FOLDS, SEEDS = 10, (1, 2)

Weights = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Example:
    """A ticket as the fit sees it: its signals and the right answer."""

    id: str
    group: str
    found: Mapping[str, Found]
    answer: str


def examples(question: str, names: Sequence[str] = ("dev", "own")) -> list[Example]:
    """The labelled tickets of the sets named, read once each."""
    return [
        Example(ticket.id, name, find_signals(ticket.subject, ticket.body), truth(ticket, question))
        for name in names
        for ticket in tickets(name)
    ]


def fit(question: str, train: Iterable[Example], *, pull: float = PULL) -> Scale:
    """The scale that fits the examples, held to the prior by `pull`."""
    labels = LABELS[question]
    prior: Weights = {BASE: dict.fromkeys(labels, 0.0)} | {
        name: {label: row.get(label, 0.0) for label in labels}
        for name, row in PRIORS[question].items()
    }
    rows = [
        ([(BASE, 1.0), *((n, f.strength) for n, f in e.found.items() if n in prior)], e.answer)
        for e in train
    ]
    weights = {name: dict(row) for name, row in prior.items()}
    step = 1.0 / (pull + 0.25 * max(_squares(rows).values(), default=1.0))
    momentum = {name: dict.fromkeys(labels, 0.0) for name in prior}
    for _ in range(ROUNDS):
        slope = {
            name: {label: pull * (weights[name][label] - prior[name][label]) for label in labels}
            for name in prior
        }
        scale = Scale(labels, 1.0, weights)
        for signals, answer in rows:
            probability = _probability(scale, signals)
            for label in labels:
                error = probability[label] - (label == answer)
                for name, strength in signals:
                    slope[name][label] += error * strength
        for name in prior:
            for label in labels:
                momentum[name][label] = 0.9 * momentum[name][label] - step * slope[name][label]
                weights[name][label] += momentum[name][label]
    return Scale(labels, TEMPERATURE[question], weights)


def _squares(rows: Iterable[tuple[list[tuple[str, float]], str]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for signals, _ in rows:
        whole = sum(strength for _, strength in signals)
        for name, strength in signals:
            total[name] = total.get(name, 0.0) + strength * whole
    return total


def _probability(scale: Scale, signals: Iterable[tuple[str, float]]) -> Mapping[str, float]:
    found = {name: Found(name, strength, "") for name, strength in signals if name != BASE}
    return scale.probabilities(found)


def cross_validate(question: str, data: Sequence[Example]) -> list[tuple[Example, str, float]]:
    """Each example with what a scale fitted without it answers, and how surely; once a seed."""
    answers: list[tuple[Example, str, float]] = []
    for seed in SEEDS:
        order = list(range(len(data)))
        random.Random(seed).shuffle(order)
        for fold in range(FOLDS):
            held = set(order[fold::FOLDS])
            scale = fit(question, [e for i, e in enumerate(data) if i not in held])
            for index in held:
                probability = scale.probabilities(data[index].found)
                best = max(probability, key=lambda label: probability[label])
                answers.append((data[index], best, probability[best]))
    return answers


def write(scales: Mapping[str, Scale], path: Path) -> None:
    """Write the weights as TOML a person can read and change."""
    lines = [
        "# What each signal says on each question, in natural logarithms of odds. Written by",
        "# `python -m tests.classification.tuning --write` from labelled tickets, rounded; a",
        "# person may change any number. `base` stands for a ticket without signals. `temperature`",
        "# tempers the probabilities to what they are worth on tickets the rules have not seen.",
    ]
    for question, scale in scales.items():
        lines += ["", f"[{question}]"]
        lines.append(f"labels = {json.dumps(scale.labels)}")
        lines.append(f"temperature = {TEMPERATURE[question]}")
        for name, row in scale.weights.items():
            cells = [
                f"{label} = {weight:.1f}" for label, weight in row.items() if abs(weight) >= 0.05
            ]
            if cells:
                lines.append(f"{name} = {{ {', '.join(cells)} }}")
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main(arguments: Sequence[str]) -> None:
    """Print cross-validated figures or, with `--write`, fit on everything and write the file."""
    if "--write" in arguments:
        rules = resources.files("redmine_sla.sla.classification").joinpath("rules")
        scales = {question: fit(question, examples(question)) for question in QUESTIONS}
        write(scales, Path(str(rules.joinpath("weights.toml"))))
        return
    for question in QUESTIONS:
        answers = cross_validate(question, examples(question))
        for group in ("dev", "own"):
            print(f"\n{question}, {group}, {FOLDS}-fold, {len(SEEDS)} shuffles")
            pairs = ((e.answer, answer) for e, answer, _ in answers if e.group == group)
            print(render_evaluation(evaluate(pairs)))


if __name__ == "__main__":
    main(sys.argv[1:])
