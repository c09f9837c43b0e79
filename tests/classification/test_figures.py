"""How good the rules are, with floors under the real figures (see REPORT.md).

The dev set and our own tickets shaped the rules, so their figures flatter; what the rules are
worth on tickets they were not made with is said by `heldout` and by the cross-validation of
`tuning`.
"""

from __future__ import annotations

import pytest

from redmine_sla.sla.classification import Evaluation, TextReading, evaluate, read_text
from tests.classification.labelled import tickets, truth


def answer(reading: TextReading, question: str) -> str:
    return {
        "problem_class": reading.problem_class.value,
        "kind": reading.kind.value,
        "special": reading.special.value,
        "outage": reading.standstill.best,
    }[question]


def measured(name: str, question: str) -> Evaluation:
    return evaluate(
        (truth(ticket, question), answer(read_text(ticket.subject, ticket.body), question))
        for ticket in tickets(name)
    )


@pytest.mark.parametrize(
    ("name", "question", "accuracy", "macro_f1"),
    [
        ("dev", "problem_class", 0.97, 0.97),
        ("dev", "kind", 0.94, 0.90),
        ("dev", "special", 0.97, 0.90),
        ("dev", "outage", 0.87, 0.86),
        ("own", "problem_class", 0.94, 0.94),
        ("heldout", "problem_class", 0.86, 0.86),
        ("heldout", "kind", 0.86, 0.60),
        ("heldout", "special", 0.93, 0.85),
        ("heldout", "outage", 0.80, 0.80),
    ],
)
def test_figures_stay_above_their_floors(
    name: str, question: str, accuracy: float, macro_f1: float
) -> None:
    found = measured(name, question)
    assert found.accuracy >= accuracy
    assert found.macro_f1 >= macro_f1


def test_confidence_means_what_it_says() -> None:
    sure, unsure = [], []
    for ticket in (*tickets("own"), *tickets("heldout")):
        reading = read_text(ticket.subject, ticket.body)
        right = reading.problem_class == truth(ticket, "problem_class")
        if reading.confidence >= 0.8:
            sure.append(right)
        elif reading.confidence < 0.6:
            unsure.append(right)
    assert sum(sure) / len(sure) >= 0.95
    assert sum(unsure) / len(unsure) < 0.85
