"""A restatement tells first why figures changed, as far as is known, and none of them twice."""

from __future__ import annotations

from html import unescape
from typing import Any

from redmine_sla.language import ENGLISH
from redmine_sla.page import Page, render
from redmine_sla.quarter.manifest import Changed
from redmine_sla.quarter.restatement import restated_blocks
from tests.quarter.published import manifest, restating
from tests.quarter.test_restatements_in_words import words as figure_words

BEFORE, NOW = "2026-07-29T14:00:00Z", "2026-10-06T09:00:00Z"


def changed(*path: str, before: Any = BEFORE, after: Any = NOW) -> Changed:
    return Changed(path=path, before=before, after=after)


def spent() -> list[Changed]:
    """100 000 HUF more in July: so many more at the end of each month, and fewer that remain."""
    return [
        changed("budget", "spent", before="300000 HUF", after="400000 HUF"),
        changed("budget", "remaining", before="700000 HUF", after="600000 HUF"),
        *(
            changed("budget", "months", "2026-07", key, before="200000 HUF", after="300000 HUF")
            for key in ("spent", "by_its_end")
        ),
        changed(
            "budget", "months", "2026-08", "by_its_end", before="250000 HUF", after="350000 HUF"
        ),
    ]


def told(*differences: Changed) -> str:
    restates = restating(manifest(), *differences)
    blocks = restated_blocks(restates, 1, "SLA acme 2026Q3", figure_words(), ENGLISH)
    return unescape(render(Page(tuple(blocks)), "common_mark").replace("\u2060", ""))


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| Development budget")]


def test_time_touched_is_told_before_the_figures_that_moved() -> None:
    text = told(
        *spent(),
        changed("budget", "entries", "#9 · 2026-07", "changed"),
        changed("budget", "entries", "#12 · 2026-08", "changed"),
    )
    assert "- A time entry was changed: #9, July 2026." in text
    assert "- A time entry was changed: #12, August 2026." in text
    assert text.index("A time entry") < text.index("| Section |")


def test_what_repeats_another_figure_is_left_out() -> None:
    text = told(*spent())
    said = [row.split(" | ")[1] for row in rows(text)]
    assert said == ["spent", "months: July 2026: spent"]


def test_a_limit_that_moved_leaves_what_remains_to_be_told() -> None:
    text = told(*spent(), changed("budget", "limit", before="1 HUF", after="2 HUF"))
    assert "| Development budget | remaining |" in text


def test_the_price_of_a_single_tickets_time_is_not_told_beside_its_number() -> None:
    text = told(
        *spent(),
        changed("budget", "entries", "#9 · 2026-07", "count", before=2, after=1),
        changed("budget", "entries", "#9 · 2026-07", "changed"),
    )
    assert "- Booked time was deleted: July 2026." in text
    assert "#9" not in text


def test_time_on_tickets_without_a_price_is_told_with_its_ticket() -> None:
    text = told(
        changed("hours", "tickets", "#9 · 2026-07", "hours", before="1", after="2"),
        changed("hours", "tickets", "#9 · 2026-07", "entries", before=1, after=2),
    )
    assert "- Time was booked later: #9, July 2026." in text
    assert "| Hours | tickets: #9, July 2026: hours |" in text
    assert "time entries |" not in text


def test_time_on_tickets_that_are_not_named_is_told_by_its_month() -> None:
    row = {"month": "2026-07", "count": 1, "changed": BEFORE}
    text = told(*spent(), changed("budget", "entries", "2026-07", before=row, after=None))
    assert "- Booked time was deleted: July 2026." in text


def test_an_agreed_exclusion_comes_before_what_follows_from_it() -> None:
    agreed = changed("exclusions", "exclusions", "#7", before=None, after={"reason": "power cut"})
    text = told(*spent(), agreed)
    assert text.index("| Exclusions |") < text.index("| Development budget |")
