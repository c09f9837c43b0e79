"""Of a level's targets the first that fits wins; one that is left no ticket is known for it."""

from __future__ import annotations

import pytest

from redmine_sla.contract import loads_contract, targets_of_level
from tests.contract.offers import terms
from tests.contract.writing import PLAIN, written

FIRST = '[[targets]]\nclock = "resolution"\nwithin = "4bh"\nclause = "first"\n'
SECOND = '[[targets]]\nclock = "resolution"\nwithin = "8bh"\nclause = "second"\n'


def overridden(text: str) -> dict[str, str]:
    """The clauses of rules that never apply, with those of the rules before them."""
    return {
        one.rule.clause: one.overridden_by.clause
        for one in targets_of_level(loads_contract(text).terms)
        if one.overridden_by
    }


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("", ""),
        ("", 'severity = "critical"\n'),
        ('severity = "critical"\n', 'severity = "critical"\n'),
        (
            'severity = ["critical", "priority"]\n',
            'severity = "priority"\nclass = "infrastructure"\n',
        ),
    ],
)
def test_a_rule_is_overridden_by_an_earlier_one_that_fits_all_its_tickets(
    first: str, second: str
) -> None:
    assert overridden(written(tables=FIRST + first + SECOND + second)) == {"second": "first"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('severity = "critical"\n', ""),
        ('severity = "critical"\n', 'severity = ["critical", "priority"]\n'),
        ('severity = "critical"\nkind = "incident"\n', 'severity = "critical"\n'),
        ('severity = "critical"\n', 'class = "infrastructure"\n'),
    ],
)
def test_one_that_leaves_it_some_tickets_does_not_override_it(first: str, second: str) -> None:
    assert overridden(written(tables=FIRST + first + SECOND + second)) == {}


def test_another_clock_overrides_nothing() -> None:
    assert overridden(written(tables=FIRST + SECOND.replace("resolution", "response"))) == {}


def test_a_contracts_own_rule_overrides_the_profiles() -> None:
    own = (
        'extends = "help-desk"\n'
        + PLAIN.replace('calendar = "office"\n', "")
        + '[[targets]]\nclock = "work_start"\nclass = "infrastructure"\nwithin = "1bh"\n'
        + 'clause = "annex 2"\n'
    )
    assert overridden(own) == {"start of work, problem class infrastructure": "annex 2"}


def test_rules_of_other_levels_are_not_among_them() -> None:
    level = targets_of_level(terms("crm-support"))
    assert {one.rule.name for one in level} == {
        "start-5x8",
        "repair-critical-5x8",
        "repair-priority-windowed",
        "repair-function-windowed",
    }
    assert all(one.overridden_by is None for one in level)
