"""Whatever stands in a ticket, reading it ends soon and in a class."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redmine_sla.contract.words import ProblemClass
from redmine_sla.sla.classification import read_text

HUGE = 100_000
PIECES = [
    "nobody",
    "in",
    "all",
    "departments",
    "но",
    "не",
    '"',
    "«",
    "(",
    "\n> ",
    "--\n",
    "\\",
    "*",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(), st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=300).map(" ".join))
)
def test_any_text_is_read(subject: str, body: str) -> None:
    found = read_text(subject, body)
    assert found.problem_class in ProblemClass
    assert sum(found.reach.probability.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    "piece",
    [
        "a b ",
        "x",
        "((((",
        '"',
        "\n> ",
        "but nobody ",
        "nobody in accounting ",
        "2026-03-02 08:00:01 ERROR connection refused at com.example.Main(Main.java:10)\n",
        "\u0301",
        "=" * 50 + "\n",
    ],
)
def test_a_hundred_thousand_letters_are_read_at_once(piece: str) -> None:
    body = piece * (HUGE // len(piece))
    read_text("warm", "up")
    best = min(_seconds(body) for _ in range(5))
    assert best < 0.05


def _seconds(body: str) -> float:
    start = time.process_time()
    read_text("subject", body)
    return time.process_time() - start
