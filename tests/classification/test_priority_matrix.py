"""Impact x urgency gives Redmine's priority (contract D)."""

from __future__ import annotations

import pytest

from redmine_sla.sla.classification import PriorityMatrix, PriorityMatrixError

ROWS = {
    "high": {"high": "Immediate", "low": "High"},
    "low": {"high": "High", "low": "Normal"},
}


def test_impact_and_urgency_give_the_priority_in_any_case() -> None:
    matrix = PriorityMatrix(ROWS)
    assert matrix.priority("High", "LOW") == "High"
    assert matrix.priority("low", "low") == "Normal"


def test_a_hole_in_the_matrix_is_named() -> None:
    with pytest.raises(PriorityMatrixError, match="low x low"):
        PriorityMatrix({**ROWS, "low": {"high": "High"}})


def test_an_empty_matrix_is_refused() -> None:
    with pytest.raises(PriorityMatrixError, match="empty"):
        PriorityMatrix({})


@pytest.mark.parametrize(("impact", "urgency"), [("medium", "high"), ("high", "medium")])
def test_an_unknown_level_is_named_with_those_there_are(impact: str, urgency: str) -> None:
    with pytest.raises(PriorityMatrixError, match=r'"medium"; it has high, low'):
        PriorityMatrix(ROWS).priority(impact, urgency)
