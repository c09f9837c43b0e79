"""Accuracy, F1 and confusion against what people said."""

from __future__ import annotations

import pytest

from redmine_sla.sla.classification import (
    LabelledFileError,
    evaluate,
    read_labelled,
    render_evaluation,
)

PAIRS = [("user", "user")] * 3 + [("user", "system"), ("system", "system"), ("system", "user")]


def test_figures_follow_from_the_counts() -> None:
    found = evaluate(PAIRS)
    user, system = found.scores
    assert found.total == 6
    assert found.accuracy == pytest.approx(4 / 6)
    assert (user.precision, user.recall) == (0.75, 0.75)
    assert system.f1 == pytest.approx(0.5)
    assert found.macro_f1 == pytest.approx((0.75 + 0.5) / 2)


def test_a_label_found_but_never_true_does_not_water_down_the_mean() -> None:
    found = evaluate([("user", "user"), ("user", "system")])
    assert [score.label for score in found.scores] == ["user", "system"]
    assert found.scores[1].recall is None
    assert found.macro_f1 == pytest.approx(2 / 3)


def test_no_pairs_are_no_figures() -> None:
    found = evaluate([])
    assert (found.accuracy, found.macro_f1) == (0.0, 0.0)
    assert "0.000 of 0" in render_evaluation(found)


def test_the_table_shows_who_was_taken_for_whom() -> None:
    assert render_evaluation(evaluate(PAIRS)).splitlines() == [
        "truth         user    system precision    recall        F1",
        "user             3         1     0.750     0.750     0.750",
        "system           1         1     0.500     0.500     0.500",
        "accuracy 0.667 of 6",
        "macro F1 0.625",
    ]


def test_a_labelled_file_is_read_line_by_line() -> None:
    lines = [
        '{"id": "a", "subject": "s", "body": "b", "problem_class": "user", "outage": true}',
        "",
    ]
    (ticket,) = read_labelled(lines)
    assert (ticket.id, ticket.subject, ticket.body) == ("a", "s", "b")
    assert ticket.labels == {"problem_class": "user", "outage": "true"}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        ('{"subject": 1, "body": ""}', '"subject" is not text'),
        ('{"subject": "", "body": " "}', "neither subject nor body"),
    ],
)
def test_an_unreadable_line_is_named(line: str, complaint: str) -> None:
    with pytest.raises(LabelledFileError, match=f"tickets.jsonl, line 2: {complaint}"):
        read_labelled(["", line], name="tickets.jsonl")
