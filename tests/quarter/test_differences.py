"""What differs between two quarters' figures: every figure, and no other."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.quarter.differences import Difference, differences

BREACH = {"ticket": 12, "clock": "resolution", "due": "2026-09-29T15:00:00Z", "late": True}
OTHER = {"ticket": 15, "clock": "response", "due": "2026-09-30T15:00:00Z", "late": True}


def test_nothing_differs_from_itself() -> None:
    figures = {"breaches": {"rows": [BREACH, OTHER]}, "hours": {"used": "7.25"}}
    assert differences(figures, dict(figures)) == ()


def test_a_figure_is_named_by_its_way_through_the_figures() -> None:
    old = {"hours": {"2026-07": {"used": "7.25"}}}
    new = {"hours": {"2026-07": {"used": "8.00"}}}
    assert differences(old, new) == (Difference(("hours", "2026-07", "used"), "7.25", "8.00"),)


def test_a_row_that_came_does_not_shift_the_others() -> None:
    assert differences({"breaches": [OTHER]}, {"breaches": [BREACH, OTHER]}) == (
        Difference(("breaches", "#12 · resolution · 2026-09-29T15:00:00Z"), None, BREACH),
    )


def test_a_row_that_went() -> None:
    (found,) = differences({"breaches": [BREACH, OTHER]}, {"breaches": [BREACH]})
    assert (found.path[-1], found.after) == ("#15 · response · 2026-09-30T15:00:00Z", None)


def test_a_row_that_changed_is_told_by_what_changed_in_it() -> None:
    changed = BREACH | {"late": False}
    (found,) = differences({"breaches": [BREACH]}, {"breaches": [changed]})
    assert found == Difference(
        ("breaches", "#12 · resolution · 2026-09-29T15:00:00Z", "late"), True, False
    )


def test_rows_without_a_name_are_counted() -> None:
    (found,) = differences({"changes": [{"n": 1}]}, {"changes": [{"n": 1}, {"n": 2}]})
    assert found == Difference(("changes", " (2)"), None, {"n": 2})


def test_a_section_that_is_new_or_gone() -> None:
    assert differences({}, {"hours": {"used": "1"}}) == (
        Difference(("hours",), None, {"used": "1"}),
    )


VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["ticket", "clock", "n", "rows"]), inner, max_size=3)
    ),
    max_leaves=8,
)
FIGURES = st.dictionaries(st.sampled_from(["hours", "breaches"]), VALUES, max_size=2)


@given(FIGURES)
def test_figures_do_not_differ_from_themselves(figures: dict[str, Any]) -> None:
    assert differences(figures, figures) == ()


@given(FIGURES, FIGURES)
def test_seen_from_the_other_side_the_same_figures_differ(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    there = {(one.path, str(one.before), str(one.after)) for one in differences(old, new)}
    back = {(one.path, str(one.after), str(one.before)) for one in differences(new, old)}
    assert there == back


def test_rows_in_another_order_say_the_same() -> None:
    assert differences({"breaches": [BREACH, OTHER]}, {"breaches": [OTHER, BREACH]}) == ()


def test_nothing_stands_where_none_stands() -> None:
    assert differences({"hours": {"limit": None}}, {"hours": {}}) == ()
