"""What restates a quarter, and what does not: edits that move no figure, and other words."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from redmine_sla.quarter.compared import is_comparable, restated_figures
from redmine_sla.quarter.manifest import Changed, Manifest
from redmine_sla.quarter.section import FIGURES_VERSION
from tests.quarter.full_deliverable import figures_of, full_deliverable
from tests.quarter.published import manifest

FIGURES = figures_of(full_deliverable())
PUBLISHED = manifest(FIGURES)
EDITED = "2026-10-09T12:00:00Z"


def restated(change: Callable[[Any], object]) -> list[tuple[str, ...]]:
    """The ways to the figures that differ after that change of them."""
    figures = deepcopy(FIGURES)
    change(figures)
    return [one.path for one in restated_figures(PUBLISHED, figures)]


def row(figures: Any, *way: Any) -> Any:
    for step in way:
        figures = figures[step]
    return figures


@pytest.mark.parametrize(
    ("way", "told"),
    [
        (("budget", "entries", 0), {"changed": EDITED}),
        (("hours", "tickets", 0), {"changed": EDITED}),
        (("budget", "late_entries", 0), {"changed_late": 7}),
        (("breaches", "broken", 0), {"clause": "point 5"}),
        (("credits", "months", 0, "credits", 0), {"promise_clause": "point 5"}),
        (("obligations", "obligations", 0), {"clause": "point 5"}),
        (("changes", "files", 0), {"title": "The product"}),
    ],
)
def test_stamps_of_edits_and_wording_are_told_and_not_compared(
    way: tuple[Any, ...], told: dict[str, Any]
) -> None:
    key, value = next(iter(told.items()))
    assert row(FIGURES, *way)[key] != value
    assert restated(lambda figures: row(figures, *way).update(told)) == []


def test_a_row_that_tells_of_edits_alone_is_not_compared() -> None:
    edited = {"ticket": 21, "month": "2026-05", "booked_late": 0, "changed_late": 1}
    assert restated(lambda figures: figures["budget"]["late_entries"].append(edited)) == []
    booked = edited | {"booked_late": 1}
    assert restated(lambda figures: figures["budget"]["late_entries"].append(booked)) != []


@pytest.mark.parametrize(
    ("way", "figure", "path"),
    [
        (("budget",), {"spent": "1 HUF"}, ("budget", "spent")),
        (
            ("changes", "files", 0),
            {"sha256": "cd" * 32},
            ("changes", "files", "Product", "sha256"),
        ),
    ],
)
def test_a_figure_is(way: tuple[Any, ...], figure: dict[str, Any], path: tuple[str, ...]) -> None:
    assert restated(lambda figures: row(figures, *way).update(figure)) == [path]


def test_a_file_more_under_a_title_of_before_is_a_difference() -> None:
    more = {"title": "Product", "sha256": "cd" * 32, "size_bytes": 1, "found": True}
    assert restated(lambda figures: figures["changes"]["files"].append(more)) != []


def of_version(version: int) -> Manifest:
    return manifest(FIGURES, figures_version=version)


def test_figures_in_the_keys_of_another_release_cannot_be_compared() -> None:
    assert is_comparable(PUBLISHED)
    other = of_version(FIGURES_VERSION + 1)
    assert not is_comparable(other)
    with pytest.raises(ValueError, match="are not today's"):
        restated_figures(other, FIGURES)


def test_a_restatement_names_what_differs_without_its_stamps() -> None:
    gone = [one for one in FIGURES["budget"]["entries"] if one.get("ticket") == 1][:1]
    (named,) = restated_figures(
        PUBLISHED,
        FIGURES
        | {
            "budget": FIGURES["budget"]
            | {"entries": [one for one in FIGURES["budget"]["entries"] if one not in gone]}
        },
    )
    assert Changed(path=named.path, before=named.before, after=named.after).before == {
        key: value for key, value in gone[0].items() if key != "changed"
    }
