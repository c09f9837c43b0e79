"""Which fields a contract needs on its tickets."""

from __future__ import annotations

import pytest

from redmine_sla.sync.field_uses import users_of
from tests.judging import contract

WITH_REPORTS = contract('[quarter]\nclause = "14"\ncontents = ["failure_reports"]')
WITHOUT = contract('[quarter]\nclause = "14"\ncontents = ["breaches"]')


@pytest.mark.parametrize("role", ["failure_cause", "failure_measures"])
def test_a_quarter_with_failure_reports_needs_somewhere_to_write_them(role: str) -> None:
    """Whether or not a clock runs for them."""
    assert users_of(role, [WITH_REPORTS]) == (WITH_REPORTS.name,)
    assert users_of(role, [WITHOUT]) == ()
